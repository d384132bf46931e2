"""What the teacher reads: words as pieces, sentences, windows of neighbouring sentences, batches."""
import gzip
import json
import math
import re
import time

import numpy as np
import torch

from e5 import Source, Tokenizer

LONGEST_WORD = 12  # pieces
SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟…]+(?=\s|$)|(?=\n|$))")
TOKEN = re.compile("[^\\W\\d_][^\\W\\d_\u064b-\u0652\u0670\u0640]*(?:[\u064b-\u0652\u0670\u0640]+[^\\W\\d_]*)*|\\d+(?:[.,\u066b\u066c]\\d+)*|\\S")


def read_conll(lines):
    sentences, current = [], []
    for line in lines:
        parts = line.split()
        if parts:
            current.append((parts[0], parts[-1] if len(parts) > 1 else "O"))
        elif current:
            sentences.append(current)
            current = []
    return sentences + [current] if current else sentences


def gold(data):
    """ANERcorp's training part: the sentences to learn from, and its last tenth, which is held out."""
    with open(f"{data}/ner/anercorp_camel/train.conll", encoding="utf-8") as file:
        sentences = read_conll(file)
    held_out = len(sentences) // 10
    return sentences[:-held_out], sentences[-held_out:]


def annotated(paths):
    """The sentences of the annotated news, as `../shared/eval/project_ner.py` writes them."""
    sentences = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            sentences += read_conll(file)
    return sentences


def articles(data):
    """The texts of the unlabelled news, in order."""
    with gzip.open(f"{data}/news/articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def places(text):
    """Where the words of each sentence of `text` stand: lists of (first character, end)."""
    sentences = ([(m.start(), m.end()) for m in TOKEN.finditer(text, *s.span())] for s in SENTENCE.finditer(text))
    return [sentence for sentence in sentences if sentence]


def bare(word):
    """ANERcorp glues brackets and quotation marks to words: «(د», «أ)»."""
    return word.strip("()[]\"'«»“”") or word


def read_names(data):
    """Full names of people, single name words with how common they are, large cities: words each."""
    def read(name):
        with open(f"{data}/gazetteers/{name}", encoding="utf-8") as file:
            return [line.rstrip("\n").split("\t") for line in file][1:]
    full = [row[0].split() for row in read("person_full_names_wikidata_CC0.tsv")]
    tokens = [(row[0], int(row[1])) for row in read("person_name_tokens_wikidata_MIT.tsv") if len(row[0]) > 2]
    cities = [row[4].split("|")[0].split() for row in read("cities15000_geonames_CCBY4.tsv")
              if len(row) > 4 and row[4] and int(row[3]) > 100000]
    return [name for name in full if 2 <= len(name) <= 4], tokens, cities


def ends(sizes):
    """Where each of parts of these sizes ends, after a 0."""
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


class Corpus:
    """Pieces one after another; `words`, `sentences` and `articles` say where each begins in the level below, and the end."""

    def __init__(self, pieces, words, sentences, articles):
        self.pieces, self.words, self.sentences, self.articles = pieces, words, sentences, articles

    @classmethod
    def encode(cls, tokenizer, documents):
        """From documents, each a list of sentences, each a list of words."""
        pieces, words, sentences, articles = [], [0], [0], [0]
        for document in documents:
            for sentence in document:
                for word in sentence:
                    pieces += tokenizer.word(bare(word))[:LONGEST_WORD]
                    words.append(len(pieces))
                sentences.append(len(words) - 1)
            articles.append(len(sentences) - 1)
        return cls(np.array(pieces, np.int32), np.array(words), np.array(sentences), np.array(articles))

    def part(self, share, shares):
        """The articles `share`, `share` + `shares` and so on, so that each part has its share of every source."""
        kept, sizes = np.arange(len(self.articles) - 1) % shares == share, []
        for level in (self.articles, self.sentences, self.words):
            size = np.diff(level)
            sizes.append(size[kept])
            kept = np.repeat(kept, size)
        articles, sentences, words = (ends(size) for size in sizes)
        return Corpus(self.pieces[kept], words, sentences, articles)

    def windows(self, size):
        """Neighbouring sentences of one article that together have at most `size` pieces: (first word, end)."""
        words, sentences, found = self.words.tolist(), self.sentences.tolist(), []
        for first, last in zip(self.articles[:-1].tolist(), self.articles[1:].tolist()):
            start = sentences[first]
            for begin, end in zip(sentences[first:last], sentences[first + 1:last + 1]):
                if begin > start and words[end] - words[start] > size:
                    found.append((start, begin))
                    start = begin
                while words[end] - words[start] > size:
                    cut = max(start + 1, int(np.searchsorted(self.words, words[start] + size, "right")) - 1)
                    found.append((start, cut))
                    start = cut
            if start < sentences[last]:
                found.append((start, sentences[last]))
        return np.array(found)

    def batches(self, windows, budget, shape, shuffle=None):
        """Windows of like length together, `budget` pieces at most: ids, mask, place of each word's first piece, its word."""
        lengths = self.words[windows[:, 1]] - self.words[windows[:, 0]] + 2
        made, current, longest = [], [], 0
        for at in np.argsort(lengths, kind="stable").tolist():
            if current and lengths[at] * (len(current) + 1) > budget:
                made.append(current)
                current = []
            current.append(at)
        made.append(current)
        if shuffle:
            shuffle.shuffle(made)
        for batch in made:
            rows = windows[batch]
            starts, width = self.words[rows[:, 0]], int(lengths[batch].max())
            column = np.arange(width)[None]
            ids = self.pieces[np.clip(starts[:, None] + column - 1, 0, len(self.pieces) - 1)]
            ends = lengths[batch][:, None] - 1
            ids = np.where(column < ends, ids, np.where(column == ends, shape["eos"], shape["pad"]))
            ids[:, 0] = shape["bos"]
            where = np.concatenate([np.arange(a, b) for a, b in rows])
            row = np.repeat(np.arange(len(rows)), rows[:, 1] - rows[:, 0])
            firsts = row * width + 1 + self.words[where] - starts[row]
            yield torch.from_numpy(ids).long(), torch.from_numpy(column <= ends), torch.from_numpy(firsts), where


class Names:
    """Person and city names for replacing those of the training text, so that the teacher learns contexts, not names."""

    def __init__(self, data, rng):
        self.rng = rng
        self.full, tokens, self.cities = read_names(data)
        self.tokens, self.weights = [t for t, _ in tokens], np.cumsum([math.sqrt(c) for _, c in tokens]).tolist()

    def person(self, length):
        if length == 1 or self.rng.random() < 0.5:
            return self.rng.choices(self.tokens, cum_weights=self.weights, k=length)
        return self.rng.choice(self.full)

    def varied(self, sentence, share):
        out, i = [], 0
        while i < len(sentence):
            word, tag = sentence[i]
            end = i + 1
            while tag.startswith("B-") and end < len(sentence) and sentence[end][1] == "I-" + tag[2:]:
                end += 1
            new = None
            if tag == "B-PERS" and end - i <= 3 and self.rng.random() < share:
                new = self.person(end - i)
            elif tag == "B-LOC" and end - i == 1 and self.rng.random() < share / 3:
                new = self.rng.choice(self.cities)
            if new:
                out += [(w, ("I" if k else "B") + tag[1:]) for k, w in enumerate(new)]
            else:
                out += sentence[i:end]
            i = end
        return out


class Prepared:
    """The file that `prepare` writes: the model with the pieces of our texts alone, and the news in these pieces."""

    def __init__(self, path):
        arrays = dict(np.load(path))
        self.source = Source.from_arrays(arrays)
        self.tokenizer = Tokenizer(self.source)
        self.news = Corpus(arrays["news"].astype(np.int32), *(ends(arrays[name]) for name in ("words", "sentences", "articles")))


def prepare(data, tagged, path):
    """Encodes the news and keeps of the vocabulary what stands in them, in what is learnt from and in the names."""
    began = time.time()
    source = Source.package()
    tokenizer = Tokenizer(source)
    news = Corpus.encode(tokenizer, ([[text[a:b] for a, b in s] for s in places(text)] for text in articles(data)))
    learn, held_out = gold(data)
    full, tokens, cities = read_names(data)
    for name in full + cities + [[word for word, _ in s] for s in learn + held_out + annotated(tagged)] + [[word] for word, _ in tokens]:
        for word in name:
            tokenizer.word(bare(word))
    pruned, number = source.pruned({piece for pieces in tokenizer.seen.values() for piece in pieces})
    assert len(number) < 1 << 16
    table = np.zeros(max(number) + 1, np.uint16)
    for old, new in number.items():
        table[old] = new
    np.savez(path, **pruned.arrays(), news=table[news.pieces], words=np.diff(news.words).astype(np.uint8),
             sentences=np.diff(news.sentences).astype(np.uint32), articles=np.diff(news.articles).astype(np.uint32))
    print(f"{len(number)} pieces kept, {len(news.pieces)} in the news, {time.time() - began:.0f} s")
