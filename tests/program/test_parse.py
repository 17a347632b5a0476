"""`hearsay parse`: CoNLL-U in and out, JSON, trees, models that are not there. With a model file also what it finds."""
import gzip, json, os, pathlib, re, subprocess, unittest

from folders import Folder
from terminals import open_terminal

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEARSAY = str(pathlib.Path(os.environ.get("HEARSAY", ROOT / "build" / "hearsay")).resolve())
TEXT = "“We won't leave,” said Mayor Ana Orlo of Veldt. The dam\u00e9s’s gates stay shut.\n"


def hearsay(*arguments, input="", **environment):
    data = input if isinstance(input, bytes) else input.encode()
    done = subprocess.run([HEARSAY, *map(str, arguments)], input=data, capture_output=True,
                          env={**os.environ, "HS_MODEL": "rules", **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def find_models():
    """The names of the models that are there."""
    return [name for name in ("small", "large") if hearsay("--version", HS_MODEL=name)[0] == 0]


MODELS = find_models()
ARTICLE = (ROOT / "examples/pages/10-saltmarsh-radio.txt").read_text()
TINY = [str(ROOT / "tests" / "models" / f"tiny-{kind}.model") for kind in ("small", "large")]  # random weights
FINDERS = [str(pathlib.Path(name).with_suffix(".quotations")) for name in TINY]


def row(number, form, misc="_", rest="_\t_\t_\t_\t_\t_\t_"):
    return f"{number}\t{form}\t{rest}\t{misc}\n"


def columns(text):
    """The rows of words, as lists, by sentence."""
    sentences = [[line.split("\t") for line in part.split("\n") if line and line[0] != "#"] for part in text.split("\n\n")]
    return [rows for rows in sentences if rows]


class ConlluIn(Folder):
    SOUND = ("# newdoc id = a\n# sent_id = a-1\n# text = It's on.\n" + row("1-2", "It's", "Who=Ana|x") + row(1, "It", "k=v")
             + row(2, "'s") + row("2.1", "now", "CopyOf=1") + row(3, "on", "SpaceAfter=No") + row(4, ".") + "\n"
             "# alone\n\n" + row(1, "new york", "Gloss=a b") + "\n")

    def check_passes(self, given, expected=None, name="it.conllu"):
        code, out, errors = hearsay("parse", self.write(name, given))
        self.assertEqual((code, errors, out), (0, "", expected or given))

    def test_all_but_the_analysis_passes_through(self):
        self.check_passes(self.SOUND)
        self.check_passes(gzip.compress(self.SOUND.encode()), self.SOUND, "it.conllu.gz")

    def test_line_ends_marks_and_a_missing_last_newline(self):
        self.check_passes("\ufeff" + self.SOUND.replace("\n", "\r\n"), self.SOUND)
        self.check_passes(self.SOUND.rstrip("\n"), self.SOUND)
        self.check_passes("\n\n" + self.SOUND + "\n\n", self.SOUND)

    def test_old_analysis_is_replaced(self):
        given = row(1, "Ana", "NER=B-ORG|a=b|NER=O", "Ana\tX\tY\tZ=1\t7\tdep\t7:dep") + row(2, "left", "NER=O") + "\n"
        self.check_passes(given, row(1, "Ana", "a=b") + row(2, "left") + "\n")

    def test_standard_input_is_told_by_its_lines(self):
        for given in (self.SOUND, row(1, "a") + "\n", row("1-2", "a") + row(1, "b") + row(2, "c") + "\n",
                      "# " + "x" * 60000 + "\n" + row(1, "a") + "\n", gzip.compress(self.SOUND.encode())):
            code, out, _ = hearsay("parse", input=given)
            expected = gzip.decompress(given).decode() if isinstance(given, bytes) else given
            self.assertEqual((code, out), (0, expected))
        for given in ("1\ta\n", "1 dam\n2 dams\n", "# A heading\n\nThe dam is shut.\n"):
            code, out, _ = hearsay("parse", input=given)
            self.assertEqual((code, out[:20]), (0, "# newdoc id = stdin\n"))

    def test_broken_lines_are_told_by_number_and_the_rest_is_done(self):
        good = row(1, "ok") + "\n"
        broken = {"not ten columns": row(1, "a").replace("\t_\n", "\n"), "numbered": row(2, "a"), "number of a word": row("x", "a"),
                  "form, is empty": row(1, ""), "range of words that cannot": row(1, "a") + row("2-1", "b"), "inside a range": row("1-2", "a") + row(1, "b"),
                  "an empty word": row("0.2", "a"), "carriage return": row(1, "a\rb"), "UTF-8": b"1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n",
                  "numbered from 1": row(1, "a") + row(3, "b"), "range of words": row("1-2", "a") + row("1-3", "b"),
                  "columns": row(1, "a") + "1\tno\n" + row(2, "b")}
        data = good.encode()
        for lines in broken.values():
            data += (lines if isinstance(lines, bytes) else lines.encode()) + b"\n" + good.encode()
        code, out, errors = hearsay("parse", self.write("some.conllu", data))
        self.assertEqual((code, out), (1, good * (len(broken) + 1)))
        self.assertEqual(len(errors.splitlines()), len(broken))
        starts = [i for i, line in enumerate(data.split(b"\n")) if line == b""]
        for words, line in zip(broken, errors.splitlines()):
            self.assertRegex(line, rf"^hearsay: .*some\.conllu:\d+: .*{words}.*passed over$")
            self.assertLessEqual(int(re.search(r"conllu:(\d+)", line)[1]), starts[-1])

    def test_an_error_keeps_its_place_among_many_sentences(self):
        data = "".join(row(1, f"word{i}") + "\n" for i in range(9000)) + "broken\n\n" + row(1, "last") + "\n"
        code, out, errors = hearsay("parse", "--threads", 3, self.write("many.conllu", data))
        self.assertEqual((code, out), (1, data.replace("broken\n\n", "")))
        self.assertIn("many.conllu:18001: ", errors)

    def test_what_is_cut_short(self):
        whole = gzip.compress("".join(row(1, f"word{i}") + "\n" for i in range(3000)).encode(), 0)
        code, out, errors = hearsay("parse", self.write("cut.conllu.gz", whole[:len(whole) // 2]))
        self.assertEqual((code, len(errors.splitlines())), (1, 1))
        self.assertGreater(len(columns(out)), 1000)
        code, out, errors = hearsay("parse", self.write("cut.conllu", row("1-2", "ab") + row(1, "a")))
        self.assertEqual((code, out), (1, ""))
        self.assertIn("cut.conllu:2: the file ends inside a range", errors)
        self.assertEqual(hearsay("parse", self.write("empty.conllu", ""))[0], 1)

    def test_only_parse_reads_it(self):
        path = self.write("a.conllu", row(1, "a") + "\n")
        for command in ("extract", "annotate"):
            code, out, errors = hearsay(command, "--json", path)
            self.assertEqual((code, out), (1, ""))
            self.assertIn("a.conllu: CoNLL-U, which is words and no page", errors)
        self.write("b.txt", TEXT)
        code, out, errors = hearsay("extract", "--json", self.folder)  # a folder holds pages
        self.assertEqual((code, errors, len(out.splitlines())), (0, "", 1))


class Json(Folder):
    def sentences(self, *arguments, **more):
        code, out, errors = hearsay("parse", "--json", *arguments, **more)
        self.assertEqual((code, errors), (0, ""))
        return [json.loads(line) for line in out.splitlines()]

    def test_offsets_count_the_characters_of_the_page(self):
        text = "\U0001F1FB " + TEXT
        first, second = self.sentences(self.write("page.txt", text))
        self.assertEqual((first["id"], second["id"], first["document"]), ("page-1", "page-2", "page"))
        for sentence in (first, second):
            self.assertEqual(text[sentence["start"]:sentence["end"]], sentence["text"])
            for word in sentence["words"]:
                self.assertEqual(text[word["start"]:word["end"]], word["form"])
        self.assertEqual([w["form"] for w in first["words"]][3:5], ["wo", "n't"])
        self.assertEqual(list(first["words"][0]),
                         ["form", "start", "end", "upos", "xpos", "feats", "lemma", "head", "relation"])

    def test_conllu_sentences_are_texts_of_their_own(self):
        given = ("# sent_id = x\n" + row("1-2", "don't") + row(1, "do") + row(2, "n't") + row("3-4", "won't") + row(3, "will")
                 + row(4, "not") + row(5, "go", "SpaceAfter=No") + row(6, ".") + "\n# alone\n\n" + row(1, "a") + "\n")
        first, second = self.sentences(self.write("a.conllu", given))
        self.assertEqual((first["id"], first["text"], second["id"]), ("x", "don't will not go.", None))
        self.assertEqual((second["start"], second["end"], second["words"][0]["start"]), (0, 1, 0))
        for word in first["words"]:
            self.assertEqual(first["text"][word["start"]:word["end"]], word["form"])


class Models(Folder):
    def check_fails(self, words, *arguments, **environment):
        code, out, errors = hearsay(*arguments, input=TEXT, **environment)
        self.assertEqual((code, out), (3, ""))
        self.assertEqual(len(errors.splitlines()), 1)
        self.assertIn(words, errors)

    def test_one_that_is_not_there_is_told(self):
        self.check_fails("gone.model", "parse", "--model", self.folder / "gone.model")
        self.check_fails("gone.model", "annotate", HS_MODEL=str(self.folder / "gone.model"))
        self.check_fails('no model "huge": there are small, large and rules', "parse", "--model", "huge")

    def test_one_that_is_broken_is_told(self):
        for data in (b"", b"x", bytes(4096), os.urandom(100000)):
            path = self.write("broken.model", data)
            self.check_fails("broken.model", "parse", "--model", path)
            self.check_fails("broken.model", "model", path)
            self.check_fails("broken.quotations", "model", self.write("broken.quotations", data))

    def test_the_option_comes_before_the_environment(self):
        code, out, errors = hearsay("parse", "--model", "rules", input=TEXT, HS_MODEL="huge")
        self.assertEqual((code, errors), (0, ""))
        self.check_fails("huge", "--version", HS_MODEL="huge")

    def test_without_any_file_rules_stand_in_and_parse_says_so(self):
        done = subprocess.run([HEARSAY, "parse"], input=TEXT, capture_output=True, text=True,
                              env={k: v for k, v in os.environ.items() if k != "HS_MODEL"})
        self.assertEqual(done.returncode, 0)
        if "small" in MODELS:
            self.assertEqual(done.stderr, "")
        else:
            self.assertRegex(done.stderr, "^hearsay: there is no model file: [^\n]*\n$")

    def test_a_model_tells_what_is_in_it(self):
        code, out, errors = hearsay("model", "rules")
        self.assertEqual((code, errors), (0, ""))
        self.assertRegex(out, r"rules-\d+-[0-9a-f]{8}")
        for name in (*TINY, *MODELS):
            code, out, _ = hearsay("model", name)
            self.assertEqual(code, 0)
            for words in (rf"{pathlib.Path(name).stem}-[0-9a-f]{{8}}-", "parameters", "checksum", "labels.upos"):
                self.assertRegex(out, words)
        if not MODELS:
            self.check_fails("small.model", "model", HS_MODEL="")

    def test_a_finder_of_attributions_tells_what_is_in_it_and_is_no_model(self):
        for name in FINDERS:
            code, out, errors = hearsay("model", name)
            self.assertEqual((code, errors), (0, ""))
            for words in ("^file .*quotations\n", "layers\n  read ", "layers, for each cue\n  take ", "labels.roles", "parameters"):
                self.assertRegex(out, words)
            self.check_fails("is no model", "annotate", "--model", name)


class Tree(Folder):
    def test_words_stand_one_a_line_and_nothing_steers_the_terminal(self):
        path = self.write("a.conllu", row(1, "dam\x1b[31m") + row(2, "x" * 500) + row(3, "水\u202e") + "\n")
        code, out, _ = hearsay("parse", "--format", "tree", path)
        self.assertEqual(code, 0)
        self.assertNotIn("\x1b", out)
        self.assertNotIn("\u202e", out)
        self.assertRegex(out, r"\n\ndam\ufffd\[31m\nx{60} …\n水\n\n$")

    def test_no_colour_without_a_terminal(self):
        self.assertNotIn("\x1b", hearsay("parse", "--format", "tree", input=TEXT, TERM="xterm")[1])


class Invariants(Folder):
    """What holds whatever a model has learned: those of random weights, and those that are there."""

    def each_model(self):
        for name in (*TINY, *MODELS):
            with self.subTest(model=name):
                yield name

    def parse(self, model, text, *more):
        code, out, errors = hearsay("parse", "--model", model, *more, input=text)
        self.assertEqual((code, errors), (0, ""))
        return out

    def check_tree(self, rows):
        heads = [int(r[6]) for r in rows if r[0].isdigit()]
        self.assertEqual([i for i, r in enumerate(r for r in rows if r[0].isdigit()) if r[7] == "root"],
                         [i for i, head in enumerate(heads) if head == 0])
        self.assertEqual(heads.count(0), 1)
        for at in range(1, len(heads) + 1):
            for _ in heads:
                at = heads[at - 1] if at else 0
            self.assertEqual(at, 0)

    def test_every_column_is_filled_and_each_sentence_is_a_tree(self):
        for model in self.each_model():
            for rows in columns(self.parse(model, ARTICLE)):
                self.check_tree(rows)
                for r in rows:
                    self.assertEqual(r[0].isdigit(), "_" not in r[2:5] and r[7] != "_", r)

    def test_words_given_and_words_cut_get_the_same(self):
        for model in self.each_model():
            out = self.parse(model, ARTICLE)
            self.assertEqual(self.parse(model, out), out)

    def test_neither_threads_nor_neighbours_change_anything(self):
        pages = [p for p in sorted((ROOT / "examples/pages").glob("*")) if p.suffix in (".html", ".txt")]
        for model in self.each_model():
            one = self.parse(model, "", "--threads", 1, *pages)
            self.assertEqual(self.parse(model, "", "--threads", 3, *pages), one)
            self.assertEqual("".join(self.parse(model, "", page) for page in pages), one)

    def test_json_and_conllu_tell_the_same(self):
        for model in self.each_model():
            rows = [r for s in columns(self.parse(model, TEXT)) for r in s if r[0].isdigit()]
            sentences = [json.loads(line) for line in self.parse(model, TEXT, "--json").splitlines()]
            words = [word for s in sentences for word in s["words"]]
            self.assertEqual(len(words), len(rows))
            for word, r in zip(words, rows):
                told = [word["form"], word["lemma"], word["upos"], word["xpos"], word["feats"] or "_", word["relation"]]
                self.assertEqual(told, r[1:6] + [r[7]])
                self.assertEqual(0 if word["head"] is None else word["head"] + 1, int(r[6]))
            names = [name for s in sentences for name in s["names"]]
            self.assertEqual([name["type"] for name in names], re.findall(r"NER=B-(\w+)", str(rows)))
            for name in names:
                self.assertEqual(TEXT[name["start"]:name["end"]], name["text"])

    def test_a_tree_has_a_line_for_each_word(self):
        for model in self.each_model():
            words = sum(len([r for r in rows if r[0].isdigit()]) for rows in columns(self.parse(model, ARTICLE)))
            out = self.parse(model, ARTICLE, "--format", "tree")
            self.assertEqual(len(re.findall(r"(?m)^(?:[│ ] {2})*(?:[┌├└]─ )?\S+(?: …)? {2,}[A-Z]+ ", out)), words)

    def test_annotate_finds_the_same_on_any_number_of_threads(self):
        for model in self.each_model():
            first, again = (hearsay("annotate", "--json", "--model", model, "--threads", n, ROOT / "examples/pages") for n in (1, 4))
            self.assertEqual((first[0], '"cue"' in first[1]), (0, True))
            self.assertEqual(first, again)

    def test_colours_in_a_terminal(self):
        master, slave = open_terminal()
        done = subprocess.run([HEARSAY, "parse", "--format", "tree", self.write("a.txt", "She left.\n")], stdout=slave,
                              env={**os.environ, "TERM": "xterm", "HS_MODEL": TINY[0], "NO_COLOR": ""})
        os.close(slave)
        self.assertEqual(done.returncode, 0)
        self.assertIn("\x1b[1m", os.read(master, 65536).decode().replace("\r", "").split("\n\n")[1])
        os.close(master)


@unittest.skipUnless(MODELS, "there is no model file")
class Trained(unittest.TestCase):
    def parse(self, text, *more):
        code, out, errors = hearsay("parse", *more, input=text, HS_MODEL=MODELS[0])
        self.assertEqual((code, errors), (0, ""))
        return out

    def test_a_sentence(self):
        (rows,) = columns(self.parse("Ana Orlo left the old harbour on Monday.\n"))
        self.assertEqual([r[3] for r in rows], "PROPN PROPN VERB DET ADJ NOUN ADP PROPN PUNCT".split())
        self.assertEqual(([r[6] for r in rows][:3], rows[2][7], rows[2][2]), (["3", "1", "0"], "root", "leave"))
        self.assertRegex(rows[0][9] + "\n" + rows[1][9], r"\|NER=B-PER\n.*\|NER=I-PER$")

    def test_a_tree_is_drawn(self):
        out = self.parse("Ana Orlo left the old harbour.\n", "--format", "tree")
        self.assertRegex(out, r"(?m)^left +VERB +root$")
        self.assertRegex(out, r"(?m)^┌─ Ana +PROPN nsubj +┐ PER$")
        self.assertRegex(out, r"(?m)^└─ \. +PUNCT punct$")


if __name__ == "__main__":
    unittest.main()
