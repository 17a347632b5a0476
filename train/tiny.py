#!/usr/bin/env python3
"""tiny.py FOLDER: two tiny networks of random weights as model files, and what torch finds with them, for the tests of
the C code: tiny-small.model, tiny-large.model, and for each an .expected with sentences and scores."""
import os
import string
import sys

import torch

import export
import net

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


def tiny_small():
    net.WORDS, net.Small.LAYERS = 16, (1, "attention", 2)
    net.HASHED = {"suffix3": (32, 8), "prefix4": (32, 8), "suffix2": (32, 8), "suffix4": (32, 8), "shape": (32, 8), "length": (12, 4)}
    encoder = net.Small(16, torch.randn(net.WORDS, 12), 0)
    torch.nn.init.normal_(encoder.learned.weight)
    torch.nn.init.normal_(encoder.unknown)
    torch.nn.init.normal_(encoder.layers[1].bias)
    return encoder


def tiny_large():
    width, weights = 16, {}
    shapes = {"embeddings.word_embeddings.weight": (len(Tokenizer.pieces), width), "embeddings.position_embeddings.weight": (300, width),
              "embeddings.token_type_embeddings.weight": (2, width)}
    for norm in ("embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"):
        shapes |= {norm + ".weight": (width,), norm + ".bias": (width,)}
    for name, size in {**{f"attention.self.{x}": (width, width) for x in ("query", "key", "value")}, "attention.output.dense": (width, width),
                       "intermediate.dense": (48, width), "output.dense": (width, 48)}.items():
        shapes |= {f"encoder.layer.0.{name}.weight": size, f"encoder.layer.0.{name}.bias": size[:1]}
    for name, size in shapes.items():
        weights[name] = torch.randn(size) * (size[-1] ** -.5 if "dense" in name or "self" in name else .5)
    encoder = net.Large(weights, 1, 0, heads=1)
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


if __name__ == "__main__":
    main()
