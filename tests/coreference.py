#!/usr/bin/env python3
"""tests/coreference.py BUILD TREEBANK…: whom hearsay takes the pronouns, descriptions and short names of a treebank with
entities (GUM) to mean, against its own coreference. What counts are persons and organisations that the text names; who
says "I" is left out. Of each kind: how many of those that hearsay resolves are right (P), how many of those that there
are it resolves right (R)."""
import collections, gzip, json, pathlib, re, subprocess, sys, tempfile

KINDS = {"he": "he she him her his hers himself herself", "they": "they them their theirs themselves", "it": "it its itself"}
PRONOUNS = {word: kind for kind, words in KINDS.items() for word in words.split()}
DEFINITE = {"the", "this", "that", "his", "her", "their", "its"}
OWN = {"nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss"}
ORDER = ["he", "they", "it", "description", "short name"]


class Document:
    """A text with the treebank's tokens and mentions at their places in characters."""

    def __init__(self, name):
        self.name, self.text, self.tokens, self.mentions, self.opened = name, "", [], [], []
        self.pending = 0  # words of a multiword token that still share its characters

    def add_form(self, cells):
        number, form = cells[:2]
        if "." in number:
            return
        if "-" in number:
            first, last = map(int, number.split("-"))
            self.whole, self.pending = len(self.text), last - first + 1
            self.at = self.whole
            self.text += form + ("" if "SpaceAfter=No" in cells[9] else " ")
            return
        if self.pending:
            self.pending -= 1
            start = self.text.find(form, self.at) if form in self.text[self.at:] else self.at
            self.at = start + len(form)
        else:
            start = len(self.text)
            self.text += form + ("" if "SpaceAfter=No" in cells[9] else " ")
        self.tokens.append((start, start + len(form), form, cells[3], cells[7]))
        self.add_entities(cells[9])

    def add_entities(self, misc):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", found.group(1)) if found else []:
            if part[0] == "(":
                fields = part.strip("()").split("-")
                mention = {"entity": fields[0], "type": fields[1], "first": len(self.tokens) - 1, "least": fields[5]}
                self.mentions.append(mention)
                if part[-1] != ")":
                    self.opened.append(mention)
                    continue
            else:
                mention = next((m for m in reversed(self.opened) if m["entity"] == part[:-1]), None)
                if not mention:
                    continue
                self.opened.remove(mention)
            mention["end"] = len(self.tokens)

    def close(self):
        for m in self.mentions:
            m["head"] = self.tokens[m["first"] + int(m["least"].split(",")[0]) - 1]
            m["words"] = self.tokens[m["first"]:m.get("end", m["first"] + 1)]
        return self


def documents(path):
    document = None
    for line in gzip.open(path, "rt"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("# newdoc"):
            if document:
                yield document.close()
            document = Document(line.split("= ")[1].strip())
        elif line.startswith("# newpar") and "block" not in line and document.text:
            document.text = document.text.rstrip() + "\n\n"
        elif len(cells) == 10:
            document.add_form(cells)
    yield document.close()


def kind_of(mention):
    """The kind of a mention that has to be resolved, None for any other."""
    head = mention["head"]
    if len(mention["words"]) == 1 and head[2].lower() in PRONOUNS:
        return PRONOUNS[head[2].lower()]
    if head[3] == "NOUN":  # as a phrase of its own: no apposition, no title, not what somebody is said to be
        definite = mention["words"][0][2].lower() in DEFINITE and head[4] in OWN
        return "description" if definite else None
    names = [t for t in mention["words"] if t[3] == "PROPN"]
    return "short name" if head[3] == "PROPN" and len(names) == 1 and len(mention["words"]) <= 2 else None


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def measure(document, page, count):
    counted = {m["entity"] for m in document.mentions if m["type"] in ("person", "organization")}
    named = [m for m in document.mentions if m["head"][3] == "PROPN" and m["entity"] in counted]
    full = collections.defaultdict(int)  # entity: the words of its longest name
    for m in named:
        full[m["entity"]] = max(full[m["entity"]], sum(t[3] == "PROPN" for t in m["words"]))
    whose, found = {}, []  # actor: entity; (span, actor)
    for number, actor in enumerate(page["actors"]):
        spans = [(m["start"], m["end"]) for m in actor["mentions"]]
        votes = collections.Counter(m["entity"] for m in named for s in spans
                                    if overlap(s, m["head"]) and page["text"][s[0]:s[1]].lower() not in PRONOUNS)
        if votes:
            whose[number] = votes.most_common(1)[0][0]
        found += [(s, number) for s in spans]
    taken = set()
    for m in document.mentions:
        kind = kind_of(m)
        if not kind or (m["entity"] in counted and kind == "short name" and full[m["entity"]] < 2):
            continue
        wanted = m["entity"] if full.get(m["entity"]) else None
        if kind == "description" and m["type"] != "person":
            continue
        answers = [a for s, a in found if overlap(s, m["head"]) and a in whose and s[1] - s[0] <= 80
                   and (kind in ("description", "short name") or s == m["head"][:2])]
        answer = whose[answers[0]] if answers else None
        if kind in KINDS:
            taken.add(m["head"][:2])
        count[kind, "wanted"] += wanted is not None
        count[kind, "given"] += answer is not None and (wanted is not None or kind != "short name")
        count[kind, "right"] += answer is not None and answer == wanted
    for span, actor in found:  # pronouns that mean nobody the treebank marks
        word = page["text"][span[0]:span[1]].lower()
        if word in PRONOUNS and span not in taken and actor in whose:
            count[PRONOUNS[word], "given"] += 1


def score(build, path, command="annotate"):
    """The table of one treebank as text."""
    gold, count = list(documents(path)), collections.Counter()
    with tempfile.TemporaryDirectory() as temp:
        pages = pathlib.Path(temp) / "pages.jsonl"
        pages.write_text("".join(json.dumps({"id": d.name, "text": d.text}) + "\n" for d in gold))
        lines = subprocess.run([build / "hearsay", *command.split(), "--json", pages], capture_output=True, text=True, check=True)
    for document, line in zip(gold, lines.stdout.split("\n")):
        measure(document, json.loads(line), count)
    table = ""
    for kind in ORDER:
        right, given, wanted = (count[kind, what] for what in ("right", "given", "wanted"))
        p, r = right / max(given, 1), right / max(wanted, 1)
        f1 = 2 * p * r / (p + r) if right else 0
        table += f"{kind:<12} P {p:.4f} R {r:.4f} F1 {f1:.4f}   ({right} right of {given} resolved, {wanted} to resolve)\n"
    return table


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for path in map(pathlib.Path, sys.argv[2:]):
        print(f"coreference {path.name.removesuffix('.conllu.gz')}\n{score(pathlib.Path(sys.argv[1]), path)}", end="")
