"""Every character of a block maps back to the bytes of the page that it was made from, on every page there is."""
import gzip, html, json, os, pathlib, re, subprocess, tempfile, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARSAY = os.environ.get("HEARSAY", str(ROOT / "build/hearsay"))
BLANKS = " \t\n\r\f\xa0"

TRICKY = """<!doctype html><title>What the council decided</title><p>Caf&eacute; &amp;amp; bar&nbsp;Veldt\r
  <b>shut</b> &ldquo;for good&rdquo;<br class="x">said the owner&#39;s <i>so</i>n&hellip; &notit; &#x1F600; &nosuch; AT&T</p>
<pre>\n  one   line\nand another</pre><table>moved <tr><td>first cell</td></tr> out of<tr><td>second cell</table>
<p>un</unopened>broken <!-- a remark --> words &#150; and &lt;tags&gt;</p><p>\u65e5\u672c\u8a9e\u306e\u6587\u7ae0 &copy2031</p>"""


def made_of(source):
    """What a browser shows of these bytes of a page."""
    text = html.unescape(source)
    return " " if source.lower().startswith(("<br", "</br")) or not text.strip(BLANKS) else text


def check(page, article):
    """The places of ARTICLE's blocks where PAGE, in UTF-8, does not say what the block says."""
    wrong = []
    for block in article["blocks"]:
        words, origins = block["words"].encode(), block["origins"]
        ends = [origin[0] for origin in origins[1:]] + [len(words)]
        for (at, place, size_in, size_out), end in zip(origins, ends):
            count = (end - at) // size_out
            if size_in == size_out == 1:
                said, shown = page[place:place + count].decode(errors="replace"), words[at:end].decode(errors="replace")
                said = re.sub(r"[\t\n\r\f]", " ", said)
            else:
                said, shown = made_of(page[place:place + size_in].decode(errors="replace")), words[at:end].decode(errors="replace")
                said = said.replace("\xa0", " ").replace("\0", "\ufffd")
            twice = said.encode("cp1252", errors="replace").decode(errors="replace")
            if shown not in (said, twice if "encoded twice" in article.get("status", "") else said) or not block["page"]["start"] <= place <= block["page"]["end"]:
                wrong.append((article["id"], at, place, said, shown))
    return wrong


def extract(folder):
    done = subprocess.run([HEARSAY, "extract", "--explain", "--json", folder], capture_output=True)
    return [json.loads(line) for line in done.stdout.split(b"\n") if line]


class Origins(unittest.TestCase):
    def check_pages(self, pages):
        with tempfile.TemporaryDirectory() as folder:
            for name, page in pages.items():
                (pathlib.Path(folder) / f"{name}.html").write_bytes(page)
            wrong = [place for article in extract(folder) for place in check(pages[article["id"]], article)]
        self.assertEqual([], wrong[:20], f"{len(wrong)} places differ")

    def test_what_is_hard(self):
        self.check_pages({"tricky": TRICKY.encode()})

    def test_examples(self):
        files = (ROOT / "examples/pages").glob("*.html")
        self.check_pages({path.name.partition(".")[0]: path.read_bytes() for path in files})

    def check_yardstick(self, name):
        folder = ROOT.parent / "shared/data" / name / "html"
        if not folder.is_dir():
            self.skipTest(f"there is no ../shared/data/{name}")
        pages = {}
        for number, path in enumerate(sorted(folder.rglob("*.gz"))):
            page = gzip.decompress(path.read_bytes())
            try:
                page.decode()
            except UnicodeDecodeError:
                continue  # its characters are other bytes than the block's: tests/unit/extract_test.c has some
            pages[f"page{number}"] = page
        self.check_pages(pages)

    def test_news(self):
        self.check_yardstick("news")

    def test_pages(self):
        self.check_yardstick("pages")


if __name__ == "__main__":
    unittest.main()
