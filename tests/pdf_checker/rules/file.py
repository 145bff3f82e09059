"""The file as bytes and objects: header, end, filters, limits, encryption."""

import re
import subprocess

import pikepdf

from ..rule import A, HOUSE, UA, at, rule

FILTERS = frozenset("ASCIIHexDecode ASCII85Decode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode Crypt".split())
MOST_OBJECTS = 8388607
DEEPEST_SAVE = 28
EXTRACT_FOR_ACCESSIBILITY = 512


@rule("BP-1", HOUSE, "The file is PDF 1.4 to 1.7 and qpdf reads it without repair", "ISO 14289-1, 6.1; rule PDF-1")
def readable(document):
    if not re.match(rb"%PDF-1\.[4-7][\r\n]", document.bytes):
        yield at(f"the header is {document.bytes[:10]!r}")
    done = subprocess.run(["qpdf", "--check", document.path], capture_output=True, text=True)
    if done.returncode != 0 or "WARNING" in done.stdout + done.stderr:
        for line in (done.stdout + done.stderr).splitlines():
            if "WARNING" in line or "error" in line.lower():
                yield at(line.replace(str(document.path), "the file"))


@rule("A-6.1.2-1", A, "The file begins with %PDF-1.0 to 1.7 and one end of line", "ISO 19005-2, 6.1.2; ISO 14289-1, 6.1")
def header(document):
    if not re.match(rb"%PDF-1\.[0-7](\r\n|\r|\n)", document.bytes):
        yield at(f"it begins {document.bytes[:12]!r}")


@rule("A-6.1.2-2", A, "A comment of four bytes above 127 follows the header", "ISO 19005-2, 6.1.2")
def binary_comment(document):
    match = re.match(rb"[^\r\n]*(?:\r\n|\r|\n)(.{5})", document.bytes, re.S)
    if match is None or match[1][0] != ord("%") or min(match[1][1:]) <= 127:
        yield at(f"the second line begins {match[1] if match else b''!r}")


@rule("A-6.1.3-1", A, "The trailer has a file identifier", "ISO 19005-2, 6.1.3")
def identifier(document):
    value = document.pdf.trailer.get("/ID")
    if not isinstance(value, pikepdf.Array) or len(value) != 2 or not all(len(bytes(part)) > 0 for part in value):
        yield at("ID is missing or not two strings")


@rule("A-6.1.3-2", A, "The file is not encrypted", "ISO 19005-2, 6.1.3")
def unencrypted(document):
    if "/Encrypt" in document.pdf.trailer:
        yield at("the trailer has Encrypt")


@rule("26-002", UA, "An encrypted file lets assistive technology read it", "ISO 14289-1, 7.16; Matterhorn 26-001, 26-002")
def permissions(document):
    encryption = document.pdf.trailer.get("/Encrypt")
    if encryption is not None:
        if "/P" not in encryption:
            yield at("the encryption dictionary has no P")
        elif not int(encryption.P) & EXTRACT_FOR_ACCESSIBILITY:
            yield at("bit 10 of P is 0")


@rule("A-6.1.3-3", A, "Nothing follows the end-of-file marker", "ISO 19005-2, 6.1.3")
def end_of_file(document):
    end = document.bytes.rfind(b"%%EOF")
    rest = document.bytes[end + 5:] if end >= 0 else b"no %%EOF"
    if rest not in (b"", b"\n", b"\r", b"\r\n"):
        yield at(f"{len(rest)} bytes follow it")


@rule("A-6.1.7.1-3", A, "No stream lies in another file", "ISO 19005-2, 6.1.7.1")
def external_streams(document):
    for stream, place in document.scan.streams:
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            if key in stream:
                yield at(f"a stream has {key}", place=place)


@rule("A-6.1.7.2-1", A, "Streams use the filters of ISO 32000-1 alone, and not LZWDecode", "ISO 19005-2, 6.1.7.2")
def filters(document):
    for stream, place in document.scan.streams:
        value = stream.get("/Filter")
        names = list(value) if isinstance(value, pikepdf.Array) else [value] if value is not None else []
        parameters = stream.get("/DecodeParms")
        for name in names:
            spelled = str(name).lstrip("/")
            if spelled not in FILTERS:
                yield at(f"the filter is {spelled}", place=place)
            if spelled == "Crypt" and (parameters is None or parameters.get("/Name", "/Identity") != "/Identity"):
                yield at("a Crypt filter other than Identity", place=place)


@rule("A-6.1.13-1", A, "No integer, string or name is beyond what every reader can hold", "ISO 19005-2, 6.1.13")
def limits(document):
    for words, place in document.scan.oversized:
        yield at(words, place=place)
    if document.scan.count > MOST_OBJECTS:
        yield at(f"{document.scan.count} objects")


@rule("A-6.1.13-8", A, "Graphics states are saved no deeper than 28 levels", "ISO 19005-2, 6.1.13")
def save_depth(document):
    for content in document.contents:
        if content.deepest > DEEPEST_SAVE:
            yield at(f"{content.deepest} levels of q", content.number)
