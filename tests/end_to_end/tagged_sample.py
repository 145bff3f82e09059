"""A small PDF, made by hand, that keeps every rule: what the checker is tried on beside the packs. It has what a pack has, and what packs do not
have but the rules know: a note, a formula and an annotation that is no link."""

import struct

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FACE = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
WIDTH, HEIGHT = 595.276, 841.890
DATE, XMP_DATE = "D:20250731120000Z", "2025-07-31T12:00:00Z"
TITLE, AUTHOR, SUBJECT = "A sample pack, 31 July 2025", "Example Borough", "A sample that keeps every rule"

XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{AUTHOR}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{SUBJECT}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>a test</pdf:Producer>
<xmp:CreateDate>{XMP_DATE}</xmp:CreateDate>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""


def colour_profile():
    """An ICC profile for screens, with the primaries of sRGB and a gamma of 2.2."""
    def point(*values):
        return b"XYZ " + bytes(4) + struct.pack(">lll", *(round(value * 65536) for value in values))

    curve = b"curv" + bytes(4) + struct.pack(">LH", 1, round(2.2 * 256)) + bytes(2)
    words = b"desc" + bytes(4) + struct.pack(">L", 5) + b"test\0" + bytes(4 + 4 + 2 + 1 + 67) + bytes(2)
    parts = [(b"desc", words), (b"cprt", b"text" + bytes(4) + b"none\0\0\0\0"), (b"wtpt", point(0.9642, 1, 0.8249)), (b"rXYZ", point(0.4361, 0.2225, 0.0139)),
             (b"gXYZ", point(0.3851, 0.7169, 0.0971)), (b"bXYZ", point(0.1431, 0.0606, 0.7141)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, data, start = b"", b"", 128 + 4 + 12 * len(parts)
    for name, part in parts:
        table += struct.pack(">4sLL", name, start + len(data), len(part))
        data += part
    header = struct.pack(">L4sL4s4s4s12s4s28xlll", start + len(data), b"test", 0x02400000, b"mntr", b"RGB ", b"XYZ ", bytes(12), b"acsp", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + struct.pack(">L", len(parts)) + table + data


class TrueTypeFace:
    """Which glyph a character has in the face and how wide that is (cmap format 4, hmtx)."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        count = struct.unpack_from(">H", self.data, 4)[0]
        entries = [struct.unpack_from(">4sLLL", self.data, 12 + 16 * index) for index in range(count)]
        self.offsets = {tag: offset for tag, _, offset, _ in entries}
        self.units = struct.unpack_from(">H", self.data, self.offsets[b"head"] + 18)[0]
        self.metrics = struct.unpack_from(">H", self.data, self.offsets[b"hhea"] + 34)[0]
        self.cmap = self._windows_cmap()

    def _windows_cmap(self):
        start = self.offsets[b"cmap"]
        for index in range(struct.unpack_from(">H", self.data, start + 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHL", self.data, start + 4 + 8 * index)
            if (platform, encoding) == (3, 1):
                return start + offset
        raise LookupError("no Windows cmap")

    def glyph(self, code):
        double = struct.unpack_from(">H", self.data, self.cmap + 6)[0]
        ends, starts = self.cmap + 14, self.cmap + 16 + double
        for at in range(0, double, 2):
            if struct.unpack_from(">H", self.data, ends + at)[0] >= code:
                first = struct.unpack_from(">H", self.data, starts + at)[0]
                delta = struct.unpack_from(">h", self.data, starts + double + at)[0]
                where = starts + 2 * double + at
                offset = struct.unpack_from(">H", self.data, where)[0]
                if code < first:
                    return 0
                return (code + delta) % 65536 if offset == 0 else struct.unpack_from(">H", self.data, where + offset + 2 * (code - first))[0]
        return 0

    def width(self, glyph):
        at = self.offsets[b"hmtx"] + 4 * min(glyph, self.metrics - 1)
        return round(struct.unpack_from(">H", self.data, at)[0] * 1000 / self.units)


class Sample:
    """Builds the file. `element` adds to the structure tree, `write` paints words in an element, `artifact` words in none."""

    def __init__(self):
        self.pdf = pikepdf.new()
        self.font = self._font()
        self.pages = []
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.document = self.element("Document", self.root)
        self.links = []

    def _font(self):
        face = TrueTypeFace(FACE)
        codes = [*range(32, 127), 0xA0, 0xA3, 0x2013, 0x2022, 0x2212]
        glyph_map = bytearray(2 * 65536)
        for code in codes:
            struct.pack_into(">H", glyph_map, 2 * code, face.glyph(code))
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+LiberationSans"), Flags=32, FontBBox=[-544, -303, 1302, 980],
                                ItalicAngle=0, Ascent=905, Descent=-212, CapHeight=729, StemV=80,
                                FontFile2=self.pdf.make_stream(face.data, Length1=len(face.data)))
        widths = Array()
        for code in codes:
            widths.extend([code, Array([face.width(face.glyph(code))])])
        descendant = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+LiberationSans"), DW=1000, W=widths,
                                CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
                                FontDescriptor=self.pdf.make_indirect(descriptor), CIDToGIDMap=self.pdf.make_stream(bytes(glyph_map)))
        rows = "".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n" for high in (0x00, 0x20, 0x22))
        cmap = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
                f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n3 beginbfrange\n{rows}endbfrange\nendcmap end end\n")
        return self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+LiberationSans"), Encoding=Name("/Identity-H"),
                                                 DescendantFonts=[self.pdf.make_indirect(descendant)], ToUnicode=self.pdf.make_stream(cmap.encode())))

    def page(self):
        page = self.pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=[0, 0, WIDTH, HEIGHT], Tabs=Name.S, StructParents=len(self.pages), Annots=Array(),
                                                 Resources=Dictionary(Font=Dictionary(F1=self.font))))
        self.pages.append((page, [], []))  # content, and the element of each MCID
        number = len(self.pages)
        self.artifact("OFFICIAL", 270, 815, "Pagination")
        self.artifact(f"Page {number} of 2", 500, 20, "Pagination")
        return page

    def element(self, kind, parent, **entries):
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, K=Array(), **entries))
        parent.K.append(made)
        return made

    def _show(self, words, x, y, size):
        return f"BT /F1 {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"

    def artifact(self, words, x, y, kind):
        self.pages[-1][1].append(f"/Artifact <</Type /{kind}>> BDC\n{self._show(words, x, y, 9)}EMC\n")

    def mark(self, element, operators):
        """Puts operators in a sequence of the element on the last page."""
        page, content, owners = self.pages[-1]
        content.append(f"{element.S} <</MCID {len(owners)}>> BDC\n{operators}EMC\n")
        element.K.append(Dictionary(Type=Name.MCR, Pg=page, MCID=len(owners)))
        owners.append(element)

    def write(self, element, words, x, y, size=12):
        self.mark(element, self._show(words, x, y, size))
        return element

    def annotate(self, element, box, **entries):
        page = self.pages[-1][0]
        annotation = self.pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=box, F=4, P=page, **entries))
        page.Annots.append(annotation)
        element.K.append(Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation))
        self.links.append((annotation, element))

    def finish(self, path):
        pdf = self.pdf
        numbers = Array()
        for index, (page, content, owners) in enumerate(self.pages):
            page.Contents = pdf.make_stream("".join(content).encode())
            pdf.pages.append(pikepdf.Page(page))
            numbers.extend([index, Array(owners)])
        for index, (annotation, element) in enumerate(self.links, len(self.pages)):
            annotation.StructParent = index
            numbers.extend([index, element])
        self.root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = len(self.pages) + len(self.links)
        root = pdf.Root
        root.StructTreeRoot = self.root
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String("en-GB")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
        root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=1)])
        root.OutputIntents = [Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
                                         DestOutputProfile=pdf.make_stream(colour_profile(), N=3))]
        with pdf.open_outline() as outline:
            outline.root.extend([pikepdf.OutlineItem("The first part", 1), pikepdf.OutlineItem("The figure", 1)])
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(TITLE), Author=String(AUTHOR), Subject=String(SUBJECT),
                                                        Producer=String("a test"), CreationDate=String(DATE)))
        pdf.save(path, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate, static_id=True)


def build(path):
    """Writes the sample."""
    sample = Sample()
    first, top = sample.page(), sample.document
    sample.write(sample.element("P", top), "OFFICIAL", 48, 700, 9)
    sample.write(sample.element("H1", top), "A sample pack", 48, 740, 24)
    contents = sample.element("TOC", top)
    titles = (("The first part", 660), ("The figure", 640))
    waiting = []
    for words, y in titles:
        link = sample.element("Link", sample.element("Reference", sample.element("TOCI", contents)))
        sample.write(link, words, 48, y)
        sample.annotate(link, [46, y - 4, 200, y + 12], Subtype=Name.Link, Contents=String(f"Go to {words}"))
        waiting.append(sample.links[-1][0])
    comment = sample.element("Annot", top)
    sample.annotate(comment, [400, 600, 420, 620], Subtype=Name.Stamp, Contents=String("A stamp"), AP=Dictionary(
        N=sample.pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 20, 20], Resources=Dictionary())))
    second = sample.page()
    for annotation in waiting:
        annotation.Dest = Array([second, Name.XYZ, 0, 800, 0])
    part = sample.element("Sect", top)
    sample.write(sample.element("H2", part), "The first part", 48, 780, 18)
    _table(sample, part)
    _list(sample, part)
    sample.write(sample.element("H3", part), "The figure", 48, 560, 14)
    figure = sample.element("Figure", part, Alt=String("Bar of 3 actions by status: 2 complete, 1 on track."),
                            A=Dictionary(O=Name.Layout, BBox=[48, 500, 248, 540]))
    sample.mark(figure, "0.07 0.26 0.43 rg\n48 500 200 40 re\nf\n")
    formula = sample.element("Formula", part, Alt=String("Two and one make three"))
    sample.write(formula, "2 + 1 = 3", 48, 470)
    sample.write(sample.element("Note", part, ID=String("note-1")), "1. Counted on 31 July 2025.", 48, 440, 9)
    assert first != second
    sample.finish(path)


def _table(sample, part):
    scope = lambda value: Dictionary(O=Name.Table, Scope=Name("/" + value))
    table = sample.element("Table", part)
    sample.write(sample.element("Caption", table), "Actions by status", 48, 750)
    head, body = sample.element("THead", table), sample.element("TBody", table)
    row = sample.element("TR", head)
    for column, words in enumerate(("Status", "Actions", "Share")):
        sample.write(sample.element("TH", row, A=scope("Column")), words, 48 + 100 * column, 730, 10)
    for number, words in enumerate((("Complete", "2", "67%"), ("On track", "1", "33%"))):
        row = sample.element("TR", body)
        sample.write(sample.element("TH", row, A=scope("Row")), words[0], 48, 710 - 20 * number, 10)
        for column in (1, 2):
            sample.write(sample.element("TD", row), words[column], 48 + 100 * column, 710 - 20 * number, 10)
    row = sample.element("TR", body)
    sample.write(sample.element("TD", row, A=Dictionary(O=Name.Table, ColSpan=3)), "All counted", 48, 670, 10)


def _list(sample, part):
    items = sample.element("L", part, A=Dictionary(O=Name.List, ListNumbering=Name.Disc))
    for number, words in enumerate(("one thing", "another thing")):
        item = sample.element("LI", items)
        sample.write(sample.element("Lbl", item), "\u2022", 48, 630 - 20 * number)
        sample.write(sample.element("LBody", item), words, 64, 630 - 20 * number)
