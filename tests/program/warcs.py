"""WARC files made by hand: what the tests of archives are made of."""
import gzip, zlib

RESPONSE = "HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {size}\r\n\r\n"


def record(kind, content, *fields, version="1.1", length=None):
    """A record as it stands in a plain file."""
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", *fields, f"Content-Length: {len(content) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def response(url, body, type="text/html", status="200 OK", fields=(), number=1, version="1.1", length=None):
    """A record of an HTTP answer; FIELDS are those of HTTP."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *fields]).encode() + b"\r\n\r\n"
    return record("response", head + body, f"WARC-Target-URI: {url}", "WARC-Date: 2031-03-12T08:00:00Z",
                  f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>",
                  "Content-Type: application/http; msgtype=response", version=version, length=length)


def chunked(body, size=700):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts) + b"0\r\n\r\n"


def deflated(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def packed(records):
    """A gzip member a record."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
