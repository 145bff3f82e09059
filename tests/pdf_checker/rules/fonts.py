"""Fonts: embedded, readable back to Unicode, and as wide as they say."""

import re

import pikepdf

from ..rule import A, BOTH, HOUSE, UA, at, rule

WIDTH_TOLERANCE = 1  # thousandths of an em
INVISIBLE = 3  # the text rendering mode that paints nothing
SYMBOLIC, NONSYMBOLIC = 4, 32


def _shown(document):
    """Fonts in which something is painted, with the codes."""
    found = {}
    for content in document.contents:
        for item in content.painted:
            if item.kind == "text" and item.mode != INVISIBLE:
                found.setdefault(item.font, set()).update(item.codes)
    return found


def _name(font):
    return f"the font {font.name}"


@rule("31-009", BOTH, "Every font is embedded", "ISO 14289-1, 7.21.4.1; ISO 19005-2, 6.2.11.4.1; Matterhorn 31-009")
def embedded(document):
    for font in _shown(document):
        if font.subtype != "/Type3" and font.program_stream is None:
            yield at("it is not", place=_name(font))


@rule("31-005", BOTH, "A composite TrueType font says which glyph each character has", "ISO 14289-1, 7.21.3.2; ISO 19005-2, 6.2.11.3.2; Matterhorn 31-005")
def glyph_maps(document):
    for font in document.fonts:
        if font.is_composite and font.descendant.get("/Subtype") == "/CIDFontType2" and font.program_stream is not None and font.glyph_map is None:
            yield at("it has no CIDToGIDMap", place=_name(font))


@rule("31-006", BOTH, "A character map is predefined or in the file", "ISO 14289-1, 7.21.3.3; ISO 19005-2, 6.2.11.3.3; Matterhorn 31-006")
def character_maps(document):
    for font in document.fonts:
        name = str(font.encoding) if isinstance(font.encoding, pikepdf.Name) else ""
        if font.is_composite and not isinstance(font.encoding, pikepdf.Stream) and not re.fullmatch(r"/(Identity|[A-Za-z0-9]+-.*)-?[HV]", name):
            yield at(f"its Encoding is {name or 'missing'}", place=_name(font))


@rule("10-001", BOTH, "Every character shown can be read back as Unicode", "ISO 14289-1, 7.21.7; Matterhorn 10-001, 31-027; WCAG 1.3.1")
def readable(document):
    for font, codes in document.fonts.items():
        missing = sorted(code for code in codes if font.unicode(code) is None)
        if missing:
            yield at(f"{len(missing)} codes have no Unicode, the first {missing[0]:04X}", place=_name(font))


@rule("31-027", UA, "A ToUnicode map is made of characters, not of glyphs", "ISO 32000-1, 9.10.3; ISO 14289-1, 7.21.7; Matterhorn 31-027")
def unicode_maps(document):
    for font in document.fonts:
        if font.to_unicode is not None and font.to_unicode.foreign:
            yield at(f"its ToUnicode has {' '.join(font.to_unicode.foreign)}", place=_name(font))


@rule("31-028", BOTH, "No character is read back as U+0000, U+FEFF or U+FFFE", "ISO 14289-1, 7.21.7; ISO 19005-2, 6.2.11.7.2; Matterhorn 31-028, 31-029")
def sensible_unicode(document):
    for font, codes in document.fonts.items():
        for code in sorted(codes):
            if any(character in (font.unicode(code) or "") for character in "\0\ufeff\ufffe"):
                yield at(f"the code {code:04X} is read as {font.unicode(code)!r}", place=_name(font))


@rule("A-6.2.11.7.3-1", A, "No character is of the private use area, unless its meaning is given", "ISO 19005-2, 6.2.11.7.3")
def private_use(document):
    explained = _explained(document)
    for content in document.contents:
        for item in content.painted:
            if item.kind == "text" and any("\ue000" <= character <= "\uf8ff" or character >= "\U000f0000" for character in item.text):
                if not any(mark.property("/ActualText") is not None or (mark.owner, mark.mcid) in explained for mark in item.marks):
                    yield at(f"{item.text!r}", content.number)


def _explained(document):
    found = set()
    for element in document.structure.elements:
        if "/ActualText" in element.object:
            found.update((reference.owner, reference.mcid) for reference in element.marked_references())
    return found


def _glyphs(document, shown):
    """(font, code, glyph) of every code shown in a font whose program can be read."""
    for font, codes in shown.items():
        if font.is_composite and font.program is not None:
            for code in sorted(codes):
                glyph = font.glyph(code)
                if glyph is not None:
                    yield font, code, glyph


@rule("31-030", BOTH, "No character is drawn as the box of a missing glyph", "ISO 14289-1, 7.21.8; ISO 19005-2, 6.2.11.8; Matterhorn 31-030")
def missing_glyphs(document):
    for font, code, glyph in _glyphs(document, document.fonts):
        if glyph == 0:
            yield at(f"the code {code:04X} ({font.unicode(code)!r}) has no glyph", place=_name(font))


@rule("31-011", BOTH, "Every glyph shown is in the embedded font", "ISO 14289-1, 7.21.4.1; ISO 19005-2, 6.2.11.4.1; Matterhorn 31-011")
def glyphs_present(document):
    for font, code, glyph in _glyphs(document, _shown(document)):
        if not font.program.is_present(glyph):
            yield at(f"the glyph {glyph} of the code {code:04X} is not", place=_name(font))


@rule("BP-10", HOUSE, "A character that is seen has an outline: the part of the font that it needs is there", "rule PDF-10")
def outlines(document):
    for font, code, glyph in _glyphs(document, _shown(document)):
        text = font.unicode(code) or ""
        if glyph and text.strip() and text not in ("\u00ad", "\u200b", "\u2060") and font.program.is_present(glyph) and not font.program.has_outline(glyph):
            yield at(f"the glyph {glyph} of '{text}' is empty", place=_name(font))


@rule("31-012", BOTH, "A character is as wide as its font says", "ISO 14289-1, 7.21.5; ISO 19005-2, 6.2.11.5; Matterhorn 31-012")
def widths(document):
    for font, code, glyph in _glyphs(document, _shown(document)):
        if font.program.is_present(glyph) and abs(font.width(code) - font.program.width(glyph)) > WIDTH_TOLERANCE:
            yield at(f"the width of {code:04X} is {font.width(code):g}, in the font program {font.program.width(glyph):.1f}", place=_name(font))


@rule("31-001", BOTH, "The parts of a composite font are of one character collection", "ISO 14289-1, 7.21.3.1; Matterhorn 31-001 to 31-003")
def collections(document):
    for font in document.fonts:
        if not font.is_composite or not isinstance(font.encoding, pikepdf.Stream):
            continue
        here, there = font.descendant.get("/CIDSystemInfo"), font.encoding.get("/CIDSystemInfo")
        if here is None or there is None:
            yield at("CIDSystemInfo is missing", place=_name(font))
        elif any(str(here.get(key, "")) != str(there.get(key, "")) for key in ("/Registry", "/Ordering")) or \
                int(here.get("/Supplement", 0)) > int(there.get("/Supplement", 0)):
            yield at("the font and its Encoding are of different collections", place=_name(font))


@rule("31-019", BOTH, "A simple TrueType font has the encoding that its flags ask for", "ISO 14289-1, 7.21.6; ISO 19005-2, 6.2.11.6; Matterhorn 31-019 to 31-024")
def simple_encodings(document):
    for font in document.fonts:
        if font.subtype != "/TrueType" or font.descriptor is None:
            continue
        is_symbolic = bool(int(font.descriptor.get("/Flags", 0)) & SYMBOLIC)
        base = font.encoding.get("/BaseEncoding") if isinstance(font.encoding, pikepdf.Dictionary) else font.encoding
        if is_symbolic and font.encoding is not None:
            yield at("it is symbolic and has an Encoding", place=_name(font))
        if not is_symbolic and base not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
            yield at(f"it is not symbolic and its encoding is {base}", place=_name(font))


@rule("BP-8", HOUSE, "Fonts are composite TrueType with a name that says which part is embedded", "rules PDF-8, PDF-9")
def kinds(document):
    for font in document.fonts:
        if not font.is_composite or font.descendant.get("/Subtype") != "/CIDFontType2" or font.to_unicode is None:
            yield at(f"it is {font.subtype[1:]}", place=_name(font))
        elif not re.match(r"[A-Z]{6}\+", font.name):
            yield at("its name has no tag of six letters", place=_name(font))
