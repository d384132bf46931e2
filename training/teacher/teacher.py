"""The teacher of the tagger: multilingual-e5-small fine-tuned on ANERcorp and the annotated news, which then labels the unlabelled news.

  teacher.py prepare PREPARED --tags CONLL...            encode the corpora; all else reads this file
  teacher.py pretrain PREPARED --out ENCODER             masked-language-model training on the news
  teacher.py train PREPARED --tags CONLL... --out CHECKPOINT [--from ENCODER]   fine-tune; ANERcorp's last tenth is held out and scored
  teacher.py score PREPARED CHECKPOINT...                score each on the last tenth, then all together
  teacher.py tag PREPARED CHECKPOINT... < CONLL > CONLL  tag as the annotated news are tagged
  teacher.py label PREPARED CHECKPOINT... --out LABELS   label every word of the news with a tag and how sure it is
  teacher.py silver LABELS... --out FILE                 write the labels as places in the articles, without words

The name tags of the annotated news are those of `../shared/eval/project_ner.py`. Their habits are not ANERcorp's, so each has an
output layer of its own over one encoder. Several checkpoints vote by their mean log-probabilities. Corpora are read from --data (default ../shared/data).
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

from corpus import Corpus, Names, Prepared, annotated, gold, prepare, read_conll
from e5 import Encoder
from pretrain import pretrain
from silver import silver

KINDS = ["PERS", "LOC", "ORG", "MISC"]
TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
INSIDE = np.array([tag[0] == "I" for tag in TAGS])
WINDOW = 160  # pieces
HABITS = {"anercorp": 0, "news": 1}


class Teacher(nn.Module):
    def __init__(self, source):
        super().__init__()
        self.encoder = Encoder(source)
        self.heads = nn.ModuleList(nn.Linear(self.encoder.width, len(TAGS)) for _ in HABITS)

    def forward(self, ids, mask, firsts, habits):
        x = F.dropout(self.encoder(ids, mask), 0.1, self.training)
        return self.heads[HABITS[habits]](x.reshape(-1, x.shape[-1])[firsts])


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


def score(models, corpus, shape, device, budget, habits):
    """Mean log-probabilities of the tags of every word."""
    out = np.zeros((len(corpus.words) - 1, len(TAGS)), np.float32)
    with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
        for ids, mask, firsts, where in corpus.batches(corpus.windows(WINDOW), budget, shape):
            ids, mask, firsts = ids.to(device), mask.to(device), firsts.to(device)
            found = sum(m(ids, mask, firsts, habits).float().log_softmax(-1) for m in models) / len(models)
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
        return score(models, self.corpus, self.shape, self.args.device, self.args.score_budget, "anercorp")

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
    corpora = {"anercorp": sentences, "news": annotated(args.tags)}
    names = Names(args.data, rng)
    model = Teacher(prepared.source)
    if args.encoder:
        model.encoder.load_state_dict(torch.load(args.encoder, map_location="cpu"))
    for part in [model.encoder, *model.encoder.layers]:
        part.dropout = args.dropout
    for still in [model.encoder.places, *model.encoder.norm.parameters(), *model.encoder.layers[:args.still].parameters()]:
        still.requires_grad_(False)
    model.encoder.words.requires_grad_(False)
    model.to(args.device)
    learning = [p for p in model.parameters() if p.requires_grad]
    decay, plain = [p for p in learning if p.dim() > 1], [p for p in learning if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
                                  lr=args.rate, fused=True)
    began, epoch, step, spent = time.time(), 0, 0, 0.0
    while spent < 1:
        shown = []
        for habits, share in (("news", 1.0), ("anercorp", args.anercorp)):
            size = int(share * len(corpora[habits]))
            # The windows start at another sentence each time, so that no sentence has always the same neighbours.
            turn = rng.randrange(len(corpora[habits]))
            part = (corpora[habits][turn:] + corpora[habits][:turn])[:size]
            part = [names.varied(s, args.vary) for s in part]
            corpus = Corpus.encode(prepared.tokenizer, [[[w for w, _ in s] for s in part]])
            tags = torch.tensor([TAGS.index(t) for s in part for _, t in s], device=args.device)
            windows = corpus.windows(rng.choice([60, 100, 160]))
            shown += [(habits, tags[where], *batch) for *batch, where in corpus.batches(windows, args.budget, prepared.source.shape, rng)]
        rng.shuffle(shown)
        model.train()
        losses = []
        for habits, tags, *batch in shown:
            # Passes or seconds, whichever end first: the rate of learning rises, then falls to nothing.
            spent = max((time.time() - began) / args.seconds, (epoch + len(losses) / len(shown)) / args.epochs)
            if spent >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = args.rate * min((spent + 0.002) / 0.1, (1 - spent) / 0.9)
            with torch.autocast(args.device, torch.bfloat16):
                found = model(*(part.to(args.device) for part in batch), habits)
            loss = F.cross_entropy(found.float(), tags, label_smoothing=args.smoothing)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            losses.append(loss.detach())
            step += 1
            if step % 50 == 0:
                print(f"step {step}, pass {epoch + len(losses) / len(shown):.2f}, spent {spent:.3f}, loss {torch.stack(losses[-50:]).mean():.4f}, "
                      f"{time.time() - began:.0f} s, of a processor {time.process_time():.0f} s", flush=True)
        epoch += 1
    model.eval()
    print(f"seed {args.seed} held out F1 {held_out.f1(held_out.scores([model])):.2f}", flush=True)
    torch.save(model.half().state_dict(), args.out)


def load(args, prepared):
    models = []
    for path in args.checkpoint:
        model = Teacher(prepared.source)
        model.load_state_dict(torch.load(path, map_location="cpu"))
        model.eval().to(args.device)
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
    scores = score(load(args, prepared), corpus, prepared.source.shape, args.device, args.score_budget, args.habits)
    for sentence, a, b in zip(sentences, corpus.sentences[:-1], corpus.sentences[1:]):
        for (word, _), best in zip(sentence, decode(scores[a:b])):
            print(word, TAGS[best])
        print()


def label(args):
    prepared = Prepared(args.prepared)
    share, shares = map(int, args.share.split("/"))
    corpus = prepared.news.part(share, shares)
    scores = score(load(args, prepared), corpus, prepared.source.shape, args.device, args.score_budget, "news")
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
        "prepare": lambda a: prepare(a.data, a.tags, a.prepared),
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
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tags", nargs="+", default=[], help="name tags of the annotated news")
    parser.add_argument("--habits", choices=HABITS, default="news", help="as which corpus `tag` tags")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--from", dest="encoder", help="encoder that `pretrain` wrote")
    parser.add_argument("--epochs", type=int, default=7, help="passes over the annotated news")
    parser.add_argument("--anercorp", type=float, default=0.33, help="share of ANERcorp that each of them takes along")
    parser.add_argument("--still", type=int, default=4, help="lowest layers that do not learn")
    parser.add_argument("--dropout", type=float, default=0.0, help="inside the encoder; before the output it is 0.1")
    parser.add_argument("--vary", type=float, default=0.3, help="share of the names of people that are replaced")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--budget", type=int, default=1500, help="pieces in a batch")
    parser.add_argument("--score-budget", type=int, default=6000)
    parser.add_argument("--seconds", type=float, default=math.inf, help="time for `pretrain`, and the longest for `train`")
    parser.add_argument("--rows", type=int, default=256, help="rows of a batch of `pretrain`")
    parser.add_argument("--share", default="0/1", help="which part of the articles to label: 1/8 is every eighth from the second")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    commands[args.command](args)


if __name__ == "__main__":
    main()
