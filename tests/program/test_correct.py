"""Corrections: a person's judgement beside the machine's row, which stays, is told, and comes out again."""
import csv, json, pathlib, sqlite3, tempfile, unittest

import records
from records import hearsay

PAGES = [
    {"id": "one", "outlet": "The Kelmar Courier", "published": "2031-03-04", "title": "Harbour",
     "text": "Ünï. “We will not leave,” said Ivo Rask on Monday. Rask denied that the  dam\nwas unsafe.\n\nThe port will close, "
             "a notice tells."},
    {"id": "two", "outlet": "Eastern Post", "published": "2031-03-05", "text": "“Nothing is known,” said Mia Holm."},
]


class Correct(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.pages = records.write_articles(self.folder / "a.jsonl", PAGES)
        self.record = str(self.folder / "r.db")
        self.run_well("read", "-d", self.record, self.pages)
        self.quotation, self.denial = self.said("--about", "leave")[0], self.said("--about", "dam")[0]

    def run_well(self, *arguments):
        done = hearsay(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def lines(self, *arguments):
        return [json.loads(line) for line in self.run_well(*arguments).splitlines()]

    def said(self, *arguments):
        return self.lines("said", "-d", self.record, "--json", *arguments)

    def correct(self, *arguments):
        self.run_well("correct", "-d", self.record, "--who", "desk", *arguments)

    def gold(self):
        return self.lines("export", "-d", self.record, "--to", "gold")

    def test_a_corrected_speaker_is_the_speaker(self):
        self.correct(self.quotation["id"][:10], "--speaker", "Ána Orlo", "--note", "she, not he")
        row = self.said("--by", "ana ORLO")[0]
        self.assertEqual((row["id"], row["speaker"], row["speaker_type"]), (self.quotation["id"], "Ána Orlo", None))
        told = dict(row["corrections"][0])
        self.assertRegex(told.pop("at"), r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(told, {"field": "speaker", "verdict": "wrong", "value": "Ána Orlo", "who": "desk",
                                "note": "she, not he"})
        self.assertNotIn(row["id"], [row["id"] for row in self.said("--by", "rask")])
        self.assertIn("Ána Orlo", [count["name"] for count in self.said("--count", "speaker")])
        text = self.run_well("show", "-d", self.record, row["id"])
        self.assertRegex(text, r"judged +speaker: Ána Orlo · desk, 20.* · she, not he")
        self.assertEqual(json.loads(self.run_well("show", "-d", self.record, "--json", row["id"]))["corrections"],
                         row["corrections"])
        self.assertIn("judged by a person", self.run_well("said", "-d", self.record, "--by", "ana orlo"))
        cells = list(csv.DictReader(self.run_well("export", "-d", self.record, "--to", "csv").splitlines()))
        self.assertEqual([cell["judged"] for cell in cells if cell["judged"]], ["speaker: Ána Orlo"])
        self.correct(row["id"], "--speaker", "none")
        row = next(row for row in self.said() if row["id"] == self.quotation["id"])
        self.assertIsNone(row["speaker"])
        self.assertEqual(len(row["corrections"]), 2)

    def test_what_is_judged_together_tells_once_by_whom(self):
        self.correct(self.quotation["id"], "--speaker", "Ána Orlo", "--said", "2031-03-02", "--note", "she, earlier")
        text = self.run_well("show", "-d", self.record, self.quotation["id"])
        self.assertRegex(text, r"judged +speaker: Ána Orlo\n +said: 2031-03-02 · desk, 20.* · she, earlier\n")

    def test_a_day_that_the_text_does_not_tell_is_shown_as_such(self):
        with tempfile.TemporaryDirectory() as folder:
            pages = records.write_articles(pathlib.Path(folder, "a.jsonl"),
                                           [{"id": "undated", "text": "“We stay,” said Ana Orlo on Monday."}])
            marked = self.run_well("annotate", "--format", "text", pages)
            self.run_well("read", "-d", f"{folder}/r.db", pages)
            row = json.loads(self.run_well("said", "-d", f"{folder}/r.db", "--json"))
            shown = self.run_well("show", "-d", f"{folder}/r.db", row["id"])
        self.assertNotIn("XXXX", marked)
        self.assertRegex(shown, r"said +XXXX-WXX-1 \(the text does not tell which day\)")

    def test_what_is_judged_wrong_is_not_listed_or_counted(self):
        count = sum(count["quotations"] for count in self.said("--count", "day"))
        self.correct(self.denial["id"], "--wrong")
        self.assertNotIn(self.denial["id"], [row["id"] for row in self.said()])
        self.assertEqual(sum(count["quotations"] for count in self.said("--count", "day")), count - 1)
        self.assertRegex(self.run_well("show", "-d", self.record, self.denial["id"]), "judged +quotation: wrong · desk")
        self.correct(self.denial["id"], "--right")
        self.assertIn(self.denial["id"], [row["id"] for row in self.said()])

    def test_counts_tell_what_a_person_says(self):
        self.correct(self.quotation["id"], "--via", "Radio Lind > The Port", "--said", "2031-06-01")
        links = {count["name"]: count["quotations"] for count in self.said("--count", "via")}
        self.assertEqual((links["Radio Lind"], links["The Port"]), (1, 1))
        self.assertIn("2031-06-01", [count["name"] for count in self.said("--count", "day")])
        self.correct(self.quotation["id"], "--via", "none", "--said", "2031-06-02")
        self.assertNotIn("Radio Lind", [count["name"] for count in self.said("--count", "via")])
        self.assertNotIn("2031-06-01", [count["name"] for count in self.said("--count", "day")])

    def test_filters_ask_what_a_person_says(self):
        given = {"--via": "Eastern Post", "--for": "The Port", "--type": "indirect", "--cue": "warning", "--since": "2031-05",
                 "--until": "2031-02", "--speaker": "unresolved"}
        for option, value in given.items():
            before = [row["id"] for row in self.said(option, value)]
            self.assertNotIn(self.quotation["id"], before, option)
            told = {"--cue": "--force", "--since": "--said", "--until": "--said"}.get(option, option)
            self.correct(self.quotation["id"], told, "none" if option == "--speaker" else value)
            self.assertIn(self.quotation["id"], [row["id"] for row in self.said(option, value)], option)
        for option, value in {"--type": "direct", "--since": "2031-03", "--speaker": "named", "--by": "rask"}.items():
            self.assertNotIn(self.quotation["id"], [row["id"] for row in self.said(option, value)], option)

    def test_a_brief_tells_what_a_person_says(self):
        quotation = self.quotation["id"][:10]
        self.correct(quotation, "--speaker", "Mia Holm", "--via", "Radio Lind")
        self.correct(self.denial["id"], "--wrong")
        for words in ((), ("port",)):
            brief = " ".join(self.run_well("brief", "-d", self.record, *words).split())
            self.assertIn("Mia Holm said: “We will not leave,” on the word of Radio Lind", brief)
            self.assertNotIn(self.denial["id"][:10], brief)
            self.assertIn(f"{len(self.said('--outlet', 'Kelmar') if words else self.said())} quotation", brief)
        self.correct(quotation, "--speaker", "none")
        self.assertIn("Ivo Rask (speaker unresolved) said: “We", self.run_well("brief", "-d", self.record))

    def check_gold(self, wanted):
        """WANTED: {cue: (sources, contents)} of the article "one"."""
        article, = [article for article in self.gold() if article["id"] == "one"]
        self.assertEqual(list(article), ["id", "publisher", "published", "title", "text", "quotes"])
        self.assertEqual((article["publisher"], article["published"], article["title"], article["text"]),
                         ("The Kelmar Courier", "2031-03-04", "Harbour", PAGES[0]["text"]))
        found = {}
        for quote in article["quotes"]:
            self.assertEqual(list(quote), ["cue", "sources", "contents"])
            for spans in quote.values():
                for span in spans:
                    self.assertEqual(article["text"][span["start"]:span["end"]], span["text"])
            found[" … ".join(span["text"] for span in quote["cue"])] = (
                [span["text"] for span in quote["sources"]], [span["text"] for span in quote["contents"]])
        self.assertEqual(found, wanted)

    def test_gold(self):
        self.assertEqual(self.gold(), [])
        self.correct(self.quotation["id"], "--content", "“We will … leave,”", "--source", "Ivo Rask on Monday")
        self.correct(self.denial["id"], "--content", "the dam was unsafe", "--cue", "denied that", "--source", "none")
        self.correct(self.quotation["article"], "--missing", "--content", "The port will close", "--source", "a notice",
                     "--cue", "tells")
        wanted = {"said": (["Ivo Rask on Monday"], ["“We will", "leave,”"]),
                  "denied that": ([], ["the  dam\nwas unsafe"]),
                  "tells": (["a notice"], ["The port will close"])}
        self.check_gold(wanted)
        with sqlite3.connect(self.record) as database:  # as if other rules had made it
            database.execute("UPDATE article SET model = 'other'")
        database.close()
        self.run_well("read", "-d", self.record, "--again", "--model", "rules")
        self.check_gold(wanted)
        self.correct(self.denial["id"], "--wrong")
        del wanted["denied that"]
        self.check_gold(wanted)
        self.assertEqual(records.faults(self.record), [])

    def test_corrections_go_from_record_to_record(self):
        self.correct(self.quotation["id"], "--speaker", "Ana Orlo", "--content", "120-121", "--type", "indirect")
        self.correct(self.denial["id"], "--right")
        self.correct(self.quotation["article"], "--missing", "--content", "The port will close", "--cue", "tells")
        other, lines = str(self.folder / "other.db"), self.folder / "c.jsonl"
        self.run_well("export", "-d", self.record, "--to", "corrections", "-o", lines)
        rows = [json.loads(line) for line in lines.read_text().splitlines()]
        self.assertEqual([row["id"] for row in rows],
                         [self.quotation["id"], self.denial["id"], self.quotation["article"]])
        self.assertEqual([row.get("verdict") for row in rows], [None, "right", "missing"])
        self.run_well("read", "-d", other, self.pages)
        self.run_well("correct", "-d", other, "--from", lines)
        for form in ("corrections", "gold"):
            self.assertEqual(self.run_well("export", "-d", other, "--to", form),
                             self.run_well("export", "-d", self.record, "--to", form))

    def test_many_with_some_that_fail(self):
        lines = self.folder / "c.jsonl"
        given = [{"id": self.quotation["id"], "speaker": None, "at": "2031-03-06T10:00:00Z"}, {"id": "zz"}, "x",
                 {"id": self.quotation["id"], "content": "not there"}, {"id": self.denial["id"], "verdict": "good"},
                 {"id": self.denial["id"]}, {"id": self.denial["id"], "cue": [{"start": 1}]},
                 {"id": self.denial["id"], "content": [{"start": 5, "end": 999999}]},
                 {"id": self.denial["id"], "cue": {"start": 55, "end": 61}, "who": "other"},
                 {"id": self.denial["id"], "verdict": "right", "speeker": "Mia Holm"}]
        lines.write_text("".join(json.dumps(line) + "\n" for line in given) + "\n{\n")
        done = hearsay("correct", "-d", self.record, "--from", lines, "--who", "desk")
        self.assertEqual(done.returncode, 1)
        self.assertIn("2 corrections stored, 0 already there, 9 failed", done.stderr)
        for number in (2, 3, 4, 5, 6, 7, 8, 10, 12):
            self.assertIn(f"c.jsonl:{number}: ", done.stderr)
        self.assertIn('"speeker" is no field of a correction', done.stderr)
        rows = self.said()
        told = [correction for row in rows for correction in row["corrections"]]
        self.assertEqual([(one["field"], one["value"], one["who"]) for one in told],
                         [("speaker", None, "desk"), ("cue", PAGES[0]["text"][55:61], "other")])
        self.assertEqual(told[0]["at"], "2031-03-06T10:00:00Z")

    def test_what_was_judged_before_is_not_stored_again(self):
        lines, quotation = self.folder / "c.jsonl", self.quotation["id"]
        given = [{"id": quotation, "speaker": "Ana Orlo", "content": "We will … leave", "note": "she"},
                 {"id": quotation, "verdict": "right", "at": "2031-03-06T10:00:00Z"},
                 {"id": self.quotation["article"], "verdict": "missing", "content": "The port will close"}]
        lines.write_text("".join(json.dumps(line) + "\n" for line in given))
        stored = hearsay("correct", "-d", self.record, "--from", lines, "--who", "desk").stderr
        self.assertIn("3 corrections stored, 0 already there, 0 failed", stored)
        before = self.run_well("export", "-d", self.record, "--to", "corrections")
        self.correct(quotation, "--speaker", "Ana Orlo", "--note", "she")
        stored = hearsay("correct", "-d", self.record, "--from", lines, "--who", "desk").stderr
        self.assertIn("0 corrections stored, 3 already there, 0 failed", stored)
        self.assertEqual(self.run_well("export", "-d", self.record, "--to", "corrections"), before)

    def test_a_judgement_that_another_one_followed_can_come_back(self):
        for name in ("Ana Orlo", "Mia Holm", "Ana Orlo"):
            self.correct(self.quotation["id"], "--speaker", name)
        self.assertEqual([row["speaker"] for row in self.lines("export", "-d", self.record, "--to", "corrections")],
                         ["Ana Orlo", "Mia Holm", "Ana Orlo"])

    def test_mistakes(self):
        quotation = self.quotation["id"]
        for arguments, word in (([quotation], "nothing is judged: say"), (["0beef", "--right"], "no quotation"), ([], "--from"),
                                ([quotation, "--right", "--wrong"], "exclude"),
                                ([quotation, "--wrong", "--speaker", "Mia Holm"], "leave --speaker out"),
                                (["--from", "x", "--cue", "said"], "leave --cue out"), ([quotation, "--said", "soon"], "not a day"),
                                (["12", "--right"], "no id"), ([quotation, "--content", "none"], "say that it is wrong"),
                                ([quotation, "--cue", "said … on"], "one stretch"),
                                ([quotation, "--missing", "--content", "x"], "no article"), ([quotation, "--source", "5-4"], "does not stand"),
                                ([self.quotation["article"], "--missing"], "needs its content")):
            done = hearsay("correct", "-d", self.record, *arguments)
            self.assertEqual(done.returncode, 2, (arguments, done.stderr))
            self.assertIn(word, done.stderr)
        self.assertEqual(self.gold(), [])
        missing = self.folder / "none.db"
        self.assertEqual(hearsay("correct", "-d", missing, quotation, "--right").returncode, 3)
        self.assertFalse(missing.exists())


if __name__ == "__main__":
    unittest.main()
