"""Feeds and sitemaps: which pages they name, when those are asked for, how long they are followed."""
import json, signal, sqlite3, subprocess, time, unittest

from records import HEARSAY, ask
from servers import OfTheWeb, article, endless, page, versioned


def rss(*links, head="", extra=""):
    items = "".join(f"<item><title>t</title><link>{link}</link><pubDate>Tue, 12 Mar 2024 08:00:00 GMT</pubDate>"
                    f'<media:content xmlns:media="http://search.yahoo.com/mrss/" url="/picture.png"/></item>' for link in links)
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>x</title><link>/home</link>{extra}{items}</channel></rss>'


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="/home"/>
<entry><title>x</title><link rel="enclosure" href="/sound.mp3"/><link href="/first"/><updated>2031-03-12T08:00:00Z</updated></entry>
<entry><title>y</title><link rel="alternate" href="second#part"/><published>2031-03-12T08:00:00+01:00</published></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>/home</link></channel><item><link>/first</link>
<dc:date>2031-03-12</dc:date></item><item><link>/second</link></item></rdf:RDF>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>/first</loc><image:image><image:loc>/picture.png</image:loc></image:image><news:news><news:publication>
<news:name>The Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2031-03-12</news:publication_date></news:news></url>
<url><loc>/second</loc><lastmod>2031-03-13</lastmod></url></urlset>"""
JSONFEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
    {"id": "1", "url": "/first", "date_published": "2031-03-12T08:00:00Z"}, {"id": "2", "external_url": "/second"}, {"id": "3"}, 7]})


class Feeds(OfTheWeb):
    def test_each_kind_names_its_pages(self):
        for kind, body, type in (("rss", rss("/first", self.address("/second")), "application/rss+xml"), ("atom", ATOM, "application/atom+xml"),
                                 ("rdf", RDF, "text/xml"), ("sitemap", SITEMAP, "application/xml"), ("json", JSONFEED, "application/feed+json"),
                                 ("unnamed", rss("/first", "second"), "text/html"), ("latin", rss("/first", "/second").replace(
                                     '"1.0"', '"1.0" encoding="iso-8859-1"').replace("<title>x", "<title>é").encode("latin-1"), "text/xml")):
            with self.subTest(kind):
                self.record.unlink(missing_ok=True)
                self.web.pages["/feed"] = page(body, type=type)
                self.read("/feed")
                self.assertEqual(self.web.paths(), ["/feed", "/first", "/second"])
                self.assertEqual(self.titles(), ["The first gate", "The second gate"])

    def test_the_day_of_a_feed_stands_in_for_that_of_a_page(self):
        self.web.pages["/feed"] = page(rss("/first", "/dated"), type="text/xml")
        self.web.pages["/dated"] = article("dated").replace("<title>", '<meta property="article:published_time" content="2024-03-04"><title>')
        self.read("/feed")
        self.assertEqual(ask(self.record, "SELECT published FROM article ORDER BY key"), [("2024-03-12",), ("2024-03-04",)])

    def test_a_feed_is_read_again(self):
        self.web.pages["/feed"] = versioned(rss("/first", "/gone"), etag='"a"', type="text/xml")
        self.read("/feed", status=1)
        self.read("/feed", status=1)
        self.assertEqual(self.web.paths(), ["/feed", "/gone"], "what failed is asked for again, what is there is not")
        self.assertEqual(self.tally["known"], 1)
        self.web.pages["/gone"] = article("late")
        self.read("/feed")
        self.read("/feed")
        self.assertEqual((self.web.paths(), self.tally["unchanged"]), (["/feed"], 1))
        self.web.pages["/feed"] = versioned(rss("/first", "/gone", "/second"), etag='"b"', type="text/xml")
        self.read("/feed")
        self.assertEqual(self.web.paths(), ["/feed", "/second"])

    def test_sitemaps_name_sitemaps(self):
        index = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
        entry = "<sitemap><loc>{}</loc></sitemap>"
        self.web.pages.update({f"/map{i}": page(index.format(entry.format(f"/map{i + 1}") + entry.format("/map0")), type="text/xml")
                               for i in range(8)})
        self.web.pages["/map2"] = page(SITEMAP, type="text/xml")
        self.read("/map0")
        self.assertEqual(self.titles(), ["The first gate", "The second gate"])
        self.web.pages["/map2"] = page(index.format(entry.format("/map3")), type="text/xml")
        self.read("/map0")
        self.assertEqual(self.web.paths(), ["/map0", "/map1", "/map2", "/map3"])

    def test_hostile_feeds(self):
        laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
            f"<!ENTITY {chr(ord('a') + i)} '{('&' + chr(ord('a') + i - 1) + ';') * 10}'>" for i in range(1, 12)) + "]>"
        self.web.pages.update({
            "/self": page(rss("/self", "#x", "/first", "/first", "/other-feed"), type="text/xml"),
            "/other-feed": page(rss("/second"), type="text/xml"),
            "/laughs": page(rss("/second", head=laughs, extra="<item><link>/&l;</link></item><item title='&l;'><link>/third</link></item>"), type="text/xml"),
            "/file": page(rss("/second", head="<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", extra="<item><link>/&e;</link></item>"), type="text/xml"),
            "/deep": page("<rss><channel>" + "<a>" * 300000, type="text/xml"),
            "/json": page("[" * 1000000, type="application/json"),
            "/links": page(rss("javascript:alert(1)", "file:///etc/passwd", "ftp://x/", "", "http://", "/" + "x" * 9000, "/third"), type="text/xml"),
            "/cut": page(rss("/first", "/second")[:-60], type="text/xml"),
            "/html": page("<html><body>no feed</body></html>", type="application/xml"),
            "/endless": endless(b"<item><link>/first</link></item>" * 1000, b"<rss><channel>", type="text/xml")})
        errors = self.read("/self", status=1)
        self.assertEqual(self.web.paths(), ["/self", "/first", "/other-feed"])
        self.assertIn("/other-feed: a feed where a page was expected", errors)
        self.read("/laughs", "/file", status=1)
        self.assertEqual(set(self.web.paths()), {"/laughs", "/file", "/second", "/third", "/"})
        for path, words in (("/deep", "a feed read in part"), ("/json", "neither a page nor a feed"), ("/html", "neither a page nor a feed"),
                            ("/cut", "a feed read in part: its XML is broken"), ("/endless", "a feed read in part: ")):
            self.assertIn(path + ": " + words, " ".join(self.read(path, status=1).split()))
        self.read("/links")
        self.assertLessEqual(set(self.web.paths()), {"/links", "/third"})

    def test_days_and_languages_are_left_out_before_they_are_asked_for(self):
        self.web.pages["/map"] = page(SITEMAP, type="text/xml")
        self.read("/map", "--language", "de")
        self.assertEqual(self.web.paths(), ["/map", "/second"])
        self.read("/map", "--until", "2000")
        self.assertEqual((self.web.paths(), self.tally["left_out"]), (["/map", "/second"], 2))


class Following(OfTheWeb):
    def test_it_keeps_on_until_a_signal_and_ends_cleanly(self):
        self.web.pages["/feed"] = page(rss("/first", "/second"), type="text/xml")
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                self.record = self.record.with_name(f"{number}.db")
                process = subprocess.Popen([HEARSAY, "read", "-d", self.record, "--follow", "1", "--delay", "0", "--allow-local",
                                            self.address("/feed")], stderr=subprocess.PIPE, text=True)
                self.addCleanup(process.kill)
                end = time.monotonic() + 20
                while time.monotonic() < end and self.count() < 2:
                    time.sleep(0.05)
                self.assertIsNone(process.poll(), "it goes on" if process.poll() is None else process.stderr.read())
                start = time.monotonic()
                process.send_signal(number)
                errors = process.communicate(timeout=10)[1]
                self.assertEqual((process.returncode, self.count()), (0, 2), errors)
                self.assertLess(time.monotonic() - start, 5)
                self.assertIn("2 pages read: 2 added", errors)

    def count(self):
        try:
            return ask(self.record, "SELECT count(*) FROM article")[0][0] if self.web.paths() else 0
        except sqlite3.Error:
            return 0

    def test_it_wants_an_address(self):
        done = subprocess.run([HEARSAY, "read", "-d", self.record, "--follow", "5", "."], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--follow what?", done.stderr)


if __name__ == "__main__":
    unittest.main()
