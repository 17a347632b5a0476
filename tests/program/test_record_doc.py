"""docs/record.md: its queries run, and it names every table and column that there is."""
import pathlib, re, sqlite3, tempfile, unittest

from records import ROOT, ask, hearsay

DOCUMENT = (ROOT / "docs" / "record.md").read_text()


class Document(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temp = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temp.cleanup)
        cls.record = pathlib.Path(temp.name) / "k.db"
        done = hearsay("read", "-d", cls.record, ROOT / "examples" / "pages")
        assert done.returncode == 0, done.stderr

    def test_queries_run(self):
        queries = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.S)
        self.assertGreater(len(queries), 10)
        for query in queries:
            with self.subTest(query=query):
                try:
                    ask(self.record, query)
                except sqlite3.Error as error:
                    self.fail(f"{error}: {query}")

    def test_columns_are_named(self):
        sections = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", DOCUMENT, re.S | re.M))
        tables = [name for name, in ask(self.record, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
                  if not re.match(r"sqlite_|(article|quotation)_search_", name)]
        self.assertIn("quotation", tables)
        for table in tables:
            section = next((text for title, text in sections.items() if re.search(rf"\b{table}\b", title)), None)
            section = section or next((text for text in sections.values() if f"`{table}`" in text), None)
            self.assertIsNotNone(section, f"docs/record.md has no section on {table}")
            for _, column, *_ in ask(self.record, f"PRAGMA table_info({table})"):
                self.assertIn(f"`{column}`", section, f"{table}.{column} is not in docs/record.md")

    def test_it_names_no_column_that_is_not_there(self):
        for table, text in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCUMENT, re.S | re.M):
            columns = {column for _, column, *_ in ask(self.record, f"PRAGMA table_info({table})")}
            for cell in re.findall(r"^\| (`[^|]*`) \|", text, re.M):
                self.assertLessEqual(set(re.findall(r"`(\w+)`", cell)), columns, table)

    def test_the_marks_of_the_file_are_right(self):
        for pragma in "application_id", "user_version":
            value = ask(self.record, f"PRAGMA {pragma}")[0][0]
            self.assertRegex(DOCUMENT, rf"`{pragma}`[^.]*\b{value}\b")


if __name__ == "__main__":
    unittest.main()
