"""Shows how well and how fast contacts are read out of texts: `python -m bench.capture CORPUS.jsonl [--faults]`.

The table has each field's precision, recall and F1, as `marks` gives them; then come the times: of the corpus, of texts
of 4 kB made of its texts, and of the worst shapes that the longest text which is allowed can have. They are CPU times,
so that they mean something on a shared machine.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from bench import marks
from bench.marks import FIELDS, Gold, Marks
from carnet.assist.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONG, _LONG_TEXTS = 4_000, 60
_CORPUS = Path("tests/assist/texts.jsonl")
_BUDGETS = {"p95 of 4 kB": 0.050, "the worst shape": 1.0}
SHAPES = {
    "spaced digits": "1 " * 100_000,
    "figures": "0123456789 " * 2_000,
    "telephone numbers": "06 12 34 56 78 / " * 1_200,
    "nested cards": "BEGIN:VCARD\n" * 3_000 + "FN:x\n" + "END:VCARD\n" * 3_000,
    "nested tags": "<div class=org><b>" * 60_000 + "x",
    "unclosed comments": "<!--" * 250_000,
    "unclosed styles": "<style>" * 140_000,
    "at signs": "a@" * 10_000,
    "addresses": "a.b@c.example " * 1_500,
    "hosts": "www.a.example " * 1_500,
    "brackets": "(" * 20_000,
    "quotes": "> " * 10_000,
    "capitals": "Ab Cd Ef, " * 2_000,
    "names": "John Smith | Acme Inc | Director\n" * 600,
    "cards of 400 lines": "Ann Lee, Chief Officer - Big Co (Paris) | 12 rue X, 75001 Paris\n" * 400,
    "lines of 1,000": ("Jean Dupont, " * 76 + "\n") * 20,
    "labels": "name: x\n" * 2_500,
    "spelt letters": "a b c d e f g h " * 1_200,
    "sentences": "Met John Smith from Acme Works, director at Big Firm. " * 370,
    "spoken addresses": "a at b dot c " * 1_500,
    "nested values": '{"a":' * 4_000,
    "answers": "name: Ab Cd\ntel: 1\nmail: 2\n"
    + "".join(f"Poste {n}: Ab C{n}d {n}a@b{n}.example\n" for n in range(397)),
    "answers without a name": "tel: 1\nmail: 2\nfax: 3\n" + "Chef Ef: Ab Cd ab@cd.example\n" * 397,
    "a chat": "Ann: Met Bob Lee, head of it at Acme Works\nTom: ok\n" * 200,
    "scanned": "A1b2cd0ef M1s0n 0Oo1l " * 900,
    "spaced dots": "a . b @ c . d . " * 1_250,
    "signs before labels": "Ab Cd Ef | " * 1_800 + "name: x",
    "one megabyte": "x" * 1_000_000,
}
"""Texts that made naive expressions run for seconds, or end in a RecursionError."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=_CORPUS)
    parser.add_argument("--faults", action="store_true", help="name the texts that aren't exact, and their fields")
    options = parser.parse_args()
    corpus = marks.read(options.corpus)
    extract("Jane Doe\njane@a.example\n+1 212 555 0100")  # the tables are read with the first text
    result = Marks()
    for gold in corpus:
        marks.mark(gold, extract(gold.text), result)
    print("\n".join(_table(result)))
    if options.faults:
        print("\n".join(f"{text}: {', '.join(fields)}" for text, fields in result.faults.items()))
    print("\n".join(_times(corpus)))


def _table(result: Marks) -> Iterator[str]:
    yield f"{'field':12} {'precision':>9} {'recall':>7} {'F1':>6}   right wrong missed"
    for name in FIELDS:
        figures = f"{result.share('wrong', name):9.3f} {result.share('missed', name):7.3f} {result.f1(name):6.3f}"
        yield f"{name:12} {figures}   {result.right[name]:5} {result.wrong[name]:5} {result.missed[name]:6}"
    yield f"exact {result.exact}/{result.texts} = {result.exact / result.texts:.3f}, micro-F1 {result.f1():.4f}"


def _times(corpus: list[Gold]) -> Iterator[str]:
    texts = [gold.text for gold in corpus]
    yield "CPU milliseconds: " + _percentiles(map(_seconds, texts))
    long = list(map(_seconds, _long_texts(texts)))
    yield f"of {_LONG:,} characters: " + _percentiles(long)
    shapes = Counter({name: _seconds(text) for name, text in SHAPES.items()})
    worst = ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in shapes.most_common(5))
    yield f"worst shapes: {worst}"
    measured = {"p95 of 4 kB": quantiles(long, n=20)[-1], "the worst shape": max(shapes.values())}
    for name, budget in _BUDGETS.items():
        yield f"{name}: {measured[name] * 1000:.0f} ms, budget {budget * 1000:.0f} ms"


def _long_texts(texts: list[str]) -> Iterator[str]:
    """Letters of 4 kB: a text of the corpus below sentences, as a signature is."""
    chance = random.Random(1)
    prose = "Thank you for your letter of last week. We have read it with care and shall answer before the month ends. "
    for text in chance.sample(texts, min(_LONG_TEXTS, len(texts))):
        yield f"{prose * 40}"[: max(0, _LONG - len(text))] + "\n\n" + text


def _seconds(text: str) -> float:
    start = time.process_time()
    extract(text)
    return time.process_time() - start


def _percentiles(seconds: Iterable[float]) -> str:
    cuts = quantiles(seconds, n=20)
    return f"p50 {cuts[9] * 1000:.1f}, p95 {cuts[18] * 1000:.1f}"


if __name__ == "__main__":
    main()
