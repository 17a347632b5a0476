"""A passage that keeps coming back on an outlet is learned while pages are read, and dropped from later ones."""
import json, pathlib, sqlite3, subprocess, tempfile, unittest

from records import HEARSAY, articles, ask, dump, faults, first_difference, hearsay, write_articles
from warcs import record as warc_record

HABIT = "The Lind Post is made by eleven people and a dog, who are all glad about every letter that reaches the house."


def page(number, outlet="The Lind Post"):
    letter = "abcdefgh"[number]
    return (f'<!doctype html><html lang="en"><head><title>Story {letter} of the harbour</title>'
            f'<meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="2031-03-0{number + 1}"></head><body><article>'
            f"<h1>Story {letter} of the harbour</h1><p>The council of Veldt voted on Monday to close the old harbour "
            f"bridge, after two inspections found cracks in pillar {letter}.</p><p>“We cannot wait for report {letter} "
            "any longer,” said Mayor Ana Orlo, who had asked for the vote a week earlier.</p>"
            f"<p>{HABIT}</p></article></body></html>")


class Habits(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.record = self.folder / "k.db"

    def write(self, number, outlet="The Lind Post"):
        path = self.folder / f"{number}-{outlet[-4:]}.html"
        path.write_text(page(number, outlet))
        return path

    def read(self, *paths):
        self.assertEqual(hearsay("read", "-d", self.record, *paths).returncode, 0)

    def reasons(self, path):
        done = hearsay("extract", "--explain", "--json", "-d", self.record, path)
        return [block["reason"] for block in json.loads(done.stdout)["blocks"]]

    def test_what_came_three_times_goes(self):
        paths = [self.write(number) for number in range(5)]
        self.read(*paths[:2])
        self.assertIsNone(self.reasons(paths[4])[-1])
        self.read(paths[2])
        self.assertEqual(self.reasons(paths[4])[1:], [None, None, "keeps coming back on this outlet"])
        self.read(paths[3], paths[4])
        texts = [text for text, in ask(self.record, "SELECT text FROM article ORDER BY key")]
        self.assertEqual([HABIT in text for text in texts], [True, True, True, False, False])
        found = ask(self.record, "SELECT count, first, last, example FROM passage WHERE hash <> 0 AND count > 1")
        self.assertEqual([row[:3] for row in found], [(5, "2031-03-01", "2031-03-05")])
        self.assertTrue(HABIT.startswith(found[0][3]))
        self.assertIsNone(self.reasons(self.write(5, "The Veldt Courier"))[-1], "another outlet has other habits")

    def test_the_same_page_counts_once(self):
        path = self.write(0)
        for _ in range(3):
            self.read(path)
        self.assertEqual({count for count, in ask(self.record, "SELECT count FROM passage")}, {1})

    def capture(self, number, hour, *more):
        """Reads the page as an archive has it, with MORE in place of the comment in it."""
        head, url = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", f"https://lind.example/{number}"
        body = page(number).replace("<h1>", "".join([f"<!-- at {hour} --><h1>", *more]))
        path = self.folder / f"{number}-{hour}.warc"
        path.write_bytes(warc_record("response", head + body.encode(), f"WARC-Target-URI: {url}",
                                     f"WARC-Date: 2031-03-10T0{hour}:00:00Z",
                                     "Content-Type: application/http; msgtype=response"))
        self.read(path)

    def test_an_address_counts_once(self):
        for hour in range(4):
            self.capture(0, hour, f"Number {'abcd'[hour]}: ")
        self.assertEqual(ask(self.record, "SELECT count(*) FROM article"), [(4,)])
        self.assertEqual({count for count, in ask(self.record, "SELECT count FROM passage")}, {1})

    def test_a_page_captured_again_is_no_version_for_a_habit_learned_since(self):
        for number in 0, 1, 2:
            self.capture(number, 1)
        self.assertEqual(self.reasons(self.write(3))[-1], "keeps coming back on this outlet")
        self.capture(2, 2)
        self.assertEqual(ask(self.record, "SELECT count(*) FROM article"), [(3,)])


class Readings(unittest.TestCase):
    """However a reading is split, on however many threads, whenever it is killed: the record is the same."""
    COUNT = 300

    @classmethod
    def setUpClass(cls):
        temp = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temp.cleanup)
        cls.folder = pathlib.Path(temp.name)
        cls.rows = list(articles(cls.COUNT))
        for i, row in enumerate(cls.rows):  # some outlets, one of them without a name; pages that come again
            row["outlet"] = ["The Post", "The Lind Post", None, "The Veldt Courier"][i * i % 7 % 4]
            row["text"] += f"\n\n{HABIT}" * (i % 3 > 0) + f"\n\nThe {'abcdefgh'[i // 50]}-series of our letters."
        cls.rows[200:200] = cls.rows[100:110]
        cls.whole = cls.read("whole", cls.rows, threads=1)
        cls.expected = dump(cls.whole)

    @staticmethod
    def command(record, threads, path):
        return ["read", "--model", "rules", "--threads", threads, "-d", record, path]

    @classmethod
    def read(cls, name, *parts, threads=2):
        record = cls.folder / f"{name}.db"
        for part in parts:
            done = hearsay(*cls.command(record, threads, write_articles(cls.folder / "part.jsonl", part)))
            assert done.returncode == 0, done.stderr
        return record

    def check(self, record):
        self.assertIsNone(first_difference(self.expected, dump(record)), record.name)

    def test_habits_are_applied_within_a_reading(self):
        dropped = ask(self.whole, "SELECT count(*) FROM block WHERE dropped = 'keeps coming back on this outlet'")[0][0]
        self.assertGreater(dropped, self.COUNT / 3)
        self.assertEqual(ask(self.whole, "SELECT count FROM passage WHERE outlet = '' AND hash = 0"), [(self.COUNT,)])

    def test_threads(self):
        for threads in 2, 5:
            self.check(self.read(threads, self.rows, threads=threads))

    def test_several_calls(self):
        self.check(self.read("two", self.rows[:150], self.rows[150:]))
        self.check(self.read("ten", *[self.rows[i:i + 31] for i in range(0, len(self.rows), 31)]))
        self.check(self.read("overlapping", self.rows[:200], self.rows[80:260], self.rows))

    def test_killed_and_made_again(self):
        more = list(articles(1500, seed=2))  # several batches, each of them committed whole
        pages, record = write_articles(self.folder / "pages.jsonl", more), self.folder / "killed.db"
        expected = dump(self.read("peace", more))
        moments, wait = set(), 0.0
        while len(moments) < 3 and wait < 10:
            wait += 0.05
            process = subprocess.Popen([HEARSAY, *map(str, self.command(record, 2, pages))], stderr=subprocess.DEVNULL)
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                process.kill()
            process.wait()
            if record.exists() and ask(record, "PRAGMA user_version")[0][0]:
                moments.add(ask(record, "SELECT count(*) FROM page")[0][0])
        self.assertTrue(moments - {0, len(more)}, "it was never cut short")
        self.read("killed", more)
        self.assertIsNone(first_difference(expected, dump(record)))
        self.assertEqual(faults(record), [])

    def test_annotated_again(self):
        path = self.read("again", self.rows)
        with sqlite3.connect(path) as record:
            record.execute("UPDATE article SET model = 'rules-0'")
        record.close()
        done = hearsay("read", "--model", "rules", "--again", "-d", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check(path)

    def test_pages_first_and_quotations_later(self):
        record = self.folder / "later.db"
        path = write_articles(self.folder / "part.jsonl", self.rows)
        for more in ["--only", "pages", path], ["--model", "rules", "--again"]:
            done = hearsay("read", "-d", record, *more)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.check(record)


if __name__ == "__main__":
    unittest.main()
