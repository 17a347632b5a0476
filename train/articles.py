"""The marked articles as words: what `hearsay parse` says of them, and where their sources, cues and contents stand."""
import bisect
import gzip
import json
import os
import sys

import corpus

sys.path.insert(0, os.path.join(corpus.DATA, "../eval"))
import score  # noqa: E402

LABELS = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT")
OPEN, CLOSE, EITHER = ("“", "„", "‟", "«"), ("”", "»"), ('"', "``", "''", "″")


class Article:
    """Of each word: form, start and end in characters, number of its sentence, XPOS, relation, head (index or -1), name
    tag, gap, marks. `attributions` hold (first, end) ranges of words by role."""

    def __init__(self, id_):
        self.id, self.attributions = id_, []
        self.words, self.start, self.end, self.sentence, self.xpos = [], [], [], [], []
        self.relation, self.head, self.name, self.gap, self.marks = [], [], [], [], []

    def __len__(self):
        return len(self.words)

    def add(self, parsed, number):
        base = len(self.words)
        names = ["O"] * len(parsed["words"])
        for name in parsed["names"]:
            names[name["first"]:name["last"] + 1] = ["B-" + name["type"]] + ["I-" + name["type"]] * (name["last"] - name["first"])
        for word, name in zip(parsed["words"], names):
            self.words.append(word["form"])
            self.start.append(word["start"])
            self.end.append(word["end"])
            self.sentence.append(number)
            self.xpos.append(word["xpos"])
            self.relation.append(word["relation"])
            self.head.append(-1 if word["head"] is None else base + word["head"])
            self.name.append(name)

    def finish(self, text):
        """Gaps (0 a blank, 1 none, 2 a new sentence, 3 a new paragraph) and marks (0 outside of double quotation marks,
        1 inside, 2 opening, 3 closing): the same as marks_of and gap_of of src/nlp/finder.c."""
        self.text, inside = text, False
        for t, word in enumerate(self.words):
            between = text[self.end[t - 1]:self.start[t]] if t else "\n"
            new = t == 0 or self.sentence[t] != self.sentence[t - 1]
            gap = 3 if "\n" in between else 2 if new else 1 if not between else 0
            self.gap.append(gap)
            inside = inside and gap != 3
            opens = word in OPEN or (word in EITHER and not inside)
            closes = word in CLOSE or (word in EITHER and inside)
            self.marks.append(2 if opens else 3 if closes else int(inside))
            inside = opens or (inside and not closes)

    def span(self, text, s):
        a, b = score.trim(text, s)
        first, end = bisect.bisect_right(self.end, a), bisect.bisect_left(self.start, b)
        return [(first, end)] if first < end else []

    def mark(self, quotes):
        many = lambda value: value if isinstance(value, list) else [value] if value else []
        for q in quotes:
            roles = {"cue": many(q.get("cue")), "source": many(q.get("sources")), "content": many(q.get("contents"))}
            ranges = {role: sorted(r for s in spans for r in self.span(self.text, s)) for role, spans in roles.items()}
            self.attributions.append(ranges)

    def quotes(self, attributions):
        """Attributions as the yardstick reads them."""
        say = lambda a, b: {"start": self.start[a], "end": self.end[b - 1], "text": self.text[self.start[a]:self.end[b - 1]]}
        return [{"cue": [say(*r) for r in x["cue"]], "sources": [say(*r) for r in x["source"]],
                 "contents": [say(*r) for r in x["content"]]} for x in attributions]


def path_classes(article, relations, first, end, low, high):
    """How each word of [low, high) hangs from the cue [first, end) in the tree, as a row of a table: 0 another sentence,
    1 the cue, 2 the cue's head, 3 and 4 below its second or a later ancestor, then by relation what hangs from the cue,
    then what hangs from the cue's head."""
    heads, sentence = article.head, article.sentence[first]
    top = next((t for t in range(first, end) if not first <= heads[t] < end), first)
    chain = [top]
    while heads[chain[-1]] >= 0 and len(chain) < 64:
        chain.append(heads[chain[-1]])
    rank = {t: i for i, t in enumerate(chain)}
    out = []
    for t in range(low, high):
        if article.sentence[t] != sentence:
            out.append(0)
            continue
        if first <= t < end:
            out.append(1)
            continue
        at, below, steps = t, -1, 0
        while at not in rank and not first <= at < end and heads[at] >= 0 and steps < 64:
            at, below, steps = heads[at], at, steps + 1
        hit = 0 if first <= at < end else rank.get(at, 9)
        relation = relations.get(article.relation[below], 0) if below >= 0 else 0
        size = len(relations) + 1
        if hit == 0:
            out.append(5 + relation)
        elif hit == 1:
            out.append(2 if below < 0 else 5 + size + relation)
        else:
            out.append(3 if hit == 2 else 4)
    return out


def parsed_articles(file, parsed):
    """The articles of the data FILE with the words of the file PARSED, as yet unmarked."""
    with gzip.open(corpus.path(file), "rt", encoding="utf8") as lines:
        docs = {d["id"]: d for d in map(json.loads, lines)}
    out = {}
    with open(parsed, encoding="utf8") as lines:
        for number, line in enumerate(map(json.loads, lines)):
            out.setdefault(line["document"], Article(line["document"])).add(line, number)
    for id_, article in out.items():
        article.finish(docs[id_]["text"])
    return [(out[id_], docs[id_]) for id_ in docs if id_ in out]


def read_news(parsed):
    return [article for article, _ in parsed_articles("stories/articles.jsonl.gz", parsed)]


def read(split, parsed):
    """The articles of attribution/SPLIT.jsonl.gz."""
    out = []
    for article, doc in parsed_articles(f"attribution/{split}.jsonl.gz", parsed):
        article.gold = doc.get("quotes", [])
        article.mark(article.gold)
        out.append(article)
    return out
