"""Many inputs at once, good ones and bad ones, and texts that no editor would print."""
import json
import os
import pathlib
import subprocess
import unittest

from folders import Folder
from records import SANITIZED

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "examples" / "pages"
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build" / "hearsay"))

GOOD = "“We will not leave,” said Mayor Ana Orlo on Monday. The water, she added, would have to find another way.\n"


def user_seconds(*arguments):
    """The user time of one run of the program, and its exit code."""
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen([HEARSAY, *map(str, arguments)], stdout=null)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime, process.returncode


def hearsay(*arguments, **more):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, timeout=200,
                          **{"stdin": subprocess.DEVNULL, **more})


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


class Hostile(Folder):
    def annotate(self, text, name="page.txt"):
        """The one object that annotate gives for TEXT; every span in it is checked."""
        done = hearsay("annotate", "--json", "--date", "2031-03-04", self.write(name, text))
        self.assertEqual(done.returncode, 0, done.stderr)
        (page,) = lines(done)
        for quote in page["quotes"]:
            for span in quote["sources"] + quote["contents"] + ([quote["cue"]] if quote["cue"] else []):
                self.assertEqual(page["text"][span["start"]:span["end"]], span["text"])
                self.assertLess(span["start"], span["end"])
        return page

    def test_bad_inputs_among_many_good_ones(self):
        for i in range(200):
            self.write(f"pages/good-{i:03}.txt", f"Page {i} tells of the water\n\n{GOOD}")
        whole = hearsay("annotate", "--json", self.folder / "pages")
        self.assertEqual((whole.returncode, len(lines(whole))), (0, 200))

        bad = [self.write("pages/good-050-empty.txt", b""),
               self.write("pages/good-100-image.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40),
               self.write("pages/good-150-broken.jsonl", b'{"id": "x", "text": \n')]
        missing = self.folder / "nowhere.txt"
        mixed = hearsay("annotate", "--json", self.folder / "pages", missing)
        self.assertEqual(mixed.returncode, 1)
        self.assertEqual(mixed.stdout, whole.stdout, "the good ones are as they were")
        self.assertEqual(len(mixed.stderr.splitlines()), 4, mixed.stderr)
        for path in [*bad, missing]:
            self.assertIn(str(path), mixed.stderr.decode())
        for name in ("good-049", "good-051"):
            self.assertNotIn(name, mixed.stderr.decode())

        record = self.folder / "k.db"
        read = hearsay("read", "-d", record, self.folder / "pages", missing, "--threads", "3")
        self.assertEqual(read.returncode, 1)
        for path in [*bad, missing]:
            self.assertIn(str(path), read.stderr.decode())
        said = lines(hearsay("said", "-d", record, "--json"))
        self.assertEqual(len({row["article"] for row in said}), 200)
        self.assertEqual(len(said), sum(len(page["quotes"]) for page in lines(whole)))

    def test_a_bad_line_of_json_is_named_by_its_number(self):
        good = json.dumps({"id": "a", "text": GOOD})
        path = self.write("lines.jsonl", f'{good}\n{{"id": "b"}}\nno json\n[1, 2]\n{good.replace("a", "d", 1)}\n')
        done = hearsay("annotate", "--json", path)
        self.assertEqual((done.returncode, len(lines(done))), (1, 2))
        for line in (2, 3, 4):
            self.assertRegex(done.stderr.decode(), rf"lines\.jsonl\D+{line}\b")

    def test_a_page_of_nothing_but_quotation_marks(self):
        for marks in ("“" * 5000, "”" * 5000, "\"" * 5001, "‘’" * 3000, "«»„“”‹›『』" * 500, "“ ” " * 2000,
                      "\n\n".join(["“"] * 3000)):
            with self.subTest(marks[:9]):
                self.assertEqual([q for q in self.annotate(marks)["quotes"] if q["speaker"]], [])

    def test_ten_thousand_nested_statements(self):
        self.annotate("Orlo said that " + "he said that she said that " * 10000 + "it rains.")
        self.annotate("“He said ‘" * 5000 + "no" + "’ to me,” she said. " * 5000)

    def test_right_to_left_and_combining_characters(self):
        content = "“\u202eמים ומים\u202c, e\u0301te\u0301 \U0001F1FB\U0001F1FA n\u0303\u0303\u0303\u0303,”"
        page = self.annotate(f"The mayor’s letter\n\n{content} said Mayor Ana Orlo. \u200f“שלום,” she said.\n")
        self.assertIn(content, [quote["contents"][0]["text"] for quote in page["quotes"]])
        self.annotate("“" + "a" + "\u0301" * 20000 + ",” said Mayor Ana Orlo.")
        self.annotate("\u202e\u2066\u200d" * 3000)

    def test_an_article_in_another_language(self):
        for text in ("Der Damm bleibt zu\n\n„Wir gehen nicht“, sagte Bürgermeisterin Anna Orlo am Montag. Das Wasser "
                     "müsse sich einen anderen Weg suchen, fügte sie hinzu.\n",
                     "Плотина закрыта\n\n«Мы не уйдём», — сказала мэр Анна Орло в понедельник.\n",
                     "السد مغلق\n\nقالت العمدة آنا أورلو: «لن نغادر».\n",
                     "大坝仍然关闭\n\n“我们不会离开，”市长奥尔洛周一说。\n"):
            with self.subTest(text[:8]):
                page = self.annotate(text)
                self.assertLessEqual(len(page["quotes"]), 2)

    def test_a_line_without_an_end(self):
        for text in ("word " * 50000, "a" * 1000000, "“" + "word, " * 25000, "Mr. " * 25000, "." * 200000,
                     "Mayor Ana Orlo " * 12500, "said " * 25000):
            with self.subTest(text[:9]):
                self.annotate(text)

    def test_time_grows_as_the_text_does(self):
        """Twice the text takes about twice the time. A program that goes through its text for each sentence takes 16
        times as long for four times the text; the bound lies halfway, so that a busy machine does not matter."""
        def seconds(path):
            time, code = user_seconds("annotate", "--json", path)
            self.assertEqual(code, 0)
            return time

        def both(small, large):
            """The least times of up to three runs; one that is quick enough will do."""
            few, many = [], []
            while not many or (len(many) < 3 and min(many) >= 8 * max(min(few), 0.02)):
                few.append(seconds(small))
                many.append(seconds(large))
            return min(few), min(many)

        article = (PAGES / "09-daily-sluice.txt").read_text().split("Leave a Comment")[0]
        kinds = {"articles": lambda i: article.replace("Palace", f"Palace{i}").replace("Ostry", f"Ostry{i}") + "\n\n",
                 "quotations": lambda i: f"“We number {i} go,” said Mayor Ana Orlo{i}. ",
                 "open marks": lambda i: f"“We number {i} go on\n\n",
                 "roles": lambda i: f"The minister said {i} words of his own. ",
                 "transcript": lambda i: f"ANNA ORLO{i % 50}: We go. The dam is safe.\n\n",
                 "passives": lambda i: f"Orlo{i} has been accused by the council of lying. ",
                 "list": lambda i: f"Anna Orlo{i}, the mayor, and "}
        for kind, make in kinds.items():
            with self.subTest(kind):
                count = (16000 if SANITIZED else 64000) // len(make(1).encode())
                small = self.write("small.txt", "".join(make(i) for i in range(count)))
                large = self.write("large.txt", "".join(make(i) for i in range(4 * count)))
                few, many = both(small, large)
                self.assertLess(many, 8 * max(few, 0.02))


class HostileToParse(Folder):
    """Any words at all through networks of random weights: every word comes out, in a tree, at its place."""

    TINY = [ROOT / "tests" / "models" / f"tiny-{kind}.model" for kind in ("small", "large")]

    def parse(self, text, *more, name="page.txt", models=TINY):
        path = self.write(name, text)
        for model in models:
            done = hearsay("parse", "--model", model, "--threads", 1, *more, path)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            yield done.stdout.decode()

    def check_rows(self, out):
        """The words of CoNLL-U, once heads and roots are checked."""
        forms = []
        for sentence in out.split("\n\n")[:-1]:
            rows = [line.split("\t") for line in sentence.split("\n") if line[0] != "#"]
            rows = [row for row in rows if row[0].isdigit()]
            self.assertTrue(all(len(row) == 10 for row in rows))
            heads = [0] + [int(row[6]) for row in rows]
            self.assertEqual(heads[1:].count(0), min(1, len(rows)))
            leads_to_root = [True] + [False] * len(rows)
            for at in range(1, len(heads)):
                path = []
                while not leads_to_root[at]:
                    self.assertLess(len(path), 600)  # a stretch's words, twice
                    path.append(at)
                    at = heads[at]
                for k in path:
                    leads_to_root[k] = True
            forms += [row[1] for row in rows]
        return forms

    def test_a_sentence_of_a_hundred_thousand_words(self):
        words = [f"w{i % 7}" for i in range(100000)]
        given = "".join(f"{i + 1}\t{word}" + "\t_" * 8 + "\n" for i, word in enumerate(words)) + "\n"
        for out in self.parse(given, name="words.conllu"):
            self.assertEqual(self.check_rows(out), words)

    def test_a_text_of_a_hundred_thousand_words_without_a_stop(self):
        for out in self.parse("word " * 100000, models=self.TINY[:1]):
            self.assertEqual(out.count("\tword\t"), 100000)

    def test_a_word_of_a_megabyte(self):
        for word in ("ab" * 500000, "\u023a" * 500000, "\U0001F600\u200d" * 150000, "e" + "\u0301" * 400000, "\u1100" * 300000):
            for out in self.parse(f"1\t{word}" + "\t_" * 8 + "\n", name="word.conllu"):
                self.assertEqual(self.check_rows(out), [word])
            for out in self.parse(f"He said {word} and left."):
                self.assertIn(word, "".join(self.check_rows(out)))

    def test_every_plane(self):
        text = "".join(chr(plane * 0x10000 + at) for plane in range(17) for at in range(0x20, 0xfffe, 37)
                       if not 0xd800 <= plane * 0x10000 + at < 0xe000)
        seen = "".join(text.split())
        for out in self.parse(json.dumps({"id": "a", "text": text + "\nOrlo left.\n"}), "--json", name="page.jsonl"):
            for sentence in map(json.loads, out.splitlines()):
                for word in sentence["words"]:
                    self.assertIn(word["form"], seen + "Orloleft.")
                    self.assertEqual((text + "\nOrlo left.\n")[word["start"]:word["end"]], word["form"])
        for out in self.parse(text + "\nOrlo left.\n", "--format", "tree"):
            self.assertNotRegex(out, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

    def test_texts_that_are_no_sentences(self):
        for text in ("A" * 3000 + " WAR IS OVER SAYS ORLO " * 300, "{" * 3000 + "};" * 3000, "1\t2\t3\n" * 5000, "-" * 5000,
                     "Плотина закрыта. " * 500, "大坝仍然关闭。" * 500, "a b\n\n" * 3000, "\u0301" * 4000 + " x"):
            for out in self.parse(text):
                self.check_rows(out)


if __name__ == "__main__":
    unittest.main()
