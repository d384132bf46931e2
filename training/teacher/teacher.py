"""The teacher of the tagger: multilingual-e5-small fine-tuned on ANERcorp, which then labels unlabelled articles.

  teacher.py train CHECKPOINT [--all] [--epochs N] [--seed N]   fine-tune; without --all the last tenth is held out and scored
  teacher.py tag CHECKPOINT... < CONLL > CONLL                  tag; several checkpoints vote by their mean log-probabilities
  teacher.py silver CHECKPOINT... --out FILE   label sentences of the unlabelled articles: spans only, no words

Corpora are read from --data (default ../shared/data). Neighbouring sentences share a window, so that a sentence is read in context.
"""
import argparse
import gzip
import json
import math
import random
import re
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

from e5 import Encoder

KINDS = ["PERS", "LOC", "ORG", "MISC"]
TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
WINDOW = 160  # pieces
LONGEST_WORD = 12  # pieces


class Teacher(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(self.encoder.width, len(TAGS))

    def forward(self, ids, mask, firsts):
        x = F.dropout(self.encoder(ids, mask), 0.1, self.training)
        return self.head(x.reshape(-1, x.shape[-1])[firsts])


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


def bare(word):
    """ANERcorp glues brackets and quotation marks to words: «(د», «أ)»."""
    return word.strip("()[]\"'«»“”") or word


def windows(tokenizer, sentences, size=WINDOW):
    """Groups of whole neighbouring sentences: lists of (sentence index, first word, words, pieces per word)."""
    groups, group, filled = [], [], 0
    for index, words in enumerate(sentences):
        pieces = [tokenizer.word(bare(w))[:LONGEST_WORD] or [tokenizer.unknown] for w in words]
        start = 0
        while start < len(words):
            end, length = start, 0
            while end < len(words) and (length + len(pieces[end]) <= size or end == start):
                length += len(pieces[end])
                end += 1
            if group and filled + length > size:
                groups.append(group)
                group, filled = [], 0
            group.append((index, start, pieces[start:end]))
            filled += length
            start = end
    return groups + [group] if group else groups


def batches(groups, tokenizer, budget, shuffle=None):
    order = sorted(range(len(groups)), key=lambda g: sum(len(p) for _, _, ps in groups[g] for p in ps))
    made, current, longest = [], [], 0
    for g in order:
        length = 2 + sum(len(p) for _, _, ps in groups[g] for p in ps)
        if current and max(longest, length) * (len(current) + 1) > budget:
            made.append(current)
            current, longest = [], 0
        current.append(g)
        longest = max(longest, length)
    made.append(current)
    if shuffle:
        shuffle.shuffle(made)
    for batch in made:
        rows, firsts, where = [], [], []
        for g in batch:
            row = [tokenizer.bos]
            for index, start, pieces in groups[g]:
                for offset, word in enumerate(pieces):
                    firsts.append((len(rows), len(row)))
                    where.append((index, start + offset))
                    row += word
            rows.append(row + [tokenizer.eos])
        width = max(map(len, rows))
        ids = torch.tensor([row + [tokenizer.pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[True] * len(row) + [False] * (width - len(row)) for row in rows])
        yield ids, mask, torch.tensor([r * width + c for r, c in firsts]), where


class Names:
    """Person and city names for replacing those of the training text, so that the teacher learns contexts, not names."""

    def __init__(self, data, rng):
        read = lambda name: [l.rstrip("\n").split("\t") for l in open(f"{data}/gazetteers/{name}", encoding="utf-8")][1:]
        self.rng = rng
        self.full = [row[0].split() for row in read("person_full_names_wikidata_CC0.tsv") if 2 <= len(row[0].split()) <= 4]
        tokens = [(row[0], int(row[1])) for row in read("person_name_tokens_wikidata_MIT.tsv") if len(row[0]) > 2]
        self.tokens, self.weights = [t for t, _ in tokens], [math.sqrt(c) for _, c in tokens]
        self.cities = [row[4].split("|")[0].split() for row in read("cities15000_geonames_CCBY4.tsv")
                       if len(row) > 4 and row[4] and int(row[3]) > 100000]

    def person(self, length):
        if length == 1 or self.rng.random() < 0.5:
            return self.rng.choices(self.tokens, self.weights, k=length)
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


def decode(scores):
    """The best tag sequence in which every I- follows its B- or I-."""
    n = len(TAGS)
    allowed = torch.zeros(n, n)
    for a, left in enumerate(TAGS):
        for b, right in enumerate(TAGS):
            if right[0] == "I" and left[2:] != right[2:]:
                allowed[a, b] = -1e9
    best = scores[0].clone()
    best[[i for i, t in enumerate(TAGS) if t[0] == "I"]] = -1e9
    back = []
    for row in scores[1:]:
        total, source = (best[:, None] + allowed).max(0)
        back.append(source)
        best = total + row
    path = [int(best.argmax())]
    for source in reversed(back):
        path.append(int(source[path[-1]]))
    return path[::-1]


def score(models, sentences, budget=6000):
    """Mean log-probabilities of the tags of every word of `sentences` (lists of words)."""
    tokenizer = models[0].encoder.tokenizer
    groups = windows(tokenizer, sentences)
    out = [torch.zeros(len(s), len(TAGS)) for s in sentences]
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for ids, mask, firsts, where in batches(groups, tokenizer, budget):
            found = sum(m(ids, mask, firsts).float().log_softmax(-1) for m in models) / len(models)
            for (sentence, word), row in zip(where, found):
                out[sentence][word] = row
    return out


def f1(gold, predicted):
    def spans(tags):
        found, start = set(), None
        for i, tag in enumerate(list(tags) + ["O"]):
            if start is not None and tag != "I-" + tags[start][2:]:
                found.add((start, i, tags[start][2:]))
                start = None
            if tag[0] == "B":
                start = i
        return found
    hits = wanted = made = 0
    for g, p in zip(gold, predicted):
        a, b = spans(g), spans(p)
        hits, wanted, made = hits + len(a & b), wanted + len(a), made + len(b)
    return 200 * hits / max(1, wanted + made)


def train(args):
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    sentences = read_conll(open(f"{args.data}/ner/anercorp_camel/train.conll", encoding="utf-8"))
    held_out = len(sentences) // 10
    dev = sentences[-held_out:]
    if not args.all:
        sentences = sentences[:-held_out]
    names = Names(args.data, rng)
    model = Teacher()
    tokenizer = model.encoder.tokenizer
    decay = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=args.rate)
    total = args.epochs * math.ceil(len(sentences) * 48 / args.budget)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.1 * total), max(0.02, (total - s) / (0.9 * total))))
    for epoch in range(args.epochs):
        began, losses = time.time(), []
        shown = [names.varied(s, args.vary) for s in sentences]
        # The windows start at another sentence each time, so that no sentence has always the same neighbours.
        turn = rng.randrange(len(shown))
        shown = shown[turn:] + shown[:turn]
        groups = windows(tokenizer, [[w for w, _ in s] for s in shown], rng.choice([60, 100, 160]))
        tags = [torch.tensor([TAGS.index(t) for _, t in s]) for s in shown]
        model.train()
        for ids, mask, firsts, where in batches(groups, tokenizer, args.budget, rng):
            wanted = torch.stack([tags[s][w] for s, w in where])
            with torch.autocast("cpu", torch.bfloat16):
                found = model(ids, mask, firsts)
            loss = F.cross_entropy(found.float(), wanted, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        model.eval()
        found = [[TAGS[t] for t in decode(s)] for s in score([model], [[w for w, _ in s] for s in dev])]
        figure = f1([[t for _, t in s] for s in dev], found)
        print(f"epoch {epoch} steps {len(losses)}/{total} loss {sum(losses) / len(losses):.4f} dev F1 {figure:.2f} {time.time() - began:.0f} s", flush=True)
        torch.save({k: v for k, v in model.state_dict().items() if k != "encoder.words"}, args.checkpoint[0])


def load(paths):
    models = []
    for path in paths:
        model = Teacher()
        model.load_state_dict(torch.load(path), strict=False)
        models.append(model.eval())
    return models


def tag(args):
    sentences = read_conll(sys.stdin)
    for sentence, scores in zip(sentences, score(load(args.checkpoint), [[w for w, _ in s] for s in sentences])):
        for (word, _), best in zip(sentence, decode(scores)):
            print(word, TAGS[best])
        print()


SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟…]+(?=\s|$)|(?=\n|$))")
TOKEN = re.compile("[^\\W\\d_][^\\W\\d_\u064b-\u0652\u0670\u0640]*(?:[\u064b-\u0652\u0670\u0640]+[^\\W\\d_]*)*|\\d+(?:[.,\u066b\u066c]\\d+)*|\\S")


def silver(args):
    """For each labelled sentence a line: article number, first byte, length, then for each name kind, first byte in the sentence, length.

    The first sentences of articles, which are rich in names; those that the teacher is sure of. Text itself is not written.
    """
    models = load(args.checkpoint)
    kept = seen = 0
    began = time.time()
    # One member with no time stamp: the same labels make the same file.
    with gzip.GzipFile(args.out, "wb", mtime=0) as out, gzip.open(f"{args.data}/news/articles.jsonl.gz", "rt", encoding="utf-8") as articles:
        batch = []
        for number, line in enumerate(articles):
            if number % args.stride == 0:
                text = json.loads(line)["text"]
                for match in list(SENTENCE.finditer(text))[: args.sentences]:
                    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(match.group())]
                    if 8 <= len(tokens) <= 80:
                        batch.append((number, text, match.start(), match.group(), tokens))
            if len(batch) < 500:
                continue
            if time.time() - began > args.seconds:
                break
            words = [[sentence[a:b] for a, b in tokens] for _, _, _, sentence, tokens in batch]
            for (number, text, start, sentence, tokens), scores in zip(batch, score(models, words)):
                seen += 1
                path = decode(scores)
                sure = min(float(scores[i, t]) for i, t in enumerate(path))
                if sure < math.log(args.sure):
                    continue
                kept += 1
                offset = lambda at: len(sentence[:at].encode())
                fields = [number, len(text[:start].encode()), len(sentence.encode())]
                i = 0
                while i < len(path):
                    end = i + 1
                    if path[i]:
                        while end < len(path) and path[end] == path[i] + 1:
                            end += 1
                        first = offset(tokens[i][0])
                        fields.append(f"{TAGS[path[i]][2]}{first}+{offset(tokens[end - 1][1]) - first}")
                    i = end
                out.write((" ".join(map(str, fields)) + "\n").encode())
            batch = []
            print(f"{number} articles, {kept} of {seen} sentences kept, {time.time() - began:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["train", "tag", "silver"])
    parser.add_argument("checkpoint", nargs="+")
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--vary", type=float, default=0.3)
    parser.add_argument("--budget", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    parser.add_argument("--stride", type=int, default=3, help="label every so many articles")
    parser.add_argument("--sentences", type=int, default=5, help="label so many sentences of each")
    parser.add_argument("--sure", type=float, default=0.5, help="least probability of every tag of a kept sentence")
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after so long")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    {"train": train, "tag": tag, "silver": silver}[args.command](args)


if __name__ == "__main__":
    main()
