"""What the program does with inputs that are no pages: it names them, says why, goes on, and ends with 1."""
import gzip, json, os, pathlib, resource, stat, subprocess, tempfile, unittest

from records import HEARSAY, SANITIZED

GOOD = "Veldt closes its bridge\n\n“We cannot wait,” said Mayor Ana Orlo on Monday, after the vote of the council.\n"


class BadInput(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.good = self.write("good.txt", GOOD.encode())

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def extract(self, *paths, input=None):
        done = subprocess.run([HEARSAY, "extract", "--json", *map(str, paths)], input=input, capture_output=True)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    def check_refused(self, path, *words, pages=1):
        """PATH beside a good page: one error that names it and holds WORDS, code 1, the good page read."""
        code, found, errors = self.extract(path, self.good)
        self.assertEqual(code, 1, errors)
        self.assertEqual([page["id"] for page in found][-1], "good")
        self.assertEqual(len(found), pages)
        stem = pathlib.Path(path).name.split(".")[0]
        lines = [line for line in errors.splitlines() if stem in line]
        self.assertEqual(len(lines), 1, errors)
        for word in words:
            self.assertIn(word, lines[0])

    def check_read(self, path, *words):
        code, found, errors = self.extract(path)
        self.assertEqual((code, len(found)), (0, 1), errors)
        for word in words:
            self.assertIn(word, found[0]["text"])
        return found[0]

    def test_empty_file(self):
        self.check_refused(self.write("empty.txt", b""), "empty")
        self.check_refused(self.write("blank.html", b"  \n\n"), "no article text")
        self.check_refused(self.write("nothing.jsonl", b""), "empty")

    def test_a_page_without_article_is_explained(self):
        page = self.write("menu.html", b"<nav><p>Politics and city</p></nav><footer>Imprint</footer>")
        self.check_refused(page, "no article text")
        done = subprocess.run([HEARSAY, "extract", "--explain", page], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for words in ("0 of 2 blocks kept", "Note: no article text in this page", "navigation", "page footer", "Imprint"):
            self.assertIn(words, done.stdout)

    def test_one_byte(self):
        self.check_read(self.write("one.txt", b"a"), "a")

    def test_nuls(self):
        self.check_refused(self.write("nuls.txt", bytes(5000)), "binary")

    def test_binaries(self):
        self.check_refused(self.write("image.html", b"\x89PNG\r\n\x1a\n" + os.urandom(3000)), "PNG")
        self.check_refused(self.write("paper.txt", b"%PDF-1.7\n" + os.urandom(3000)), "PDF")
        self.check_refused(self.write("noise.txt", bytes(range(1, 32)) * 200), "binary")
        self.check_refused(pathlib.Path("/proc/self/exe"), "program")

    def test_broken_utf8(self):
        self.check_read(self.write("broken.txt", GOOD.encode() + b"\xff\xe2\x80 and so on."), "Mayor Ana Orlo", "\ufffd")

    def test_charsets(self):
        text = "Die Brücke ist gesperrt, sagte Bürgermeisterin Ana Orlo am Montag in Köln. Das kostet 5 Millionen."
        for name, charset in (("le", "utf-16"), ("be", "utf-16-be"), ("bare", "utf-16-le"), ("mark", "utf-8-sig")):
            self.check_read(self.write(f"{name}.txt", text.encode(charset)), "Bürgermeisterin Ana Orlo")
        html = f'<html><head><meta charset="windows-1252"></head><body><p>{text}</p></body></html>'
        data = html.encode("cp1252")
        page = self.check_read(self.write("latin.html", data), "Bürgermeisterin Ana Orlo")
        block = [b for b in page["blocks"] if b["kept"]][0]["page"] if "blocks" in page else None
        if block:
            self.assertEqual(data[block["start"]:block["end"]].decode("cp1252"), text)

    def test_200_mb_of_one_character(self):
        for name, byte, size in (("long.txt", b"a", 200), ("long.html", b"a", 20), ("long.jsonl", b"a", 200),
                                 ("zeros.txt", b"\0", 200), ("latin.txt", b"\xe9", 20)):
            path = self.folder / name
            with open(path, "wb") as file:
                if byte == b"\0":
                    file.truncate(size << 20)
                else:
                    for _ in range(size):
                        file.write(byte * (1 << 20))
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            code, found, errors = self.extract(path)
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            if name in ("long.txt", "long.html", "latin.txt"):
                self.assertEqual(code, 0, errors)
                self.assertLessEqual(len(found[0]["text"]), 16 << 20)
                self.assertIn("16 MiB", found[0]["status"])
            else:
                self.assertEqual(code, 1)
                self.assertIn(name.split(".")[0], errors)
            if not SANITIZED:
                self.assertLess(max(before, memory), 190 << 10, name)
            path.unlink()

    def test_a_million_nested_tags(self):
        text = b"<p>The council of Veldt voted on Monday to close the old harbour bridge, at last.</p>"
        self.check_read(self.write("deep.html", b"<div>" * 100000 + text), "harbour bridge")
        self.check_refused(self.write("deeper.html", b"<div>" * 1000000 + text), "250000 tags")
        self.check_refused(self.write("names.html", b"".join(b"</a%d>" % i for i in range(200000))), "no article text")

    def test_brackets_that_open_nothing(self):
        """In time that grows with their number: looked at from each to the end of all, these would take minutes."""
        text = b"<p>The council of Veldt voted on Monday to close the old harbour bridge, at last.</p>"
        for brackets in (b"<", b"</", b"<1", b"<a<"):
            self.check_read(self.write("brackets.html", b"<html>" + text + brackets * 100000), "harbour bridge")

    def test_pages_that_swell(self):
        """An attribute over the limit, references and entities that stand for much, JSON-LD of brackets alone."""
        text = b"<p>The council of Veldt voted on Monday to close the old harbour bridge, at last.</p>"
        for name in (b"class", b"title", b"href"):
            page = self.check_read(self.write("wide.html", text + b"<a " + name + b"='" + b"a b " * (4 << 20) + b"'>" + text), "harbour bridge")
            self.assertIn("16 MiB", page["status"])
        declared = b"<!DOCTYPE html [<!ENTITY a 'ha'>" + b"".join(
            b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(20)) + b"]>"
        page = self.check_read(self.write("laughs.html", declared + text + b"<p>" + b"&u;" * 1000 + b"</p>"), "harbour bridge")
        self.assertLess(len(page["text"]), 10000)
        for reference in (b"&#x110000;", b"&#99999999999999999999;", b"&NotEqualTilde;", b"&amp;amp;", b"&"):
            self.check_read(self.write("references.html", text + b"<p>" + reference * 200000 + b"</p>"), "harbour bridge")
        for json_ld in (b"[" * 1000000, b'{"a":' * 300000, b"[{}," * 300000, b'"' * 1000000):
            page = b"<html><script type='application/ld+json'>" + json_ld + b"</script>" + text
            self.check_read(self.write("brackets.html", page), "harbour bridge")

    def test_charsets_that_lie(self):
        words = "Die Brücke über die Ache bleibt gesperrt, sagte Bürgermeisterin Ana Orlo am Montag in Köln."
        page = '<html><head><meta charset="{}"></head><body><p>' + words + "</p></body></html>"
        for said, charset in (("utf-8", "cp1252"), ("windows-1252", "utf-8"), ("shift_jis", "utf-8"), ("utf-16", "utf-8"),
                              ("iso-2022-jp", "utf-8"), ("no-such-charset", "utf-8"), ("x" * 5000, "utf-8")):
            with self.subTest(f"{charset} that is called {said[:20]}"):
                self.check_read(self.write("lies.html", page.format(said).encode(charset)), words)
        self.check_read(self.write("holes.html", page.format("utf-8").replace(" am ", "\0 am \0").encode()), "Ana Orlo", "am")

    def test_lines(self):
        lines = [b'{"id": "first", "text": "One page of text."}', b"", b'{"id": "second"}', b"{broken", b"[1, 2]",
                 b'{"id": "last", "html": "<p>The last page of text."}']
        path = self.write("pages.jsonl", b"\n".join(lines))
        code, found, errors = self.extract(path)
        self.assertEqual((code, [page["id"] for page in found]), (1, ["first", "last"]))
        self.assertEqual(len(errors.splitlines()), 3, errors)
        for line, words in ((3, "text"), (4, "JSON"), (5, "object")):
            self.assertRegex(errors, rf"pages\.jsonl:{line}: .*{words}")

    def test_a_line_over_the_limit(self):
        path = self.folder / "wide.jsonl"
        with open(path, "wb") as file:
            file.write(b'{"text": "' + b"a" * (65 << 20) + b'"}\n{"text": "The next line is read."}\n')
        code, found, errors = self.extract(path)
        self.assertEqual((code, len(found)), (1, 1), errors)
        self.assertIn("wide.jsonl:1: the line is over 64 MiB", errors)

    def test_packed_bomb_and_cut_archives(self):
        bomb = gzip.compress(b"\n" * (100 << 20))
        self.check_refused(self.write("bomb.jsonl.gz", bomb), "200 times")
        line = json.dumps({"text": "One page of text."}).encode() + b"\n"
        whole = gzip.compress(line * 2000, 0)
        path = self.write("cut.jsonl.gz", whole[:len(whole) // 2])
        code, found, errors = self.extract(path)
        self.assertEqual((code, len(errors.splitlines())), (1, 1), errors)
        self.assertRegex(errors, r"cut\.jsonl\.gz: .*ends too early")
        self.assertGreater(len(found), 900)
        broken = bytearray(gzip.compress(b"".join(b'{"text": "Page %d."}\n' % i for i in range(20000))))
        broken[len(broken) // 2:len(broken) // 2 + 40] = b"\xff" * 40
        code, found, errors = self.extract(self.write("broken.jsonl.gz", bytes(broken)))
        self.assertEqual(code, 1)
        self.assertIn("broken.jsonl.gz", errors)

    def test_zstd(self):
        packed = bytes.fromhex("28b52ffd") + b"\x04\x00garbage"
        self.check_refused(self.write("garbage.jsonl.zst", packed), "packed data")

    def test_missing_and_vanished(self):
        self.check_refused(self.folder / "missing.txt", "no such file")
        os.symlink(self.folder / "gone", self.folder / "link.txt")
        self.check_refused(self.folder / "link.txt", "no such file")

    def test_a_file_that_vanishes_while_the_folder_is_read(self):
        pages = self.folder / "pages"
        pages.mkdir()
        for i in range(3):
            (pages / f"{i}.txt").write_text(GOOD)
        os.mkfifo(self.folder / "gate.txt")
        process = subprocess.Popen([HEARSAY, "extract", "--json", "--threads", "1", str(pages / "0.txt"),
                                    str(self.folder / "gate.txt"), str(pages / "1.txt"), str(pages / "2.txt")],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with open(self.folder / "gate.txt", "w") as gate:  # the program waits here, its list of files made
            (pages / "1.txt").unlink()
            gate.write(GOOD)
        out, errors = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 1)
        self.assertEqual([json.loads(line)["id"] for line in out.splitlines()], ["0", "gate", "2"])
        self.assertRegex(errors.decode(), r"1\.txt: no such file")

    def test_folders(self):
        tree = self.folder / "tree"
        for name in ("b/z.txt", "b/Y.html", "a.md", "c.txt", "ignored.png", "c.d/e.txt"):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(GOOD if not name.endswith("html") else f"<p>{GOOD}")
        os.symlink(tree, tree / "b" / "loop")
        os.symlink(tree / "c.txt", tree / "linked.txt")
        code, found, errors = self.extract(tree)
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual([page["id"] for page in found], ["a", "Y", "z", "e", "c"])
        empty = self.folder / "hollow"
        empty.mkdir()
        self.check_refused(empty, "no page in this folder")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_no_permission(self):
        closed = self.folder / "closed"
        closed.mkdir()
        (closed / "page.txt").write_text(GOOD)
        closed.chmod(0)
        self.addCleanup(closed.chmod, stat.S_IRWXU)
        self.check_refused(closed, "no permission")
        secret = self.write("secret.txt", GOOD.encode())
        secret.chmod(0)
        self.check_refused(secret, "no permission")

    def test_standard_input(self):
        code, found, _ = self.extract("-", input=GOOD.encode())
        self.assertEqual((code, found[0]["id"]), (0, "stdin"))
        code, found, _ = self.extract("-", input=b'\n {"text": "One page."}\n{"id": "b", "text": "Two pages."}\n')
        self.assertEqual((code, [page["id"] for page in found]), (0, ["stdin:2", "b"]))
        code, found, _ = self.extract("-", input=gzip.compress(b'{"id": "b", "text": "Two pages."}\n'))
        self.assertEqual((code, [page["id"] for page in found]), (0, ["b"]))
        code, found, errors = self.extract("-", input=b"")
        self.assertEqual(code, 1)
        self.assertIn("standard input: empty", errors)


if __name__ == "__main__":
    unittest.main()
