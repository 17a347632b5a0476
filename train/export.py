#!/usr/bin/env python3
"""export.py CHECKPOINT OUT [--lemmas FILE] [--about JSON]: a trained network as the model file that hearsay reads.

docs/models.md describes the file. What a network does with constants alone is done here, once: the small one's input
projection is folded into its tables, the root into its scores, the factors of dot products into their weights.
"""
import argparse
import ctypes
import ctypes.util
import json
import math
import struct

import numpy as np
import torch

import net

MAGIC, VERSION, ALIGNMENT = b"\x89hsm\r\n\x1a\n", 1, 64
TEXT, FLOATS, TABLE, TILES = 1, 2, 3, 4
WORDS = 256  # of a sentence at most


# ---- the file

def xxh3(data):
    library = ctypes.CDLL(ctypes.util.find_library("xxhash"))
    library.XXH3_64bits.restype, library.XXH3_64bits.argtypes = ctypes.c_uint64, (ctypes.c_char_p, ctypes.c_size_t)
    return library.XXH3_64bits(data, len(data))


def up(n, to=ALIGNMENT):
    return -(-n // to) * to


class File:
    """The sections of a model file, in the order in which they are added."""

    def __init__(self):
        self.sections = []

    def add(self, name, kind, rows, columns, data):
        assert 0 < len(name.encode()) < 32 and name not in (s[0] for s in self.sections), name
        self.sections.append((name, kind, rows, columns, data))

    def text(self, name, text):
        assert "\0" not in text, name
        self.add(name, TEXT, 0, 0, text.encode("utf8"))

    def lines(self, name, lines):
        assert not any("\n" in line for line in lines), name
        self.text(name, "".join(line + "\n" for line in lines))

    def floats(self, name, values):
        values = np.atleast_2d(np.asarray(values, "<f4"))
        self.add(name, FLOATS, *values.shape, values.tobytes())

    @staticmethod
    def quantised(values):
        values = np.asarray(values, "float32")
        scales = np.abs(values).max(1) / 127
        return np.rint(values / np.where(scales > 0, scales, 1)[:, None]).astype("int8"), scales.astype("<f4")

    def table(self, name, values):
        """Rows that are looked up: bytes with a scale a row."""
        bytes_, scales = self.quantised(values)
        data = bytes_.tobytes()
        self.add(name, TABLE, *bytes_.shape, data.ljust(up(len(data)), b"\0") + scales.tobytes())

    def linear(self, name, weight, bias):
        """A layer's matrix, outputs × inputs, in tiles of 16 × 4 bytes, and its bias."""
        bytes_, scales = self.quantised(weight)
        outputs, inputs = bytes_.shape
        assert inputs % 4 == 0, name
        padded = np.zeros((up(outputs, 16), inputs), "int8")
        padded[:outputs] = bytes_
        data = padded.reshape(-1, 16, inputs // 4, 4).transpose(0, 2, 1, 3).tobytes()
        self.add(name, TILES, outputs, inputs, data.ljust(up(len(data)), b"\0") + scales.tobytes())
        self.floats(name + ".bias", bias)

    def bytes(self):
        table, at, data = b"", up(32 + 64 * len(self.sections)), b""
        for name, kind, rows, columns, section in self.sections:
            table += struct.pack("<32sIIIIQQ", name.encode(), kind, rows, columns, 0, at + len(data), len(section))
            data += section.ljust(up(len(section)), b"\0")
        covered = struct.pack("<IIQ", VERSION, len(self.sections), at + len(data)) + table
        covered = covered.ljust(at - 16, b"\0") + data
        return MAGIC + struct.pack("<Q", xxh3(covered)) + covered


# ---- the networks

def by_distance(bias):
    """A bias over buckets of distance as one over the distances -255 … 255."""
    return bias[..., net.bucket(torch.arange(1 - WORDS, WORDS))]


def norm(out, lines, name, layer):
    out.floats(name, layer.weight)
    out.floats(name + ".bias", layer.bias)
    lines.append(f"norm {name} {'1e-%d' % round(-math.log10(layer.eps))}")


def attention(out, lines, name, layer, heads, distances=None):
    """Queries are scaled here and not there."""
    width = layer.qkv.weight.shape[0] // 3
    scale = torch.ones(3 * width)
    scale[:width] = 1 / math.sqrt(width // heads)
    out.linear(name + ".qkv", layer.qkv.weight * scale[:, None], layer.qkv.bias * scale)
    lines += ["keep", f"linear {name}.qkv"]
    if distances is None:
        lines.append(f"attend {heads}")
    else:
        out.floats(name + ".distance", by_distance(distances))
        lines.append(f"attend {heads} {name}.distance")
    out.linear(name + ".out", layer.out.weight, layer.out.bias)
    lines += [f"linear {name}.out", "add"]


def small(out, lines, encoder, table):
    """Each table becomes rows of the network's width; the projection's bias goes to those of the length."""
    words = [word for word, _ in sorted(table.items(), key=lambda item: item[1])]
    assert list(range(1, len(words) + 1)) == sorted(table.values())
    out.lines("words", words)
    lines.append("read words")
    word = encoder.word.weight + encoder.learned.weight
    tables = {"word": torch.cat([encoder.unknown[None], word[1:len(words) + 1]])}
    tables |= {name: t.weight for name, t in zip(net.HASHED, encoder.hashed)}
    at = 0
    for name, rows in tables.items():
        part = encoder.project.weight[:, at:at + rows.shape[1]]
        out.table("embed." + name, rows @ part.T + (encoder.project.bias if name == "length" else 0))
        lines.append("embed " + name)
        at += rows.shape[1]
    if hasattr(encoder, "inputs"):
        told(out, lines, encoder.inputs)
    lines.append("relu")
    norm(out, lines, "embed.norm", encoder.norm)
    layers(out, lines, "layers", encoder.LAYERS, encoder.layers)


def large(out, lines, encoder, pieces):
    out.lines("pieces", pieces)
    lines += ["read pieces", "embed piece", "embed position", "embed shape"]
    out.table("embed.piece", encoder.piece.weight)
    out.table("embed.position", encoder.position)
    out.table("embed.shape", encoder.shape.weight)
    if hasattr(encoder, "inputs"):
        told(out, lines, encoder.inputs)
    norm(out, lines, "embed.norm", encoder.norm)
    for n, layer in enumerate(encoder.layers):
        name = f"layers.{n}"
        attention(out, lines, name, layer, layer.heads)
        norm(out, lines, name + ".norm1", layer.norm1)
        out.linear(name + ".up", layer.up.weight, layer.up.bias)
        out.linear(name + ".down", layer.down.weight, layer.down.bias)
        lines += ["keep", f"linear {name}.up", "gelu", f"linear {name}.down", "add"]
        norm(out, lines, name + ".norm2", layer.norm2)
    lines.append("pool")


def tree(out, lines, heads, labels):
    arc, label = heads.arc, heads.label
    for task, layer in heads.tags.items():
        out.linear("tags." + task, layer.weight, layer.bias)
        lines.append("tags " + task)
    out.linear("tree.split", heads.split.weight, heads.split.bias)
    root = torch.nn.functional.leaky_relu(heads.split(heads.root), .1)
    out.floats("tree.root", torch.cat([root[arc:2 * arc], root[2 * arc + label:]]))
    out.floats("tree.product", heads.product * (4 / math.sqrt(arc)))
    out.floats("tree.distance", by_distance(heads.distance))
    out.linear("tree.rels", heads.rels.weight, heads.rels.bias)
    lines.append(f"tree {arc} {label}")
    for task, names in labels.items():
        out.lines("labels." + task, names)


def layers(out, lines, name, kinds, modules):
    """Convolutions, by their dilation, and attentions."""
    for n, (kind, layer) in enumerate(zip(kinds, modules)):
        at = f"{name}.{n}"
        if kind == "attention":
            attention(out, lines, at, layer, layer.heads, layer.bias)
        else:
            weight = layer.convolve.weight  # [outputs][inputs][3] to [outputs][3][inputs]
            out.linear(at + ".convolve", weight.permute(0, 2, 1).reshape(len(weight), -1), layer.convolve.bias)
            lines += ["keep", f"convolve {at}.convolve {kind}", "relu", "add"]
        norm(out, lines, at + ".norm", layer.norm)


TOLD = {"xpos": "xpos", "rels": "relation", "names": "name", "gap": "gap", "marks": "marks"}


def told(out, lines, inputs):
    """What the finder is told of words; row 0 is for pieces that are of none."""
    for name, table in inputs.tables.items():
        out.table("embed." + TOLD[name], torch.cat([torch.zeros(1, table.weight.shape[1]), table.weight]))
        lines.append("embed " + TOLD[name])


def finder(network, labels, table=None, pieces=None, about=None, bias=0., calibration=None):
    """The bytes of the model file of a finder of attributions. BIAS is added to the score of words that are no cue."""
    import articles
    out, lines, pairs = File(), [], network.pairs
    out.text("about", json.dumps(about or {}, ensure_ascii=False, indent=1))
    with torch.inference_mode():
        is_small = isinstance(network.encoder, net.Small)
        (small if is_small else large)(out, lines, network.encoder, table if is_small else pieces)
        network.cues.bias[0] += bias
        out.linear("tags.cues", network.cues.weight, network.cues.bias)
        width = network.encoder.width
        halves = network.pairs.cue.weight[:, :width], network.pairs.cue.weight[:, width:]
        out.linear("pairs.words", torch.cat([pairs.word.weight, *halves]),
                   torch.cat([pairs.word.bias, pairs.cue.bias, torch.zeros_like(pairs.cue.bias)]))
        lines += ["tags cues", "give pairs.words"]
        out.lines("network", lines)
        for name in ("distance", "apart", "path"):
            out.floats("pairs." + name, getattr(pairs, name).weight)
        lines = [f"take {pairs.size}"]
        norm(out, lines, "pairs.norm", pairs.norm)
        layers(out, lines, "pairs", pairs.kinds, pairs.layers)
        out.linear("tags.roles", pairs.out.weight, pairs.out.bias)
        out.lines("pairs", lines + ["tags roles"])
    if calibration is not None:
        out.floats("calibration", calibration)
    out.lines("labels.cues", ["O", "B-CUE", "I-CUE"])
    out.lines("labels.roles", articles.LABELS)
    for task in ("xpos", "rels", "names"):
        out.lines("inputs." + task, labels[task])
    return out.bytes()


def model(network, labels, table=None, pieces=None, about=None, lemmas=None):
    """The bytes of the model file. TABLE: row of each word, for a small network; PIECES in order, for a large one."""
    out, lines = File(), []
    out.text("about", json.dumps(about or {}, ensure_ascii=False, indent=1))
    with torch.inference_mode():
        if isinstance(network.encoder, net.Small):
            small(out, lines, network.encoder, table)
        else:
            large(out, lines, network.encoder, pieces)
        tree(out, lines, network.heads, labels)
    out.lines("network", lines)
    if lemmas is not None:
        out.text("lemmas", lemmas)
    return out.bytes()


def load(checkpoint):
    """(network, labels, table, pieces) of what learn.py saved."""
    import learn
    c = torch.load(checkpoint, map_location="cpu", weights_only=False)
    counts, o = {t: len(v) for t, v in c["labels"].items()}, c["options"]
    weights, tokenizer = learn.minilm()
    if o["kind"] == "large":
        encoder = net.Large(weights, learn.LAYERS, 0)
    else:
        encoder = net.Small(learn.WIDTH, torch.zeros_like(c["state"]["encoder.word.weight"]), 0)
    network = net.Network(encoder, counts, .2)
    network.load_state_dict(c["state"])
    pieces = [p for p, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    return network.eval(), c["labels"], c["table"], pieces


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("out")
    p.add_argument("--lemmas", help="a file with the text that lemmas are told from; without it, it is a finder of attributions")
    p.add_argument("--about", help="a file with JSON: name, scores, licences, data")
    p.add_argument("--bias", type=float, default=0, help="added to the score of words that are no cue")
    p.add_argument("--calibration", help="a file that calibrate.py wrote")
    o = p.parse_args()
    about = json.load(open(o.about, encoding="utf8")) if o.about else {}
    if o.lemmas:
        data = model(*load(o.checkpoint), about, open(o.lemmas, encoding="utf8").read())
    else:
        import quotations
        data = finder(*quotations.load(o.checkpoint), about, o.bias, np.loadtxt(o.calibration) if o.calibration else None)
    with open(o.out, "wb") as out:
        out.write(data)
    print(f"{o.out}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
