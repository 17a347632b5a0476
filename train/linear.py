#!/usr/bin/env python3
"""linear.py: the baseline of docs/models.md, trained and measured in a minute or two: a linear model of tags over hashed
features of the word and its two neighbours on each side. It has no tree."""
import random

import torch

import corpus
import net

ROWS, PASSES, AROUND = 1 << 20, 4, (-2, -1, 0, 1, 2)


def features(words):
    of_word = [[net.normal(w), "s" + w[-3:].lower(), "t" + w[-2:].lower(), "p" + w[:4].lower(), "h" + net.shape(w)] for w in words]
    padded = [["<"]] * 2 + of_word + [[">"]] * 2
    return [[net.fnv(f"{d}{f}", ROWS) for d in AROUND for f in padded[t + 2 + d]] for t in range(len(words))]


def main():
    torch.manual_seed(1)
    gum, ewt = (corpus.read_conllu(f"treebank/{n}-train.conllu.gz") for n in ("gum", "ewt"))
    train = gum + ewt
    for task in ("upos", "xpos"):
        index = {t: i for i, t in enumerate(sorted({t for s in train for t in getattr(s, task)}))}
        scores = torch.nn.EmbeddingBag(ROWS, len(index), mode="sum", sparse=True)
        torch.nn.init.zeros_(scores.weight)
        optimizer = torch.optim.Adagrad(scores.parameters(), lr=.2)

        def run(sentences):
            rows = [f for s in sentences for f in features(s.words)]
            ends = torch.tensor([0] + [len(r) for r in rows]).cumsum(0)[:-1]
            return scores(torch.tensor([f for r in rows for f in r]), ends)

        rng = random.Random(1)
        for _ in range(PASSES):
            rng.shuffle(train)
            for k in range(0, len(train), 64):
                part = train[k:k + 64]
                gold = torch.tensor([index[t] for s in part for t in getattr(s, task)])
                loss = torch.nn.functional.cross_entropy(run(part), gold)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        for name in ("gum-dev", "ewt-dev"):
            dev = corpus.read_conllu(f"treebank/{name}.conllu.gz")
            with torch.inference_mode():
                right = sum(int((run([s]).argmax(1) == torch.tensor([index.get(t, -1) for t in getattr(s, task)])).sum()) for s in dev)
            print(f"{name} {task} {right / sum(map(len, dev)):.4f}", flush=True)


if __name__ == "__main__":
    main()
