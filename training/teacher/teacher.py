"""The teacher of the tagger: multilingual-e5-small fine-tuned on ANERcorp, which then labels the unlabelled news.

  teacher.py prepare PREPARED                            encode the corpora; all else reads this file
  teacher.py pretrain PREPARED --out ENCODER             masked-language-model training on the news
  teacher.py train PREPARED --out CHECKPOINT [--from ENCODER]   fine-tune; the last tenth is held out and scored
  teacher.py score PREPARED CHECKPOINT...                score each on the last tenth, then all together
  teacher.py tag PREPARED CHECKPOINT... < CONLL > CONLL  tag
  teacher.py label PREPARED CHECKPOINT... --out LABELS   label every word of the news with a tag and how sure it is
  teacher.py silver LABELS... --out FILE                 write the labels as places in the articles, without words

Several checkpoints vote by their mean log-probabilities. Corpora are read from --data (default ../shared/data).
Neighbouring sentences share a window, so that a sentence is read in context.
"""
import argparse
import math
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from corpus import Corpus, Names, Prepared, gold, prepare, read_conll
from e5 import Encoder
from pretrain import pretrain
from silver import silver

KINDS = ["PERS", "LOC", "ORG", "MISC"]
TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
INSIDE = np.array([tag[0] == "I" for tag in TAGS])
WINDOW = 160  # pieces


class Teacher(nn.Module):
    def __init__(self, source):
        super().__init__()
        self.encoder = Encoder(source)
        self.head = nn.Linear(self.encoder.width, len(TAGS))

    def forward(self, ids, mask, firsts):
        x = F.dropout(self.encoder(ids, mask), 0.1, self.training)
        return self.head(x.reshape(-1, x.shape[-1])[firsts])


def decode(scores):
    """The best tag sequence in which every I- follows its B- or I-."""
    path = scores.argmax(1)
    if legal(path).all():
        return path
    n = len(TAGS)
    allowed = np.zeros((n, n))
    for tag in np.flatnonzero(INSIDE):
        allowed[:, tag] = -1e9
        allowed[[tag - 1, tag], tag] = 0
    best = scores[0] + np.where(INSIDE, -1e9, 0)
    back = []
    for row in scores[1:]:
        total = best[:, None] + allowed
        back.append(total.argmax(0))
        best = total.max(0) + row
    path = [best.argmax()]
    for source in reversed(back):
        path.append(source[path[-1]])
    return np.array(path[::-1])


def legal(path):
    """For each word, whether its tag may follow the one before it."""
    before = np.concatenate([[0], path[:-1]])
    return ~INSIDE[path] | (before == path) | (before == path - 1)


def score(models, corpus, shape, device, budget):
    """Mean log-probabilities of the tags of every word."""
    out = np.zeros((len(corpus.words) - 1, len(TAGS)), np.float32)
    with torch.inference_mode(), torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
        for ids, mask, firsts, where in corpus.batches(corpus.windows(WINDOW), budget, shape):
            ids, mask, firsts = ids.to(device), mask.to(device), firsts.to(device)
            found = sum(m(ids, mask, firsts).float().log_softmax(-1) for m in models) / len(models)
            out[where] = found.cpu().numpy()
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


class HeldOut:
    """The last tenth, and what models score on it."""

    def __init__(self, prepared, sentences, args):
        self.sentences, self.args, self.shape = sentences, args, prepared.source.shape
        self.corpus = Corpus.encode(prepared.tokenizer, [[[w for w, _ in s] for s in sentences]])

    def scores(self, models):
        return score(models, self.corpus, self.shape, self.args.device, self.args.score_budget)

    def f1(self, scores):
        ends = self.corpus.sentences
        found = [[TAGS[t] for t in decode(scores[a:b])] for a, b in zip(ends[:-1], ends[1:])]
        return f1([[t for _, t in s] for s in self.sentences], found)


def train(args):
    prepared = Prepared(args.prepared)
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    sentences, held_out = gold(args.data)
    held_out = HeldOut(prepared, held_out, args)
    names = Names(args.data, rng)
    model = Teacher(prepared.source)
    if args.encoder:
        model.encoder.load_state_dict(torch.load(args.encoder, map_location="cpu"))
    model.encoder.words.requires_grad_(False)
    model.to(args.device)
    learning = [p for p in model.parameters() if p.requires_grad]
    decay, plain = [p for p in learning if p.dim() > 1], [p for p in learning if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
                                  lr=args.rate, fused=args.device != "cpu")
    total = args.epochs * math.ceil(len(sentences) * 52 / args.budget)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.1 * total), max(0.01, (total - s) / (0.9 * total))))
    for epoch in range(args.epochs):
        began, losses = time.time(), []
        shown = [names.varied(s, args.vary) for s in sentences]
        # The windows start at another sentence each time, so that no sentence has always the same neighbours.
        turn = rng.randrange(len(shown))
        shown = shown[turn:] + shown[:turn]
        corpus = Corpus.encode(prepared.tokenizer, [[[w for w, _ in s] for s in shown]])
        tags = torch.tensor([TAGS.index(t) for s in shown for _, t in s], device=args.device)
        model.train()
        for ids, mask, firsts, where in corpus.batches(corpus.windows(rng.choice([60, 100, 160])), args.budget, prepared.source.shape, rng):
            with torch.autocast(args.device, torch.bfloat16, enabled=args.device != "cpu"):
                found = model(ids.to(args.device), mask.to(args.device), firsts.to(args.device))
            loss = F.cross_entropy(found.float(), tags[where], label_smoothing=args.smoothing)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
        model.eval()
        figure = held_out.f1(held_out.scores([model]))
        print(f"seed {args.seed} epoch {epoch} steps {len(losses)}/{total} loss {torch.stack(losses).mean():.4f} held out F1 {figure:.2f} {time.time() - began:.0f} s", flush=True)
    torch.save(model.half().state_dict(), args.out)


def load(args, prepared):
    models = []
    for path in args.checkpoint:
        model = Teacher(prepared.source)
        model.load_state_dict(torch.load(path, map_location="cpu"))
        model.eval().to(args.device)
        if args.int8:
            torch.backends.quantized.engine = "fbgemm"
            model.encoder.layers = torch.ao.quantization.quantize_dynamic(model.encoder.layers, {nn.Linear}, torch.qint8)
        models.append(model)
    return models


def score_each(args):
    prepared = Prepared(args.prepared)
    held_out = HeldOut(prepared, gold(args.data)[1], args)
    found = [held_out.scores([model]) for model in load(args, prepared)]
    for path, scores in zip(args.checkpoint, found):
        print(f"{path}: held out F1 {held_out.f1(scores):.2f}")
    print(f"together: held out F1 {held_out.f1(sum(found)):.2f}")


def tag(args):
    prepared = Prepared(args.prepared)
    sentences = read_conll(sys.stdin)
    corpus = Corpus.encode(prepared.tokenizer, [[[w for w, _ in s] for s in sentences]])
    scores = score(load(args, prepared), corpus, prepared.source.shape, args.device, args.score_budget)
    for sentence, a, b in zip(sentences, corpus.sentences[:-1], corpus.sentences[1:]):
        for (word, _), best in zip(sentence, decode(scores[a:b])):
            print(word, TAGS[best])
        print()


def label(args):
    prepared = Prepared(args.prepared)
    share, shares = map(int, args.share.split("/"))
    corpus = prepared.news.part(share, shares)
    scores = score(load(args, prepared), corpus, prepared.source.shape, args.device, args.score_budget)
    tags = scores.argmax(1)
    ends, starts = corpus.sentences, np.zeros(len(tags) + 1, bool)
    starts[ends] = True
    # Only sentences whose best tags make no sequence need a search.
    wrong = ~legal(tags) | (INSIDE[tags] & starts[:-1])
    for at in np.unique(np.searchsorted(ends, np.flatnonzero(wrong), "right") - 1):
        tags[ends[at]:ends[at + 1]] = decode(scores[ends[at]:ends[at + 1]])
    scores -= np.log(np.exp(scores).sum(1, keepdims=True))
    sure = np.exp(scores[np.arange(len(tags)), tags])
    np.savez_compressed(args.out, share=[share, shares], tags=tags.astype(np.uint8), sure=np.round(255 * sure).astype(np.uint8))
    print(f"share {args.share}: {len(tags)} words, {(tags > 0).sum()} in names", flush=True)


def main():
    parser = argparse.ArgumentParser()
    commands = {
        "prepare": lambda a: prepare(a.data, a.prepared),
        "pretrain": lambda a: pretrain(Prepared(a.prepared), a.out, a.device, a.seconds, a.rate, a.rows, a.seed),
        "train": train, "score": score_each, "tag": tag, "label": label,
        "silver": lambda a: silver(a.data, [a.prepared] + a.checkpoint, a.out),
    }
    parser.add_argument("command", choices=commands)
    parser.add_argument("prepared")
    parser.add_argument("checkpoint", nargs="*")
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--out")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--int8", action="store_true", help="read with 8-bit weights, nearly twice as fast on a processor")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--from", dest="encoder", help="encoder that `pretrain` wrote")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--vary", type=float, default=0.3, help="share of the names of people that are replaced")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--budget", type=int, default=1500, help="pieces in a batch")
    parser.add_argument("--score-budget", type=int, default=6000)
    parser.add_argument("--seconds", type=float, default=120, help="time for `pretrain`")
    parser.add_argument("--rows", type=int, default=256, help="rows of a batch of `pretrain`")
    parser.add_argument("--share", default="0/1", help="which part of the articles to label: 1/8 is every eighth from the second")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    commands[args.command](args)


if __name__ == "__main__":
    main()
