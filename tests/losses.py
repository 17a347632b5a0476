#!/usr/bin/env python3
"""tests/losses.py GOLD MINE [SHOW]: what is lost of the marked attributions, by kind, in the order of how often; with SHOW
also that many examples of each. GOLD and MINE are JSON Lines as ../shared/eval/score.py reads them."""
import collections, json, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "shared/eval"))
import score


def spans_of(text, quote):
    return {name: score.spans(text, quote, key) for name, key in score.ROLES}


def overlap(a, b):
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def difference(gold, mine, role):
    """What is wrong with one role of a pair whose cues meet; None if nothing."""
    g, m = gold[role], mine[role]
    if g == m:
        return None
    if not m or not g:
        return f"{role} {'missing' if not m else 'spurious'}"
    if not overlap(g, m):
        return f"{role} is another"
    if len(g) != len(m):
        return f"{role} in {'fewer' if len(m) < len(g) else 'more'} pieces"
    start = m[0][0] - g[0][0]
    end = m[-1][1] - g[-1][1]
    if start and end:
        return f"{role} both edges"
    if start:
        return f"{role} begins too {'late' if start > 0 else 'early'}"
    return f"{role} ends too {'late' if end > 0 else 'early'}" if end else f"{role} inner edges"


def losses(text, gold, mine):
    """Yields (kind, gold, mine) for each attribution that is lost, or found without being there; ("right", …) else."""
    gold, mine = ([spans_of(text, q) for q in score.outermost(text, quotes)] for quotes in (gold, mine))
    free = list(mine)
    for g in gold:
        m = max(free, key=lambda m: overlap(g["cue"], m["cue"]), default=None)
        if m is None or not overlap(g["cue"], m["cue"]):
            yield ("missed: no cue is marked" if not g["cue"] else "missed cue"), g, None
            continue
        free.remove(m)
        wrong = [d for d in (difference(g, m, role) for role in ("cue", "source", "content")) if d]
        yield ("right" if not wrong else wrong[0] if len(wrong) == 1 else "several: " + ", ".join(w.split()[0] for w in wrong)), g, m
    for m in free:
        yield "spurious cue", None, m


def shown(text, quote):
    return " ".join(f"{role}[{' | '.join(text[a:b] for a, b in spans)}]" for role, spans in quote.items()).replace("\n", " ¶ ")


def main():
    gold, mine = score.rows(sys.argv[1]), {d["id"]: d for d in score.rows(sys.argv[2])}
    count, examples = collections.Counter(), collections.defaultdict(list)
    for d in gold:
        for kind, g, m in losses(d["text"], d["quotes"], mine.get(d["id"], {}).get("quotes", [])):
            count[kind] += 1
            examples[kind].append("\n".join(f"  {name} {shown(d['text'], q)}" for name, q in (("gold", g), ("mine", m)) if q))
    for kind, n in count.most_common():
        print(f"{n:5} {kind}")
        if kind != "right":
            for e in examples[kind][::max(1, n // int(sys.argv[3]))][:int(sys.argv[3])] if len(sys.argv) > 3 else ():
                print(e)


if __name__ == "__main__":
    main()
