#!/usr/bin/env python3
"""tiny.py FOLDER: tiny networks of random weights as model files, and what torch finds with them, for the tests of the C
code: tiny-small.model, tiny-large.model, for each an .expected with sentences and scores; tiny-small.quotations,
tiny-large.quotations, for each an .expected with words and the attributions found among them."""
import os
import random
import string
import sys
import types

import torch

import articles
import export
import net
import quotations

LABELS = {"upos": ["NOUN", "VERB", "DET", "PUNCT", "PROPN"], "xpos": ["NN", "VBD", "DT"], "feats": ["_", "Number=Sing"],
          "names": ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"], "rels": ["root", "nsubj", "obj", "det", "punct"]}
SENTENCES = ["The mayor spoke .", "Ana Orlo left Orburg on 4 May , 2031 , she said .", "WHY", "Élan in Malmö costs $ 3.50 — “ no more ” !"]
WORDS = ["the", "mayor", "spoke", ".", ",", "she", "said", "0", "0000", "on", "élan"]


class Tokenizer:
    """Longest match over the pieces below, for words of letters or of marks."""

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mayor", "spo", "##ke", "said", "she", "on", "no", "mal", "##mo"] + \
             [p + c for p in ("", "##") for c in string.ascii_lowercase + string.digits] + list(".,$!—“”")
    plain = str.maketrans("éö", "eo")

    def of(self, word):
        out, word = [], word.lower().translate(self.plain)
        for part in "".join(c if c.isalnum() else f" {c} " for c in word).split():
            at = 0
            while at < len(part):
                end = next(e for e in range(len(part), at, -1) if ("##" if at else "") + part[at:e] in self.pieces)
                out.append(self.pieces.index(("##" if at else "") + part[at:end]))
                at = end
        return out[:6]


class BertTokenizer(Tokenizer):
    """The same with the numbers that BERT gives to what is no word, and more words of one piece."""

    pieces = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "minister", "asked", "denied", "council", '"'] + \
             Tokenizer.pieces[4:]

    def encode(self, word, add_special_tokens):
        return types.SimpleNamespace(ids=self.of(word))


def tiny_small():
    net.WORDS, net.Small.LAYERS = 16, (1, "attention", 2)
    net.HASHED = {"suffix3": (32, 8), "prefix4": (32, 8), "suffix2": (32, 8), "suffix4": (32, 8), "shape": (32, 8), "length": (12, 4)}
    encoder = net.Small(16, torch.randn(net.WORDS, 12), 0)
    torch.nn.init.normal_(encoder.learned.weight)
    torch.nn.init.normal_(encoder.unknown)
    torch.nn.init.normal_(encoder.layers[1].bias)
    return encoder


def minilm(pieces, positions):
    """Random weights by the names of MiniLM's."""
    width, weights = 16, {}
    shapes = {"embeddings.word_embeddings.weight": (pieces, width), "embeddings.position_embeddings.weight": (positions, width),
              "embeddings.token_type_embeddings.weight": (2, width)}
    for norm in ("embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"):
        shapes |= {norm + ".weight": (width,), norm + ".bias": (width,)}
    for name, size in {**{f"attention.self.{x}": (width, width) for x in ("query", "key", "value")}, "attention.output.dense": (width, width),
                       "intermediate.dense": (48, width), "output.dense": (width, 48)}.items():
        shapes |= {f"encoder.layer.0.{name}.weight": size, f"encoder.layer.0.{name}.bias": size[:1]}
    for name, size in shapes.items():
        weights[name] = torch.randn(size) * (size[-1] ** -.5 if "dense" in name or "self" in name else .5)
    return weights


def tiny_large():
    encoder = net.Large(minilm(len(Tokenizer.pieces), 300), 1, 0, heads=1)
    torch.nn.init.normal_(encoder.shape.weight, std=.5)
    return encoder


def batch(kind, words, table):
    out = {"mask": torch.ones(1, len(words), dtype=torch.bool)}
    if kind == "small":
        return out | {"features": torch.tensor([net.features(words, table)])}
    ids, shapes, first, last = [2], [0], [], []
    for t, word in enumerate(words):
        pieces = Tokenizer().of(word)
        first.append(len(ids))
        ids += pieces
        last.append(len(ids) - 1)
        shapes += [net.fnv(net.shape(word) + ("^" if t == 0 else ""), 512)] * len(pieces)
    ids, shapes = ids + [3], shapes + [0]
    return out | {"pieces": torch.tensor([ids]), "shapes": torch.tensor([shapes]), "first": torch.tensor([first]),
                  "last": torch.tensor([last]), "piece_mask": torch.ones(1, len(ids), dtype=torch.bool)}


# ---- the finder of attributions

FINDER_LABELS = {"xpos": LABELS["xpos"], "names": LABELS["names"], "rels": LABELS["rels"]}
OTHERS = {"xpos": LABELS["xpos"] + ["IN"], "names": ["PER", "LOC", "ORG"], "rels": LABELS["rels"][1:] + ["advcl"]}  # not all known
VOCABULARY = ("the a The mayor minister said told asked denied that she he they council on in of to and will not Ana Orlo Orburg "
              "Malmö Élan 4 2031 3.50").split()
SENTENCE_WORDS = [5, 17, 30, 9, 1, 24, 230, 12, 40, 3, 21, 28, 8, 64, 2, 33, 19, 45, 6, 26, 31, 14, 22, 37]


def heads(words, rng):
    """A tree of WORDS words as it comes; of many words, each but the first hangs from the one before it."""
    if words > 100:
        return [None, *range(words - 1)]
    out, order = [None] * words, rng.sample(range(words), words)
    for n, word in enumerate(order[1:], 1):
        out[word] = order[rng.randrange(n)]
    return out


def article():
    """Words, tags, trees and names as they come, in sentences and paragraphs; gaps as news has them."""
    rng, out, text = random.Random(5), articles.Article("tiny"), ""
    for number, count in enumerate(SENTENCE_WORDS):
        words, names, tree = [], [], heads(count, rng)
        text += rng.choice(("\n\n", " ", " ", "")) if text else ""
        for w in range(count):
            mark = rng.random() < .15
            form = "." if w and w + 1 == count else rng.choice(",—“”\"") if mark else rng.choice(VOCABULARY)
            text += "" if not w or form in ".,”" or text[-1] == "“" else " "
            words.append({"form": form, "start": len(text), "end": len(text) + len(form), "xpos": rng.choice(OTHERS["xpos"]),
                          "relation": "root" if tree[w] is None else rng.choice(OTHERS["rels"]), "head": tree[w]})
            text += form
            if w >= (names[-1]["last"] + 1 if names else 0) and rng.random() < .1:
                names.append({"first": w, "last": min(count - 1, w + rng.randrange(3)), "type": rng.choice(OTHERS["names"])})
        out.add({"words": words, "names": names}, number)
    out.finish(text)
    return out


def tiny_finder(kind):
    labels, width = FINDER_LABELS, 16
    if kind == "small":
        encoder = quotations.Small(width, torch.randn(net.WORDS, 12), 0, labels)
        torch.nn.init.normal_(encoder.learned.weight)
        torch.nn.init.normal_(encoder.unknown)
    else:
        encoder = quotations.Large(minilm(len(BertTokenizer.pieces), 520), 1, 0, labels)
        for layer in encoder.layers:
            layer.heads = 1
        torch.nn.init.normal_(encoder.shape.weight, std=.5)
    finder = quotations.Finder(encoder, labels, 16, (1, 2, "attention", 4), 0)
    for table in (*encoder.inputs.tables.values(), finder.pairs.distance, finder.pairs.apart, finder.pairs.path):
        torch.nn.init.normal_(table.weight, std=.5)
    for module in finder.modules():
        if isinstance(module, net.Attention):
            torch.nn.init.normal_(module.bias)
    return finder.eval()


class Seen:
    """What a reading finds likely of each word, as logarithms [words][labels]."""

    def add_news(self, _, cues, __, pairs, ___):
        self.cues, self.pairs = torch.tensor(cues).log(), torch.cat([torch.empty(0, 5), *map(torch.tensor, pairs)]).log()


def settle(finder, reader, text):
    """Changes the last biases so that no label but the first stands out, and few words fall to others."""
    seen = Seen()
    with torch.inference_mode():
        for layer, which, share in ((finder.cues, "cues", .08), (finder.pairs.out, "pairs", .06)):
            torch.nn.init.normal_(layer.weight)
            quotations.read(finder, reader, [text], fast=False, soft=seen)
            scores = getattr(seen, which) - getattr(seen, which).mean(0)
            layer.bias -= getattr(seen, which).mean(0)
            layer.bias[0] += (scores[:, 1::2].max(-1).values - scores[:, 0]).quantile(1 - share)  # of labels that begin


def write_finder(kind, table, path):
    """PATH.quotations, and PATH.quotations.expected: the words, each with gap, XPOS, relation, head and name, then the
    attributions among them."""
    finder, text = tiny_finder(kind), article()
    reader = quotations.Reader(kind, FINDER_LABELS, BertTokenizer(), table, {})
    reader.prepare(text)
    settle(finder, reader, text)
    with open(path + ".quotations", "wb") as out:
        out.write(export.finder(finder, FINDER_LABELS, table, BertTokenizer.pieces, {"name": os.path.basename(path)}))
    with open(path + ".quotations.expected", "w", encoding="utf8") as out:
        for row in zip(text.words, text.gap, text.xpos, text.relation, text.head, text.name):
            print(*row, file=out)
        for found in quotations.read(finder, reader, [text], fast=False)[0]:
            print(*("%s %d %d" % (role, *r) for role, ranges in found.items() for r in ranges), file=out)


def main():
    torch.manual_seed(1)
    counts = {task: len(names) for task, names in LABELS.items()}
    table = {word: n for n, word in enumerate(WORDS, 1)}
    for kind, make in (("small", tiny_small), ("large", tiny_large)):
        encoder = make()
        network = net.Network(encoder, counts, 0)
        network.heads = net.Heads(encoder.width, counts, arc=16, label=16)
        torch.nn.init.normal_(network.heads.distance)
        torch.nn.init.normal_(network.heads.product, std=.3)
        network.eval()
        path = os.path.join(sys.argv[1], f"tiny-{kind}")
        with open(path + ".model", "wb") as out:
            out.write(export.model(network, LABELS, table, Tokenizer.pieces, {"name": f"tiny-{kind}"}))
        with open(path + ".expected", "w", encoding="utf8") as out, torch.inference_mode():
            for sentence in SENTENCES:
                tags, arcs, low, high = network(batch(kind, sentence.split(), table))
                heads = arcs.argmax(-1)
                rels = network.heads.labels(low, high, heads)
                rels[..., 0] = -1e4
                rels = torch.where(heads == 0, 0, rels.argmax(-1))
                out.write(sentence + "\n")
                for w in range(arcs.shape[1]):
                    row = torch.cat([*(tags[t][0, w] for t in ("upos", "xpos", "feats", "names")), arcs[0, w]])
                    out.write(" ".join(f"{x:.3f}" for x in row.tolist()) + f" {heads[0, w]} {rels[0, w]}\n")
    for kind in ("small", "large"):
        torch.manual_seed(13)  # bytes for floats decide few near-ties otherwise
        write_finder(kind, table, os.path.join(sys.argv[1], f"tiny-{kind}"))


if __name__ == "__main__":
    main()
