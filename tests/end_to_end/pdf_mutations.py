"""One mutation or more for every rule of the checker."""

import io
import re
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pdf_mutation import (add_element, annotation, append, attribute, content, elements, find, first, has_number, is_artifact, kids, map_glyph,
                          map_unicode, mutation, mutations, operator, page_row, parent_entry, retype, shown_font, xmp)

__all__ = ["mutations"]

# ---- the file

mutation("BP-1", "an older version", works_on_bytes=True)(lambda data: re.sub(rb"^%PDF-1\.\d", b"%PDF-1.3", data))
mutation("BP-1", "a broken cross-reference", works_on_bytes=True)(lambda data: re.sub(rb"startxref\n\d+", b"startxref\n7", data))
mutation("BP-1", "a page that is not there", works_on_bytes=True)(lambda data: data[:len(data) // 2])
mutation("A-6.1.2-1", "no end of line after the header", works_on_bytes=True)(lambda data: re.sub(rb"^(%PDF-1\.\d)[\r\n]", rb"\1 ", data))
mutation("A-6.1.2-2", "no binary comment", works_on_bytes=True)(lambda data: re.sub(rb"^(%PDF-1\.\d[\r\n]+%)....", rb"\1text", data, flags=re.S))
mutation("A-6.1.3-1", "no identifier", works_on_bytes=True)(lambda data: data.replace(b"/ID", b"/IX"))
mutation("A-6.1.3-3", "words after the end", works_on_bytes=True)(lambda data: data + b"and so on")
SECRET = pikepdf.Encryption(owner="one", user="", R=3, aes=False, metadata=False, allow=pikepdf.Permissions(accessibility=False))
mutation("A-6.1.3-2", "encrypted", encryption=SECRET)(lambda pdf: None)
mutation("26-002", "encrypted against assistive technology", encryption=SECRET)(lambda pdf: None)


mutation("A-6.1.9-1", "an object after another on its line", works_on_bytes=True)(lambda data: re.sub(rb"endobj[\r\n](\d)", rb"endobj \1", data, count=1))
mutation("A-6.1.9-1", "two spaces in an object's head", works_on_bytes=True)(lambda data: re.sub(rb" obj[\r\n]", b" obj ", data, count=1))


@mutation("A-6.1.7.1-1", "a stream that says too little", works_on_bytes=True)
def short_stream(data):
    """Of as many digits as before: places stay."""
    return re.sub(rb"/Length ([1-9])(\d*)(?=[^>]*>>\s*stream)", lambda match: b"/Length " + str(int(match[1]) % 9 + 1).encode() + match[2], data, count=1)


@mutation("A-6.1.6-1", "half a byte")
def half_byte(pdf):
    page = pdf.pages[0]
    page.contents_coalesce()
    page.obj.Contents.write(page.obj.Contents.read_bytes() + b"\n/Artifact BMC BT <004> Tj ET EMC")


@mutation("A-6.1.7.1-3", "a stream in another file")
def external_stream(pdf):
    pdf.Root.BpTest = pikepdf.Stream(pdf, b"", F=String("elsewhere.dat"))


@mutation("A-6.1.7.2-1", "an LZW stream")
def lzw(pdf):
    pdf.Root.BpTest = pikepdf.Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode)


@mutation("A-6.1.13-1", "a string too long")
def long_string(pdf):
    pdf.Root.BpTest = String("x" * 40000)


@mutation("A-6.1.13-1", "an integer too large")
def large_integer(pdf):
    pdf.Root.BpTest = 3000000000


@mutation("A-6.1.13-1", "a name too long")
def long_name(pdf):
    pdf.Root.BpTest = Name("/" + "x" * 200)


@mutation("A-6.1.13-8", "29 saved states")
def deep(pdf):
    append(pdf, b"q " * 29 + b"Q " * 29)


# ---- what the file says it is

@mutation("01-007", "not marked")
def unmarked(pdf):
    pdf.Root.MarkInfo.Marked = False


@mutation("UA-7.1-4", "suspect")
def suspect(pdf):
    pdf.Root.MarkInfo.Suspects = True


@mutation("07-001", "the file name in the window")
def file_name(pdf):
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@mutation("07-001", "no viewer preferences")
def no_preferences(pdf):
    del pdf.Root.ViewerPreferences


@mutation("BP-2", "no title")
def no_title(pdf):
    del pdf.trailer.Info.Title


@mutation("BP-2", "a file name for a title")
def file_title(pdf):
    pdf.trailer.Info.Title = String("bbp.pdf")


@mutation("BP-40", "no bookmarks")
def no_bookmarks(pdf):
    del pdf.Root.Outlines


@mutation("BP-40-destinations", "a bookmark to nowhere")
def lost_bookmark(pdf):
    entry = pdf.Root.Outlines.First
    for key in ("/Dest", "/A"):
        if key in entry:
            del entry[key]


@mutation("BP-4", "no language")
@mutation("11-001", "no language")
def no_language(pdf):
    del pdf.Root.Lang


@mutation("UA-7.2-29", "a language that is none")
def wrong_language(pdf):
    first(pdf, "H1").Lang = String("British English")


@mutation("UA-7.2-29", "a catalogue in no language")
def wrong_catalogue_language(pdf):
    pdf.Root.Lang = String("en_GB!")


# ---- metadata

@mutation("06-001", "no metadata")
def no_metadata(pdf):
    del pdf.Root.Metadata


@mutation("BP-6", "compressed metadata", works_on_bytes=True)
def compressed_metadata(data):
    """By an update after the end of the file: writers of PDF leave no metadata compressed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, packed, size, root = pdf.Root.Metadata.objgen[0], zlib.compress(pdf.Root.Metadata.read_bytes()), pdf.trailer.Size, pdf.Root.objgen[0]
    before = int(data[data.rindex(b"startxref") + 9:].split()[0])
    head = f"{number} 0 obj <</Type /Metadata /Subtype /XML /Filter /FlateDecode /Length {len(packed)}>> stream\n".encode()
    update = head + packed + b"\nendstream endobj\n"
    trailer = f"xref\n{number} 1\n{len(data):010} 00000 n \ntrailer <</Size {size} /Root {root} 0 R /Prev {before}>>\nstartxref\n{len(data) + len(update)}\n%%EOF\n"
    return data + update + trailer.encode()


mutation("A-6.6.2.1-2", "the packet's length in its header")(xmp(r"<\?xpacket begin=", r'<?xpacket bytes="1000" begin='))
mutation("A-6.6.2.1-4", "an element that does not end")(xmp(r"</x:xmpmeta>", ""))
mutation("A-6.6.2.1-4", "no RDF")(xmp(r"<rdf:RDF(.*)</rdf:RDF>", r"<rdf:Bag\1</rdf:Bag>"))
mutation("A-6.6.2.1-5", "a byte that is no UTF-8")(xmp(r"<dc:title>", b"<!-- \xe9 --><dc:title>"))
mutation("06-002", "no PDF/UA")(xmp(r"<pdfuaid:part>\s*1\s*</pdfuaid:part>|pdfuaid:part=\"1\"", ""))
mutation("06-002", "PDF/UA-2")(xmp(r"(<pdfuaid:part>)\s*1", r"\g<1>2"))
mutation("UA-5-3", "another prefix")(
    xmp(r"<pdfuaid:part>(\s*1\s*)</pdfuaid:part>", r'<ua:part xmlns:ua="http://www.aiim.org/pdfua/ns/id/">\1</ua:part>'))
mutation("A-6.6.4-1", "no PDF/A")(xmp(r"<pdfaid:part>\s*2\s*</pdfaid:part>", ""))
mutation("A-6.6.4-1", "PDF/A-2b")(xmp(r"(<pdfaid:conformance>)\s*A", r"\1B"))
mutation("A-6.6.4-4", "another prefix")(xmp(r"<pdfaid:part>(\s*2\s*)</pdfaid:part>", r'<a:part xmlns:a="http://www.aiim.org/pdfa/ns/id/">\1</a:part>'))
mutation("06-003", "no title")(xmp(r"<dc:title>.*?</dc:title>", ""))
mutation("A-6.6.2.3.1-1", "a property of nobody's schema")(xmp(r"<dc:title>", r'<x1:odd xmlns:x1="http://example.org/odd/">1</x1:odd><dc:title>'))
mutation("A-6.6.2.3.1-1", "no description of the PDF/UA schema")(xmp(r"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", ""))
mutation("A-6.6.2.3.1-2", "a title in one language of none")(xmp(r"<dc:title>.*?</dc:title>", "<dc:title>words</dc:title>"))
mutation("A-6.6.2.3.1-2", "a date in words")(xmp(r"(<xmp:CreateDate>)[^<]*", r"\g<1>31 July 2025"))
mutation("A-6.6.2.3.3-1", "a property of no kind")(xmp(r"<pdfaProperty:category>[^<]*</pdfaProperty:category>", ""))
mutation("A-6.6.2.3.3-1", "a schema without its prefix")(xmp(r"<pdfaSchema:prefix>[^<]*</pdfaSchema:prefix>", ""))
mutation("BP-2-same", "another title in the metadata")(xmp(r"(<dc:title>.*?<rdf:li[^>]*>)", r"\1Not "))
mutation("BP-7", "nobody made it")(xmp(r"<dc:creator>.*?</dc:creator>", ""))


@mutation("BP-2-same", "another day in the properties")
def other_day(pdf):
    pdf.trailer.Info.CreationDate = String("D:20010101000000Z")


# ---- what must stand nowhere

def form_stream(pdf, **more):
    return pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], Resources=Dictionary(), **more)


@mutation("25-001", "a dynamic form")
@mutation("A-6.4.2-1", "a form")
@mutation("BP-12", "a form")
def xfa(pdf):
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<config><dynamicRender>required</dynamicRender></config>"), Fields=Array())


@mutation("A-6.5.1-1", "a script when it is opened")
@mutation("BP-12", "a script when it is opened")
def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))


@mutation("A-6.5.1-1", "a link that starts a program")
def launch(pdf):
    link = annotation(pdf)
    link.A = Dictionary(S=Name.Launch, F=String("program.exe"))


@mutation("A-6.5.2-1", "something when it is closed")
def trigger(pdf):
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.GoTo, D=String("x")))


@mutation("21-001", "an embedded file with one name")
def embedded(pdf):
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[String("a"), Dictionary(Type=Name.Filespec, F=String("a.csv"), EF=Dictionary(
        F=pdf.make_stream(b"a,b", Type=Name.EmbeddedFile)))]))


@mutation("20-001", "layers without a name")
@mutation("20-003", "layers that switch themselves")
@mutation("BP-20-layers", "layers")
def layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(AS=Array()))


@mutation("30-001", "a page of another file")
def reference_form(pdf):
    pdf.Root.BpTest = form_stream(pdf, Ref=Dictionary(F=String("other.pdf"), Page=0))


@mutation("A-6.2.9-1", "PostScript")
def postscript(pdf):
    pdf.Root.BpTest = form_stream(pdf, Subtype2=Name.PS)


def graphics_state(pdf, **entries):
    pdf.pages[0].Resources.ExtGState = Dictionary(BpTest=Dictionary(Type=Name.ExtGState, **entries))


@mutation("A-6.2.5-1", "a transfer function")
def transfer_function(pdf):
    graphics_state(pdf, TR=Name.Identity)


@mutation("A-6.2.6-1", "a rendering intent of its own")
def intent(pdf):
    append(pdf, b"/Vivid ri")


@mutation("A-6.2.10-1", "a blend mode of its own")
def blend_mode(pdf):
    graphics_state(pdf, BM=Name.Vivid)


@mutation("BP-54-transparency", "half transparent")
def transparent(pdf):
    graphics_state(pdf, ca=0.5)


@mutation("BP-54-transparency", "multiplied")
def multiplied(pdf):
    graphics_state(pdf, BM=Name.Multiply)


@mutation("BP-42-images", "an image")
def image(pdf):
    pdf.Root.BpTest = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray)


@mutation("BP-42-images", "an inline image")
def inline_image(pdf):
    append(pdf, b"/Artifact BMC BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI EMC")


# ---- colours

@mutation("BP-54-intent", "no output intent")
def no_intent(pdf):
    del pdf.Root.OutputIntents


def change_profile(pdf, change):
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(stream.read_bytes())
    change(data)
    stream.write(bytes(data))


@mutation("A-6.2.3-1", "a profile for scanners")
def scanner(pdf):
    change_profile(pdf, lambda data: data.__setitem__(slice(12, 16), b"scnr"))


@mutation("A-6.2.3-1", "a profile cut short")
def short_profile(pdf):
    change_profile(pdf, lambda data: data.__delitem__(slice(-1, None)))


@mutation("A-6.2.3-1", "a profile without red")
def no_red(pdf):
    def change(data):
        place = data.index(b"rXYZ")
        data[place:place + 4] = b"tset"

    change_profile(pdf, change)


@mutation("A-6.2.3-2", "two profiles")
def two_profiles(pdf):
    one = pdf.Root.OutputIntents[0]
    pdf.Root.OutputIntents.append(Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=pdf.make_stream(one.DestOutputProfile.read_bytes(), N=3)))


@mutation("A-6.2.4.3-2", "printer's colours")
def cmyk(pdf):
    append(pdf, b"0 1 1 0 k")


# ---- content

@mutation("01-003", "an artifact inside a tagged sequence")
def nested_artifact(pdf):
    def change(instructions):
        place = find(instructions, "BDC", has_number)
        instructions[place + 1:place + 1] = [([Name.Artifact], operator("BMC")), ([], operator("EMC"))]

    content(pdf, change)


@mutation("01-004", "a tagged sequence inside an artifact")
def nested_tag(pdf):
    def change(instructions):
        place = find(instructions, "BDC", has_number)
        instructions.insert(place, ([Name.Artifact], operator("BMC")))
        instructions.insert(find(instructions[place + 1:], "EMC") + place + 2, ([], operator("EMC")))

    content(pdf, change)


@mutation("01-005", "a line in nothing")
def untagged_path(pdf):
    append(pdf, b"10 400 m 20 400 l S")


@mutation("01-005", "text in nothing")
def untagged_text(pdf):
    def change(instructions):
        place = find(instructions, "BDC", has_number)
        end = place + find(instructions[place:], "EMC")
        del instructions[end], instructions[place]

    content(pdf, change)


@mutation("01-005", "text in marks that say nothing")
def meaningless_mark(pdf):
    def change(instructions):
        instructions[find(instructions, "BDC", is_artifact)] = ([Name.Span], operator("BMC"))

    content(pdf, change)


@mutation("BP-22-balance", "a sequence that does not end")
def endless(pdf):
    content(pdf, lambda instructions: instructions.pop(len(instructions) - 1 - find(instructions[::-1], "EMC")))


@mutation("BP-22-balance", "a sequence that ends twice")
def ends_twice(pdf):
    append(pdf, b"EMC")


@mutation("BP-22-balance", "a sequence and a text object that cross")
def crossing(pdf):
    append(pdf, b"/Artifact BMC BT EMC ET")


@mutation("BP-22-balance", "a state that is not restored")
def not_restored(pdf):
    append(pdf, b"q")


@mutation("BP-22-unique", "one number twice")
def twice(pdf):
    def change(instructions):
        one = find(instructions, "BDC", has_number)
        other = one + 1 + find(instructions[one + 1:], "BDC", has_number)
        instructions[other] = ([instructions[other][0][0], Dictionary(MCID=instructions[one][0][1].MCID)], operator("BDC"))

    content(pdf, change)


def retag_artifacts(page, tag_of):
    """The artifacts of a page become something else; `tag_of` gives the operands."""
    def function(pdf):
        def change(instructions):
            for index, (operands, each) in enumerate(instructions):
                if str(each) == "BDC" and is_artifact(operands):
                    instructions[index] = (tag_of(operands), each)

        content(pdf, change, page)

    return function


mutation("BP-23", "a running header that is read out on every page")(retag_artifacts(1, lambda operands: [Name.P, Dictionary(MCID=9000)]))
mutation("BP-23-pagination", "a running header that says it is decoration")(retag_artifacts(0, lambda operands: [Name.Artifact, Dictionary(Type=Name.Layout)]))
mutation("BP-23-types", "an artifact of its own kind")(retag_artifacts(0, lambda operands: [Name.Artifact, Dictionary(Type=Name.Footer)]))
mutation("BP-24", "no marking at the top of a page")(retag_artifacts(1, lambda operands: [Name.P, Dictionary(MCID=9000)]))


@mutation("BP-24", "the marking is never read out")
def silent_marking(pdf):
    marks = set()

    def change(instructions):
        previous = None
        for index, (operands, each) in enumerate(instructions):
            if str(each) == "BDC":
                previous = index
            elif str(each) in ("Tj", "TJ") and previous is not None and has_number(instructions[previous][0]):
                words = operands[0] if str(each) == "Tj" else b"".join(bytes(part) for part in operands[0] if isinstance(part, String))
                if bytes(words).decode("utf-16-be").startswith("OFFICIAL"):
                    instructions[previous] = ([Name.Artifact, Dictionary(Type=Name.Pagination)], operator("BDC"))
                    marks.add(index)

    content(pdf, change)
    assert marks


@mutation("A-6.2.2-1", "an operator of its own")
def own_operator(pdf):
    append(pdf, b"1 2 glow")


@mutation("A-6.2.2-2", "a font that is not there")
def no_font(pdf):
    append(pdf, b"BT /Nothing 12 Tf ET")


def form_with_marks(pdf, uses):
    form = pdf.make_stream(b"/P <</MCID 0>> BDC EMC", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], Resources=Dictionary())
    pdf.pages[0].Resources.XObject = Dictionary(BpTest=form)
    append(pdf, b"/BpTest Do " * uses)


mutation("30-002", "a form with tagged content, drawn twice")(lambda pdf: form_with_marks(pdf, 2))


@mutation("30-002", "a form with tagged content inside tagged content")
def form_in_marks(pdf):
    form_with_marks(pdf, 0)
    append(pdf, b"/P <</MCID 9001>> BDC /BpTest Do EMC")


# ---- fonts

def font_mutation(rule, title, **more):
    def register(function):
        mutation(rule, title, **more)(lambda pdf: function(pdf, *shown_font(pdf)))
        return function

    return register


@font_mutation("31-009", "not embedded")
def not_embedded(pdf, font, code):
    del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


@font_mutation("31-005", "no map of glyphs")
def no_glyph_map(pdf, font, code):
    del font.DescendantFonts[0]["/CIDToGIDMap"]


@font_mutation("31-006", "an encoding of its own")
def own_encoding(pdf, font, code):
    font.Encoding = Name.Secret


@font_mutation("10-001", "no Unicode")
def no_unicode(pdf, font, code):
    del font["/ToUnicode"]


@font_mutation("10-001", "no Unicode for one character")
def one_without_unicode(pdf, font, code):
    font.ToUnicode.write(b"begincmap 1 beginbfrange <0000> <0001> <0020> endbfrange endcmap")


@font_mutation("31-027", "a map of glyphs for a map of characters")
def glyph_ranges(pdf, font, code):
    font.ToUnicode.write(re.sub(rb"bf(range|char)", rb"cid\1", font.ToUnicode.read_bytes()))


mutation("31-028", "read as U+FEFF")(lambda pdf: map_unicode(pdf, 0xFEFF))
mutation("31-028", "read as U+0000")(lambda pdf: map_unicode(pdf, 0))
mutation("A-6.2.11.7.3-1", "read as something private")(lambda pdf: map_unicode(pdf, 0xE000))
mutation("31-030", "drawn as a box")(lambda pdf: map_glyph(pdf, 0))
mutation("31-011", "a glyph beyond the last")(lambda pdf: map_glyph(pdf, 65000))


@font_mutation("BP-10", "a letter drawn as a space")
def blank(pdf, font, code):
    glyph_map = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
    map_glyph(pdf, int.from_bytes(glyph_map[64:66], "big"))


@font_mutation("31-012", "a letter of another width")
def width(pdf, font, code):
    font.DescendantFonts[0].W = Array([code, Array([333])])


@font_mutation("31-001", "an encoding of no collection")
def no_collection(pdf, font, code):
    font.Encoding = pdf.make_stream(b"begincmap endcmap", Type=Name.CMap, CMapName=Name.Own)


@font_mutation("31-019", "a simple font without encoding")
@font_mutation("BP-8", "a simple font")
def simple_font(pdf, font, code):
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/DescendantFonts", "/Encoding"):
        del font[key]
    font.Subtype, font.FontDescriptor = Name.TrueType, descriptor


@font_mutation("BP-8", "a name without a tag")
def untagged_name(pdf, font, code):
    font.BaseFont = Name.LiberationSans


# ---- what is seen

def seen(words, x, y, size, colour="0 0 0", before=""):
    """More words on the first page, in its first font, as an artifact."""
    def function(pdf):
        font, _ = shown_font(pdf)
        name = next(key for key, value in pdf.pages[0].Resources.Font.items() if value.objgen == font.objgen)
        shown = words.encode("utf-16-be").hex()
        append(pdf, f"/Artifact BMC {before} {colour} rg BT {name} {size} Tf {x} {y} Td <{shown}> Tj ET EMC".encode())

    return function


mutation("BP-51", "small print")(seen("small", 60, 60, 7))
mutation("BP-54", "grey on white")(seen("grey", 60, 60, 12, "0.6 0.6 0.6"))
mutation("BP-54", "black on navy")(seen("black", 60, 60, 12, before="0 0 0.3 rg 50 50 200 30 re f"))
mutation("BP-54", "grey on white, large")(seen("grey", 60, 60, 20, "0.7 0.7 0.7"))
mutation("BP-50-margins", "words in the margin")(seen("margin", 5, 400, 12))
mutation("BP-50-margins", "words that leave the page")(seen("so long that it leaves", 560, 400, 12))
mutation("BP-50-overlaps", "words on words")(lambda pdf: (seen("one", 60, 60, 12)(pdf), seen("two", 62, 63, 12)(pdf)))
