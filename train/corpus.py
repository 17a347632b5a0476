"""The data to learn from: treebanks, names, and unmarked news. Nothing here knows of a network."""
import collections
import gzip
import json
import os
import random
import re

DATA = os.environ.get("HS_DATA", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../shared/data"))
FEATURES = ("Gender", "Mood", "Number", "Person", "PronType", "Tense", "VerbForm", "Voice")
NAMES = ("PER", "ORG", "LOC", "NORP", "PROD", "EVT")
NAME_TAGS = ["O"] + [f"{edge}-{kind}" for kind in NAMES for edge in "BI"]


def path(name):
    return os.path.join(DATA, name)


def read_table(name):
    """The rows of a table beside this file, as lists of columns."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf8") as rows:
        return [row.rstrip("\n").split("\t") for row in rows if row.strip() and row[0] != "#"]


class Sentence:
    """Words with what is known of them; a part that is not known is None."""

    def __init__(self, words, upos=None, xpos=None, feats=None, lemmas=None, heads=None, rels=None, misc=None, rows=None):
        self.words, self.upos, self.xpos, self.feats, self.lemmas = words, upos, xpos, feats, lemmas
        self.heads, self.rels, self.misc, self.rows = heads, rels, misc, rows
        self.names = None          # BIO tags; "?" where the source does not tell
        self.names_weight = 1.0    # how far the names are to be believed

    def __len__(self):
        return len(self.words)


def kept_features(feats):
    return "|".join(f for f in feats.split("|") if f.split("=")[0] in FEATURES) or "_"


def read_conllu(name):
    """Sentences of a CoNLL-U file, basic tree, syntactic words."""
    out, rows = [], []
    with gzip.open(path(name), "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                words = [r for r in rows if r[0].isdigit()]
                column = lambda k: [r[k] for r in words]
                out.append(Sentence(column(1), column(3), column(4), [kept_features(f) for f in column(5)], column(2),
                                    [int(h) for h in column(6)], column(7), column(9), rows))
                rows = []
    return out


def write_conllu(sentences, analyses, to):
    """analyses: per sentence (upos, xpos, heads, rels, names); rows that are no words are kept as they came."""
    with open(to, "w", encoding="utf8") as out:
        for sentence, (upos, xpos, heads, rels, names) in zip(sentences, analyses):
            k = 0
            for row in sentence.rows:
                if row[0].isdigit():
                    row = row[:3] + [upos[k], xpos[k], "_", str(heads[k]), rels[k], "_", "NER=" + names[k]]
                    k += 1
                out.write("\t".join(row) + "\n")
            out.write("\n")


# ---- names

TITLES = set("""mr mr. mrs mrs. ms ms. dr dr. president prime minister sir professor prof. senator sen. king queen captain
general gen. governor gov gov. sen rep gen aunt uncle doctor secretary judge justice lord lady chairman rep. congressman congresswoman pope prince princess
emperor ambassador colonel col. major lieutenant sergeant mayor chancellor premier""".split())
LINKS = {"-", "–", "&", "'", "’"}
INNER = {"of", "for", "on", "and", "de", "la", "al", "bin", "van", "von", "der"}
CALENDAR = set("""monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december jan feb mar apr jun jul aug sep sept oct nov dec""".split())


def trim_to_name(words, upos, start, end, head, kind):
    """The name inside the mention words[start:end] whose syntactic head is `head`: a run of capitalised words."""

    def names_itself(k):
        return upos[k] == "PROPN" or (k > 0 and words[k][:1].isupper() and upos[k] in ("ADJ", "NOUN", "X", "VERB", "NUM"))

    a = head
    while a > start and (names_itself(a - 1) or (words[a - 1] in LINKS and a - 1 > start and names_itself(a - 2))):
        a -= 1
    b = head + 1
    while b < end:
        if names_itself(b) or (upos[b] == "NUM" and kind in ("PROD", "EVT")):
            b += 1
        elif words[b] in LINKS and b + 1 < end and names_itself(b + 1):
            b += 2
        elif words[b].lower() in INNER and kind != "PER" and b + 1 < end and names_itself(b + 1):
            b += 2
        elif words[b].lower() in INNER and kind != "PER" and b + 2 < end and words[b + 1] == "the" and names_itself(b + 2):
            b += 3
        else:
            break
    if kind == "PER":
        while a < b - 1 and words[a].lower() in TITLES:
            a += 1
    while a < b and upos[a] in ("DET", "ADJ") and not words[a][:1].isupper():
        a += 1
    return a, b


def bio(length, spans):
    """Outermost spans first; a span inside another one is left out."""
    tags = ["O"] * length
    for a, b, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(t == "O" for t in tags[a:b]):
            tags[a:b] = ["B-" + kind] + ["I-" + kind] * (b - a - 1)
    return tags


def head_of(heads, a, b):
    """The word of [a, b) whose head stands outside, or None."""
    return next((k for k in range(a, b) if not a <= heads[k] - 1 < b), None)


APART = {"conj", "appos", "list", "parataxis", "acl", "nummod", "dep"}  # relations that lead out of a name


def within(s, k, top):
    """Is word k in the part of the tree that the name headed by word `top` may cover?"""
    for _ in range(len(s)):
        if k == top:
            return True
        if k < 0 or s.rels[k].split(":")[0] in APART:
            return False
        k = s.heads[k] - 1
    return False


def names_by_tree(s):
    """Where the names of a sentence must stand, (start, end), judged by its marked tags and tree; of which kind they are
    the tree does not tell. On the marked names of EWT dev: 90 of 100 found, 70 of 100 right."""
    found = set()
    for top in range(len(s)):
        head = s.heads[top] - 1
        part = head >= 0 and s.upos[head] == "PROPN" and s.rels[top].split(":")[0] in ("flat", "compound")
        if s.upos[top] != "PROPN" or part:
            continue
        a, b = top, top + 1
        while a > 0 and within(s, a - 1, top):
            a -= 1
        while b < len(s) and within(s, b, top):
            b += 1
        a, b = trim_to_name(s.words, s.upos, a, b, top, "ORG")
        while a < b and s.words[a].lower() in TITLES:
            a += 1
        words = [w for w in s.words[a:b] if len(w) > 1]
        if words and not any(re.search(r"[@/]|^[^A-Za-z]+$|www", w) or w.lower().rstrip(".") in CALENDAR for w in words):
            found.add((a, b))
    return sorted(x for x in found if not any(y != x and y[0] <= x[0] and x[1] <= y[1] for y in found))


GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "object": "PROD", "event": "EVT"}


def gum_mentions(misc):
    """(start, end, type) of the Entity= brackets of one sentence."""
    out, open_ = [], []
    for k, field in enumerate(misc):
        entity = next((f[7:] for f in field.split("|") if f.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
            parts = piece.strip("()").split("-")
            if piece[0] == "(":
                mention = (parts[0], parts[1] if len(parts) > 1 else "", k)
                if piece[-1] == ")":
                    out.append((k, k + 1, mention[1]))
                else:
                    open_.append(mention)
            else:
                for q in range(len(open_) - 1, -1, -1):
                    if open_[q][0] == parts[0]:
                        ident, kind, start = open_.pop(q)
                        out.append((start, k + 1, kind))
                        break
    return out


def name_around(tags, k):
    """The tags of the name that word k is part of, or of word k alone."""
    a, b = k, k + 1
    while tags[a][0] == "I":
        a -= 1
    while b < len(tags) and tags[b][0] == "I":
        b += 1
    return tags[a:b]


def mark_gum(sentences):
    for s in sentences:
        spans = []
        for a, b, kind in gum_mentions(s.misc):
            head = head_of(s.heads, a, b)
            if kind in GUM_KINDS and head is not None and s.upos[head] == "PROPN":
                a, b = trim_to_name(s.words, s.upos, a, b, head, GUM_KINDS[kind])
                if a < b and s.words[a].lower() not in TITLES:
                    spans.append((a, b, kind_of(s.words[a:b], GUM_KINDS[kind])))
        s.names = bio(len(s), spans)
        for k, word in enumerate(s.words):  # GUM marks no peoples
            if s.upos[k] in ("ADJ", "NOUN", "PROPN") and word in PEOPLES and len(name_around(s.names, k)) == 1:
                s.names[k] = "B-NORP"


# Peoples, faiths and parties that are no country's; those that are stand in data/countries.tsv.
PEOPLES = set("""African Africans Asian Asians European Europeans Arab Arabs Kurdish Kurds Jewish Jews Muslim Muslims Islamic
Christian Christians Catholic Catholics Protestant Protestants Sunni Sunnis Shiite Shiites Shia Hindu Hindus Buddhist Sikh
Sikhs Orthodox Soviet Soviets Western Hispanic Hispanics Latino Latinos Republican Republicans Democratic Democrat Democrats
Conservatives English Scottish Welsh""".split())


COUNTRIES = set()


def read_countries():
    for form, kind, *_ in read_table("../data/countries.tsv"):
        if kind in ("adjective", "people"):
            PEOPLES.add(form.title())
        else:
            COUNTRIES.add(form)


read_countries()


def kind_of(words, kind):
    """A country is a place, though some of the sources mark it as an organisation where it acts."""
    return "LOC" if " ".join(words).lower() in COUNTRIES else kind

def mark_ewt(sentences):
    """The trees say where a name stands, train/names.tsv of which kind it is."""
    kinds = dict(read_table("names.tsv"))
    for s in sentences:
        s.names = ["B-NORP" if w in PEOPLES and x == "ADJ" else "O" for w, x in zip(s.words, s.upos)]
        for a, b in names_by_tree(s):
            kind = kinds.get(" ".join(s.words[a:b]), "?")
            tags = ["B-" + kind] + ["I-" + kind] * (b - a - 1)
            s.names[a:b] = tags if kind in NAMES else [kind] * (b - a)


MENTION_KINDS = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP", "Weapon": "PROD",
                 "MilitaryPlatform": "PROD", "Vehicle": "PROD"}
WORD = re.compile(r"n't\b|n’t\b|['’](?:s|re|ve|ll|d|m)\b|[A-Z]\.(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Prof|Lt|Col|Jan|Feb|"
                  r"Aug|Sept|Oct|Nov|Dec)\.|\d[\d,.:]*\d|\w+?(?=n['’]t\b)|\w+|\.\.\.|[^\w\s]")


def cut(text):
    """Words of a text with their offsets, by sentence: a plain cut for text that no treebank has."""
    out, sentence = [], []
    for m in WORD.finditer(text):
        if sentence and "\n" in text[sentence[-1][1]:m.start()]:
            out.append(sentence)
            sentence = []
        sentence.append((m.start(), m.end()))
        if m.group() in ".!?" and re.match(r"[\"'”’)\]]*\s+[^a-z]|$", text[m.end():m.end() + 6]):
            out.append(sentence)
            sentence = []
    return out + [sentence] if sentence else out


def conflict_sentences():
    """data/mentions as sentences with raw mentions (start, end, kind) by word; trimmed once they are parsed."""
    out = []
    with gzip.open(path("mentions/conflict.jsonl.gz"), "rt", encoding="utf8") as lines:
        for doc in map(json.loads, lines):
            for words in cut(doc["text"]):
                words = words[:150]
                s = Sentence([doc["text"][a:b] for a, b in words])
                s.raw = []
                for m in doc["mentions"]:
                    inside = [k for k, (a, b) in enumerate(words) if a < m["end"] and b > m["start"]]
                    if inside and m["type"] in MENTION_KINDS:
                        s.raw.append((inside[0], inside[-1] + 1, MENTION_KINDS[m["type"]]))
                out.append(s)
    return out


def trim_conflict(sentences, analyses=None):
    """Trims the mentions to names. Without analyses a capital letter stands for PROPN and a mention's last word for its
    head, which finds fewer."""
    for s, analysis in zip(sentences, analyses or [None] * len(sentences)):
        upos = analysis[0] if analysis else ["PROPN" if w[:1].isupper() and k else "X" for k, w in enumerate(s.words)]
        spans = []
        for a, b, kind in s.raw:
            head = head_of(analysis[2], a, b) if analysis else b - 1
            if head is None:
                head = b - 1
            if upos[head] == "PROPN" or kind == "NORP" and s.words[head][:1].isupper():
                a, b = trim_to_name(s.words, upos, a, b, head, kind)
                if a < b:
                    spans.append((a, b, kind_of(s.words[a:b], kind)))
        s.names = bio(len(s), spans)


SILVER_KINDS = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}


def silver_names(words, tags, xpos):
    """Another tool's names: runs of one kind; what it calls MISC is a people where the word says so, else unknown."""
    out, previous = [], "O"
    for word, tag, x in zip(words, tags, xpos):
        kind = SILVER_KINDS.get(tag)
        if word in PEOPLES and (tag in ("MISC", "O") or x == "JJ"):
            out.append("B-NORP")
        elif kind and not (word[:1].isalnum() and word.islower() and previous != tag):
            out.append(("I-" if previous == tag else "B-") + kind)
        else:
            out.append("?" if tag == "MISC" else "O")
            kind = None
        previous = tag if kind else "O"
    for k, tag in enumerate(out):
        if tag[0] == "B":
            run = name_around(out, k)
            kind = kind_of(words[k:k + len(run)], tag[2:])
            out[k:k + len(run)] = ["B-" + kind] + ["I-" + kind] * (len(run) - 1)
    return out


MARKS = {"``": '"', "''": '"', "`": "'", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def as_treebank(rows):
    """(word, XPOS, name tag) as the treebanks cut words: hyphens apart, marks as they are written."""
    for row in rows:
        word = MARKS.get(row[1], row[1])
        parts = re.split(r"(?<=\w)(-)(?=\w)", word) if re.fullmatch(r"[^\W\d_]\w*(-\w+)+", word) else [word]
        for part in parts:
            yield part, row[3], row[4]


def news_sentences(longest=60):
    """The news of data/attribution/train, cut and marked with names by another tool, in random order."""
    out, rows = [], []

    def close():
        if 3 <= len(rows) <= longest:
            words, xpos, tags = zip(*as_treebank(rows))
            s = Sentence(list(words))
            s.names = silver_names(s.words, tags, xpos)
            s.names_weight = 0.4
            out.append(s)
        rows.clear()

    with gzip.open(path("attribution/train.silver.tsv.gz"), "rt", encoding="utf8", newline="\n") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# id = ") or not line or (line[0] == "#" and "\t" not in line):
                close()
            else:
                rows.append(line.split("\t"))
    close()
    random.Random(5).shuffle(out)
    return out


def read_products():
    """Of each noun the names that it may carry, as lists of words."""
    out = collections.defaultdict(list)
    for names, nouns in read_table("products.tsv"):
        for noun in nouns.split():
            out[noun] += [name.split() for name in names.split("|")]
    return out


def product_sentences(news):
    """News with the name of a product set before a noun that may carry one, or in its place: few sources mark any."""
    rng, products, out = random.Random(7), read_products(), []
    for s in news:
        for k, word in enumerate(s.words):
            if word not in products or s.names[k] != "O" or (k and s.words[k - 1][:1].isupper()):
                continue
            name = rng.choice(products[word])
            tags = ["B-PROD"] + ["I-PROD"] * (len(name) - 1)
            rest = k + (rng.random() < .35)
            new = Sentence(s.words[:k] + name + s.words[rest:])
            new.names, new.names_weight = s.names[:k] + tags + s.names[rest:], s.names_weight
            out.append(new)
            break
    return out


def name_spans(s):
    """(start, end, kind) of the names of a sentence."""
    out = []
    for k, tag in enumerate(s.names or ()):
        if tag[0] == "B":
            out.append((k, k + len(name_around(s.names, k)), tag[2:]))
    return out


def gazetteer():
    """Names to learn, lists of words by kind: LOC, ORG, and PER, first names alone."""
    out = {"PER": [[form.title()] for form, _ in read_table("../data/firstnames.tsv")], "LOC": [], "ORG": []}
    for name, kind in read_table("gazetteer.tsv"):
        out[kind].append(name.split())
    return out


def inventory(sentences):
    """All different names of persons, organisations and places, by kind and number of words, and those of the gazetteer."""
    out, rng, listed = collections.defaultdict(set), random.Random(11), gazetteer()
    for kind, names in listed.items():
        for name in names:
            out[kind, len(name)].add(tuple(name))
    for s in sentences:
        for a, b, kind in name_spans(s):
            if kind in ("PER", "ORG", "LOC") and all(w[:1].isupper() or w in LINKS or w in INNER for w in s.words[a:b]):
                out[kind, b - a].add(tuple(s.words[a:b]))
    last = sorted({name[1] for name in out["PER", 2]})
    for _ in range(5000):
        out["PER", 2].add((rng.choice(listed["PER"])[0], rng.choice(last)))
    return {key: sorted(names) for key, names in out.items()}


def renamed(s, names, rng, share):
    """The words of a sentence with some of its names changed for others of their kind and length: what it says of tags
    and tree still holds, and no name can be learned by heart."""
    words = s.words
    for a, b, kind in name_spans(s):
        if (kind, b - a) in names and rng.random() < share:
            words = words[:a] + list(rng.choice(names[kind, b - a])) + words[b:]
    return words


def classes(sentences, least=3):
    """The labels of each task, most frequent first."""
    def of(key, least=1):
        count = collections.Counter(t for s in sentences for t in getattr(s, key))
        return [t for t, n in count.most_common() if n >= least]
    return {"upos": of("upos"), "xpos": of("xpos"), "feats": of("feats", least), "rels": of("rels"), "names": NAME_TAGS}
