"""What a person or another program reads: JSON, brief, show and export of pages with hostile strings in them."""
import contextlib, csv, html.parser, io, json, os, pathlib, re, shutil, sqlite3, subprocess, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEARSAY = str(pathlib.Path(os.environ.get("HEARSAY", ROOT / "build" / "hearsay")).resolve())
HOSTILE = ("\x1b[31mred\x1b]0;owned\x07 \u202eback <script>alert(1)</script> [x](javascript:1) *a* `b` \"q\" \\ \u0085 "
           "\U0001f30a")
PAGES = [
    {"id": "one", "title": "Strike " + HOSTILE, "outlet": "Lind Post " + HOSTILE, "published": "2031-03-04",
     "url": "https://post.example/?a=\"><script>&b=(1)",
     "text": "“We will not leave the harbour \U0001f30a,” said Mayor Ana Orlo on Monday.\n\nAgency North reported that "
             "the port plans no talks.\n\n“" + HOSTILE + ",” said Ivo Rask.\n"},
    {"id": "=two", "title": "=HYPERLINK(\"x\")", "outlet": "@Upland", "published": "2031-03-05",
     "url": "javascript:alert(1)",
     "text": "“We may, perhaps, leave tomorrow,” said Mia Holm, a spokeswoman.\n\nOfficials said that -1 was the answer.\n"},
    {"id": "three", "text": "Nobody said a thing here. 漢字漢字漢字 e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467\n"},
]


def hearsay(*arguments, input=None, environment=None):
    done = subprocess.run([HEARSAY, *arguments], input=input, capture_output=True,
                          env=dict(os.environ, **(environment or {})))
    if done.returncode:
        raise AssertionError(f"{arguments} gave {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def lines(text):
    """Lines that end in a line feed alone, as JSON Lines do; str.splitlines knows others."""
    return text.removesuffix("\n").split("\n")


def spans(value):
    """All objects with a start, an end and a text in VALUE."""
    if isinstance(value, dict):
        if "text" in value and "start" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def fields_of(document, heading):
    """The fields that DOCUMENT lists in the table after HEADING."""
    after = (ROOT / "docs" / document).read_text().split(heading, 1)[1]
    rows = re.search(r"\|---\|---\|\n((?:\|.*\n)+)", after).group(1)
    return [name for row in rows.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links = set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]


class Marked(html.parser.HTMLParser):
    """Articles with marks: tags that pair, the text of each block, what has a name and what refers to one."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.names, self.described, self.blocks, self.block = [], set(), [], [], [], None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)
        if "dir" in attributes and tag != "p" or "paragraph" in attributes.get("class", ""):
            self.block = ""
        self.names += [attributes["id"]] if "id" in attributes else []
        if "aria-describedby" in attributes:
            assert attributes["tabindex"] == "0"
            self.described.append(attributes["aria-describedby"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if self.block is not None and tag != "span":
            self.blocks.append(self.block)
            self.block = None

    def handle_data(self, data):
        if self.block is not None:
            self.block += data


class Record(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temp.cleanup)
        folder = pathlib.Path(cls.temp.name)
        cls.pages = folder / "pages.jsonl"
        cls.pages.write_text("".join(json.dumps(page) + "\n" for page in PAGES))
        cls.record = str(folder / "news.db")
        hearsay("read", "-d", cls.record, str(cls.pages))
        cls.said = [json.loads(line) for line in lines(hearsay("said", "-d", cls.record, "--json"))]

    def check_spans(self, article):
        for span in spans({key: value for key, value in article.items() if key != "blocks"}):
            if span is not article:
                self.assertEqual(article["text"][span["start"]:span["end"]], span["text"])

    def check_harmless(self, text):
        self.assertNotRegex(text, r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

    def test_there_is_something_to_report(self):
        self.assertGreaterEqual(len(self.said), 3)

    def test_annotate_and_extract_give_the_documented_fields(self):
        wanted = fields_of("json.md", "A **span**")
        for command in ("annotate", "extract"):
            written = lines(hearsay(command, "--json", str(self.pages)))
            self.assertEqual(len(written), len(PAGES))
            for line, page in zip(written, PAGES):
                article = json.loads(line)
                self.assertEqual(list(article), [name for name in wanted if name != "status"])
                self.assertEqual(article["text"], page["text"])
                self.assertEqual(article["id"], page["id"])
                self.check_spans(article)
                for quote in article["quotes"]:
                    self.assertEqual(list(quote), fields_of("json.md", "An element of `quotes`"))
                for actor in article["actors"]:
                    self.assertEqual(list(actor), fields_of("json.md", "An element of `actors`"))

    def test_what_is_less_sure_is_left_out(self):
        def sure(quote):
            return min([quote["confidence"]] + [quote["speaker"]["confidence"] for _ in [0] if quote["speaker"]])

        for line, kept in zip(lines(hearsay("annotate", "--json", str(self.pages))),
                              lines(hearsay("annotate", "--min-confidence", "0.8", str(self.pages)))):
            wanted = [dict(quote, id=None) for quote in json.loads(line)["quotes"] if sure(quote) >= 0.8]
            self.assertEqual([dict(quote, id=None) for quote in json.loads(kept)["quotes"]], wanted)
        text = hearsay("annotate", "--format", "text", "--min-confidence", "1", str(self.pages))
        self.assertNotIn("[Q1 ", text)

    def test_text_reports_are_harmless(self):
        for arguments in (["extract", str(self.pages)], ["extract", "--format", "markdown", str(self.pages)],
                          ["annotate", "--format", "text", str(self.pages)], ["annotate", "--format", "html", str(self.pages)],
                           ["brief", "-d", self.record],
                          ["brief", "-d", self.record, "--format", "markdown"],
                          ["brief", "-d", self.record, "--format", "html"],
                          ["brief", "-d", self.record, "\x1b[31m\u202e"]):
            self.check_harmless(hearsay(*arguments))

    def test_brief_keeps_to_the_width(self):
        for width in (60, 80, 120):
            text = hearsay("brief", "-d", self.record, environment={"COLUMNS": str(width)})
            self.assertIn("Tuesday 4 March 2031", text)
            for line in lines(text):
                self.assertTrue(len(line) <= width or " " not in line.strip(), line)

    def test_brief_html_has_no_script_and_no_link_but_http(self):
        page = Links()
        page.feed(hearsay("brief", "-d", self.record, "--format", "html"))
        self.assertEqual(page.tags & {"script", "iframe", "img", "link", "object", "form", "base"}, set())
        self.assertTrue(page.links)
        for link in page.links:
            self.assertEqual(link, PAGES[0]["url"])

    def test_annotate_html(self):
        text = hearsay("annotate", "--format", "html", str(self.pages))
        self.check_harmless(text)
        self.assertEqual(text.count("<!DOCTYPE html>"), 1)
        self.assertIn("default-src 'none'", text)
        self.assertNotRegex(text, r"https?://|url\(|@import")
        page = Marked()
        page.feed(text)
        self.assertEqual(page.open, [])
        self.assertEqual(page.tags & {"script", "iframe", "img", "link", "object", "form", "base", "a"}, set())
        self.assertEqual(len(page.names), len(set(page.names)))
        self.assertEqual(len(page.described), len(self.said))
        self.assertEqual(set(page.described), set(page.names))
        shown = " ".join(" ".join(page.blocks).split())
        for sentence in ("“We will not leave the harbour \U0001f30a,” said Mayor Ana Orlo on Monday.",
                         "Officials said that -1 was the answer.", "Nobody said a thing here. 漢字漢字漢字"):
            self.assertIn(sentence, shown)

    def test_annotate_html_of_marks_that_nest_and_run_on(self):
        text = ("“One paragraph opens here.\n\n“It goes on, with ‘nested’ marks.\n\n“And ends there,” said Ana Orlo.\n\n"
                + "Orlo said that Ivo Rask had said that " * 30 + "the dam was safe.")
        page = Marked()
        page.feed(hearsay("annotate", "--format", "html", input=text.encode()))
        self.assertEqual(page.open, [])
        self.assertEqual(" ".join(" ".join(page.blocks).split()), " ".join(text.split()))

    def test_annotate_html_tells_an_institution_that_no_role_names(self):
        text = "“We stay,” said {}."
        for source, told in (("Ivo Marl, the spokesman of the Palace", "person, spokesman of the Palace<"),
                             ("two officials of the water ministry", "anonymous, two officials, water ministry<")):
            with self.subTest(source):
                self.assertIn(f"<span>{told}", hearsay("annotate", "--format", "html", input=text.format(source).encode()))

    def test_brief_json(self):
        brief = json.loads(hearsay("brief", "-d", self.record, "--json"))
        self.assertEqual(list(brief), fields_of("json.md", "`brief --json`"))
        self.assertEqual(brief["quotations"], len(self.said))
        told = {statement["id"] for day in brief["days"] for statement in day["statements"]}
        self.assertEqual(told, {row["id"] for row in self.said})
        days = [day["day"] for day in brief["days"] if day["day"]]
        self.assertEqual(days, sorted(days))

    def test_show_each_quotation(self):
        for row in self.said:
            shown = json.loads(hearsay("show", "-d", self.record, row["id"][:10], "--json"))
            self.assertEqual((shown["kind"], shown["id"]), ("quotation", row["id"]))
            page = next(page for page in PAGES if page["id"] == shown["article"]["name"])
            for evidence in shown["evidence"]:
                self.assertEqual(evidence["text"], page["text"][evidence["start"]:evidence["end"]])
                raw = page["text"].encode()[evidence["page"]["start"]:evidence["page"]["end"]].decode()
                self.assertEqual(raw, evidence["text"])
            for content in shown["quote"]["contents"]:
                self.assertTrue(any(e["start"] <= content["start"] and content["end"] <= e["end"]
                                    for e in shown["evidence"]))
            text = hearsay("show", "-d", self.record, row["id"])
            self.check_harmless(text)
            self.assertIn("Evidence", text)

    def test_show_articles(self):
        for article in {row["article"] for row in self.said}:
            shown = json.loads(hearsay("show", "-d", self.record, article, "--json"))
            self.assertEqual(shown["kind"], "article")
            self.assertEqual(set(shown["quotations"]), {row["id"] for row in self.said if row["article"] == article})
            self.check_harmless(hearsay("show", "-d", self.record, article))

    def test_show_actors(self):
        with contextlib.closing(sqlite3.connect(self.record)) as database:
            actors = database.execute("SELECT printf('%016x', id), name FROM actor").fetchall()
        for actor, name in actors:
            shown = json.loads(hearsay("show", "-d", self.record, actor, "--json"))
            self.assertEqual((shown["kind"], shown["actor"]["name"]), ("actor", name))
            for mention in shown["actor"]["mentions"]:
                self.assertTrue(any(e["start"] <= mention["start"] and mention["end"] <= e["end"]
                                    for e in shown["evidence"]))
            self.check_harmless(hearsay("show", "-d", self.record, actor))

    def test_export_jsonl_is_what_annotate_gave(self):
        exported = set(lines(hearsay("export", "-d", self.record, "--to", "jsonl")))
        self.assertEqual(exported, set(lines(hearsay("annotate", "--json", str(self.pages)))))

    def test_export_csv(self):
        rows = list(csv.DictReader(io.StringIO(hearsay("export", "-d", self.record, "--to", "csv"), newline="")))
        self.assertEqual(list(rows[0]), fields_of("export.md", "## csv"))
        self.assertEqual({row["id"] for row in rows}, {row["id"] for row in self.said})
        for row in rows:
            page = next(page for page in PAGES if page["id"] == row["article_name"].lstrip("'"))
            for cell in row.values():
                self.assertNotRegex(cell, r"^[=+\-@\t\r]")
            self.assertTrue(page["text"][int(row["start"]):].startswith(row["content"].lstrip("'").split(" … ")[0]))

    def test_export_citron(self):
        for line in lines(hearsay("export", "-d", self.record, "--to", "citron")):
            article = json.loads(line)
            self.check_spans(article)
            for quote in article["quotes"]:
                self.assertEqual(list(quote), ["id", "cue", "sources", "contents", "coreferences", "confidence"])

    def test_export_citron_as_its_tools_read_it(self):
        with tempfile.TemporaryDirectory() as temp:
            folder = pathlib.Path(temp, "citron")
            hearsay("export", "-d", self.record, "--to", "citron", "--folder", str(folder))
            files = sorted(folder.iterdir())
            self.assertEqual(len(files), len(PAGES))
            self.assertTrue(all(re.fullmatch(r"[\w.-]+\.json", file.name) for file in files))
            lines_ = set(lines(hearsay("export", "-d", self.record, "--to", "citron")))
            self.assertEqual({file.read_text().rstrip("\n") for file in files}, lines_)
            for article in map(json.loads, lines_):
                for quote in article["quotes"]:  # Citron looks up the first and the last character of each span
                    for span in [quote["cue"]] + quote["sources"] + quote["contents"] + quote["coreferences"]:
                        self.assertLess(span["start"], span["end"])
                    self.assertTrue(quote["contents"])

    def test_export_brat(self):
        with tempfile.TemporaryDirectory() as folder:
            hearsay("export", "-d", self.record, "--to", "brat", "--folder", folder)
            names = {file.stem for file in pathlib.Path(folder).glob("*.txt")}
            self.assertEqual({file.stem for file in pathlib.Path(folder).glob("*.ann")}, names)
            self.assertEqual({pathlib.Path(folder, name + ".txt").read_bytes().decode() for name in names},
                             {page["text"] for page in PAGES})
            types = set(re.findall(r"^(\w+)", pathlib.Path(folder, "annotation.conf").read_text(), re.M))
            contents = 0
            for name in names:
                text = pathlib.Path(folder, name + ".txt").read_bytes().decode()
                known = set()
                for line in lines(pathlib.Path(folder, name + ".ann").read_bytes().decode()):
                    if not line:
                        continue
                    if not line.startswith("T"):  # whose words are the text's own
                        self.check_harmless(line.replace("\t", ""))
                    key, what, *rest = line.split("\t")
                    self.assertNotIn(key, known)
                    known.add(key)
                    kind, *places = what.split(" ", 1)
                    self.assertIn(kind, types | {"AnnotatorNotes"})
                    contents += kind == "Content"
                    if key[0] == "T":
                        parts = [text[int(start):int(end)] for start, end in
                                 (place.split() for place in places[0].split(";"))]
                        self.assertEqual(" ".join(parts), rest[0])
                        self.assertFalse(any("\n" in part or not part for part in parts))
                    else:
                        self.assertLessEqual(set(re.findall(r"\bT\d+\b", what)), known)
            self.assertEqual(contents, len(self.said))

    def test_export_to_a_folder_that_cannot_be(self):
        def status(*arguments):
            return subprocess.run([HEARSAY, "export", "-d", self.record, *arguments], capture_output=True).returncode

        self.assertEqual(status("--to", "brat"), 2)
        self.assertEqual(status("--to", "csv", "--folder", "x"), 2)
        self.assertEqual(status("--to", "brat", "--folder", "/dev/null"), 3)
        self.assertEqual(status("--to", "brat", "--folder", "/no/such/folder"), 3)

    def test_a_record_that_others_changed_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            record = str(pathlib.Path(folder, "broken.db"))
            shutil.copy(self.record, record)
            with contextlib.closing(sqlite3.connect(record)) as database:
                database.execute("UPDATE article SET blocks = '[[7, null, 9, 0], 3]', times = '{\"a\": [[]]}'")
                database.execute("UPDATE actor SET mentions = '[[1099511627776, -1], null]'")
                database.execute("UPDATE quotation SET spans = ?, first_day = 'zz', last_day = 'zzzzzzzzzzzzzzzz',"
                                 " start = -5", ('{"source": 1, "cue": [[1099511627776, -1]], "content": []}',))
                database.commit()
            for arguments in (["export", "--to", "jsonl"], ["export", "--to", "citron"], ["show", self.said[0]["id"]]):
                done = subprocess.run([HEARSAY, *arguments, "-d", record], capture_output=True, text=True)
                self.assertEqual(done.returncode, 3, arguments)
                self.assertIn("broken", done.stderr)
            for arguments in (["export", "--to", "csv"], ["brief"], ["brief", "--format", "html"], ["brief", "--json"]):
                hearsay(*arguments, "-d", record)

    def test_the_order_of_reading_does_not_show(self):
        with tempfile.TemporaryDirectory() as folder:
            pages, record = pathlib.Path(folder, "pages.jsonl"), str(pathlib.Path(folder, "other.db"))
            pages.write_text("".join(json.dumps(page) + "\n" for page in reversed(PAGES)))
            hearsay("read", "-d", record, str(pages))
            for arguments in (["export", "--to", "jsonl"], ["export", "--to", "csv"], ["brief"]):
                self.assertEqual(hearsay(*arguments, "-d", record), hearsay(*arguments, "-d", self.record))


if __name__ == "__main__":
    unittest.main()
