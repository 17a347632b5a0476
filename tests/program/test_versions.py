"""Records that older versions wrote, kept as SQL in tests/store/record-N.sql: this version reads them and goes on."""
import json, pathlib, re, sqlite3, tempfile, unittest

from records import ROOT, articles, ask, dump, faults, hearsay, write_articles

FIXTURES = sorted((ROOT / "tests" / "store").glob("record-*.sql"))


class Older(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)

    def each_record(self):
        for fixture in FIXTURES:
            with self.subTest(fixture=fixture.name):
                path = self.folder / (fixture.stem + ".db")
                with sqlite3.connect(path) as record:
                    record.executescript(fixture.read_text())
                record.close()
                yield path

    def run_on(self, path, command, *arguments):
        done = hearsay(command, "-d", path, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_are_brought_up_to_date_with_all_that_is_in_them(self):
        new = self.folder / "new.db"
        pages = write_articles(self.folder / "pages.jsonl", articles(3))
        self.run_on(new, "read", pages)
        for path in self.each_record():
            before = ask(path, "SELECT count(*) FROM quotation")
            empty = write_articles(self.folder / "none.jsonl", [])
            hearsay("read", "-d", path, empty)
            self.assertEqual(ask(path, "PRAGMA user_version"), ask(new, "PRAGMA user_version"))
            self.assertEqual(ask(path, "SELECT count(*) FROM quotation"), before)
            self.assertEqual(faults(path), [])

    def test_have_the_tables_of_a_new_one(self):
        def schema(path):
            rows = ask(path, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
            return {name: re.sub(r"\s+", "", sql) for name, sql in rows}

        new = self.folder / "new.db"
        self.run_on(new, "read", write_articles(self.folder / "pages.jsonl", articles(3)))
        for path in self.each_record():
            self.run_on(path, "read", self.folder / "pages.jsonl")
            self.assertEqual(schema(path), schema(new))

    def test_answer(self):
        for path in self.each_record():
            self.run_on(path, "read", write_articles(self.folder / "pages.jsonl", articles(3)))
            said = [json.loads(line) for line in self.run_on(path, "said", "--by", "bela tarn", "--json").splitlines()]
            self.assertIn("“We will not leave the dam,” … “Not now.”", [row["content"] for row in said])
            self.assertEqual(len(self.run_on(path, "said", "--via", "vesta", "--json").splitlines()), 1)
            self.assertIn("Tarn", self.run_on(path, "brief", "mayor dam"))
            exported = [json.loads(line) for line in self.run_on(path, "export", "--to", "jsonl").splitlines()]
            self.assertEqual(len(exported), 5)
            self.assertEqual({"dam", "mill"} & {row["id"] for row in exported}, {"dam", "mill"})

    def test_can_be_annotated_again(self):
        for path in self.each_record():
            self.run_on(path, "read", "--again")
            self.assertEqual(ask(path, "SELECT count(DISTINCT model) FROM article"), [(1,)])
            self.assertEqual(faults(path), [])
            self.assertEqual(len(dump(path)["article"]), 2)


if __name__ == "__main__":
    unittest.main()
