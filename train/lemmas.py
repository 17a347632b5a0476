#!/usr/bin/env python3
"""lemmas.py OUT: learns the table of lemmas from the treebanks' training files, and prints how good it is on dev.

A line is XPOS, SUFFIX, STRIP, APPEND, CASE: of a word with this tag whose lower-cased form ends in SUFFIX ("^" before a
whole form), STRIP characters are taken off the end and APPEND put there; CASE says whether the form is lower-cased
first. The longest SUFFIX decides. A line stands only where it does better than the shorter suffix would.
"""
import collections
import sys

import corpus
from net import lower

LONGEST = 8


def apply(rule, form):
    strip, append, case = rule
    form = lower(form) if case == "lower" else form
    return (form[:-strip] if strip else form) + append if strip <= len(form) else form


def rules_of(form, lemma):
    """The rules that make LEMMA of FORM, one a case."""
    out = []
    for case in ("lower", "keep"):
        f = lower(form) if case == "lower" else form
        k = 0
        while k < min(len(f), len(lemma)) and f[k] == lemma[k]:
            k += 1
        out.append((len(f) - k, lemma[k:], case))
    return out


def suffixes(form):
    """Keys from the shortest to the whole form."""
    f = lower(form)
    return [f[len(f) - k:] for k in range(0, min(len(f), LONGEST) + 1)] + ["^" + f]


def learn(words, least):
    """words: a Counter of (xpos, form, lemma). {(xpos, suffix): rule}"""
    votes = collections.defaultdict(collections.Counter)  # of each key, how often each rule is right
    below = collections.defaultdict(list)
    for (xpos, form, lemma), n in words.items():
        for key in suffixes(form):
            below[xpos, key].append((form, lemma, n))
            for rule in rules_of(form, lemma):
                votes[xpos, key][rule] += n
    table = {}

    def inherited(xpos, key, form_keys):
        for shorter in reversed(form_keys[:form_keys.index(key)]):
            if (xpos, shorter) in table:
                return table[xpos, shorter]
        return (0, "", "lower")

    order = sorted(votes, key=lambda k: (k[1].startswith("^"), len(k[1])))
    for xpos, key in order:
        examples = below[xpos, key]
        now = inherited(xpos, key, suffixes(examples[0][0]))
        right = lambda rule: sum(n for form, lemma, n in examples if apply(rule, form) == lemma)
        best = max(votes[xpos, key], key=lambda r: (votes[xpos, key][r], r == now, r[2] == now[2]))
        gain = right(best) - right(now)
        if best != now and gain >= (1 if key.startswith("^") else least):
            table[xpos, key] = best
    return table


def lemma(table, xpos, form):
    for key in reversed(suffixes(form)):
        if (xpos, key) in table:
            return apply(table[xpos, key], form)
    return lower(form)


def counted(sentences):
    return collections.Counter((x, w, l) for s in sentences for x, w, l in zip(s.xpos, s.words, s.lemmas) if l != "_" or w == "_")


def main():
    gum, ewt = (corpus.read_conllu(f"treebank/{name}-train.conllu.gz") for name in ("gum", "ewt"))
    words = counted(gum) + counted(ewt)
    table = learn(words, 3)
    for name in ("gum", "ewt"):
        dev = counted(corpus.read_conllu(f"treebank/{name}-dev.conllu.gz"))
        right = sum(n for (x, w, l), n in dev.items() if lemma(table, x, w) == l)
        print(f"{name}-dev lemmas {right / sum(dev.values()):.4f} with the tags given", file=sys.stderr)
    with open(sys.argv[1], "w", encoding="utf8") as out:
        for (xpos, key), (strip, append, case) in sorted(table.items()):
            out.write(f"{xpos}\t{key}\t{strip}\t{append}\t{case}\n")
    print(f"{len(table)} lines", file=sys.stderr)


if __name__ == "__main__":
    main()
