"""Fonts: which codes a string holds, and what a code means in Unicode, in the widths and in the embedded font program."""

import functools
import re
import struct

import pikepdf

PREDEFINED_UNICODE = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "ascii"}


class ToUnicode:
    """A ToUnicode CMap, read by the few operators that ISO 32000-1, 9.10.3 allows in it. `foreign` are others that map codes: cidrange and
    cidchar mean glyphs, not characters, and readers that keep to the standard see no text at all."""

    def __init__(self, data):
        self.single = {}
        self.ranges = []
        self.foreign = sorted({match.decode() for match in re.findall(rb"\bbegin(cid(?:range|char)|notdef(?:range|char))\b", data)})
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
            tokens = re.findall(rb"<([0-9A-Fa-f\s]*)>", block)
            for code, value in zip(tokens[::2], tokens[1::2]):
                self.single[int(code, 16)] = _utf16(value)
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
            for low, high, value, many in re.findall(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", block, re.S):
                first, last = int(low, 16), int(high, 16)
                if many:
                    for offset, each in enumerate(re.findall(rb"<([0-9A-Fa-f\s]*)>", many)):
                        self.single[first + offset] = _utf16(each)
                elif value.strip():
                    self.ranges.append((first, last, bytes.fromhex(_even(value))))

    def get(self, code):
        """The text of a code, or None."""
        if code in self.single:
            return self.single[code]
        for first, last, start in self.ranges:
            if first <= code <= last:
                number = int.from_bytes(start, "big") + code - first
                return number.to_bytes(max(len(start), 2), "big").decode("utf-16-be", "surrogatepass")
        return None


def _even(digits):
    digits = re.sub(rb"\s", b"", digits).decode()
    return digits + "0" * (len(digits) % 2)


def _utf16(digits):
    data = bytes.fromhex(_even(digits))
    return (data if len(data) % 2 == 0 else b"\0" + data).decode("utf-16-be", "surrogatepass")


class TrueTypeProgram:
    """The tables of an embedded TrueType font that say which glyphs there are and how wide they are."""

    def __init__(self, data):
        count = struct.unpack_from(">H", data, 4)[0]
        self.tables = {}
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
            self.tables[tag.decode("latin-1")] = data[offset:offset + length]
        self.units_per_em = struct.unpack_from(">H", self.tables["head"], 18)[0]
        self.glyph_count = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        self.long_metrics = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        wide_offsets = struct.unpack_from(">h", self.tables["head"], 50)[0]
        size, form, factor = (4, "L", 1) if wide_offsets else (2, "H", 2)
        entries = min(self.glyph_count + 1, len(self.tables["loca"]) // size)
        self.offsets = [factor * offset for offset in struct.unpack_from(f">{entries}{form}", self.tables["loca"])]

    def width(self, glyph):
        """The advance in thousandths of an em."""
        index = min(glyph, self.long_metrics - 1)
        return struct.unpack_from(">H", self.tables["hmtx"], 4 * index)[0] * 1000 / self.units_per_em

    def is_present(self, glyph):
        return 0 <= glyph < min(self.glyph_count, len(self.offsets) - 1)

    def has_outline(self, glyph):
        return self.is_present(glyph) and self.offsets[glyph + 1] > self.offsets[glyph]


class Font:
    def __init__(self, dictionary):
        self.dictionary = dictionary
        self.subtype = str(dictionary.get("/Subtype", ""))
        self.is_composite = self.subtype == "/Type0"
        descendants = dictionary.get("/DescendantFonts")
        self.descendant = descendants[0] if self.is_composite and descendants is not None else dictionary
        self.name = str(dictionary.get("/BaseFont", "")).lstrip("/")
        self.descriptor = self.descendant.get("/FontDescriptor")
        self.encoding = dictionary.get("/Encoding")
        self._shown = {}

    @property
    def program_stream(self):
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if self.descriptor is not None and key in self.descriptor:
                return self.descriptor[key]
        return None

    @functools.cached_property
    def program(self):
        """The TrueType program, or None if there is none."""
        if self.descriptor is None or "/FontFile2" not in self.descriptor:
            return None
        return TrueTypeProgram(self.descriptor.FontFile2.read_bytes())

    @functools.cached_property
    def to_unicode(self):
        stream = self.dictionary.get("/ToUnicode")
        return ToUnicode(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else None

    def decode(self, data):
        """The codes of a shown string."""
        if not self.is_composite:
            return list(data)
        # every predefined CMap that this package reads (Identity) has codes of two bytes
        return list(struct.unpack(f">{len(data) // 2}H", data[:len(data) // 2 * 2]))

    @property
    def has_known_collection(self):
        """Whether a reader has Unicode tables for the font's characters itself (ISO 32000-1, 9.10.2)."""
        return str(self.descendant.get("/CIDSystemInfo", {}).get("/Ordering", "")) in ("GB1", "CNS1", "Japan1", "Korea1")

    def unicode(self, code):
        """The text of a code, by the ToUnicode map or by a simple font's encoding; None if it has none."""
        if self.to_unicode is not None:
            return self.to_unicode.get(code)
        if self.is_composite:
            return "?" if self.has_known_collection else None
        return self._simple_unicode(code)

    def _simple_unicode(self, code):
        base = self.encoding
        if isinstance(self.encoding, pikepdf.Dictionary):
            base = self.encoding.get("/BaseEncoding", "/StandardEncoding")
            if code in self._differences:
                return self._differences[code]
        codec = PREDEFINED_UNICODE.get(str(base) if base is not None else "", None)
        if codec is None and self.descriptor is not None and int(self.descriptor.get("/Flags", 0)) & 32:
            codec = "ascii"
        if codec is None:
            return None
        text = bytes([code]).decode(codec, "ignore")
        return text or None

    @functools.cached_property
    def _differences(self):
        found, code = {}, 0
        for entry in self.encoding.get("/Differences", []):
            if isinstance(entry, pikepdf.Name):
                found[code] = glyph_name_text(str(entry)[1:])
                code += 1
            else:
                code = int(entry)
        return found

    @functools.cached_property
    def widths(self):
        """The widths that the font dictionary gives: {code or CID: thousandths}."""
        found = {}
        if not self.is_composite:
            first = int(self.dictionary.get("/FirstChar", 0))
            return {first + index: float(width) for index, width in enumerate(self.dictionary.get("/Widths", []))}
        entries = list(self.descendant.get("/W", []))
        index = 0
        while index + 1 < len(entries):
            first = int(entries[index])
            if isinstance(entries[index + 1], pikepdf.Array):
                for offset, width in enumerate(entries[index + 1]):
                    found[first + offset] = float(width)
                index += 2
            else:
                for cid in range(first, int(entries[index + 1]) + 1):
                    found[cid] = float(entries[index + 2])
                index += 3
        return found

    def width(self, code):
        if self.is_composite:
            return self.widths.get(code, float(self.descendant.get("/DW", 1000)))
        missing = float(self.descriptor.get("/MissingWidth", 0)) if self.descriptor is not None else 0.0
        return self.widths.get(code, missing)

    def shown(self, code):
        """(width, text or None) of a code; kept, since a pack shows few codes often."""
        if code not in self._shown:
            self._shown[code] = (self.width(code), self.unicode(code))
        return self._shown[code]

    @functools.cached_property
    def glyph_map(self):
        """CIDToGIDMap: "identity", bytes, or None if there is none."""
        value = self.descendant.get("/CIDToGIDMap")
        if isinstance(value, pikepdf.Stream):
            return value.read_bytes()
        return "identity" if value == "/Identity" else None

    def glyph(self, code):
        """The glyph of a code of a CIDFontType2 with an Identity encoding; None where this package cannot say."""
        if not self.is_composite or str(self.encoding) not in ("/Identity-H", "/Identity-V") or self.glyph_map is None:
            return None
        if self.glyph_map == "identity":
            return code
        return int.from_bytes(self.glyph_map[2 * code:2 * code + 2], "big")


def glyph_name_text(name):
    """The text of a glyph name of the forms uniXXXX and uXXXX[XX], and of single letters; other names are taken to have some text."""
    match = re.fullmatch(r"uni([0-9A-F]{4})", name) or re.fullmatch(r"u([0-9A-F]{4,6})", name)
    if match:
        return chr(int(match[1], 16))
    return name if len(name) == 1 else "?"
