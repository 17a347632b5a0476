"""The two networks: encoders (small: hashed words and convolutions; large: MiniLM) and the heads that both carry."""
import math
import unicodedata

import torch
import torch.nn as nn
import torch.nn.functional as F

DISTANCES = 33  # buckets of signed distance; 16 is 0


def bucket(d):
    """Exact up to 6 words, then 2.2 buckets an octave."""
    a = d.abs().float()
    k = torch.where(a <= 6, a, 6 + torch.log2(a.clamp(min=6) / 6) * 2.2).floor().clamp(max=16).long()
    return torch.where(d < 0, 16 - k, 16 + k)


# ---- small

WORDS = 32768
HASHED = {"suffix3": (4096, 32), "prefix4": (4096, 16), "suffix2": (2048, 12), "suffix4": (2048, 16), "shape": (512, 12),
          "length": (12, 4)}


LOOKED_AT = 100  # characters of a word; the rest tells nothing. This and what follows is the same as src/nlp/features.c.


def fnv(text, size):
    """FNV-1a of the UTF-8 bytes, into 1 … size - 1; 0 is for what is not there."""
    h = 2166136261
    for byte in text.encode("utf8"):
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return 1 + h % (size - 1)


def lower(word):
    """Small letters, one for one."""
    return "".join("i" if c == "İ" else c.lower() for c in word)


def normal(word):
    """The key of the word table: small letters, and digits as 0."""
    return "".join("0" if unicodedata.category(c) == "Nd" else c for c in lower(word[:LOOKED_AT]))


def shape(word):
    out = ""
    for c in word[:LOOKED_AT]:
        category = unicodedata.category(c)
        k = "X" if category == "Lu" else "x" if category[0] == "L" else "d" if category == "Nd" else c
        if not out.endswith(k + k):
            out += k
        if len(out) == 8:
            break
    return out


def features(words, table):
    """[word row, the six hashed rows] for each word of a sentence."""
    size = {name: rows for name, (rows, _) in HASHED.items()}
    rows = []
    for t, word in enumerate(words):
        n = normal(word)
        rows.append([table.get(n, 0), fnv(n[-3:] + "$", size["suffix3"]), fnv(n[:4], size["prefix4"]),
                     fnv(n[-2:] + "$", size["suffix2"]), fnv("^" + n[-4:], size["suffix4"]),
                     fnv(shape(word) + ("^" if t == 0 else ""), size["shape"]), min(len(n), size["length"] - 1)])
    return rows


class Dropout:
    """Masks cut at random places from one long mask: drawing a fresh one costs more than a layer's products here."""

    SIZE = 1 << 23
    masks = {}

    @classmethod
    def of(cls, x, p, training):
        if not training or p <= 0:
            return x
        if p not in cls.masks:
            cls.masks[p] = (torch.rand(cls.SIZE) >= p).float() / (1 - p)
        n = x.numel()
        if n >= cls.SIZE:
            return F.dropout(x, p, True)
        start = int(torch.randint(cls.SIZE - n, ()))
        return x * cls.masks[p][start:start + n].view(x.shape).to(x.dtype)


dropout = Dropout.of


def attend(q, k, v, bias):
    """Scaled dot products with an additive bias; written out, since the fused one's backward pass is slow on a CPU."""
    with torch.autocast("cpu", enabled=False):
        q, k, v = q.float(), k.float(), v.float()
        return (q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + bias).softmax(-1) @ v


class Convolution(nn.Module):
    def __init__(self, width, dilation):
        super().__init__()
        self.convolve = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.norm = nn.LayerNorm(width)

    def forward(self, x, mask, drop):
        z = self.convolve(dropout(x, drop, self.training).transpose(1, 2)).transpose(1, 2)
        return self.norm(x + F.relu(z)) * mask


class Attention(nn.Module):
    """Multi-head attention (Vaswani et al. 2017) with a learned bias a head over signed distance (Raffel et al. 2020)."""

    def __init__(self, width, heads=4, size=16):
        super().__init__()
        self.heads, self.size = heads, size
        self.qkv = nn.Linear(width, 3 * heads * size)
        self.out = nn.Linear(heads * size, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(heads, DISTANCES))

    def forward(self, x, mask, drop):
        batch, length, _ = x.shape
        q, k, v = self.qkv(dropout(x, drop, self.training)).view(batch, length, 3, self.heads, self.size).permute(2, 0, 3, 1, 4)
        t = torch.arange(length)
        bias = self.bias[:, bucket(t[None] - t[:, None])][None].expand(batch, -1, -1, -1)
        bias = bias.masked_fill(mask[:, None, None, :, 0] < .5, -1e4)
        a = attend(q, k, v, bias)
        return self.norm(x + self.out(a.transpose(1, 2).reshape(batch, length, -1))) * mask


class Encoder(nn.Module):
    """Makes a row of each word."""

    def told(self, x, batch):
        """The rows X, to which a finder's encoder adds what it is told of each word."""
        return x


class Small(Encoder):
    """Sum of eight embeddings, then convolutions of width 3 and attention. The input projection folds into the tables."""

    LAYERS = (1, 2, "attention", 4, "attention", 8)  # dilations
    UNSEEN = .03  # share of words that are taken for unknown ones while it learns

    bfloat16 = False

    def __init__(self, width, vectors, drop):
        super().__init__()
        self.width, self.drop = width, drop
        self.word = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.learned = nn.Embedding(WORDS, vectors.shape[1])
        self.unknown = nn.Parameter(torch.zeros(vectors.shape[1]))
        self.hashed = nn.ModuleList(nn.Embedding(rows, size) for rows, size in HASHED.values())
        nn.init.zeros_(self.learned.weight)
        for table in self.hashed:
            nn.init.normal_(table.weight, std=.3)
        self.project = nn.Linear(vectors.shape[1] + sum(size for _, size in HASHED.values()), width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Attention(width) if d == "attention" else Convolution(width, d) for d in self.LAYERS)

    def forward(self, batch):
        x, mask = batch["features"], batch["mask"][..., None].float()
        row = x[..., 0]
        word, learned, unknown = self.word(row), self.learned(row), (row == 0)[..., None].float()
        if self.training:  # a rare word's own vector is dropped, so that unseen words fare as rare ones do
            learned = learned * (torch.rand(row.shape) > batch["rare"])[..., None]
            unknown = torch.maximum(unknown, (torch.rand(row.shape) < self.UNSEEN)[..., None].float())
        word = (word + learned) * (1 - unknown) + self.unknown * unknown
        x = torch.cat([word] + [table(x[..., k + 1]) for k, table in enumerate(self.hashed)], -1)
        x = self.told(self.project(dropout(x, self.drop, self.training)), batch)
        x = self.norm(F.relu(x)) * mask
        for layer in self.layers:
            x = layer(x, mask, self.drop * .6)
        return x


# ---- large

class Transformer(nn.Module):
    """One layer of MiniLM (Wang et al. 2020), begun from its weights."""

    def __init__(self, weights, n, heads):
        super().__init__()
        self.heads = heads
        w = lambda name: weights[f"encoder.layer.{n}.{name}"].float().clone()
        linear = lambda *names: self.linear(torch.cat([w(f"{x}.weight") for x in names]), torch.cat([w(f"{x}.bias") for x in names]))
        self.qkv = linear(*(f"attention.self.{x}" for x in ("query", "key", "value")))
        self.out = linear("attention.output.dense")
        self.norm1 = self.layernorm(w("attention.output.LayerNorm.weight"), w("attention.output.LayerNorm.bias"))
        self.up, self.down = linear("intermediate.dense"), linear("output.dense")
        self.norm2 = self.layernorm(w("output.LayerNorm.weight"), w("output.LayerNorm.bias"))

    @staticmethod
    def linear(weight, bias):
        layer = nn.Linear(weight.shape[1], weight.shape[0])
        layer.weight.data, layer.bias.data = weight, bias
        return layer

    @staticmethod
    def layernorm(weight, bias):
        layer = nn.LayerNorm(len(weight), eps=1e-12)
        layer.weight.data, layer.bias.data = weight, bias
        return layer

    def forward(self, x, bias, drop):
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        a = attend(q, k, v, bias).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + dropout(self.out(a), drop, self.training))
        return self.norm2(x + dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Large(Encoder):
    """MiniLM's layers over word pieces; a word is the mean of its first and last piece. Shapes tell what lower case hides."""

    bfloat16 = True

    def __init__(self, weights, layers, drop, heads=12):
        super().__init__()
        w = lambda name: weights["embeddings." + name].float().clone()
        self.piece = nn.Embedding.from_pretrained(w("word_embeddings.weight"), freeze=True)
        self.width, self.drop = self.piece.weight.shape[1], drop
        self.position = nn.Parameter(w("position_embeddings.weight") + w("token_type_embeddings.weight")[0])
        self.shape = nn.Embedding(512, self.width)
        nn.init.zeros_(self.shape.weight)
        self.norm = Transformer.layernorm(w("LayerNorm.weight"), w("LayerNorm.bias"))
        self.layers = nn.ModuleList(Transformer(weights, n, heads) for n in range(layers))

    def forward(self, batch):
        ids = batch["pieces"]
        x = self.told(self.piece(ids) + self.position[:ids.shape[1]] + self.shape(batch["shapes"]), batch)
        x = dropout(self.norm(x), self.drop, self.training)
        bias = torch.zeros(ids.shape).masked_fill(~batch["piece_mask"], -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        pick = lambda key: x.gather(1, batch[key][:, :, None].expand(-1, -1, self.width))
        return (pick("first") + pick("last")) * .5


# ---- heads

class Heads(nn.Module):
    """Tags by linear layers; arcs by a biaffine score (Dozat & Manning 2017) with a bias over distance; the label of an
    arc from its two words and their product."""

    def __init__(self, width, counts, arc=64, label=64, drop=.25):
        super().__init__()
        self.drop, self.arc, self.label = drop, arc, label
        self.tasks = [t for t in ("upos", "xpos", "feats", "names")]
        self.tags = nn.ModuleDict({t: nn.Linear(width, counts[t]) for t in self.tasks})
        self.split = nn.Linear(width, 2 * arc + 2 * label)
        self.root = nn.Parameter(torch.randn(width) * .1)
        self.product = nn.Parameter(torch.randn(arc + 1, arc) * .05)
        self.distance = nn.Parameter(torch.zeros(DISTANCES))
        self.rels = nn.Linear(3 * label, counts["rels"])

    def forward(self, x, mask):
        batch, length, width = x.shape
        tags = {t: head(dropout(x, self.drop, self.training)) for t, head in self.tags.items()}
        y = torch.cat([self.root.expand(batch, 1, width), x], 1)
        z = F.leaky_relu(self.split(dropout(y, self.drop, self.training)), .1)
        z = dropout(z, self.drop * .7, self.training)
        dependent, head, low, high = z.split((self.arc, self.arc, self.label, self.label), -1)
        dependent = torch.cat([dependent[:, 1:], torch.ones(batch, length, 1)], -1)
        arcs = dependent @ self.product @ head.transpose(1, 2) / math.sqrt(self.arc) * 4
        t = torch.arange(length + 1)
        distance = self.distance[bucket(t[None] - t[1:, None])]
        arcs = arcs + torch.cat([torch.zeros(length, 1), distance[:, 1:]], 1)
        heads = torch.cat([torch.ones(batch, 1, dtype=torch.bool), mask], 1)
        arcs = arcs.masked_fill(~heads[:, None] | (t[None] == t[1:, None])[None], -1e4)
        return tags, arcs, low[:, 1:], high

    def labels(self, low, high, heads):
        """Label scores (batch, length, labels) for the heads (batch, length)."""
        h = high.gather(1, heads[..., None].expand(-1, -1, self.label))
        return self.rels(torch.cat([low * h, low, h], -1))


class Network(nn.Module):
    def __init__(self, encoder, counts, drop):
        super().__init__()
        self.encoder, self.heads = encoder, Heads(encoder.width, counts, drop=drop)

    def forward(self, batch, fast=False):
        with torch.autocast("cpu", torch.bfloat16, enabled=(self.training or fast) and self.encoder.bfloat16):
            x = self.encoder(batch)
        return self.heads(x.float(), batch["mask"])
