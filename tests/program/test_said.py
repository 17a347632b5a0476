"""Who said what: what `said` filters, sorts and counts is what its own list, filtered and counted here, says."""
import collections, json, pathlib, tempfile, unittest

import records
from records import hearsay
from warcs import record as warc_record

FIRST = [
    {"id": "one", "outlet": "The Kelmar Courier", "published": "2031-03-04",
     "text": "“We will not leave the harbour,” said Mayor Ana Orlo on Monday.\n\nOrlo denied that the dam was unsafe. "
             "Officials said the dam was safe.\n\nA spokesman for the Water Ministry said the gates would open.\n\n"
             "Tarn Agency reported that Ivo Rask had said that the port would close."},
    {"id": "two", "outlet": "Éastern Post", "published": "2031-03-05",
     "text": "“We may leave tomorrow,” said Béla Tarn, a teacher.\n\nAccording to the Ostal agency, Ana Orlo warned that "
             "the dam leaks. It was said that nobody knew."},
    {"id": "three", "text": "“Nothing is known,” said Ana Orlo."},
    {"id": "four", "published": "2031-04-02", "text": "He said the dam was safe."},
]
VERSION = ('<html lang="en"><head><title>The gates of Veldt</title></head><body><article><h1>The gates of Veldt</h1><p>“The '
           'gates of the old harbour will open {}, and everybody will be told of it in good time,” said Ivo Rask, who keeps '
           'them for the town.</p><p>Work on the gates began a year ago and went on all winter.</p></article></body></html>')


def day(row):
    return row["said_begin"] or row["published"]


class Said(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temp = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temp.cleanup)
        folder = pathlib.Path(temp.name)
        cls.record = str(folder / "r.db")
        pages = records.write_articles(folder / "a.jsonl", FIRST + list(records.articles(60, outlet="The Post")))
        versions = folder / "versions.warc"  # the first of them counts nowhere
        versions.write_bytes(b"".join(warc_record(
            "response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + VERSION.format(saying).encode(),
            "WARC-Target-URI: https://veldt.example/1", f"WARC-Date: 2031-03-0{number}T08:00:00Z",
            "Content-Type: application/http; msgtype=response") for number, saying in ((1, "never"), (2, "soon"))))
        read = hearsay("read", "-d", cls.record, pages, versions)
        assert read.returncode == 0, read.stderr
        cls.all = cls.rows()

    @classmethod
    def rows(cls, *arguments):
        done = hearsay("said", "-d", cls.record, "--json", *arguments)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def check(self, arguments, fits):
        wanted = [row["id"] for row in self.all if fits(row)]
        self.assertEqual([row["id"] for row in self.rows(*arguments)], wanted)
        self.assertTrue(wanted, arguments)
        self.assertLess(len(wanted), len(self.all))

    def test_each_filter(self):
        self.check(["--speaker", "unresolved"], lambda row: row["speaker"] is None)
        self.check(["--speaker", "anonymous"], lambda row: row["speaker_type"] == "anonymous")
        self.check(["--speaker", "named"], lambda row: row["speaker_type"] not in (None, "anonymous"))
        self.check(["--cue", "denial"], lambda row: row["force"] == "denial")
        self.check(["--cue", "warning"], lambda row: row["force"] == "warning")
        self.check(["--type", "direct"], lambda row: row["type"] == "direct")
        self.check(["--outlet", "the post"], lambda row: row["outlet"] == "The Post")
        self.check(["--outlet", "eastern"], lambda row: row["outlet"] == "Éastern Post")
        self.check(["--outlet", "post"], lambda row: row["outlet"] in ("The Post", "Éastern Post"))
        self.check(["--by", "bela tarn"], lambda row: "Béla Tarn" in (row["speaker"] or ""))
        self.check(["--about", "dam"], lambda row: "dam" in row["content"])
        self.check(["--via", "ostal"], lambda row: any("Ostal" in name for name in row["via"]))
        self.check(["--since", "2031-06"], lambda row: day(row) and day(row) >= "2031-06")
        sure = lambda row: min(row["confidence"], row["speaker_confidence"] if row["speaker"] else 1)
        for least in sorted({sure(row) for row in self.all})[1:]:  # shown in hundredths
            self.check(["--min-confidence", f"{least - 0.005:.4f}"], lambda row: sure(row) >= least)

    def test_a_spokesperson_speaks_for_somebody(self):
        self.check(["--for", "water ministry"], lambda row: "Water Ministry" in (row["speaks_for"] or ""))
        self.assertEqual(self.rows("--for", "kelmar"), [])

    def test_filters_narrow_together(self):
        self.check(["--by", "orlo", "--cue", "warning", "--outlet", "eastern"],
                   lambda row: row["speaker"] == "Ana Orlo" and row["force"] == "warning" and row["outlet"] == "Éastern Post")

    def test_words_of_an_outlet_stand_whole_and_in_a_row(self):
        for name in ("pos", "post eastern", "the courier", "%", "'", "\"", "kelmar courier x"):
            self.assertEqual(self.rows("--outlet", name), [], name)
        self.assertTrue(self.rows("--outlet", "kelmar, COURIER"))

    def test_orders(self):
        ids = sorted(row["id"] for row in self.all)
        known = lambda value: (value is None, value or "")
        for order, key in (("latest", lambda row: known(None if not day(row) else -int(day(row)[:10].replace("-", "")))),
                           ("sure", lambda row: -min(row["confidence"], row["speaker_confidence"] if row["speaker"] else 1)),
                           ("speaker", lambda row: known(row["speaker"] and row["speaker"].encode())),
                           ("outlet", lambda row: known(row["outlet"] and row["outlet"].encode()))):
            rows = self.rows("--sort", order)
            self.assertEqual(sorted(row["id"] for row in rows), ids)
            keys = [key(row) for row in rows]
            self.assertEqual([k[0] for k in keys] if isinstance(keys[0], tuple) else keys,
                             sorted([k[0] for k in keys] if isinstance(keys[0], tuple) else keys))
            if order in ("speaker", "outlet"):
                self.assertEqual(keys, sorted(keys, key=lambda k: (k[0], k[1] if k[1] != "" else b"")))
            self.assertEqual([row["id"] for row in self.rows("--sort", order, "--limit", "7")],
                             [row["id"] for row in rows][:7])
        self.assertEqual([row["id"] for row in self.rows("--sort", "day")], [row["id"] for row in self.all])
        within = [row["id"] for row in self.all if row["speaker"] == "Ana Orlo"]
        self.assertEqual([row["id"] for row in self.rows("--sort", "speaker") if row["speaker"] == "Ana Orlo"], within)

    def test_the_first_ones_by_speaker_are_those_of_all(self):
        every = self.rows("--sort", "speaker")
        for limit in 1, 2, 10, len(every) - 1, len(every) + 1:
            self.assertEqual(self.rows("--sort", "speaker", "--limit", str(limit)), every[:limit], limit)

    def test_older_versions_do_not_count(self):
        self.assertEqual(records.ask(self.record, "SELECT count(*) FROM page WHERE newer IS NOT NULL"), [(1,)])
        texts = " ".join(row["content"] for row in self.all)
        self.assertTrue("open soon" in texts and "open never" not in texts)

    def check_counts(self, by, names, *arguments):
        counts = self.rows("--count", by, *arguments)
        rows = self.rows(*arguments)
        groups = collections.defaultdict(list)
        for row in rows:
            for name in names(row):
                groups[name].append(row)
        self.assertEqual({count["name"]: count["quotations"] for count in counts if by != "speaker"} or None,
                         {name: len(group) for name, group in groups.items() if by != "speaker"} or None)
        for count in counts:
            name = (count["name"], count["kind"]) if by == "speaker" else count["name"]
            group = groups.pop(name)
            self.assertEqual(count["by"], by)
            self.assertEqual(count["quotations"], len(group))
            self.assertEqual(count["articles"], len({row["article"] for row in group}))
            self.assertEqual(count["outlets"], len({row["outlet"] for row in group} - {None}))
            days = [day(row)[:10] for row in group if day(row)]
            self.assertEqual(count["first_day"], min(days, default=None))
        self.assertEqual(groups, {})
        told = [count["quotations"] for count in counts if count["name"] is not None]
        if by == "day":
            self.assertEqual([c["name"] for c in counts if c["name"]], sorted(c["name"] for c in counts if c["name"]))
        else:
            self.assertEqual(told, sorted(told, reverse=True))
        self.assertTrue(all(count["name"] is not None for count in counts[:-1]))

    def test_counts(self):
        for arguments in ([], ["--by", "orlo"], ["--cue", "warning"], ["--outlet", "post"]):
            self.check_counts("speaker", lambda row: [(row["speaker"], row["speaker_type"])], *arguments)
            self.check_counts("via", lambda row: set(row["via"]) or [None], *arguments)
            self.check_counts("outlet", lambda row: [row["outlet"]], *arguments)
            self.check_counts("day", lambda row: [day(row) and day(row)[:10]], *arguments)
        self.assertEqual(len(self.rows("--count", "day", "--limit", "3")), 3)

    def test_a_link_in_small_letters_and_in_capitals_is_one(self):
        said = "{} Agency reported that Ivo Rask had said that the port would close."
        with tempfile.TemporaryDirectory() as folder:
            pages = records.write_articles(pathlib.Path(folder, "a.jsonl"),
                                           [{"id": name, "text": said.format(name)} for name in ("Tarn", "TARN")])
            hearsay("read", "-d", f"{folder}/r.db", pages)
            counts = hearsay("said", "-d", f"{folder}/r.db", "--count", "via", "--json").stdout.splitlines()
        self.assertEqual([(count["name"], count["quotations"]) for count in map(json.loads, counts)],
                         [("Tarn Agency", 2), (None, 2)])

    def test_counts_as_text(self):
        text = hearsay("said", "-d", self.record, "--count", "outlet").stdout.splitlines()
        self.assertEqual(text[0].split(), ["quotations", "articles", "outlets", "outlet"])
        self.assertTrue(text[1].endswith("    The Post"))
        self.assertTrue(text[-1].endswith("    not known"))

    def test_mistakes(self):
        for arguments, word in ((["--cue", "denail"], "denial"), (["--speaker", "nobody"], "unresolved"),
                                (["--count", "speeker"], "speaker"), (["--sort", "age"], "latest"),
                                (["--min-confidence", "2"], "0.8"), (["--count", "day", "--sort", "day"], "leave --sort out")):
            done = hearsay("said", "-d", self.record, *arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn(word, done.stderr)


if __name__ == "__main__":
    unittest.main()
