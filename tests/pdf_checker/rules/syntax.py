"""How the file is written: the spacing of objects, the length of streams, the digits of strings. Readers forgive much of this; archives do not."""

import re
import subprocess
import zlib

from ..rule import A, at, rule

LINE_END = rb"(?:\r\n|\r|\n)"
# Comments, strings in parentheses (with one level of others inside), the marks of dictionaries, and strings in hexadecimal digits.
TOKENS = re.compile(rb"%[^\r\n]*|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<<|>>|<([^<>]*)>", re.S)


def _objects(document):
    """(number, offset, bytes up to the next one) of every object that is in no object stream."""
    listed = subprocess.run(["qpdf", "--show-xref", document.path], capture_output=True, text=True).stdout
    found = sorted((int(offset), int(number)) for number, offset in re.findall(r"(\d+)/\d+: uncompressed; offset = (\d+)", listed))
    ends = [offset for offset, _ in found[1:]] + [len(document.bytes)]
    for (offset, number), end in zip(found, ends):
        yield number, offset, document.bytes[offset:end]


def _stream(part):
    """(dictionary, bytes from the stream's first on) of an object, or (its bytes, None) where it has no stream."""
    match = re.search(rb">>\s*stream(\r\n|\n|\r)", part)
    return (part[:match.start()], part[match.end():]) if match else (part, None)


@rule("A-6.1.9-1", A, "Objects begin and end on lines of their own", "ISO 19005-2, 6.1.9")
def spacing(document):
    for number, offset, part in _objects(document):
        place = f"object {number}"
        if not re.match(rb"\d+ \d+ obj" + LINE_END, part):
            yield at(f"it begins {part[:14]!r}", place=place)
        if offset and not document.bytes[offset - 1:offset] in (b"\n", b"\r"):
            yield at("no line ends before it", place=place)
        if not re.search(LINE_END + rb"endobj(?:" + LINE_END + rb"|\Z)", part):
            yield at("its endobj is not on a line of its own", place=place)


@rule("A-6.1.7.1-1", A, "A stream is as long as it says, and stands between line ends", "ISO 19005-2, 6.1.7.1")
def lengths(document):
    for number, _, part in _objects(document):
        dictionary, data = _stream(part)
        if data is None:
            continue
        place = f"object {number}"
        if not re.search(rb">>\s*stream(\r\n|\n)", part):
            yield at("a carriage return alone follows its stream keyword", place=place)
        length = re.search(rb"/Length (\d+)(?! \d+ R)\b", dictionary)
        size = int(length[1]) if length else int(document.pdf.get_object((number, 0)).get("/Length", -1))
        if not re.match(LINE_END + rb"endstream", data[size:size + 12]):
            yield at(f"after its {size} bytes stands {data[size:size + 11]!r}", place=place)


@rule("A-6.1.6-1", A, "Strings in hexadecimal digits have digits alone, and an even number", "ISO 19005-2, 6.1.6")
def hexadecimal(document):
    for place, page, data in _texts(document):
        for match in TOKENS.finditer(data):
            digits = re.sub(rb"[\s\0]", b"", match[1]) if match[1] is not None else b""
            if len(digits) % 2 or not re.fullmatch(rb"[0-9A-Fa-f]*", digits):
                yield at(f"<{digits[:20].decode('latin-1')}>", page, place)


def _texts(document):
    """(place, page, bytes) of all that is written in tokens: objects, object streams and the content of pages."""
    for number, _, part in _objects(document):
        dictionary, data = _stream(part)
        yield f"object {number}", 0, dictionary
        if data is not None and re.search(rb"/Type\s*/ObjStm", dictionary) and b"/FlateDecode" in dictionary:
            yield f"object stream {number}", 0, zlib.decompressobj().decompress(data)
    for number, page in enumerate(document.pages, 1):
        contents = page.obj.get("/Contents")
        if contents is not None:
            page.contents_coalesce()
            # the bytes of an inline image are no tokens
            yield "its content", number, re.sub(rb"\bID\s.*?\sEI\b", b"", page.obj.Contents.read_bytes(), flags=re.S)
