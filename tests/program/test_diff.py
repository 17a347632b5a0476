"""Versions of an article: when a page is a new one, and what `diff` says of two."""
import gzip, json, pathlib, tempfile, unittest

from records import ROOT, ask, faults, hearsay
from warcs import record as warc_record

URL = "https://post.example/dam"
TITLE, FIRST, SECOND = "The gate stays shut", "“We will never leave the dam gate,” said Mayor Ana Orlo on Monday, when the council met.", \
    "“This is a disgrace,” said Jonas Harrel, the minister."
REST = "The water would have to find another way, and nobody in the town had asked for it. Forty people came to see the vote."


def article(*paragraphs, title=TITLE, extra=""):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f'<html lang="en"><head><title>{title}</title>{extra}</head><body><article><h1>{title}</h1>{body}</article></body></html>'


def capture(page, day, url=URL):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return warc_record("response", head + page.encode(), f"WARC-Target-URI: {url}", f"WARC-Date: 2031-03-{day:02}T08:00:00Z",
                       "Content-Type: application/http; msgtype=response")


class Versions(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.record = self.folder / "k.db"

    def read(self, *captures):
        path = self.folder / "all.warc.gz"
        path.write_bytes(b"".join(gzip.compress(c) for c in captures))
        done = hearsay("read", "-d", self.record, "--json", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(faults(self.record), [])
        return json.loads(done.stdout)

    def diff(self, *what, status=0):
        done = hearsay("diff", "-d", self.record, "--json", *what)
        self.assertEqual(done.returncode, status, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    def changes(self, step, key):
        """(change, words before, words after) of each."""
        def words(side):
            return side and (side["text"] if "text" in side else " ".join(span["text"] for span in side["contents"]))
        return [(c["change"], words(c["before"]), words(c["after"])) for c in step[key]]

    def test_what_changed_is_told_quotations_first(self):
        after = article(FIRST.replace("never", "not"), SECOND.replace("“This is a disgrace,”", "“No comment,”").replace("Jonas Harrel, the minister", "Pavel Drasko, a spokesman"),
                        REST.replace("Forty", "Fifty") + " It was close.", title="The gate is open")
        self.read(capture(article(FIRST, SECOND, REST), 1), capture(after, 2))
        (step,), _ = self.diff(URL)
        self.assertEqual((step["url"], step["before"]["title"], step["after"]["captured"]), (URL, TITLE, "2031-03-02T08:00:00Z"))
        quotes = self.changes(step, "quotes")
        self.assertIn(("removed", "“This is a disgrace,”", None), quotes)
        self.assertIn(("added", None, "“No comment,”"), quotes)
        self.assertIn(("reworded", "“We will never leave the dam gate,”", "“We will not leave the dam gate,”"), quotes)
        sentences = self.changes(step, "sentences")
        self.assertEqual([c[0] for c in sentences], ["reworded", "removed", "added", "reworded", "added"])
        self.assertEqual(sentences[-1], ("added", None, "It was close."))
        self.assertEqual(step["same_sentences"], 1)
        text = hearsay("diff", "-d", self.record, URL).stdout
        self.assertLess(text.index("Quotations: 1 removed, 1 added, 1 reworded"), text.index("Sentences: 1 removed, 2 added, 2 reworded, 1 as before"))
        self.assertIn("~ Ana Orlo (person): “We will [-never-]{+not+} leave the dam gate,”", text)
        self.assertIn("~ title: [-The gate stays shut-] {+The gate is open+}", text)
        shown = hearsay("show", "-d", self.record, step["before"]["id"]).stdout
        self.assertIn("captured    2031-03-01T08:00:00Z, version 1 of 2", shown)
        self.assertIn("archive     all.warc.gz, at byte 0\n", shown)

    def test_a_quotation_of_somebody_else(self):
        self.read(capture(article(FIRST, REST), 1), capture(article(FIRST.replace("Mayor Ana Orlo", "Minister Jonas Harrel"), REST), 2))
        (step,), _ = self.diff(URL)
        self.assertEqual([(q["change"], q["before"]["speaker"]["name"], q["after"]["speaker"]["name"]) for q in step["quotes"]
                          if q["change"] == "reworded"], [("reworded", "Ana Orlo", "Jonas Harrel")])

    def test_the_same_article_on_another_page_is_no_version(self):
        tally = self.read(capture(article(FIRST, REST), 1), capture(article(FIRST, REST, extra="<meta name='token' content='7'>"), 2),
                          capture(article(FIRST, REST), 3), capture(article(FIRST, REST), 4, url=URL + "?print"))
        self.assertEqual((tally["added"], tally["known"]), (2, 2))
        _, errors = self.diff(URL)
        self.assertIn("one version", errors)

    def test_versions_come_in_any_order(self):
        texts = [article(FIRST, REST + f" The vote was held {n} times.") for n in ("two", "three", "four")]
        for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)):
            with self.subTest(order):
                self.record.unlink(missing_ok=True)
                for i in order:
                    self.read(capture(texts[i], i + 1))
                rows = ask(self.record, "SELECT place, captured, (SELECT captured FROM page WHERE key = version.newer) FROM version ORDER BY place")
                self.assertEqual(rows, [(1, "2031-03-01T08:00:00Z", "2031-03-02T08:00:00Z"), (2, "2031-03-02T08:00:00Z", "2031-03-03T08:00:00Z"),
                                        (3, "2031-03-03T08:00:00Z", None)])
                steps, _ = self.diff(URL)
                self.assertEqual([self.changes(step, "sentences")[0][2].split()[-2] for step in steps], ["three", "four"])
                said = [json.loads(line) for line in hearsay("said", "-d", self.record, "--by", "orlo", "--json").stdout.splitlines()]
                self.assertEqual({row["article"] for row in said}, {steps[-1]["after"]["id"]}, "of the latest version only")
                brief = json.loads(hearsay("brief", "-d", self.record, "--json").stdout)
                every = json.loads(hearsay("brief", "-d", self.record, "--json", "water").stdout)
                self.assertEqual([brief[k] for k in ("articles", "quotations", "speakers")], [every[k] for k in ("articles", "quotations", "speakers")])
                self.assertEqual(brief["articles"], 1)
                again = hearsay("read", "-d", self.record, "--again", "--model", "rules")
                self.assertEqual(again.returncode, 0, again.stderr)
                self.assertEqual(len(self.diff(URL)[0]), 2, "versions stay when annotated anew")

    def test_two_rows_beside_each_other(self):
        self.read(capture(article(FIRST, REST), 1), capture(article(SECOND, REST), 1, url="https://post.example/other"))
        (one,), (two,) = ask(self.record, "SELECT printf('%016x', id) FROM page ORDER BY key")
        (step,), _ = self.diff(one, two)
        self.assertEqual((step["url"], step["before"]["id"], step["after"]["id"]), (None, one, two))
        self.assertEqual(self.diff(URL, "https://post.example/other")[0], [step])
        self.assertIn("one version", self.diff(one)[1])
        text = hearsay("diff", "-d", self.record, one, two).stdout
        self.assertIn(f"dam ({one[:10]}) → other ({two[:10]})", text)
        self.assertIn("only in the first", text)
        self.assertEqual(self.diff("https://post.example/nowhere", status=2)[0], [])
        self.assertEqual(self.diff("7fffffff", status=2)[0], [])
        self.assertEqual(self.diff(one, "7fffffff", status=2)[0], [])

    def test_the_same_twice_changes_nothing(self):
        self.read(capture(article(FIRST, SECOND, REST), 1))
        (one,), = ask(self.record, "SELECT printf('%016x', id) FROM page")
        (step,), _ = self.diff(one, one)
        self.assertEqual((step["quotes"], step["sentences"]), ([], []))
        self.assertGreater(step["same_sentences"], 3)

    def test_long_and_odd_articles(self):
        sentences = [f"Sentence number {i} tells of the water." for i in range(6000)]
        long = article(*sentences), article(*reversed(sentences)), article(*(s.replace("water", "wind") for s in sentences))
        odd = article("“ ” “ ” “"), article("水を止めない。" * 200 + "終わり。"), article("a " * 30000)
        self.read(*(capture(page, i + 1) for i, page in enumerate(long + odd)))
        steps, _ = self.diff(URL)
        self.assertEqual(len(steps), ask(self.record, "SELECT count(*) - 1 FROM version")[0][0])
        self.assertGreaterEqual(len(steps), 3)
        self.assertEqual(len(steps[1]["sentences"]), 12000)


if __name__ == "__main__":
    unittest.main()
