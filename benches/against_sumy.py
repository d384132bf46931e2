#!/usr/bin/env python3
"""How many articles a second `mujaz batch` does, figures and participants included, and how many sumy's LexRank (ranking alone).

  pip install sumy pyarabic numpy        cargo build --release
  benches/against_sumy.py ARTICLES.jsonl [--program target/release/mujaz] [--articles 200] [--rounds 3] [--least 20]

ARTICLES.jsonl (or .jsonl.gz) is what `mujaz batch` reads: objects with id, title and text. Both take the same articles in turn, round
by round, on one and the same core; what counts is processor time, so that a busy machine does not matter. The start of the program
and its reading of its data count, Python's imports do not. It fails where the program does not do `--least` times as many articles a
second as sumy.
"""
import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time

# A numpy that takes more threads than the one core would only wait for itself.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from sumy.nlp.stemmers import null_stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

SENTENCES = 5


def read(path, count):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
    articles = []
    with opened as lines:
        for line in lines:
            article = json.loads(line)
            # A text of a few lines shows the cost of the call and not that of the work.
            if len(article.get("text", "").encode()) >= 2000:
                articles.append({"id": len(articles), "title": article.get("title") or "", "text": article["text"]})
            if len(articles) == count:
                break
    return articles


def by_sumy(articles):
    tokenizer = Tokenizer("arabic")
    summarizer = LexRankSummarizer(null_stemmer)
    summarizer.stop_words = get_stop_words("arabic")
    began = time.process_time()
    for article in articles:
        parser = PlaintextParser.from_string(article["text"], tokenizer)
        summarizer(parser.document, SENTENCES)
    return time.process_time() - began


def by_program(program, articles):
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "batch"], input=lines, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    if [answer["id"] for answer in answered] != [article["id"] for article in articles]:
        sys.exit("an article has no answer")
    return took, sum(bool(answer["figures"] or answer["people"]) for answer in answered)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", metavar="ARTICLES.jsonl")
    parser.add_argument("--program", default="target/release/mujaz")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, default=0)
    options = parser.parse_args()
    articles = read(options.articles_file, options.articles)
    size = sum(len(article["text"].encode()) for article in articles)
    if hasattr(os, "sched_setaffinity"):
        core = max(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {core})
    by_sumy(articles[:5])
    by_program(options.program, articles[:5])
    ours, theirs, facts = [], [], 0
    for _ in range(options.rounds):
        theirs.append(by_sumy(articles))
        took, facts = by_program(options.program, articles)
        ours.append(took)
    ours, theirs = min(ours), min(theirs)
    print(f"{len(articles)} articles of {size / len(articles) / 1000:.1f} kB, best of {options.rounds} rounds, processor time on one core")
    print(f"sumy LexRank: {len(articles) / theirs:8.1f} articles a second, {1000 * theirs / len(articles):6.2f} ms each")
    print(f"mujaz batch:  {len(articles) / ours:8.1f} articles a second, {1000 * ours / len(articles):6.2f} ms each, "
          f"{size / ours / 1e6:.2f} MB a second; facts in {facts} of them")
    print(f"mujaz does {theirs / ours:.1f} times as many")
    if theirs / ours < options.least:
        sys.exit(f"less than {options.least} times as many")


if __name__ == "__main__":
    main()
