#!/usr/bin/env python3
"""How many articles a second `mujaz batch` does, figures and participants included, and how many sumy's LexRank (ranking alone).

  pip install sumy pyarabic numpy        cargo build --release        (on Linux)
  benches/against_sumy.py ARTICLES.jsonl [--program target/release/mujaz] [--articles 200] [--rounds 3] [--least 20]

ARTICLES.jsonl (or .jsonl.gz) is what `mujaz batch` reads: objects with id, title and text. Both take the same articles in turn, round
by round: once on one and the same core, by processor time, so that a busy machine does not matter; and once on all cores by the
clock, of which sumy uses one. The start of the program and its reading of its data count, Python's imports do not. It fails where
the program does not do `--least` times as many articles a second as sumy on all cores.

sumy is set up as its own command and its README do: with the stemmer of the language. `--no-stemmer` leaves that out, which makes
sumy faster and its ranking worse: words are then compared as they are written.
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

from sumy.nlp.stemmers import Stemmer, null_stemmer
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


def by_sumy(articles, stemmer):
    tokenizer = Tokenizer("arabic")
    summarizer = LexRankSummarizer(stemmer)
    summarizer.stop_words = get_stop_words("arabic")
    began, clock = time.process_time(), time.perf_counter()
    for article in articles:
        parser = PlaintextParser.from_string(article["text"], tokenizer)
        summarizer(parser.document, SENTENCES)
    return time.process_time() - began, time.perf_counter() - clock


def by_program(program, articles):
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([program, "batch"], input=lines, stdout=subprocess.PIPE, check=True)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - clock
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    if [answer["id"] for answer in answered] != [article["id"] for article in articles]:
        sys.exit("an article has no answer")
    return took, clock, sum(bool(answer["figures"] or answer["people"]) for answer in answered)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", metavar="ARTICLES.jsonl")
    parser.add_argument("--program", default="target/release/mujaz")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--no-stemmer", action="store_true")
    options = parser.parse_args()
    stemmer = null_stemmer if options.no_stemmer else Stemmer("arabic")
    articles = read(options.articles_file, options.articles)
    size = sum(len(article["text"].encode()) for article in articles)
    by_sumy(articles[:5], stemmer)
    by_program(options.program, articles[:5])
    cores = os.sched_getaffinity(0)
    rounds = []
    for _ in range(options.rounds):
        os.sched_setaffinity(0, cores)
        _, theirs_by_clock = by_sumy(articles, stemmer)
        _, ours_by_clock, facts = by_program(options.program, articles)
        os.sched_setaffinity(0, {max(cores)})
        theirs, _ = by_sumy(articles, stemmer)
        ours, _, _ = by_program(options.program, articles)
        rounds.append((theirs, ours, theirs_by_clock, ours_by_clock))
    theirs, ours, theirs_by_clock, ours_by_clock = map(min, zip(*rounds))
    print(f"{len(articles)} articles of {size / len(articles) / 1000:.1f} kB, best of {options.rounds} rounds; facts in {facts} of them")
    compare("processor time on one core", len(articles), theirs, ours)
    times = compare(f"by the clock on {len(cores)} cores", len(articles), theirs_by_clock, ours_by_clock)
    print(f"mujaz reads {size / ours / 1e6:.2f} MB a second on one core")
    if times < options.least:
        sys.exit(f"less than {options.least} times as many")


def compare(how, count, theirs, ours):
    print(f"{how}: sumy LexRank {count / theirs:.1f} articles a second, mujaz batch {count / ours:.1f}, "
          f"{theirs / ours:.1f} times as many")
    return theirs / ours


if __name__ == "__main__":
    main()
