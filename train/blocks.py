#!/usr/bin/env python3
"""blocks.py FEATURES WORK OUT: learns from the segments of ../shared/data/pages which blocks of a page are its article, and
writes the trees to OUT (data/blocks.tsv). FEATURES is the program that train/features.c makes; pages are unpacked in WORK.
Before that it measures on pages that were not learned from: each half by the other, each fifth by the rest. The pages of
../shared/data/news are never learned from."""
import collections, gzip, json, pathlib, random, re, subprocess, sys

import lightgbm
import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/pages"
TREES, SEED = 100, 1
PARAGRAPH, HEADING, CAPTION, OUTSIDE = 1, 2, 5, 1  # kinds in hearsay.h, reason in data/reasons.tsv
PARAMETERS = {"objective": "binary", "num_leaves": 12, "learning_rate": .08, "min_data_in_leaf": 25, "lambda_l2": 3,
              "feature_fraction": .5, "bagging_fraction": .7, "bagging_freq": 1, "seed": SEED, "num_threads": 1,
              "deterministic": True, "verbose": -1}


def table(name):
    """The rows of a table of data/."""
    lines = (ROOT / f"data/{name}.tsv").read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


LEAST = next(float(row[1]) for row in table("scores") if row[0] == "keep")


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def read_blocks(features, work, gold):
    """The names of the features, and for each page its blocks: text, features."""
    work.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, row in enumerate(gold):
        paths.append(work / f"{number}.html")
        paths[-1].write_bytes(gzip.decompress((DATA / row["file"]).read_bytes()))
    lines = subprocess.run([features, *paths], check=True, stdout=subprocess.PIPE).stdout.decode(errors="replace").split("\n")
    pages = collections.defaultdict(list)
    for line in filter(None, lines[1:]):
        path, text, *values = line.split("\t")
        pages[int(pathlib.Path(path).stem)].append((squeeze(text), numpy.array(values, dtype=numpy.float32)))
    return lines[0].split("\t")[2:], pages


def label(gold, pages, kept):
    """(page, block): 1 or 0, for each block that holds a segment; of several that hold one that must be there, the first
    that is kept."""
    labels = {}
    for number, row in enumerate(gold):
        for segment in row["without"]:
            for i, (text, _) in enumerate(pages[number]):
                if squeeze(segment) in text:
                    labels.setdefault((number, i), 0)
        for segment in row["with"]:
            holding = [i for i, (text, _) in enumerate(pages[number]) if squeeze(segment) in text]
            if holding:
                labels[number, next((i for i in holding if pages[number][i][1][kept]), holding[0])] = 1
    return labels


def learn(labels, pages, names, numbers):
    chosen = [(key, value) for key, value in labels.items() if key[0] in numbers]
    rows = numpy.array([pages[number][i][1] for (number, i), _ in chosen])
    data = lightgbm.Dataset(rows, [value for _, value in chosen], feature_name=names)
    return lightgbm.train(PARAMETERS, data, TREES)


def stays(values, score, place, open_):
    """Is a block part of the article, as hs_score_decide has it?"""
    def of(name):
        return values[place[name]]
    if of("kept"):
        return score >= LEAST
    if score < LEAST or of("why") not in open_ or of("kind") in (HEADING, CAPTION):
        return False
    return of("kind") != PARAGRAPH or of("chars") >= 40 or of("why") != OUTSIDE or of("ends_sentence")


def count(trees, gold, pages, numbers, place, open_):
    """Segments rightly there, wrongly there, wrongly missing, as score.py counts them where a segment stands in one block."""
    right = wrong = missing = 0
    for number in numbers:
        blocks = pages[number]
        scores = trees.predict(numpy.array([values for _, values in blocks])) if blocks else []
        text = [t for (t, values), score in zip(blocks, scores) if stays(values, score, place, open_)]
        for key in ("with", "without"):
            for segment in map(squeeze, gold[number][key]):
                there = any(segment in t for t in text)
                right += key == "with" and there
                missing += key == "with" and not there
                wrong += key == "without" and there
    return numpy.array([right, wrong, missing])


def measure(parts, *given):
    labels, gold, pages, names, *places = given
    numbers = list(range(len(gold)))
    random.Random(SEED).shuffle(numbers)
    total = numpy.zeros(3)
    for part in range(parts):
        held = numbers[part::parts]
        trees = learn(labels, pages, names, set(numbers) - set(held))
        total += count(trees, gold, pages, held, *places)
    right, wrong, missing = total
    print(f"each 1/{parts} by the rest: F1 {2 * right / (2 * right + wrong + missing):.4f} "
          f"({wrong:.0f} wrongly there, {missing:.0f} missing)")


def plain(number, digits):
    return f"{number:.{digits}f}".rstrip("0").rstrip(".")


def write_node(node, names, first, out):
    """Writes NODE and what is below it; gives how many nodes these are."""
    below = [[], []]
    sides, size = [], 1
    for lines, side in zip(below, (node["left_child"], node["right_child"])):
        if "leaf_value" in side:
            sides.append(plain(side["leaf_value"], 4))
        else:
            sides.append(f"+{size}")
            size += write_node(side, names, False, lines)
    out.append("\t".join(["tree" if first else "node", names[node["split_feature"]], plain(node["threshold"], 6), *sides]))
    out += below[0] + below[1]
    return size


def write(trees, names, path):
    lines = ["# Trees that tell how much a block of a page reads like a part of its article. Their weights, added up, are the",
             "# log odds. Made by `make train` (train/blocks.py) from the segments of trafilatura's evaluation set (Apache-2.0).",
             "#",
             "# Columns: tree (a tree begins here) or node, feature (src/extract/features.h), number, where to go on if the",
             "# feature is at most that number, and otherwise: +N is N rows further, all else a weight, with which the tree ends."]
    for tree in trees.dump_model()["tree_info"]:
        if "leaf_value" not in tree["tree_structure"]:
            write_node(tree["tree_structure"], names, True, lines)
    path.write_text("\n".join(lines) + "\n")


def main():
    features, work, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    gold = list(map(json.loads, gzip.open(DATA / "segments.jsonl.gz", "rt")))
    names, pages = read_blocks(features, work, gold)
    place = {name: i for i, name in enumerate(names)}
    open_ = {int(row[1]) for row in table("reasons") if row[2:] == ["open"]}
    labels = label(gold, pages, place["kept"])
    for parts in (2, 5):
        measure(parts, labels, gold, pages, names, place, open_)
    write(learn(labels, pages, names, set(range(len(gold)))), names, out)


if __name__ == "__main__":
    main()
