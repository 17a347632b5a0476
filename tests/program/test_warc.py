import base64, gzip, json, os, pathlib, shutil, subprocess, sys, tempfile, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from records import SANITIZED
from warcs import chunked, deflated, packed, record, response

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", ROOT / "build/hearsay")
BUILD = pathlib.Path(os.environ.get("HEARSAY_BUILD", ROOT / "build"))
PAGES = sorted((ROOT / "examples/pages").iterdir())
ADDRESS = "https://news.example/2031/03/"
TEXT = "“The {} stays closed,” said Mayor Ana Orlo on Monday, and the whole council of the town agreed with her.\n"


def run(*arguments, input=None, **more):
    return subprocess.run([HEARSAY, *map(str, arguments)], capture_output=True, input=input,
                          stdin=None if input is not None else subprocess.DEVNULL, **more)


def article(word):
    return f"<html><head><title>{word}</title></head><body><article><p>{TEXT.format(word)}</p></article></body></html>"


def plain(word, **more):
    return response(f"{ADDRESS}{word}.html", article(word).encode(), **more)


class Warc(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def names(self, path, status=0, input=None):
        """The names of the pages that are read, and the lines on standard error."""
        done = run("extract", "--json", path, input=input)
        self.assertEqual(done.returncode, status, done.stderr.decode())
        return [json.loads(line)["id"] for line in done.stdout.splitlines()], done.stderr.decode().splitlines()

    def said(self, *paths):
        database = self.folder / "news.db"
        database.unlink(missing_ok=True)
        done = run("read", "--json", "-d", database, *paths)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        said = [json.loads(line) for line in run("said", "--json", "-d", database).stdout.splitlines()]
        rows = sorted((row["speaker"] or "", row["content"], row["source"] or "", str(row["said"])) for row in said)
        return rows, json.loads(done.stdout)

    def examples(self):
        kinds = {".html": "text/html; charset=utf-8", ".txt": "text/plain"}
        records = [record("warcinfo", b"software: a test\r\n", "WARC-Date: 2031-03-12T08:00:00Z")]
        for number, page in enumerate(PAGES):
            records.append(record("request", b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n",
                                  f"WARC-Target-URI: {ADDRESS}{page.name}"))
            records.append(response(ADDRESS + page.name, page.read_bytes(), kinds[page.suffix], number=number))
        return records

    def test_archives_say_what_the_folder_says(self):
        expected, tally = self.said(ROOT / "examples/pages")
        self.assertGreater(len(expected), 100)
        records = self.examples()
        files = {"plain.warc": b"".join(records), "members.warc.gz": packed(records),
                 "one.warc.gz": gzip.compress(b"".join(records))}
        for name, data in files.items():
            with self.subTest(name):
                said, found = self.said(self.write(name, data))
                self.assertEqual(said, expected)
                self.assertEqual((found["added"], found["failed"], found["passed"]), (12, 0, 13))

    @staticmethod
    def zstd(data, *arguments):
        return subprocess.run(["zstd", "-q", "-c", *map(str, arguments)], input=data, capture_output=True, check=True).stdout

    @unittest.skipUnless(shutil.which("zstd"), "no program zstd")
    def test_zstd_with_and_without_a_dictionary(self):
        expected, _ = self.said(ROOT / "examples/pages")
        records = self.examples()
        samples = []
        for number, one in enumerate(records * 4):
            samples.append(self.write(f"sample{number}", one))
        dictionary = self.folder / "dictionary"
        subprocess.run(["zstd", "-q", "--train", *map(str, samples), "-o", dictionary, "--maxdict=20000"],
                       check=True, capture_output=True)
        frames = b"".join(self.zstd(one, "-D", dictionary) for one in records)
        for name, inside in {"bare": dictionary.read_bytes(), "packed": self.zstd(dictionary.read_bytes())}.items():
            with self.subTest(name):
                head = b"\x5d\x2a\x4d\x18" + len(inside).to_bytes(4, "little") + inside
                self.assertEqual(self.said(self.write("words.warc.zst", head + frames))[0], expected)
        with self.subTest("without"):
            frames = b"".join(self.zstd(one) for one in records)
            self.assertEqual(self.said(self.write("frames.warc.zst", frames))[0], expected)
        with self.subTest("a dictionary that is cut"):
            names, errors = self.names(self.write("cut.warc.zst", head[:5000]), status=1)
            self.assertIn("dictionary is broken", errors[0])

    def test_bodies_are_unpacked(self):
        def body(word):
            return article(word).encode()
        chunks = "Transfer-Encoding: chunked"
        records = [
            response(ADDRESS + "chunked", chunked(body("chunked")), fields=[chunks]),
            response(ADDRESS + "gzip", gzip.compress(body("gzip")), fields=["Content-Encoding: gzip"]),
            response(ADDRESS + "both", chunked(gzip.compress(body("both"))), fields=[chunks, "content-encoding: GZIP"]),
            response(ADDRESS + "deflate", deflated(body("deflate")), fields=["Content-Encoding: deflate"]),
            response(ADDRESS + "br", base64.b64decode(BROTLI), fields=["Content-Encoding: br"]),
            response(ADDRESS + "undone", body("undone"), fields=[chunks, "Content-Encoding: br"]),
            response(ADDRESS + "latin", article("Müßiggänger").encode("cp1252"), "text/html; charset=windows-1252")]
        done = run("extract", "--json", self.write("bodies.warc", b"".join(records)))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        pages = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([page["id"] for page in pages], ["chunked", "gzip", "both", "deflate", "br", "undone", "latin"])
        for page in pages:
            self.assertIn("Müßiggänger" if page["id"] == "latin" else page["id"], page["text"])
            self.assertNotIn("status", {key: value for key, value in page.items() if value})

    def test_a_body_that_is_cut_is_read_and_says_so(self):
        words = "".join(f"<p>{TEXT.format(f'gate number {i}')}</p>" for i in range(200))
        data = gzip.compress(f"<html><body><article>{words}</article></body></html>".encode())
        path = self.write("cut.warc", response(ADDRESS + "cut", data[:len(data) // 2], fields=["Content-Encoding: gzip"]))
        page = json.loads(run("extract", "--json", path).stdout)
        self.assertIn("gate number 3 stays", page["text"])
        self.assertIn("broken or cut", page["status"])

    def test_bombs(self):
        """Bodies, members and frames that unpack to far more than a page: the rest is left out, all others are read."""
        swollen = (TEXT.format("gate") * (1 << 19))[:20 << 20].encode()
        packs = {"gzip": gzip.compress} | ({"zstd": self.zstd} if shutil.which("zstd") else {})
        bodies = {how: pack(swollen) for how, pack in packs.items()}
        bodies |= {"deflate": deflated(swollen), "br": base64.b64decode(BROTLI_BOMB), "gzip, gzip": gzip.compress(bodies["gzip"])}
        records = [plain("first")] + [response(ADDRESS + "bomb", body, fields=[f"Content-Encoding: {how}"]) for how, body in bodies.items()]
        records.append(plain("last"))
        done = run("extract", "--json", self.write("bombs.warc.gz", packed(records)))
        pages = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([page["id"] for page in pages], ["first", *["bomb"] * len(bodies), "last"], done.stderr)
        for page in pages[1:-1]:
            self.assertLessEqual(len(page["text"]), 16 << 20)
            self.assertIn("16 MiB", page["status"])
        nothing = record("response", b"", f"WARC-Target-URI: {ADDRESS}bomb", length=1 << 28) + bytes(64 << 20)
        for how, pack in packs.items():
            name = {"gzip": "bomb.warc.gz", "zstd": "bomb.warc.zst"}[how]
            with self.subTest(name):
                self.assertEqual(self.names(self.write(name, pack(plain("first")) + pack(nothing) + pack(plain("last"))), status=1)[0][0], "first")

    def test_what_is_no_page_is_passed_over(self):
        records = [plain("first"), plain("gone", status="404 Not Found"), plain("moved", status="301 Moved"),
                   response(ADDRESS + "photo", b"\xff\xd8\xff", "image/jpeg"),
                   response("https://news.example/robots.txt", b"User-agent: *\n", "text/plain"),
                   record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", f"WARC-Target-URI: {ADDRESS}again"),
                   record("metadata", b"fetchTimeMs: 7\r\n", f"WARC-Target-URI: {ADDRESS}first"),
                   record("response", b"20310312080000\nnews.example. 1 IN A 192.0.2.1\n", "WARC-Target-URI: dns:news.example"),
                   record("resource", article("bare").encode(), f"WARC-Target-URI: <{ADDRESS}bare>", "Content-Type: text/html",
                          version="1.0"),
                   record("conversion", TEXT.format("mill").encode(), f"WARC-Target-URI: {ADDRESS}mill",
                          "Content-Type: text/plain")]
        path = self.write("kinds.warc.gz", packed(records))
        self.assertEqual(self.names(path), (["first", "bare", "mill"], []))
        done = run("read", "-d", self.folder / "kinds.db", path)
        self.assertIn(b"7 records without a page passed over", done.stderr)
        names, errors = self.names(self.write("none.warc", records[3]), status=1)
        self.assertIn("no page in this archive", errors[0])

    def test_broken_records_are_passed_over_and_named(self):
        good = [plain("first"), plain("second"), plain("third")]
        broken = {"length too long": plain("broken", length=5000),
                  "length too short": plain("broken", length=150),
                  "no length": plain("broken").replace(b"Content-Length", b"Content-Size"),
                  "length of 2^63": plain("broken", length=2 ** 63),
                  "length past the end": plain("broken", length=2 ** 40),
                  "garbage": b"nothing that anyone can read, with WARC/1.0 in it\r\n\r\n"}
        for what, bad in broken.items():
            records = [good[0], bad, good[1], good[2]]
            for name, data in {"plain.warc": b"".join(records), "members.warc.gz": packed(records),
                               "one.warc.gz": gzip.compress(b"".join(records))}.items():
                with self.subTest(what, file=name):
                    names, errors = self.names(self.write(name, data), status=1)
                    self.assertEqual(names, ["first", "second", "third"], errors)
                    place = len(packed(good[:1])) if name == "members.warc.gz" else len(good[0])
                    place = 0 if name == "one.warc.gz" else place
                    self.assertIn(f"{name}: at byte {place}: ", errors[0])
                    self.assertEqual(len(errors), 1, errors)

    def test_broken_packing_costs_the_record_alone(self):
        members = [packed([plain(word)]) for word in ("first", "second", "third")]
        middle = members[1]
        for what, bad in {"cut": middle[:-60], "cut in its middle": middle[:len(middle) // 2], "cut in its head": middle[:6],
                          "overwritten": middle[:80] + b"\0" * 40 + middle[120:],
                          "a wrong sum": middle[:-8] + b"\1\2\3\4" + middle[-4:],
                          "no gzip": b"bytes between the members"}.items():
            with self.subTest(what):
                names, errors = self.names(self.write("b.warc.gz", members[0] + bad + members[2]), status=1)
                self.assertEqual(names, ["first", "third"], errors)
                self.assertEqual(len(errors), 1, errors)
                self.assertIn(f"b.warc.gz: at byte {len(members[0])}: ", errors[0])
        names, errors = self.names(self.write("end.warc.gz", members[0] + middle[:-20]), status=1)
        self.assertEqual(names, ["first"])
        self.assertIn("ends too early", errors[0])

    def test_members_of_any_size(self):
        noise = "<!-- " + os.urandom(400000).hex() + " -->"
        pages = [article("first"), article("second") + noise, article("third") + " " * 5000000, article("fourth") + noise * 4]
        records = [response(ADDRESS + f"{i}.html", page.encode(), number=i) for i, page in enumerate(pages)]
        expected = run("extract", "--json", self.write("sizes.warc", b"".join(records))).stdout
        self.assertEqual(expected.count(b"\n"), 4)
        self.assertEqual(run("extract", "--json", self.write("sizes.warc.gz", packed(records))).stdout, expected)

    def test_the_record_keeps_where_a_page_stands(self):
        import sqlite3
        records = [plain("first", number=1), plain("second", number=2)]
        path, database = self.write("place.warc.gz", packed(records)), self.folder / "place.db"
        run("read", "-d", database, path)
        rows = sqlite3.connect(database).execute("SELECT captured, archive, record, offset, url FROM page").fetchall()
        self.assertEqual(rows[1], ("2031-03-12T08:00:00Z", "place.warc.gz", "urn:uuid:00000000-0000-4000-8000-000000000002",
                                   len(packed(records[:1])), ADDRESS + "second.html"))
        self.assertIn(article("second").encode(), gzip.decompress(path.read_bytes()[rows[1][3]:]))

    def test_show_gives_the_page_back(self):
        database = self.folder / "back.db"
        body = article("first").encode()
        run("read", "-d", database, self.write("back.warc", response(ADDRESS + "first", gzip.compress(body),
                                                                    fields=["Content-Encoding: gzip"])))
        said = json.loads(run("said", "--json", "-d", database).stdout.splitlines()[0])
        for id in (said["id"], said["article"]):
            self.assertEqual(run("show", "--page", "-d", database, id).stdout, body)
        done = run("show", "--page", "-d", database, "7fff0000")
        self.assertEqual((done.returncode, done.stdout), (2, b""))

    def test_no_day_is_later_than_the_capture(self):
        day = '<meta property="article:published_time" content="{}">'
        pages = [article(word).replace("<title>", day.format(when) + "<title>").encode()
                 for word, when in (("before", "2031-03-04"), ("after", "2031-04-04"))]
        path = self.write("days.warc", b"".join(response(f"https://news.example/{i}", page) for i, page in enumerate(pages)))
        self.assertEqual([json.loads(line)["published"] for line in run("extract", "--json", path).stdout.splitlines()],
                         ["2031-03-04", None])

    def test_standard_input_and_folders(self):
        data = packed([plain("first")])
        self.assertEqual(self.names("-", input=data)[0], ["first"])
        self.write("a.warc.gz", data)
        self.write("b.warc", plain("second"))
        self.assertEqual(self.names(self.folder)[0], ["first", "second"])
        self.assertEqual(self.names(self.write("odd.name", data))[0], ["first"])

    def test_a_large_archive_in_flat_memory(self):
        filler = [record("response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + os.urandom(1 << 20),
                         f"WARC-Target-URI: {ADDRESS}photo") for _ in range(2)]
        pages = [plain(f"page-{i}") for i in range(50)]
        path = self.folder / "large.warc.gz"
        with open(path, "wb") as out:
            for _ in range(100):
                out.write(packed_filler(filler))
                out.write(packed(pages[:2]))
        def peak(*arguments):
            child = subprocess.Popen([HEARSAY, *map(str, arguments)], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(child.returncode, 0)
            return usage.ru_maxrss / 1024
        small = peak("extract", "--threads", 1, self.write("small.warc.gz", packed(filler + pages[:2])))
        large = peak("extract", "--threads", 1, path)
        self.assertGreater(path.stat().st_size, 200 << 20)
        if not SANITIZED:
            self.assertLess(large, small + 24, f"{small:.0f} MiB for a small archive, {large:.0f} MiB for a large one")


def packed_filler(records):
    """As fast as it goes: what is random gets no smaller anyway."""
    return b"".join(gzip.compress(one, compresslevel=0, mtime=0) for one in records)


# article("br"), packed by the library brotli.
BROTLI_BOMB = (  # 64 MiB of one sentence
    "z///f3AUodJ1cqQHCqglFEh2bHtbOzjkgP1bIAGGLRKvR1ba3qTKHF9zq1mgphvrGaFQghlCno5H/cP7f+X/fz9+CYA4LADQve8H")
BROTLI = (
    "G74AAJ0Hdiww2TydewLyEpBKoTg71W2pLiQNRQ7SxZAvCg/yy7SYPGLiOjlweI+itiSOKIow4pzSG/6eZ0SSHEjhCBr6gwAqlkwT"
    "lxDwQxyZbWEQGtt9fJzcpAkVt4fqis4dCEcLn/q9DxGV/UL8WdckOQTNssXUTqUqubEf")


if __name__ == "__main__":
    unittest.main()
