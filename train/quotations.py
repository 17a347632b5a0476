#!/usr/bin/env python3
"""quotations.py large|small: trains the finder of cues, and of each cue's source and content, and saves it after every pass.

One encoding of a window of text; cues are BIO tags on it; for each cue a small network over the words around it tags
source and content, so that links, nesting and broken contents need no more (the design of Citron and of others turned
round: first the cue). Both networks are told what the reader of sentences says of each word.
"""
import argparse
import collections
import os
import pickle
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import articles
import corpus
import learn
import net
import score

CUES = ("O", "B-CUE", "I-CUE")
GAPS, MARKS = 4, 4
WIDTH = 96  # of the small encoder's rows
WINDOW = 190  # word pieces that are learned from together, at most
REACH = 64  # words on each side of a cue that its source and content are looked for in


# ---- the network

class Inputs(nn.Module):
    """What the reader of sentences says of a word, added to its row of the encoder."""

    def __init__(self, width, labels, std):
        super().__init__()
        sizes = dict(xpos=len(labels["xpos"]) + 1, rels=len(labels["rels"]) + 1, names=len(labels["names"]) + 1, gap=GAPS, marks=MARKS)
        self.tables = nn.ModuleDict({name: nn.Embedding(rows, width) for name, rows in sizes.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=std) if std else nn.init.zeros_(table.weight)

    def forward(self, told):
        return sum(table(told[..., i]) for i, table in enumerate(self.tables.values()))


class Small(net.Small):
    """The small encoder, over windows."""

    LAYERS, UNSEEN = (1, 2, 4, 8, 16), .05
    READ = 256  # words at a time, of src/nlp/finder.c

    def __init__(self, width, vectors, drop, labels):
        super().__init__(width, vectors, drop)
        self.layers = nn.ModuleList(net.Attention(width) if d == "attention" else net.Convolution(width, d) for d in self.LAYERS)
        self.inputs = Inputs(width, labels, .1)

    def told(self, x, batch):
        return x + self.inputs(batch["told"])


class Large(net.Large):
    READ = 128

    def __init__(self, weights, layers, drop, labels):
        super().__init__(weights, layers, drop)
        self.inputs = Inputs(self.width, labels, 0)

    def told(self, x, batch):
        rows = self.inputs(batch["told"])
        rows = torch.cat([torch.zeros(len(x), 1, self.width), rows], 1)  # row 0: pieces of no word
        return x + rows.gather(1, batch["word_of"][..., None].expand(-1, -1, self.width))


class Pairs(nn.Module):
    """Source and content of a cue among the words around it: each word's row meets the cue's first and last one, their
    distance in words and sentences, and its place in the tree as seen from the cue."""

    def __init__(self, width, size, relations, layers, drop):
        super().__init__()
        self.size, self.drop = size, drop
        self.word, self.cue = nn.Linear(width, 2 * size), nn.Linear(2 * width, 2 * size)
        self.distance, self.apart = nn.Embedding(net.DISTANCES, size), nn.Embedding(7, size)
        self.path = nn.Embedding(5 + 2 * (relations + 1), size)
        for table in (self.distance, self.apart, self.path):
            nn.init.normal_(table.weight, std=.1)
        self.norm = nn.LayerNorm(size)
        self.kinds = layers
        self.layers = nn.ModuleList(net.Attention(size) if d == "attention" else net.Convolution(size, d) for d in layers)
        self.out = nn.Linear(size, len(articles.LABELS))

    def forward(self, x, p):
        """p: of each cue its row of the batch, first word, last word, and of each word around: index (-1 none),
        distance, sentences apart, path."""
        mask = (p["index"] >= 0)[..., None].float()
        index = p["index"].clamp(min=0)
        words = net.dropout(self.word(x), self.drop, self.training)
        a = words[p["row"][:, None], index]
        c = self.cue(torch.cat([x[p["row"], p["first"]], x[p["row"], p["last"]]], -1))[:, None]
        n = self.size
        z = a[..., :n] + c[..., :n] + a[..., n:] * c[..., n:]
        z = z + self.distance(p["distance"]) + self.apart(p["apart"]) + self.path(p["path"])
        z = self.norm(F.relu(z)) * mask
        for layer in self.layers:
            z = layer(z, mask, self.drop * .6)
        return self.out(net.dropout(z, self.drop * .6, self.training))


class Finder(nn.Module):
    def __init__(self, encoder, labels, size, layers, drop):
        super().__init__()
        self.encoder, self.drop = encoder, drop
        self.cues = nn.Linear(encoder.width, len(CUES))
        self.pairs = Pairs(encoder.width, size, len(labels["rels"]), layers, drop)

    def forward(self, batch, fast=False):
        with torch.autocast("cpu", torch.bfloat16, enabled=(self.training or fast) and self.encoder.bfloat16):
            x = self.encoder(batch)
        x = x.float()
        return x, self.cues(net.dropout(x, self.drop, self.training))


# ---- articles to numbers

class Reader:
    def __init__(self, kind, labels, tokenizer, table, counts):
        self.words = learn.Reader(kind, labels, tokenizer, table, counts)
        self.kind, self.labels = kind, labels
        self.index = {task: {t: i + 1 for i, t in enumerate(names)} for task, names in labels.items()}

    def prepare(self, article):
        """Everything that does not change from window to window, once an article."""
        of = lambda task, tags: [self.index[task].get(t, 0) for t in tags]
        article.told = np.array([of("xpos", article.xpos), of("rels", article.relation), of("names", article.name),
                                 article.gap, article.marks]).T
        starts = [t == 0 or article.sentence[t] != article.sentence[t - 1] for t in range(len(article))]
        if self.kind == "small":
            rows = net.features(article.words, self.words.table)
            shapes = [net.fnv(net.shape(w) + ("^" if new else ""), net.HASHED["shape"][0]) for w, new in zip(article.words, starts)]
            for row, shape in zip(rows, shapes):
                row[6 - 1] = shape
            article.features = np.array(rows)
            article.rare = np.array([.05 + .5 / (1 + self.words.counts.get(net.normal(w), 0)) for w in article.words], "float32")
            article.weight = [1] * len(article)
        else:
            article.pieces = [self.words.pieces_of(w) for w in article.words]
            article.shapes = [net.fnv(net.shape(w) + ("^" if new else ""), 512) for w, new in zip(article.words, starts)]
            article.weight = [len(p) for p in article.pieces]

    def window(self, article, i, j):
        if self.kind == "small":
            return dict(features=article.features[i:j], rare=article.rare[i:j], told=article.told[i:j])
        ids, shapes, first, last, word_of = [101], [0], [], [], [0]
        for t in range(i, j):
            first.append(len(ids))
            ids += article.pieces[t]
            last.append(len(ids) - 1)
            shapes += [article.shapes[t]] * len(article.pieces[t])
            word_of += [t - i + 1] * len(article.pieces[t])
        return dict(pieces=np.array(ids + [102]), shapes=np.array(shapes + [0]), word_of=np.array(word_of + [0]),
                    first=np.array(first), last=np.array(last), told=article.told[i:j])

    def batch(self, windows):
        """windows: (article, first word, end)."""
        coded = [self.window(*w) for w in windows]
        length, out = max(j - i for _, i, j in windows), {}
        for key in coded[0]:
            size = max(len(c[key]) for c in coded) if key in ("pieces", "shapes", "word_of") else length
            array = np.zeros((len(windows), size) + coded[0][key].shape[1:], coded[0][key].dtype)
            for n, c in enumerate(coded):
                array[n, :len(c[key])] = c[key]
            out[key] = torch.from_numpy(array)
        out["mask"] = torch.arange(length)[None] < torch.tensor([j - i for _, i, j in windows])[:, None]
        if "pieces" in out:
            out["piece_mask"] = torch.arange(out["pieces"].shape[1])[None] < torch.tensor([len(c["pieces"]) for c in coded])[:, None]
        return out

    def around(self, article, first, end, low, high):
        """What Pairs is told of the words [low, high) around the cue [first, end)."""
        t = torch.arange(low, high)
        distance = torch.where(t < first, t - first, torch.where(t >= end, t - end + 1, 0))
        apart = (torch.tensor(article.sentence[low:high]) - article.sentence[first]).clamp(-3, 3) + 3
        path = torch.tensor(articles.path_classes(article, self.index["rels"], first, end, low, high))
        return net.bucket(distance), apart, path

    def pairs(self, windows, cues):
        """cues: (number of the window, first, end) in words of the article."""
        rows = []
        for n, first, end in cues:
            article, i, j = windows[n]
            low, high = max(i, first - REACH), min(j, end + REACH)
            rows.append((n, first - i, end - 1 - i, low, high, *self.around(article, first, end, low, high)))
        size = max(r[4] - r[3] for r in rows)
        out = {k: torch.zeros(len(rows), size, dtype=torch.long) for k in ("index", "distance", "apart", "path")}
        out["index"].fill_(-1)
        for m, (n, _, _, low, high, distance, apart, path) in enumerate(rows):
            out["index"][m, :high - low] = torch.arange(low, high) - windows[n][1]
            out["distance"][m, :high - low], out["apart"][m, :high - low], out["path"][m, :high - low] = distance, apart, path
        for k, name in enumerate(("row", "first", "last")):
            out[name] = torch.tensor([r[k] for r in rows])
        out["low"] = [r[3] for r in rows]
        return out


def windows_of(article, rng):
    """Ranges of words of at most WINDOW word pieces, cut at sentence ends where there is one; the first one shorter by
    chance, so that each pass cuts elsewhere."""
    weight, n, out, i = article.weight, len(article), [], 0
    limit = rng.randint(WINDOW // 3, WINDOW)
    while i < n:
        j, total, stop = i, 0, None
        while j < n and (total + weight[j] <= limit or j == i):
            total += weight[j]
            j += 1
            if j == n or article.sentence[j] != article.sentence[j - 1]:
                stop = j
        if stop and stop > i + (j - i) // 2:
            j = stop
        out.append((i, j))
        i, limit = j, WINDOW
    return out


# ---- learning

def gold_cues(article, i, j):
    """Tags of the words [i, j), and the attributions that stand in it whole with one cue: (first, end, roles)."""
    tags, whole = [0] * (j - i), []
    for x in article.attributions:
        for a, b in x["cue"]:
            for t in range(max(a, i), min(b, j)):
                tags[t - i] = 1 if t == a else 2
        if len(x["cue"]) == 1 and all(i <= a and b <= j for role in x.values() for a, b in role):
            whole.append((*x["cue"][0], x))
    return tags, whole


def gold_pair(x, low, high):
    tags = [0] * (high - low)
    for role, begin in (("source", 1), ("content", 3)):
        for a, b in x[role]:
            for t in range(max(a, low), min(b, high)):
                tags[t - low] = begin if t == a else begin + 1
    return tags


def shares(rows):
    """Sums of labels, and behind them of how many, as their means, of one."""
    return np.concatenate([rows[:, :-1] / np.maximum(rows[:, -1:], 1e-6), rows[:, -1:] > 0], 1).astype("float32")


class Soft:
    """What a network teaches another one with: means of the labels that it gave to the marked articles while it learned,
    and what it found in unmarked ones."""

    def __init__(self):
        self.cues, self.pairs, self.found = {}, {}, {}

    def add_news(self, article, cue_probs, found, pair_probs, lows):
        self.cues[article.id] = np.concatenate([cue_probs, np.ones((len(article), 1), "float32")], 1)
        self.found[article.id] = found
        for x, probs, low in zip(found, pair_probs, lows):
            first, end = x["cue"][0]
            rows = self.pairs[article.id, first, end] = np.zeros((2 * REACH + end - first, 6), "float32")
            at = low - (first - REACH)
            rows[at:at + len(probs), :5], rows[at:at + len(probs), 5] = probs, 1

    def add(self, windows, cue_scores, p, cues, pair_scores):
        probs = cue_scores.detach().softmax(-1).numpy()
        for n, (article, i, j) in enumerate(windows):
            total = self.cues.setdefault(article.id, np.zeros((len(article), 4), "float32"))
            total[i:j, :3] += probs[n, :j - i]
            total[i:j, 3] += 1
        if p is None:
            return
        probs = pair_scores.detach().softmax(-1).numpy()
        for m, (n, first, end) in enumerate(cues):
            article, low = windows[n][0], p["low"][m]
            size = int((p["index"][m] >= 0).sum())
            total = self.pairs.setdefault((article.id, first, end), np.zeros((2 * REACH + end - first, 6), "float32"))
            at = low - (first - REACH)
            total[at:at + size, :5] += probs[m, :size]
            total[at:at + size, 5] += 1

    @staticmethod
    def mean(teachers):
        """What several say, each of the first one's weight; what was found in unmarked articles is the first one's."""
        first = teachers[0]
        for labels in ("cues", "pairs"):
            rows = [{key: shares(r) for key, r in getattr(t, labels).items()} for t in teachers]
            setattr(first, labels, {key: sum(r[key] for r in rows if key in r) for key in set().union(*rows)})
        return first

    def cue(self, article, i, j):
        rows = self.cues[article.id][i:j]
        return rows[:, :3] / np.maximum(rows[:, 3:], 1e-6), rows[:, 3] > 0

    def pair(self, article, first, end, low, high):
        rows = self.pairs.get((article.id, first, end))
        if rows is None:
            return None
        rows = rows[low - (first - REACH):high - (first - REACH)]
        return rows[:, :5] / np.maximum(rows[:, 5:], 1e-6), rows[:, 5] > 0


def entropy(scores, gold):
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=-100)


def soft_entropy(scores, soft, has):
    """Of the words whose soft labels are known."""
    has = torch.from_numpy(has)
    return -((scores.log_softmax(-1) * torch.from_numpy(soft)).sum(-1) * has).sum() / has.sum().clamp(min=1)


def step_loss(network, reader, windows, o, teacher, written):
    batch = reader.batch(windows)
    x, cue_scores = network(batch)
    tags, cues, gold = [], [], []
    for n, w in enumerate(windows):
        t, whole = gold_cues(*w)
        tags.append(t + [-100] * (x.shape[1] - len(t)))
        for first, end, roles in whole:
            cues.append((n, first, end))
            gold.append(roles)
    loss = entropy(cue_scores, torch.tensor(tags))
    if teacher:
        soft, has = np.zeros((*cue_scores.shape,), "float32"), np.zeros(cue_scores.shape[:2], "float32")
        for n, (article, i, j) in enumerate(windows):
            soft[n, :j - i], has[n, :j - i] = teacher.cue(article, i, j)
        loss = (1 - o.alpha) * loss + o.alpha * soft_entropy(cue_scores, soft, has)
    p = pair_scores = None
    if cues:
        p = reader.pairs(windows, cues)
        pair_scores = network.pairs(x, p)
        size = pair_scores.shape[1]
        labels = torch.full((len(cues), size), -100)
        soft, has = np.zeros((len(cues), size, 5), "float32"), np.zeros((len(cues), size), "float32")
        for m, (n, first, end) in enumerate(cues):
            low, count = p["low"][m], int((p["index"][m] >= 0).sum())
            labels[m, :count] = torch.tensor(gold_pair(gold[m], low, low + count))
            known = teacher and teacher.pair(windows[n][0], first, end, low, low + count)
            if known:
                soft[m, :count], has[m, :count] = known
        pair_loss = entropy(pair_scores, labels)
        if teacher:
            pair_loss = (1 - o.alpha) * pair_loss + o.alpha * soft_entropy(pair_scores, soft, has)
        loss = loss + 2 * pair_loss
    if written is not None:
        written.add(windows, cue_scores, p, cues, pair_scores)
    return loss


def packed(windows, words, rng):
    """Batches of at most so many words, or word pieces, of windows of like length, in random order."""
    out, now, count = [], [], 0
    for w in sorted(windows, key=lambda w: w[2] - w[1] + rng.random() * 40):
        weight = sum(w[0].weight[w[1]:w[2]])
        if now and count + weight > words:
            out.append(now)
            now, count = [], 0
        now.append(w)
        count += weight
    out.append(now)
    rng.shuffle(out)
    return out


def train(network, reader, marked, o, teacher, after_pass):
    rng, written = random.Random(o.seed), Soft()
    total = int(o.passes * sum(sum(a.weight) for a in marked) / o.batch)
    descent = learn.Descent(learn.groups(network, o, .02), (.9, .98), total)
    for k in range(o.passes):
        network.train()
        for windows in packed([(a, *w) for a in marked for w in windows_of(a, rng)], o.batch, rng):
            descent.step(step_loss(network, reader, windows, o, teacher, written if k >= 1 and k + 1 < o.passes else None))
        after_pass(k, written)


# ---- reading

def cut_as_read(article, window, overlap=32):
    """The windows of src/nlp/finder.c, of WINDOW words."""
    out, i, n = [], 0, len(article)
    while True:
        j = min(n, i + window)
        if j < n:
            j = next((e for e in range(j, i + window // 2, -1) if article.sentence[e] != article.sentence[e - 1]), j)
        out.append((i, j))
        if j == n:
            return out
        i = j - overlap


def ranges(tags, begin, base):
    out = []
    for t, tag in enumerate(tags):
        if tag == begin:
            out.append([base + t, base + t + 1])
        elif tag == begin + 1 and out:
            out[-1][1] = base + t + 1
    return [tuple(r) for r in out]


def read(network, reader, todo, bias=0., fast=True, given=False, soft=None):
    """The attributions of each article. Windows overlap; of each word the row stands in which it is more central.
    GIVEN: of the marked cues, to see what is lost to cues. SOFT is told of all that was found."""
    network.eval()
    out = []
    with torch.inference_mode():
        for article in todo:
            cut = cut_as_read(article, network.encoder.READ)
            x, scores = torch.zeros(len(article), network.encoder.width), torch.zeros(len(article), 3)
            order = sorted(range(len(cut)), key=lambda n: cut[n][1] - cut[n][0])
            for at in range(0, len(order), 8):
                mine = order[at:at + 8]
                windows = [(article, *cut[n]) for n in mine]
                rows, tags = network(reader.batch(windows), fast)
                for m, n in enumerate(mine):
                    low = cut[n][0] if n == 0 else (cut[n][0] + cut[n - 1][1]) // 2
                    high = cut[n][1] if n + 1 == len(cut) else (cut[n + 1][0] + cut[n][1]) // 2
                    x[low:high], scores[low:high] = rows[m, low - cut[n][0]:high - cut[n][0]], tags[m, low - cut[n][0]:high - cut[n][0]]
            logp = scores.log_softmax(-1)
            logp[:, 0] += bias
            cues = ranges(learn.best_tags(logp.numpy(), CUES), 1, 0) if len(article) else []
            if given:
                cues = sorted({r for a in article.attributions if len(a["cue"]) == 1 for r in a["cue"]})
            found, probs, lows = [], [], []
            for at in range(0, len(cues), 64):
                part = [(0, *c) for c in cues[at:at + 64]]
                p = reader.pairs([(article, 0, len(article))], part)
                pair = network.pairs(x[None], p).log_softmax(-1)
                for m, (_, first, end) in enumerate(part):
                    low, count = p["low"][m], int((p["index"][m] >= 0).sum())
                    rows = pair[m, :count]
                    probs.append(rows.exp().numpy())
                    lows.append(low)
                    rows = rows.clone()
                    rows[first - low:end - low, 1:] = -50
                    tags = learn.best_tags(rows.numpy(), articles.LABELS)
                    found.append({"cue": [(first, end)], "source": ranges(tags, 1, low), "content": ranges(tags, 3, low)})
            out.append(found)
            if soft:
                soft.add_news(article, scores.softmax(-1).numpy(), found, probs, lows)
    return out


def scored(todo, found):
    counts = collections.Counter()
    for article, attributions in zip(todo, found):
        score.count_attribution(article.text, article.gold, article.quotes(attributions), counts)
    f = lambda n: score.prf(counts[n, "tp"], counts[n, "p"], counts[n, "g"])[2]
    return " ".join(f"{n} {f(n):.4f}" for n in ("source", "cue", "content", "relation", "exact"))


def build(kind, labels, weights, vectors, o):
    """The network; VECTORS: of the words of a small one."""
    if kind == "large":
        encoder, layers = Large(weights, 6, o["drop"], labels), (1, 2, "attention", 4)
    else:
        encoder, layers = Small(WIDTH, vectors, o["drop"], labels), (1, 2, 4)
    return Finder(encoder, labels, o["pair"], layers, o["drop"])


def load(checkpoint):
    """(network, labels, table, pieces) of what a run saved."""
    c = torch.load(checkpoint, map_location="cpu", weights_only=False)
    weights, tokenizer = learn.minilm()
    vectors = c["state"].get("encoder.word.weight")
    network = build(c["options"]["kind"], c["labels"], weights, None if vectors is None else torch.zeros_like(vectors), c["options"])
    network.load_state_dict(c["state"])
    pieces = [p for p, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    return network.eval(), c["labels"], c["table"], pieces


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("kind", choices=("large", "small"))
    p.add_argument("--out", default="build/train")
    p.add_argument("--begin", required=True, help="checkpoint of learn.py: its labels and words, and the encoder that a large one begins from")
    p.add_argument("--teach", nargs="+", help="soft labels that other runs wrote; their mean counts")
    p.add_argument("--passes", type=int, default=5)
    p.add_argument("--batch", type=int, default=1400, help="word pieces a batch")
    p.add_argument("--pair", type=int, default=128)
    p.add_argument("--rate", type=float, default=1e-3)
    p.add_argument("--inner-rate", type=float, default=2e-4)
    p.add_argument("--drop", type=float, default=.1)
    p.add_argument("--alpha", type=float, default=.7, help="weight of soft labels")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--go-on", help="checkpoint of this program to go on from")
    o = p.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(o.seed)
    weights, tokenizer = learn.minilm()
    checkpoint = torch.load(o.begin, map_location="cpu", weights_only=False)
    labels = {task: checkpoint["labels"][task] for task in ("xpos", "rels", "names")}
    marked, dev = (articles.read(s, os.path.join(o.out, f"{o.kind}-{s}.jsonl")) for s in ("train", "dev"))
    counts = collections.Counter(net.normal(w) for a in marked for w in a.words)
    reader = Reader(o.kind, labels, tokenizer, checkpoint.get("table"), counts)
    news = articles.read_news(os.path.join(o.out, f"{o.kind}-news.jsonl"))
    for a in marked + dev + news:
        reader.prepare(a)
    network = build(o.kind, labels, weights, checkpoint["state"].get("encoder.word.weight"), vars(o))
    if o.kind == "large":
        mine = {n[len("encoder."):]: v for n, v in checkpoint["state"].items() if n.startswith("encoder.")}
        network.encoder.load_state_dict(mine, strict=False)
    teacher = Soft.mean([pickle.load(open(path, "rb")) for path in o.teach]) if o.teach else None
    print(o, sum(map(len, marked)), "words;", sum(q.numel() for q in network.parameters() if q.requires_grad), "learned", flush=True)
    name = os.path.join(o.out, f"{o.kind}-{o.seed}")

    def after_pass(k, written):
        torch.save({"labels": labels, "table": checkpoint.get("table"), "state": network.state_dict(), "options": vars(o)}, name + ".pt")
        with open(name + ".soft", "wb") as f:
            pickle.dump(written, f)
        if k + 1 == o.passes or k % 2:
            start = time.time()
            print(f"pass {k + 1}: {scored(dev, read(network, reader, dev))} ({time.time() - start:.0f} s)", flush=True)

    if o.go_on:
        network.load_state_dict(torch.load(o.go_on, map_location="cpu", weights_only=False)["state"])
    if teacher and teacher.found and o.kind == "small":
        for a in news:
            a.attributions = teacher.found.get(a.id, [])
        marked = marked + [a for a in news if a.attributions]
    train(network, reader, marked, o, teacher, after_pass)
    for bias in (-.6, -.3, .3):
        print("bias", bias, scored(dev, read(network, reader, dev, bias)), flush=True)
    print("marked cues:", scored(dev, read(network, reader, dev, given=True)), flush=True)
    if o.kind == "large":
        soft = pickle.load(open(name + ".soft", "rb"))
        read(network, reader, news, soft=soft)
        with open(name + ".soft", "wb") as f:
            pickle.dump(soft, f)


if __name__ == "__main__":
    main()
