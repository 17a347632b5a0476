"""`hearsay test`: it tells what differs and where, and --update rewrites what is expected and not one byte else."""
import os, pathlib, subprocess, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEARSAY = str(pathlib.Path(os.environ.get("HEARSAY", ROOT / "build" / "hearsay")).resolve())

RIGHT = """\
# What stands here is a comment.

== Two sentences
date: 2031-03-04

He came. She left.
--
He came .
She left .
"""


class Cases(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name).resolve()

    def write(self, text, stage="sentences", name="some.test"):
        path = self.folder / stage / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def run_test(self, *arguments):
        return subprocess.run([HEARSAY, "test", *arguments], capture_output=True, text=True)

    def check_refused(self, words, text, stage="sentences"):
        path = self.write(text, stage)
        done = self.run_test(path)
        self.assertEqual((done.returncode, done.stdout), (1, "0 passed, 1 failed\n"))
        self.assertTrue(done.stderr.startswith(f"hearsay: {path}"), done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(self.run_test("--update", path).returncode, 1)
        self.assertEqual(pathlib.Path(path).read_bytes().decode(), text)

    def check_updates(self, before, after, stage="sentences"):
        path = self.write(before, stage)
        done = self.run_test("--update", path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(pathlib.Path(path).read_bytes().decode(), after)
        self.assertEqual(self.run_test(path).returncode, 0)
        self.assertEqual(os.listdir(os.path.dirname(path)), ["some.test"])

    def test_right_cases_pass(self):
        done = self.run_test(self.write(RIGHT), self.write(RIGHT.replace("\n\nHe", "\n\n\n \nHe"), name="other.test"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "2 passed, 0 failed\n", ""))

    def test_a_failing_case_is_shown_with_its_place_and_difference(self):
        path = self.write(RIGHT.replace("She left .", "She stayed .\nShe sang ."))
        done = self.run_test(path)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, f"{path}:3: Two sentences\n    He came .\n  - She stayed .\n  - She sang .\n"
                                      "  + She left .\n0 passed, 1 failed\n")

    def test_comments_between_cases(self):
        second = RIGHT.replace("# What", "# More").replace("Two", "Again two")
        done = self.run_test(self.write(RIGHT + "\n" + second))
        self.assertEqual(done.stdout, "2 passed, 0 failed\n")

    def test_update_changes_what_is_expected_and_nothing_else(self):
        self.check_updates(RIGHT.replace("She left .\n", "nothing\n"), RIGHT)
        self.check_updates(RIGHT.replace("He came .\nShe left .\n", ""), RIGHT)
        self.check_updates(RIGHT.replace("--\nHe came .\nShe left .\n", "--"), RIGHT)
        odd = RIGHT.replace("--\n", "\n--\n\n\n") + "\n \n\n# A comment, with  blanks \n\n"
        self.check_updates((odd + RIGHT + "\n" + odd).replace("He came .", "x"), odd + RIGHT + "\n" + odd)

    def test_update_without_need_leaves_the_file_alone(self):
        path = self.write(RIGHT)
        before = os.stat(path)
        self.assertEqual(self.run_test("--update", path).stdout, "0 rewritten, 1 passed, 0 failed\n")
        after = os.stat(path)
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_the_text_is_taken_as_it_is(self):
        self.check_updates("== Odd\n\n-- x\n---\n # no comment\n--\n", "== Odd\n\n-- x\n---\n # no comment\n--\n"
                           + self.run_test_output("-- x\n---\n # no comment"))

    def run_test_output(self, text):
        """The sentences of TEXT, as a case that expects nothing shows them."""
        path = self.write("== x\n\n" + text + "\n--\n", name="shown.test")
        lines = self.run_test(path).stdout.splitlines()[1:-1]
        os.unlink(path)
        return "".join(line.removeprefix("  + ") + "\n" for line in lines)

    def test_each_stage_has_its_lines(self):
        text = "== A page\ndate: 2031-03-04\n\nHe came on Monday.\n--\n"
        self.check_updates(text, text + "no quotation\n", "quotations")
        done = self.run_test(self.write(text, "article"))
        self.assertIn("+ published: 2031-03-04 (given)\n", done.stdout)
        self.assertIn("paragraph: He came on Monday.\n", done.stdout)
        self.assertEqual(self.run_test(self.write(text, "times")).stderr, "")

    def test_a_page_that_cannot_be_read_can_be_expected(self):
        path = self.write("== Nothing at all\n\n--\n", "article")
        self.assertIn("+ error: ", self.run_test(path).stdout)

    def test_what_is_no_case_is_refused_by_line(self):
        self.check_refused(":1: a case begins with a line `== title`", "He came.\n")
        self.check_refused(":3: no line `--`", "# x\n\n== x\n\nHe came.\n\n== y\n\nShe left.\n--\n")
        self.check_refused(":2: under the title stand lines `key: value`", "== x\ncolour: red\n\nHe came.\n--\n")
        self.check_refused(":2: under the title stand lines", "== x\nmedia: video\n\nHe came.\n--\n")
        self.check_refused(": no case in this file", "")
        self.check_refused(": no case in this file", "# They are all still to be written.\n\n")
        self.check_refused(":1: this line ends in a carriage return", RIGHT[RIGHT.index("=="):].replace("\n", "\r\n"))
        self.check_refused('its folder, "poems", is no stage', RIGHT, "poems")

    def test_a_file_that_is_not_there(self):
        done = self.run_test(str(self.folder / "gone.test"), self.write(RIGHT))
        self.assertEqual((done.returncode, done.stdout), (1, "1 passed, 1 failed\n"))
        self.assertIn("gone.test: No such file or directory", done.stderr)

    def test_any_bytes(self):
        for text in (b"", b"\0", b"\xff\xfe\n", b"== \0\n\n\0\xff\n--\n\0", b"==", b"== x", b"== x\n\n--", os.urandom(4000)):
            done = subprocess.run([HEARSAY, "test", self.write(text)], capture_output=True)
            self.assertIn(done.returncode, (0, 1), done.stderr)


if __name__ == "__main__":
    unittest.main()
