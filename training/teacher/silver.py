"""Writes the teacher's labels as places in the articles: a small file without a word of their text."""
import gzip

import numpy as np

from corpus import articles, places

LETTERS = "OPPLLOOMM"  # by number of the tag; of a word outside names see `silver`
DOUBT = 204  # of 255: a word that is less surely outside is noted


def silver(data, labels, path):
    """A line for each labelled article: its number, then its names in order, each as kind, bytes from the end of the one
    before, length in bytes, and 0-99 for the least probability of its words. Kinds: P(erson), L(ocation), O(rganization),
    M(isc), and `?` for a word that is taken to be outside but not surely, so that who learns from the file can pass its
    sentence by. `labels` are files of `label`, of some or all of the parts that the news were divided into.
    """
    parts = {}
    for label in labels:
        arrays = np.load(label)
        share, shares = arrays["share"].tolist()
        parts[share] = [arrays["tags"].tolist(), arrays["sure"].tolist(), 0]
    names = 0
    # One member with no time stamp: the same labels make the same file.
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        for number, text in enumerate(articles(data)):
            if number % shares not in parts:
                continue
            part = parts[number % shares]
            tags, sure, at = part
            fields, last, seen = [], 0, 0
            for sentence in places(text):
                found, end = [], at + len(sentence)
                for (start, stop), tag, certain in zip(sentence, tags[at:end], sure[at:end]):
                    if found and tag and tag % 2 == 0 and found[-1][3] == start_of(tag) and found[-1][4]:
                        found[-1][1], found[-1][2] = stop, min(found[-1][2], certain)
                        continue
                    if found:
                        found[-1][4] = False
                    if tag or certain < DOUBT:
                        found.append([start, stop, certain, start_of(tag), tag > 0])
                at = end
                for start, stop, certain, tag, _ in found:
                    first = last + len(text[seen:start].encode())
                    length = len(text[start:stop].encode())
                    kind = LETTERS[tag] if tag else "?"
                    fields.append(f"{kind}{first - last},{length},{certain * 99 // 255}")
                    last, seen = first + length, stop
                    names += tag > 0
            part[2] = at
            out.write(" ".join([str(number), *fields]).encode() + b"\n")
    for tags, _, at in parts.values():
        assert at == len(tags), f"{len(tags)} labels for {at} words"
    print(f"{names} names")


def start_of(tag):
    """The number of the tag that begins a name of the same kind."""
    return tag - 1 if tag and tag % 2 == 0 else tag
