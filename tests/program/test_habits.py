"""A passage that keeps coming back on an outlet is learned while pages are read, and dropped from later ones."""
import json, pathlib, tempfile, unittest

from records import ask, hearsay

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


if __name__ == "__main__":
    unittest.main()
