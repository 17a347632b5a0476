"""Reads examples/pages into a record and asks what an editor would ask of it."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "examples" / "pages"
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build" / "hearsay"))

# What Tolan says of a suit before the tribunal, as three outlets word it, and when, where the page tells.
WORDINGS = {"01-kelmar-courier": ("an entirely new stage of the dispute", None),
            "02-orlo-news-agency": ("a qualitatively new phase of the dispute", "2031-03-04"),
            "04-ithel-meridian": ("a whole new chapter of this conflict", "2031-03-04")}


def hearsay(*arguments):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, stdin=subprocess.DEVNULL)


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def fold(text):
    return " ".join(text.split())


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.record = pathlib.Path(cls.folder.name) / "sarn.db"
        cls.reading = hearsay("read", "-d", cls.record, PAGES)
        cls.pages = {page["id"]: page for page in lines(hearsay("annotate", "--json", PAGES))}
        cls.said = lines(hearsay("said", "-d", cls.record, "--json"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def said_in(self, page, words):
        """The rows of PAGE whose content holds WORDS."""
        return [row for row in self.said if row["article_name"] == page and words in fold(row["content"])]

    def quotes_in(self, page, words):
        return [quote for quote in self.pages[page]["quotes"]
                if words in fold(" ".join(span["text"] for span in quote["contents"]))]

    def test_all_pages_are_read_without_a_complaint(self):
        self.assertEqual(self.reading.returncode, 0, self.reading.stderr)
        self.assertEqual(sorted(self.pages), sorted(path.stem for path in PAGES.iterdir()))
        self.assertEqual(len({row["article"] for row in self.said}), len(self.pages), "a page gave no quotation")

    def test_title_outlet_and_day_of_every_html_page(self):
        days = {"01-kelmar-courier": "2031-03-04", "02-orlo-news-agency": "2031-03-04",
                "03-upland-dispatch": "2031-03-05", "04-ithel-meridian": "2031-03-06",
                "05-lowland-lantern": "2031-03-07", "06-dorrin-ferryman": "2031-03-08",
                "07-lowland-lantern": "2031-03-10", "08-kelmar-courier": "2031-03-12"}
        outlets = {"01": "The Kelmar Courier", "02": "Orlo News Agency", "03": "Upland Dispatch",
                   "04": "The Ithel Meridian", "05": "Lowland Lantern", "06": "Dorrin Ferryman",
                   "07": "Lowland Lantern", "08": "The Kelmar Courier"}
        for name, day in days.items():
            with self.subTest(name):
                page = self.pages[name]
                self.assertEqual(page["published"][:10], day)
                self.assertEqual(page["outlet"], outlets[name[:2]])
                self.assertIn(page["title"], (PAGES / f"{name}.html").read_text())
                self.assertNotIn(page["outlet"], page["title"])

    def test_the_page_without_a_date_has_none(self):
        self.assertIsNone(self.pages["09-daily-sluice"]["published"])

    def test_every_span_is_a_slice_of_the_text(self):
        for name, page in self.pages.items():
            for quote in page["quotes"]:
                for span in quote["sources"] + quote["contents"] + ([quote["cue"]] if quote["cue"] else []):
                    self.assertEqual(page["text"][span["start"]:span["end"]], span["text"], name)

    def test_three_wordings_of_the_spokeswoman(self):
        for name, (words, day) in WORDINGS.items():
            with self.subTest(name):
                rows = self.said_in(name, words)
                self.assertEqual(len(rows), 1)
                row, text = rows[0], self.pages[name]["text"]
                self.assertEqual(row["speaker"], "Mira Tolan")
                self.assertEqual(row["speaker_type"], "person")
                self.assertEqual(row["said_begin"], day)
                parts = [text[span["start"]:span["end"]] for span in row["spans"]["contents"]]
                self.assertEqual(fold(" … ".join(parts)), fold(row["content"]))
                self.assertEqual((row["start"], row["end"]),
                                 (row["spans"]["contents"][0]["start"], row["spans"]["contents"][-1]["end"]))

    def test_said_by_finds_the_spokeswoman_by_any_part_of_her_name(self):
        for name in ("tolan", "MIRA", "Mira Tolan"):
            rows = lines(hearsay("said", "-d", self.record, "--by", name, "--json"))
            self.assertTrue(set(WORDINGS) <= {row["article_name"] for row in rows}, name)

    def test_a_body_that_stands_twice_is_quoted_once(self):
        name = "09-daily-sluice"
        for words in ("commenting on papers from nowhere", "what every child in Low Ferry knows"):
            self.assertEqual(len(self.quotes_in(name, words)), 1, words)
            self.assertEqual(self.pages[name]["text"].count(words), 2, "both copies stay in the text")
        self.assertIn("repeats", " ".join(block["reason"] or "" for block in self.pages[name]["blocks"]))

    def test_nothing_of_the_plea_is_quoted(self):
        for name in ("05-lowland-lantern", "07-lowland-lantern"):
            for words in ("hostile to the common good", "discredit the state"):
                self.assertEqual(self.quotes_in(name, words), [])
                self.assertNotIn(words, self.pages[name]["text"])

    def test_nothing_that_stands_around_the_article_is_quoted(self):
        for words in ("Accept all", "We are paying twice", "they will never open it", "I would have called ten times",
                      "Bravo", "I was never asked", "the voice of the Palace"):
            self.assertEqual([row["content"] for row in self.said if words in row["content"]], [])

    def test_officials_without_a_name_are_anonymous(self):
        for name, words in (("04-ithel-meridian", "had come from the Palace"),
                            ("04-ithel-meridian", "There was no crack in any report"),
                            ("12-ithel-meridian", "told to prepare for sanctions")):
            with self.subTest(words):
                rows = self.said_in(name, words)
                self.assertEqual([row["speaker_type"] for row in rows], ["anonymous"])
                self.assertIn("official", rows[0]["speaker"])

    def test_the_outlet_that_copies_has_the_quotations_of_the_agency(self):
        contents = {name: {fold(row["content"]).translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})
                           for row in self.said if row["article_name"] == name}
                    for name in ("02-orlo-news-agency", "03-upland-dispatch")}
        self.assertGreaterEqual(len(contents["03-upland-dispatch"]), 6)
        self.assertEqual(contents["03-upland-dispatch"] - contents["02-orlo-news-agency"], set())

    def test_a_quotation_over_two_paragraphs_is_one(self):
        rows = self.said_in("05-lowland-lantern", "We boil what is left in the cistern")
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["speaker"], "Petra Lindow")
        self.assertIn("On Monday evening the tap coughed", rows[0]["content"])

    def test_words_in_marks_are_said_once(self):
        """What stands in marks has one speaker, whatever other cues stand near."""
        seen = {}
        for row in self.said:
            if row["type"] == "direct":
                key = row["article_name"], row["start"]
                self.assertNotIn(key, seen, row["content"])
                seen[key] = row

    def test_a_pronoun_is_the_minister(self):
        rows = self.said_in("01-kelmar-courier", "Cracks do not wait for a commission")
        self.assertEqual([row["speaker"] for row in rows], ["Jonas Harrel"])
        self.assertEqual([row["source"] for row in rows], ["he"])

    def test_a_scare_quote_and_a_nickname_are_no_quotations(self):
        for row in self.said:
            self.assertNotIn(row["content"], ("“inspection”.", "“inspection”", "“Brick”", "“Brick”,", "“a fair share”"))

    def test_reading_again_changes_nothing(self):
        again = hearsay("read", "-d", self.record, PAGES)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(lines(hearsay("said", "-d", self.record, "--json")), self.said)

    def test_the_other_way_round_gives_the_same_rows(self):
        record = pathlib.Path(self.folder.name) / "reversed.db"
        done = hearsay("read", "-d", record, "--threads", "1", *sorted(PAGES.iterdir(), reverse=True))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(lines(hearsay("said", "-d", record, "--json")), self.said)

    def test_the_brief_names_who_and_where(self):
        brief = hearsay("brief", "-d", self.record)
        self.assertEqual(brief.returncode, 0, brief.stderr)
        text = fold(brief.stdout.decode())
        for words in ("Mira Tolan", "Lena Ostry", "Ilse Wenn", "The Kelmar Courier"):
            self.assertIn(words, text)
        self.assertNotIn("discredit the state", text)


if __name__ == "__main__":
    unittest.main()
