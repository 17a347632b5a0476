#!/usr/bin/env python3
"""speakers.py plain TABLE: makes data/certainty.tsv (TABLE) leave every certainty that is measured as it is.
speakers.py fit TABLE BUILD [SVG]: measures with a program that was built with such a table how often the speaker that it
gives is right, writes that into TABLE, and draws it. Two things are measured apart, since no text that we have marks both:
whether the source is the one that belongs to the quotation (PolNeAR dev: given that a cue is one, its source meets a marked
one) and whom the source means (the coreference of GUM: train and dev to fit, test to check)."""
import collections
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))
import calibrate  # noqa: E402
import coreference  # noqa: E402
import score  # noqa: E402

DATA = pathlib.Path(os.path.join(calibrate.corpus.DATA))
SPEAKING = ("person", "organization")
LEAST = 60  # so many of a way, or it has no slope of its own


def certainty_of_source(quote):
    """As a plain table leaves it: the speaker's certainty is this times that whom the source means."""
    return min(max(quote["certainty"]["sources"], .005), .995)


def annotated(build, model, path):
    lines = subprocess.run([build / "hearsay", "annotate", "--model", model, "--json", path], capture_output=True, text=True)
    return [json.loads(line) for line in lines.stdout.split("\n") if line]


def way_of(quote, actor):
    """How the speaker was told, as data/certainty.tsv names it."""
    words = " ".join(s["text"] for s in quote["sources"]).split()
    text = " ".join(words)
    if len(words) == 1 and words[0].lower() in coreference.PRONOUNS:
        return coreference.PRONOUNS[words[0].lower()]
    if actor["type"] in ("anonymous", "group"):
        return "unnamed"
    if actor["type"] != "person":
        return "body"
    inside = [name for name in actor["names"] if name in text]
    if not inside:
        return "description"
    return "name" if max(len(name.split()) for name in inside) > 1 else "short name"


def entity_of(document, span):
    """The entity of the least mention that holds SPAN, else of one whose head does; None if there is none."""
    holding = [m for m in document.mentions if m["words"][0][0] <= span[0] and span[1] <= m["words"][-1][1]]
    if holding:
        return min(holding, key=lambda m: len(m["words"]))["entity"]
    return next((m["entity"] for m in document.mentions if coreference.overlap(span, m["head"])), None)


def whom(document, page):
    """{actor: the entity of most of its names and descriptions}"""
    whose = {}
    for number, actor in enumerate(page["actors"]):
        spans = [(m["start"], m["end"]) for m in actor["mentions"] if m["text"].lower() not in coreference.PRONOUNS]
        votes = collections.Counter(filter(None, (entity_of(document, s) for s in spans)))
        if votes:
            whose[number] = votes.most_common(1)[0][0]
    return whose


def is_named_elsewhere(document, entity, actor):
    """Has ENTITY a name that is none of ACTOR's words?"""
    spans = [(m["start"], m["end"]) for m in actor["mentions"]]
    return any(m["entity"] == entity and m["type"] == "person" and m["head"][3] == "PROPN"
               and not any(coreference.overlap(s, m["head"]) for s in spans) for m in document.mentions)


def means(build, model, treebank):
    """(number of the text, way, certainty, is it right?) of each source in a treebank that means somebody."""
    gold = list(coreference.documents(DATA / "treebank" / treebank))
    with tempfile.TemporaryDirectory() as temp:
        pages = pathlib.Path(temp) / "pages.jsonl"
        pages.write_text("".join(json.dumps({"id": d.name, "text": d.text}) + "\n" for d in gold))
        annotations = annotated(build, model, pages)
    for number_of_text, (document, page) in enumerate(zip(gold, annotations, strict=True)):
        whose = whom(document, page)
        for q in page["quotes"]:
            if not q["speaker"] or not q["sources"] or q["via"]:
                continue
            source = (q["sources"][0]["start"], q["sources"][0]["end"])
            inside = [m for m in document.mentions if source[0] <= m["words"][0][0] and m["words"][-1][1] <= source[1]]
            if not inside:
                continue
            entity = min(inside, key=lambda m: (m["first"], m["type"] not in SPEAKING, -len(m["words"])))["entity"]
            number = next(i for i, a in enumerate(page["actors"]) if a["id"] == q["speaker"]["actor"])
            actor = page["actors"][number]
            way = way_of(q, actor)
            right = whose.get(number) == entity and not (way == "unnamed" and is_named_elsewhere(document, entity, actor))
            yield number_of_text, way, min(1, q["speaker"]["confidence"] / certainty_of_source(q)), right


def sources(build, model):
    """(certainty of the source, is it right?) of each quotation with a speaker whose cue is one."""
    gold = DATA / "attribution/dev.jsonl.gz"
    docs = {d["id"]: d for d in score.rows(str(gold))}
    for page in annotated(build, model, gold):
        text = docs[page["id"]]["text"]
        marked = score.outermost(text, docs[page["id"]]["quotes"])
        for q in score.outermost(text, page["quotes"]):
            if not q["speaker"] or not q["sources"] or not q["cue"]:
                continue
            meet = lambda g, key: any(a < d and c < b for a, b in score.spans(text, q, key) for c, d in score.spans(text, g, key))
            cues = [g for g in marked if meet(g, "cue")]
            if cues:
                yield q, any(meet(g, "sources") for g in cues)


def told(name, pairs):
    sure = [r for p, r in pairs if p >= .9]
    print(f"{name}: {len(pairs)}, right {sum(r for _, r in pairs) / max(1, len(pairs)):.3f}, expected calibration error "
          f"{calibrate.error(pairs):.3f}; of {len(sure)} given .9 or more {sum(sure) / max(1, len(sure)):.3f} are right")


def fit(pairs):
    """Slope and offset of a way; of few, or all as sure as each other, only an offset."""
    right = sum(r for _, r in pairs)
    given = sorted(p for p, _ in pairs)
    if len(given) >= LEAST and right < len(given) and given[-1] - given[0] > .2:
        return calibrate.fit(pairs)
    return 0, math.log((right + 1) / (len(pairs) - right + 1))


def crossed(found):
    """What is given and right where each half of the texts has the fit of the other one."""
    out = []
    for half in (0, 1):
        for way in {row[1] for row in found}:
            seen = fit([row[2:] for row in found if row[1] == way and row[0] % 2 != half])
            out += [(calibrate.apply(seen, p), right) for text, w, p, right in found if w == way and text % 2 == half]
    return out


def said_of(name, pairs, fitted):
    told(name, [(calibrate.apply(fitted, p), right) for p, right in pairs])


def fit_meanings(build):
    """{way: (fit, what it was measured on)}, and of the texts that were fitted on (each half by the other) and of others
    (certainty, is it right?)."""
    models = ("small", "large")
    rows = {part: [row for m in models for n in names for row in means(build, m, n + ".conllu.gz")]
            for part, names in (("train and dev", ("gum-train", "gum-dev")), ("test", ("gum-test",)))}
    fits = {}
    for way in sorted({row[1] for row in rows["train and dev"]}):
        pairs = [row[2:] for row in rows["train and dev"] if row[1] == way]
        fits[way] = fit(pairs), f"GUM, {sum(r for _, r in pairs)} of {len(pairs)}"
        said_of("    " + way, pairs, fits[way][0])
    seen = crossed(rows["train and dev"])
    told("whom the source means, GUM train and dev, each half of the texts with the other's fit", seen)
    other = [(calibrate.apply(fits[way][0], p), right) for _, way, p, right in rows["test"] if way in fits]
    told("whom the source means, GUM test", other)
    return fits, seen, other


def fit_sources(build, way, *models):
    """{way: (fit, what it was measured on)}, and (certainty, is it right?). A rule's source is none the surer of itself."""
    ruled = "rules" in models
    pairs = [(.005 if ruled else certainty_of_source(q), right) for m in models for q, right in sources(build, m)]
    fitted = fit(pairs)
    said_of(way + ", PolNeAR dev", pairs, fitted)
    return {way: (fitted, f"PolNeAR dev, {sum(r for _, r in pairs)} of {len(pairs)}")}, \
        [(calibrate.apply(fitted, p), right) for p, right in pairs]


def write(table, fits):
    """Rows of ways without a fit stay as they are."""
    lines = []
    for line in table.read_text().splitlines():
        way = line.split("\t")[0]
        if way in fits:
            (slope, offset), measured = fits[way]
            line = f"{way}\t{round(slope * 100)}\t{round(offset * 100)}\t{measured}"
        lines.append(line + "\n")
    table.write_text("".join(lines))


def main():
    command, table = sys.argv[1], pathlib.Path(sys.argv[2])
    if command == "plain":
        rows = [line.split("\t") for line in table.read_text().splitlines() if line[0] != "#"]
        write(table, {row[0]: ((1, 0), row[3]) for row in rows if not row[3].startswith("set by hand")})
        return
    build = pathlib.Path(sys.argv[3])
    fits, seen, other = fit_meanings(build)
    found, right_source = fit_sources(build, "source", "small", "large")
    ruled, _ = fit_sources(build, "source by rule", "rules")
    write(table, fits | found | ruled)
    if len(sys.argv) > 4:
        panels = [("means, train and dev", seen), ("means, test", other), ("right source, dev", right_source)]
        pathlib.Path(sys.argv[4]).write_text(calibrate.drawn(panels))


if __name__ == "__main__":
    main()
