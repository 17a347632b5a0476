"""What pages come in beside WARC files: WACZ, lists of archives, MHTML; and which of them are left out."""
import base64, gzip, json, pathlib, quopri, subprocess, tempfile, unittest, zipfile

from records import HEARSAY, ask, hearsay
from warcs import response


ENGLISH = ("“We will not leave the gate,” said Mayor Ana Orlo on Monday, when the council met in the old hall.</p><p>The "
           "water would have to find another way, she added, and nobody in the town had asked for it.")
GERMAN = ("Das Wasser müsse sich einen anderen Weg suchen, sagte sie, und in der Stadt habe niemand danach gefragt, "
          "auch wenn es nicht das erste Mal sei, dass der Rat über das Tor rede.")
NAMES = "Ana Orlo, Béla Tarn, Chia Venn, Dov Ruske, Ilse Wenn, Petra Lindow, Anton Riehl, Mira Tolan, Edda Korvin."


def article(word, language="en", head="", text=ENGLISH):
    return (f'<!doctype html><html class="a" lang="{language}"><head>{head}<title>The {word} gate</title></head><body><article>'
            f"<h1>The {word} gate</h1><p>{text}</p></article></body></html>").encode()


def mhtml(page, encoding="quoted-printable", type="text/html", boundary="----Multi;part--x----", nested=False):
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": lambda b: b}[encoding](page)
    part = f"Content-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body + b"\r\n"
    if nested:
        part = b"Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n" + part + b"--inner--\r\n"
    mark = f"\r\n--{boundary}".encode()
    return (b"From: <Saved by Somebody>\r\nSnapshot-Content-Location: https://news.example/saved\r\n"
            b"Date: Wed, 12 Mar 2031 09:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
            b"\ttype=\"text/html\";\r\n\tboundary=\"" + boundary.encode() + b"\"\r\n\r\n" + mark + b"\r\n" + part + mark +
            b"\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA" + mark + b"--\r\n")


class Archives(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.folder = pathlib.Path(temp.name)
        self.count = 0

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def read(self, *arguments, status=0):
        """Reads into a new record; gives its path and what was told."""
        self.count += 1
        record = self.folder / f"{self.count}.db"
        done = hearsay("read", "-d", record, "--json", *arguments)
        self.assertEqual(done.returncode, status, done.stderr)
        self.tally = json.loads(done.stdout)
        return record, done.stderr

    def names(self, *arguments, status=0):
        record, errors = self.read(*arguments, status=status)
        return [name for name, in ask(record, "SELECT name FROM page ORDER BY key")]

    def archive(self, *words, **more):
        return gzip.compress(b"".join(response(f"https://news.example/{word}", article(word, **more), number=i)
                                      for i, word in enumerate(words, 1)))

    def test_a_wacz_gives_the_pages_of_its_archives(self):
        path = self.folder / "crawl.wacz"
        for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            with zipfile.ZipFile(path, "w", packing) as z:
                z.writestr("datapackage.json", "{}")
                z.writestr("archive/a.warc.gz", self.archive("first", "second"))
                z.writestr("archive/b.warc", gzip.decompress(self.archive("third")))
                z.writestr("pages/pages.jsonl", '{"text": "no page"}\n')
            record, _ = self.read(path)
            self.assertEqual(ask(record, "SELECT name, archive FROM page ORDER BY key"),
                             [("first", "crawl.wacz/archive/a.warc.gz"), ("second", "crawl.wacz/archive/a.warc.gz"),
                              ("third", "crawl.wacz/archive/b.warc")])
        self.assertEqual(len(self.names(self.folder)), 3, "a folder finds it too")

    def test_a_broken_wacz_is_named(self):
        with zipfile.ZipFile(self.folder / "empty.wacz", "w") as z:
            z.writestr("pages/pages.jsonl", "{}")
        with zipfile.ZipFile(self.folder / "bomb.wacz", "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("archive/a.warc", response("https://news.example/one", article("one")) + bytes(64 << 20))
        with zipfile.ZipFile(self.folder / "good.wacz", "w") as z:
            z.writestr("archive/a.warc", response("https://news.example/two", article("two")))
        good = (self.folder / "good.wacz").read_bytes()
        self.write("cut.wacz", good[:-30])
        self.write("text.wacz", b"no ZIP at all")
        for name, word in (("empty", "no archive in this WACZ"), ("cut", "no WACZ that can be read"),
                           ("text", "no WACZ that can be read"), ("bomb", "bomb.wacz/archive/a.warc: at byte ")):
            with self.subTest(name):
                record, errors = self.read(self.folder / f"{name}.wacz", self.folder / "good.wacz", status=1)
                self.assertIn(f"{name}.wacz", errors)
                self.assertIn(word, errors)
                self.assertIn(("two",), ask(record, "SELECT name FROM page"))

    def test_mhtml_gives_the_page_in_it(self):
        for name, message in {"quoted": mhtml(article("first")), "base64": mhtml(article("first"), "base64"),
                              "plain": mhtml(article("first"), "8bit"), "nested": mhtml(article("first"), nested=True),
                              "latin": mhtml(article("first").decode().replace("“", "«").replace("”", "»").encode("latin-1"),
                                             type="text/html; charset=\"iso-8859-1\"")}.items():
            with self.subTest(name):
                record, _ = self.read(self.write(f"{name}.mhtml", message))
                self.assertEqual(ask(record, "SELECT page.name, page.url, captured, article.title, media FROM page JOIN article USING (key)"),
                                 [(name, "https://news.example/saved", "2031-03-12T08:00:00Z", "The first gate", "html")])
                self.assertGreater(self.tally["quotations"], 0)
        done = subprocess.run([HEARSAY, "extract"], input=mhtml(article("piped")), capture_output=True)
        self.assertIn(b"The piped gate", done.stdout)

    def test_what_holds_no_page_says_what_to_do(self):
        for name, content, words in (("a.mhtml", mhtml(b"x", type="image/png"), "no page in this MHTML"),
                                     ("a.pdf", b"%PDF-1.7\n", "pdftotext"),
                                     ("a.webarchive", b"bplist00\xd1\x01\x02_", "a Safari web archive: save")):
            with self.subTest(name):
                _, errors = self.read(self.write(name, content), status=1)
                self.assertRegex(errors, f"{name}: .*{words}")

    def test_hostile_mhtml_is_read_as_far_as_it_goes(self):
        deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
        lines = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\n" * 1000000
        for message in (deep, lines, mhtml(article("cut"))[:300], b"Content-Type: multipart/related; boundary=\n\n--\n"):
            self.assertEqual(self.names(self.write("hostile.mhtml", message), status=1), [])
        self.assertEqual(self.names(self.write("cut.mhtml", mhtml(article("cut"))[:800])), ["cut"])

    def test_a_list_names_archives(self):
        names = ["CC-NEWS-20310310120000-00001.warc.gz", "CC-NEWS-20310312080000-00002.warc.gz", "CC-NEWS-20310401080000-00003.warc.gz"]
        folder = "crawl-data/CC-NEWS/2031/03/"
        listed = self.write("warc.paths.gz", gzip.compress("\n".join(folder + name for name in names).encode() + b"\n"))
        self.write(folder + names[0], self.archive("first"))
        self.write(names[1], self.archive("second"))
        record, errors = self.read(listed, status=1)
        self.assertEqual(ask(record, "SELECT name FROM page"), [("first",), ("second",)])
        self.assertRegex(errors, r"warc\.paths\.gz:3: .*00003\.warc\.gz: not there")
        self.assertEqual(self.names(listed, "--until", "2031-03"), ["first", "second"])
        self.assertEqual(self.names(listed, "--since", "2031-03-13", "--until", "2031-03-20"), [])
        self.write("again.paths", b"warc.paths.gz\n")
        self.assertIn("a list in a list", self.read(self.folder / "again.paths", status=1)[1])
        self.assertEqual(self.names(self.folder / "crawl-data"), ["first"])

    def test_pages_are_left_out_before_they_are_read(self):
        path = self.write("all.warc.gz", gzip.compress(
            response("https://news.example/english", article("english")) +
            response("https://sub.blatt.example/deutsch", article("deutsch", "de-AT", text=GERMAN)) +
            response("https://other.example/header", article("header", "", text=NAMES).replace(b' lang=""', b""), fields=["Content-Language: fr"]) +
            response("https://other.example/silent", article("silent", "", text=NAMES).replace(b' lang=""', b""))))
        every = ["english", "deutsch", "header", "silent"]
        for options, names in {("--language", "de"): ["deutsch", "silent"], ("--language", "EN-us"): ["english", "silent"],
                               ("--language", "fr"): ["header", "silent"], ("--outlet", "blatt.example"): ["deutsch"],
                               ("--outlet", "att.example"): [], ("--since", "2031-03-12"): every, ("--until", "2031"): every,
                               ("--since", "2031-03-13"): [], ("--until", "2031-02"): []}.items():
            with self.subTest(options):
                self.assertEqual(self.names(path, *options), names)
                self.assertEqual((self.tally["left_out"], self.tally["failed"]), (4 - len(names), 0))

    def test_pages_are_left_out_by_what_the_article_tells(self):
        rows = [{"id": "a", "text": "One.\n\n“No,” said Ana Orlo.", "outlet": "The Post", "published": "2031-03-04"},
                {"id": "b", "text": "Two.\n\n“No,” said Ana Orlo.", "outlet": "The Courier", "published": "2031-04-04"},
                {"id": "c", "text": "Three.\n\n“No,” said Ana Orlo."}]
        path = self.write("rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
        day = '<meta property="article:published_time" content="2031-03-04">'
        page = self.write("page.html", article("page", head=day))
        self.assertEqual(self.names(path, "--outlet", "the post"), ["a"])
        self.assertEqual(self.names(path, "--since", "2031-04"), ["b", "c"])
        self.assertEqual(self.names(page, "--since", "2031-04"), [])
        self.assertEqual(self.names(page, "--until", "2031-03-04"), ["page"])

    def test_pages_first_and_annotations_later(self):
        path = self.write("two.warc.gz", self.archive("first", "second"))
        whole, _ = self.read(path)
        record, _ = self.read("--only", "pages", path)
        self.assertEqual((self.tally["added"], self.tally["quotations"]), (2, 0))
        self.assertEqual(ask(record, "SELECT DISTINCT model FROM article"), [("none",)])
        self.assertEqual(ask(record, "SELECT count(*) FROM article_search WHERE article_search MATCH 'gate'"), [(2,)])
        self.assertEqual(ask(record, "SELECT text FROM article"), ask(whole, "SELECT text FROM article"))
        self.assertIn("no quotation", hearsay("said", "-d", record).stderr)
        done = hearsay("read", "-d", record, "--again")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(hearsay("said", "-d", record, "--json").stdout, hearsay("said", "-d", whole, "--json").stdout)
        self.assertEqual(hearsay("read", "-d", record, "--again", "--only", "pages").returncode, 2)


if __name__ == "__main__":
    unittest.main()
