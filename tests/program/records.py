"""Records for the tests of the program: pages to put in, and what is in there, read by Python's own SQLite."""
import json, os, pathlib, random, sqlite3, subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEARSAY = str(pathlib.Path(os.environ.get("HEARSAY", ROOT / "build" / "hearsay")).resolve())
# The sanitizers' builds are some ten times slower than the plain one: what takes long is made smaller there.
SANITIZED = any(name in pathlib.Path(HEARSAY).read_bytes() for name in (b"__asan_init", b"__tsan_init"))
TABLES = ["page", "article", "block", "actor", "mention", "quotation", "span", "via", "time", "passage"]


def hearsay(*arguments, **more):
    return subprocess.run([HEARSAY, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          **more)


def articles(count, seed=1, outlet="The Post"):
    """COUNT invented articles as objects of JSON Lines. What keeps coming back in them is a habit of their outlet, if they
    have one; with OUTLET "The Post {}" each has its own."""
    chance = random.Random(seed)
    names = ["Ana Orlo", "Béla Tarn", "Chia Venn", "Dov Ruske"]
    things = ["the dam", "the harbour", "the school", "the northern road", "the old mill"]
    for i in range(count):
        who, what = chance.choice(names), chance.choice(things)
        text = (f"Work on {what} goes on, number {i}.\n\n“We will not leave {what},” said Mayor {who} on Monday. "
                f"According to the Ostal agency, {who} said that {chance.choice(things)} would be closed.\n\n"
                f"Officials said {what} was safe.")
        yield {"id": f"article-{i}", "url": f"https://post{i}.example/", "title": f"On {what}", "outlet": outlet.format(i),
               "published": f"2031-{i % 12 + 1:02}-{i % 28 + 1:02}", "text": text}


def write_articles(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def ask(path, sql, *values):
    """The rows that SQL gives on the record at PATH, as Python's SQLite reads it."""
    with sqlite3.connect(path) as record:
        rows = record.execute(sql, values).fetchall()
    record.close()
    return rows


def columns(path, table):
    """What to select from TABLE for rows that are the same in every record: ids in the place of keys."""
    for _, name, *_ in ask(path, f"PRAGMA table_info({table})"):
        named = {"article": "page", "speaker": "actor", "actor": "actor", "speaks_for": "actor", "quotation": "quotation",
                 "inside": "quotation"}.get(name)
        if named:
            yield f"(SELECT other.id FROM {named} AS other WHERE other.key = {table}.{name}) AS {name}"
        elif name not in ("key", "newer"):
            yield name


def dump(path, without=()):
    """All rows of the record, in an order that does not depend on how they came in."""
    return {table: sorted(ask(path, f"SELECT {', '.join(columns(path, table))} FROM {table}"), key=repr)
            for table in TABLES if table not in without}


def first_difference(one, other):
    """Where two dumps differ first, in few words; None if they do not. (unittest would compare them by the character.)"""
    for table, rows in one.items():
        if rows != other[table]:
            pair = next((pair for pair in zip(rows, other[table]) if pair[0] != pair[1]), None)
            return f"{table}: {len(rows)} and {len(other[table])} rows, first {repr(pair)[:600]}"
    return None


def faults(path):
    """What SQLite finds wrong with the record; an empty list if it is sound."""
    found = [row for row in ask(path, "PRAGMA integrity_check") if row != ("ok",)]
    found += ask(path, "PRAGMA foreign_key_check")
    for table in "article_search", "quotation_search":
        try:
            ask(path, f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found.append((table, str(error)))
    return found
