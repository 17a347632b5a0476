#!/usr/bin/env python3
"""calibrate.py GOLD ANNOTATED OUT [SVG [ABOUT]]: how often what the finder is so sure of is right, on marked articles that
it did not learn from. ANNOTATED is of a model without calibration. Writes slopes and offsets of log odds (Platt 1999), one
pair each for cue, source, contents and all three, and draws the diagram. The error that is printed, and told in ABOUT, the
JSON that a model file says of itself, is of articles that the fit has not seen: each half is measured with the other half's
fit."""
import json
import math
import os
import pathlib
import sys

import corpus

sys.path.insert(0, os.path.join(corpus.DATA, "../eval"))
import score  # noqa: E402

GROUPS = ("cue", "source", "content", "all")


def judged(doc, mine):
    """(chance, is it right?) by group, of each attribution that stands in no other."""
    text = doc["text"]
    spans = lambda q: {role: score.spans(text, q, key) for role, key in score.ROLES}
    gold = [spans(q) for q in score.outermost(text, doc["quotes"])]
    meet = lambda a, b: any(x < v and u < y for x, y in a for u, v in b)
    for q in score.outermost(text, mine):
        s = spans(q)
        g = next((g for g in gold if meet(g["cue"], s["cue"])), None)
        right = {role: g is not None and g[role] == s[role] for role in ("cue", "source", "content")}
        sure = {"cue": q["certainty"]["cue"], "source": q["certainty"]["sources"], "content": q["certainty"]["contents"],
                "all": q["confidence"]}
        yield {k: (sure[k], right[k] if k in right else all(right.values())) for k in GROUPS}


def log_odds(p):
    p = min(max(p, .005), .995)
    return math.log(p / (1 - p))


def loss(pairs, a, b):
    return sum(math.log1p(math.exp(-x if right else x)) for x, right in ((a * log_odds(p) + b, r) for p, r in pairs))


def fit(pairs):
    """Slope and offset with the least log loss, by Newton's method, each step halved until it gains."""
    a, b = 1., 0.
    for _ in range(20):
        da, db, aa, ab, bb = 0., 0., 1e-6, 0., 1e-6
        for p, right in pairs:
            x = log_odds(p)
            q = 1 / (1 + math.exp(-(a * x + b)))
            e, w = q - right, q * (1 - q)
            da, db, aa, ab, bb = da + e * x, db + e, aa + w * x * x, ab + w * x, bb + w
        both, step, now = aa * bb - ab * ab, 1., loss(pairs, a, b)
        up, over = (bb * da - ab * db) / both, (aa * db - ab * da) / both
        while step > 1e-3 and loss(pairs, a - step * up, b - step * over) > now:
            step /= 2
        a, b = a - step * up, b - step * over
    return a, b


def apply(ab, p):
    return 1 / (1 + math.exp(-(ab[0] * log_odds(p) + ab[1])))


def bins(pairs, count=10):
    """[(mean chance, share that is right, how many)] of tenths."""
    out = []
    for k in range(count):
        inside = [(p, r) for p, r in pairs if k / count <= p < (k + 1) / count or (p == 1 and k + 1 == count)]
        if inside:
            out.append((sum(p for p, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside), len(inside)))
    return out


def error(pairs):
    """Expected calibration error (Naeini et al. 2015)."""
    return sum(abs(p - r) * n for p, r, n in bins(pairs)) / max(1, len(pairs))


def drawn(groups):
    """The reliability diagram as SVG: share right over chance given, a panel a group; the line is what should be."""
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 250" font-family="sans-serif" font-size="12">'
           '<style>text{fill:#555}line,path,rect{stroke:#888}circle{fill:#b3401f}</style>']
    for i, (name, pairs) in enumerate(groups):
        x, y, size = 40 + i * 225, 25, 180
        out.append(f'<text x="{x}" y="{y - 8}">{name}: error {error(pairs):.3f}</text>'
                   f'<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="none"/>'
                   f'<line x1="{x}" y1="{y + size}" x2="{x + size}" y2="{y}" stroke-dasharray="4 4"/>')
        most = max((n for _, _, n in bins(pairs)), default=0)
        for p, r, n in bins(pairs):
            out.append(f'<circle cx="{x + p * size:.1f}" cy="{y + size - r * size:.1f}" r="{2 + 6 * math.sqrt(n / most):.1f}">'
                       f'<title>given {p:.2f}, right {r:.2f}, {n} attributions</title></circle>')
        out.append(f'<text x="{x}" y="{y + size + 16}">0</text><text x="{x + size - 8}" y="{y + size + 16}">1</text>'
                   f'<text x="{x + 50}" y="{y + size + 16}">chance given</text>')
    out.append('<text transform="translate(22 160) rotate(-90)">share right</text></svg>\n')
    return "\n".join(out)


def main():
    docs, mine = score.rows(sys.argv[1]), {d["id"]: d for d in score.rows(sys.argv[2])}
    halves = [[j for d in docs[h::2] if d["id"] in mine for j in judged(d, mine[d["id"]]["quotes"])] for h in (0, 1)]
    panels, errors = [], {}
    with open(sys.argv[3], "w") as out:
        for k in GROUPS:
            split = [[j[k] for j in half] for half in halves]
            fits = [fit(split[1]), fit(split[0])]
            pairs = [(apply(f, p), r) for f, half in zip(fits, split) for p, r in half]
            sure = [r for p, r in pairs if p >= .9]
            print(f"{k}: error {error(split[0] + split[1]):.3f} raw, {error(pairs):.3f} calibrated; of {len(sure)} given .9 or more "
                  f"{sum(sure) / max(1, len(sure)):.3f} are right; of all {len(pairs)} {sum(r for _, r in pairs) / len(pairs):.3f}")
            out.write("%.4f %.4f\n" % fit(split[0] + split[1]))
            panels.append((k, pairs))
            errors["all three" if k == "all" else k] = round(error(pairs), 3)
    if len(sys.argv) > 4:
        with open(sys.argv[4], "w") as out:
            out.write(drawn(panels))
    if len(sys.argv) > 5:
        about = pathlib.Path(sys.argv[5])
        told = json.loads(about.read_text()) | {"dev, expected calibration error": errors}
        about.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
