"""A web server on the loopback address whose answers a test makes up, hostile ones among them."""
import http.server, json, os, pathlib, subprocess, tempfile, threading, time, unittest, zlib

from records import HEARSAY, ask


class Web:
    """Serves what `pages` holds: path → a body of HTML, or a function of the request that answers it.

    `asked` lists what was asked for, as (path, request's header fields)."""

    def __init__(self, pages=None, context=None):
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.close_connection = True
                web.asked.append((self.path, dict(self.headers)))
                web.times.append(time.monotonic())
                page = web.pages.get(self.path)
                try:
                    if callable(page):
                        page(self)
                    elif page is None:
                        answer(self, b"nothing here", status=404)
                    else:
                        answer(self, page)
                except OSError:  # the other end has had enough
                    pass

            def log_message(self, *_):
                pass

        self.pages, self.asked, self.times = dict(pages or {}), [], []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def paths(self):
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def answer(request, body, type="text/html; charset=utf-8", status=200, length=True, **fields):
    """Answers REQUEST whole; FIELDS are header fields, with _ for -."""
    body = body if isinstance(body, bytes) else body.encode()
    request.send_response(status)
    request.send_header("Content-Type", type)
    if length:
        request.send_header("Content-Length", str(len(body) if length is True else length))
    for name, value in fields.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def page(body, **more):
    return lambda request: answer(request, body, **more)


def redirect(to, status=302):
    return lambda request: answer(request, b"", status=status, Location=to)


def versioned(body, etag='"1"', modified="Wed, 12 Mar 2031 08:00:00 GMT", **more):
    """A page that has not changed for who has it already."""
    def send(request):
        if (etag and request.headers.get("If-None-Match") == etag) or (not etag and request.headers.get("If-Modified-Since") == modified):
            answer(request, b"", status=304, ETag=etag or "")
        else:
            fields = {"ETag": etag} if etag else {}
            answer(request, body, Last_Modified=modified, **fields, **more)
    return send


def slowly(body, begun=0, every=1.0):
    """What has BEGUN at once, then a byte, and then a byte, and then a byte."""
    def send(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[:begun])
        for i in range(begun, len(body)):
            request.wfile.write(body[i:i + 1])
            request.wfile.flush()
            time.sleep(every)
    return send


def endless(piece, start=b"", type="text/html"):
    def send(request):
        request.send_response(200)
        request.send_header("Content-Type", type)
        request.end_headers()
        request.wfile.write(start)
        while True:
            request.wfile.write(piece)
    return send


def raw(data, hold=0.0):
    """Bytes that need be no HTTP."""
    def send(request):
        request.wfile.write(data)
        request.wfile.flush()
        time.sleep(hold)
    return send


def bomb(size):
    """SIZE bytes of blanks behind a short page, packed with gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = b"<html><body><p>\xe2\x80\x9cWe will not leave,\xe2\x80\x9d said Mayor Ana Orlo on Monday, and the council agreed with her.</p>"
    parts = [packer.compress(start)] + [packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)] + [packer.flush()]
    return b"".join(parts)


def article(word):
    return (f'<!doctype html><html lang="en"><head><title>The {word} gate</title></head><body><article><h1>The {word} gate</h1>'
            f"<p>“We will not leave the {word} gate,” said Mayor Ana Orlo on Monday, when the council met in the old hall.</p>"
            "<p>The water would have to find another way, she added, and nobody in the town had asked for it.</p>"
            "</article></body></html>")


class OfTheWeb(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.record = pathlib.Path(temp.name) / "web.db"
        self.web = Web({f"/{word}": article(word) for word in ("first", "second", "third")})
        self.addCleanup(self.web.close)

    def address(self, path):
        return self.web.url + path if path.startswith("/") else path

    def read(self, *paths, status=0, delay="0", local=True, **environment):
        """Reads the addresses into the record; gives what was told. The tally is in self.tally."""
        options = ["--json", "--delay", delay] + ["--allow-local"] * local
        self.web.asked.clear()
        done = subprocess.run([HEARSAY, "read", "-d", self.record, *options, *map(self.address, paths)], capture_output=True,
                              text=True, env={**os.environ, **environment}, timeout=60)
        self.assertEqual(done.returncode, status, done.stderr)
        self.tally = json.loads(done.stdout)
        return done.stderr

    def titles(self):
        return [title for title, in ask(self.record, "SELECT title FROM article ORDER BY key")]
