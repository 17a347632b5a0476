"""Pages from the web, asked of servers on the loopback address, some of them hostile."""
import gzip, os, shutil, signal, socket, ssl, subprocess, threading, time, unittest, zlib

from records import HEARSAY, ask
from servers import OfTheWeb, Web, answer, article, bomb, endless, page, raw, redirect, slowly, versioned


class Pages(OfTheWeb):
    def test_a_page_with_what_its_server_tells(self):
        self.web.pages["/latin"] = page(article("première").replace("“", "«").replace("”", "»").encode("latin-1"),
                                        type="text/html; charset=iso-8859-1")
        self.web.pages["/first?x=1"] = article("asked")
        self.read("/first?x=1#part", "/latin")
        rows = ask(self.record, "SELECT page.name, page.url, charset, article.title FROM page JOIN article USING (key) ORDER BY page.key")
        self.assertEqual(rows, [("first", self.address("/first?x=1"), "utf-8", "The asked gate"),
                                ("latin", self.address("/latin"), "iso-8859-1", "The première gate")])

    def test_packed_pages(self):
        body = article("packed").encode()
        self.web.pages.update({"/gzip": page(gzip.compress(body), Content_Encoding="gzip"),
                               "/deflate": page(zlib.compress(body), Content_Encoding="deflate"),
                               "/lying": page(body, Content_Encoding="gzip")})
        self.read("/gzip", "/deflate", "/lying")
        self.assertEqual(self.titles(), ["The packed gate"] * 3)
        self.assertIn("gzip", self.web.asked[-1][1]["Accept-Encoding"])

    def test_redirects(self):
        self.web.pages.update({"/old": redirect("/older", 301), "/older": redirect(self.address("/first"), 308),
                               "/circle": redirect("/circle2"), "/circle2": redirect("/circle"), "/self": redirect("/self"),
                               "/out": redirect("file:///etc/passwd"), "/nowhere": redirect("http://")})
        self.web.pages.update({f"/long{i}": redirect(f"/long{i + 1}") for i in range(30)})
        errors = self.read("/old", "/circle", "/self", "/out", "/nowhere", "/long0", status=1)
        self.assertEqual(ask(self.record, "SELECT url FROM page"), [(self.address("/first"),)])
        self.assertEqual(errors.count("in a circle"), 2, errors)
        self.assertIn("/long0: points on more than 10 times", errors)
        self.assertIn("/out: points on to what is no address", errors)

    def test_what_has_not_changed_is_not_sent_again(self):
        self.web.pages.update({"/tag": versioned(article("tag")), "/day": versioned(article("day"), etag=None)})
        self.read("/tag", "/day", "/first")
        self.assertEqual(self.tally["added"], 3)
        self.read("/tag", "/day", "/first")
        self.assertEqual((self.tally["unchanged"], self.tally["known"], self.tally["added"]), (2, 1, 0))
        visits = ask(self.record, "SELECT url, etag, last_modified IS NOT NULL FROM visit ORDER BY url")
        self.assertEqual(visits, [(self.address("/day"), None, 1), (self.address("/first"), None, 0), (self.address("/tag"), '"1"', 1)])
        self.web.pages["/new"] = lambda request: answer(request, b"", status=304)
        self.assertIn("/new: no page (status 304)", self.read("/new", status=1))

    def test_what_is_no_page_is_named(self):
        self.web.pages.update({"/picture": page(b"\x89PNG", type="image/png"), "/empty": page(b""), "/broken": page("x", status=500),
                               "/closed": page("x", status=403), "/talk": raw(b"220 mail.example ready\r\n"), "/silence": raw(b"")})
        errors = self.read("/picture", "/empty", "/broken", "/closed", "/talk", "/silence", "/gone", "http://user:word@host.invalid/",
                           "http://nowhere.invalid/", "https://no port/", self.web.url.replace("http:", "https:") + "/tls",
                           self.address("/crawl.warc.gz"), "/first", status=1)
        for words in ("/picture: image/png, not a page", "/empty: empty", "/broken: the server is in trouble", "/closed: the server",
                      "/talk: cannot be fetched", "/silence: cannot be fetched", "/gone: there is no such page (status 404)",
                      "user:word@host.invalid/: no address", "nowhere.invalid/: no such host", "/tls: no secure connection",
                      "/crawl.warc.gz: a file of many pages: download it"):
            self.assertIn(words, errors)
        self.assertEqual(self.titles(), ["The first gate"])
        self.assertEqual(len(errors.splitlines()), 13, errors)

    def test_extract_takes_addresses_but_none_of_this_machine(self):
        done = subprocess.run([HEARSAY, "extract", self.address("/first")], capture_output=True, text=True)
        self.assertEqual((done.returncode, self.web.asked), (1, []))
        self.assertIn("leads to 127.0.0.1, an address of this machine", done.stderr)


@unittest.skipUnless(shutil.which("openssl"), "there is no openssl to make a certificate")
class Secure(OfTheWeb):
    """Servers whose certificates are wrong. Whom to trust is told by SSL_CERT_FILE: an authority that the test makes."""

    def setUp(self):
        super().setUp()
        self.folder, self.servers = self.record.parent, []
        self.made("authority", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=Orlo Root")

    def made(self, name, *command):
        """Runs openssl, which makes the certificate NAME and its key where there is one to be made."""
        key = ["-keyout", f"{name}.key"] if command[0] == "req" else []
        subprocess.run(["openssl", *command, *key, "-out", f"{name}.crt"], check=True, capture_output=True, cwd=self.folder)

    def server(self, name, host="localhost", days=2, own=False):
        """The address of a page whose server shows a certificate for HOST, its OWN or the authority's."""
        if own:
            self.made(name, "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", str(days), "-subj", f"/CN={host}")
        else:
            self.made(name, "req", "-nodes", "-newkey", "rsa:2048", "-subj", f"/CN={host}")
            (self.folder / "names").write_text(f"subjectAltName=DNS:{host}")
            self.made(name, "x509", "-req", "-in", f"{name}.crt", "-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial",
                      "-days", str(days), "-extfile", "names")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.crt", self.folder / f"{name}.key")
        web = Web({f"/{name}": article(name)}, context)
        self.addCleanup(web.close)
        self.servers.append(web)
        return f"https://localhost:{web.server.server_port}/{name}"

    def breaking_off(self, sent):
        """The address of a server that sends SENT in the middle of the handshake and hangs up."""
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1)
                    connection.sendall(sent)
        threading.Thread(target=serve, daemon=True).start()
        return f"https://127.0.0.1:{server.getsockname()[1]}/broken"

    def test_what_is_wrong_is_told_and_the_rest_is_read(self):
        wrong = {self.server("unvouched", own=True): "nobody known vouches for the server's certificate",
                 self.server("expired", days=-1): "the server's certificate has expired",
                 self.server("named", host="other.example"): "the server's certificate is for another name",
                 self.breaking_off(b""): "the server broke it off or does not offer one",
                 self.breaking_off(b"\x16\x03\x03\x00\x40\x02"): "the server broke it off or does not offer one"}
        errors = self.read("/first", *wrong, self.server("good"), "/second", status=1, SSL_CERT_FILE=str(self.folder / "authority.crt"))
        for address, words in wrong.items():
            self.assertIn(f"{address}: no secure connection: {words} (", errors)
        self.assertEqual(errors.count("not read"), len(wrong), errors)
        self.assertEqual(sorted(self.titles()), ["The first gate", "The good gate", "The second gate"])
        self.assertEqual(self.tally["failed"], len(wrong))

    def test_a_certificate_that_nobody_vouches_for(self):
        self.assertIn("nobody known vouches", self.read(self.server("own", own=True), self.server("good"), status=1))
        self.assertEqual([web.asked for web in self.servers], [[], []])


class Local(OfTheWeb):
    def test_addresses_of_this_machine_are_refused_however_they_are_written(self):
        port = self.web.url.rsplit(":", 1)[1]
        hosts = ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
                 "10.1.2.3", "192.168.0.1", "169.254.169.254", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"]
        errors = self.read(*(f"http://{host}:{port}/{i}" for i, host in enumerate(hosts)), status=1, local=False).splitlines()
        self.assertEqual(self.web.asked, [])
        refused = [line for line in errors if "an address of this machine or its neighbours" in line]
        self.assertEqual(len(refused), len(hosts), errors)

    def test_a_proxy_of_the_environment_is_not_used(self):
        errors = self.read("http://127.0.0.1:9/first", status=1, local=False, http_proxy=self.web.url, ALL_PROXY=self.web.url)
        self.assertEqual(self.web.asked, [])
        self.assertIn("an address of this machine", errors)


class Peace(OfTheWeb):
    def test_robots_are_heard(self):
        self.web.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: HearSay # us\nDisallow: /private"
                                             "\nAllow: /private/but\nDisallow: /*.pdf$\n", type="text/plain")
        for path in ("/private/a", "/private/but", "/paper.pdf", "/paper.pdf.html"):
            self.web.pages[path] = article(path[1:])
        errors = self.read("/first", "/private/a", "/private/but", "/paper.pdf", "/paper.pdf.html", status=1)
        self.assertEqual(self.web.paths(), ["/first", "/private/but", "/paper.pdf.html"])
        self.assertEqual(len([p for p, _ in self.web.asked if p == "/robots.txt"]), 1, "asked once")
        self.assertEqual(errors.count("robots.txt of its host does not allow it"), 2)
        self.assertTrue(self.web.asked[0][1]["User-Agent"].startswith("hearsay/"))

    def test_a_host_in_trouble_is_left_alone(self):
        self.web.pages["/robots.txt"] = page("no", status=503)
        errors = self.read("/first", "/second", status=1)
        self.assertEqual((self.web.paths(), errors.count("its robots.txt cannot be had (status 503)")), ([], 2))

    def test_one_request_at_a_time_with_a_delay(self):
        other = Web({"/first": article("other")})
        self.addCleanup(other.close)
        self.web.times.clear()
        start = time.monotonic()
        self.read("/first", "/second", other.url + "/first", delay="1")
        times = [t - start for t in self.web.times[1:]]  # behind the one for robots.txt
        self.assertGreater(times[1] - times[0], 0.95)
        self.assertLess(other.times[-1] - start, times[1], "another host need not wait")


class Hostile(OfTheWeb):
    def status(self, path):
        return ask(self.record, "SELECT article.status FROM page JOIN article USING (key) WHERE page.url = ?", self.address(path))[0][0]

    def test_what_breaks_off_is_read_as_far_as_it_goes(self):
        text = article("slow").encode()
        self.web.pages.update({
            "/slow": slowly(text, begun=len(text) - 30), "/short": page(text, length=100000), "/long": page(text, length=300),
            "/bomb": page(bomb(24 << 20), Content_Encoding="gzip"),
            "/endless": endless(b"<p>A sentence that goes on and on in the old hall of the town.</p>" * 400, text),
            "/negative": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -5\r\n\r\n" + text),
            "/huge": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9223372036854775808\r\n\r\n" + text),
            "/chunks": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" +
                           b"%x\r\n" % len(text) + text + b"\r\nffffffffffffffff\r\nx")})
        self.read("/slow", "/short", "/long", "/bomb", "/endless", "/chunks", "--timeout", "2", "--only", "pages")
        for path, words in (("/slow", "took over 2 s"), ("/short", "ended before the page did"), ("/bomb", "16 MiB"),
                            ("/endless", "16 MiB"), ("/chunks", "ended before the page did")):
            self.assertIn(words, self.status(path))
        self.assertIsNone(self.status("/long"))
        self.read("/negative", "/huge", "/first", status=1)
        self.assertGreaterEqual(self.tally["added"], 1)
        self.read("/short")
        self.assertNotIn("If-None-Match", self.web.asked[-1][1], "what was had in part is to be had whole")

    def test_headers_without_end_and_a_server_that_says_nothing(self):
        def headers(request):
            request.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                request.wfile.write(b"X-Field: " + b"x" * 1000 + b"\r\n")
        self.web.pages.update({"/headers": headers, "/nothing": raw(b"", hold=4), "/half": raw(b"HTTP/1.1 200 OK\r\nContent-Ty", hold=4)})
        start = time.monotonic()
        errors = self.read("/headers", "/nothing", "/half", "--timeout", "1", status=1)
        self.assertEqual(len(errors.splitlines()), 4, errors)
        self.assertLess(time.monotonic() - start, 8)

    def test_a_server_that_says_nothing_does_not_hold_up_the_end(self):
        self.web.pages["/nothing"] = raw(b"", hold=30)
        process = subprocess.Popen([HEARSAY, "read", "-d", self.record, "--allow-local", self.address("/nothing")],
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        while not self.web.paths():
            time.sleep(0.05)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - start, 5)


if __name__ == "__main__":
    unittest.main()
