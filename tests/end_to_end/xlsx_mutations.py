"""Ways to break a sound workbook in one place. Each works on the parts of the package, so that nothing but that place changes."""

import dataclasses
import re
import typing
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Package:
    """The parts of a workbook as texts, to be edited and written again with the same dates."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {entry.filename: archive.read(entry).decode() for entry in archive.infolist()}
        self.date = (1980, 1, 1, 0, 0, 0)

    def write(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name, self.date), text, zipfile.ZIP_DEFLATED)

    def sheet(self, name):
        """The part of the sheet with that name."""
        names = re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"])
        return f"xl/worksheets/sheet{names.index(name) + 1}.xml"

    def table(self, name):
        """The part of the table on that sheet."""
        relations = self.parts[self.relations_of(name)]
        return "xl/tables/" + re.search(r"tables/(table\d+\.xml)", relations)[1]

    def relations_of(self, name):
        return self.sheet(name).replace("worksheets/", "worksheets/_rels/") + ".rels"

    def edit(self, part, pattern, by, count=1):
        """Replaces the first places where the pattern stands; there must be one."""
        text, done = re.subn(pattern, by, self.parts[part], count=count, flags=re.S)
        assert done, f"{part}: {pattern} is not there"
        assert text != self.parts[part], f"{part}: nothing changed"
        self.parts[part] = text

    def set_text(self, name, cell, text):
        """The cell holds a text of its own; the shared ones stay."""
        inline = f'<is><t xml:space="preserve">{text}</t></is>'
        self.edit(self.sheet(name), rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)', rf'<c r="{cell}"\1 t="inlineStr">{inline}</c>')

    def set_words(self, name, cell, text):
        """The same in a cell of figures or dates: words wrap."""
        self.set_text(name, cell, text)
        self.restyle(name, cell, lambda xf: xf.replace("<alignment ", '<alignment wrapText="1" '))

    def style_of(self, name, cell):
        return int(re.search(rf'<c r="{cell}" s="(\d+)"', self.parts[self.sheet(name)])[1])

    def restyle(self, name, cell, change):
        """Gives the cell a style of its own: change takes and returns the text of its xf."""
        styles = self.parts["xl/styles.xml"]
        inner = re.search(r"<cellXfs[^>]*>(.*)</cellXfs>", styles, re.S)[1]
        formats = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", inner, re.S)
        changed = change(formats[self.style_of(name, cell)])
        self.edit("xl/styles.xml", r'<cellXfs count="\d+">(.*)</cellXfs>', lambda match: f'<cellXfs count="{len(formats) + 1}">{match[1]}{changed}</cellXfs>')
        self.edit(self.sheet(name), rf'(<c r="{cell}" s=")\d+', rf"\g<1>{len(formats)}")

    def add_font(self, xml):
        return self._add("fonts", xml)

    def add_fill(self, xml):
        return self._add("fills", xml)

    def _add(self, element, xml):
        count = int(re.search(rf'<{element} count="(\d+)"', self.parts["xl/styles.xml"])[1])
        self.edit("xl/styles.xml", rf'<{element} count="\d+">(.*?)</{element}>', lambda match: f'<{element} count="{count + 1}">{match[1]}{xml}</{element}>')
        return count

    def relate(self, name, kind, target, external=False):
        """A relation of a sheet; returns its id."""
        mode = ' TargetMode="External"' if external else ""
        self.edit(self.relations_of(name), "</Relationships>", f'<Relationship Id="rIdNew" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>')
        return "rIdNew"

    def add_part(self, part, text, content_type):
        self.parts[part] = text
        self.edit("[Content_Types].xml", "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>')


@dataclasses.dataclass(frozen=True)
class Mutation:
    """Breaks what the rule keeps, and no other rule."""

    rule: str
    title: str
    function: typing.Callable
    kind: str

    def __str__(self):
        return f"{self.rule}: {self.title}"

    def apply(self, source, target):
        package = Package(source)
        self.function(package)
        package.write(target)


mutations = []


def mutation(rule, title, kind="published"):
    def register(function):
        mutations.append(Mutation(rule, title, function, kind))
        return function
    return register


def edit(rule, title, part, pattern, by, kind="published"):
    """A mutation that replaces one place. part: the name of a part, or a function of the package."""
    @mutation(rule, title, kind)
    def function(package):
        package.edit(part(package) if callable(part) else part, pattern, by)


def sheet(name):
    return lambda package: package.sheet(name)


def table(name):
    return lambda package: package.table(name)


STRINGS, STYLES, WORKBOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"

# ---- the first three sheets

edit("XL-1", "no contact on the cover", STRINGS, r">Contact: ", ">Write to ")
edit("XL-1", "no day on the cover", STRINGS, r">Reporting period: [^<]*<", ">Reporting period: <")
edit("XL-1", "no version", STRINGS, r">Version ", ">Issue ")
mutation("XL-1", "something beside the lines of the cover")(
    lambda package: package.edit(package.sheet("Cover"), r'(<c r="A3" s="(\d+)".*?</c>)', r'\1<c r="B3" s="\2" t="inlineStr"><is><t>x</t></is></c>'))
mutation("XL-1", "a blank line on the cover")(lambda package: package.edit(package.sheet("Cover"), r'(<c r="A3" s="\d+") t="s"><v>\d+</v></c>', r"\1/>"))
edit("XL-2", "a link that leads elsewhere", sheet("Contents"), "location=\"'Actions'!A1\"", "location=\"'KPIs'!A1\"")
mutation("XL-2", "a sheet under another name")(lambda package: package.set_text("Contents", "B9", "Something"))
mutation("XL-2", "a number left out")(lambda package: package.edit(package.sheet("Contents"), r'(<c r="A8" s="\d+"><v>)2<', r"\g<1>3<"))
mutation("XL-2", "no link")(lambda package: package.edit(package.sheet("Contents"), r'<hyperlink ref="B9"[^>]*/>', ""))
edit("XL-3", "a note that is not there", STRINGS, r"\[note 2\]", "[note 99]")
edit("XL-3", "a note that nobody needs", sheet("Summary"), r">Each row is one count\.", ">Each row is one count [note 77].")
mutation("XL-3", "notes numbered by leaps")(lambda package: package.edit(package.sheet("Notes"), r'(<c r="A7" s="\d+"><v>)1<', r"\g<1>9<"))

# ---- tables


@mutation("XL-4", "two tables, and the sheet says one")
def two_tables(package):
    """The table of the glossary, cut in two."""
    part = package.table("Glossary")
    top, columns, last = re.search(r'ref="A(\d+):([A-Z])(\d+)"', package.parts[part]).groups()
    middle = (int(top) + int(last)) // 2
    package.edit(part, r'ref="A\d+:[A-Z]\d+"', f'ref="A{top}:{columns}{middle - 1}"')
    cells = re.search(rf'<row r="{top}".*?</row>', package.parts[package.sheet("Glossary")], re.S)[0]
    cells = re.sub(rf' r="([A-Z]*){top}"', rf' r="\g<1>{middle}"', cells)
    package.edit(package.sheet("Glossary"), rf'<row r="{middle}".*?</row>', lambda _: cells)
    second = package.parts[part].replace(f'ref="A{top}:{columns}{middle - 1}"', f'ref="A{middle}:{columns}{last}"')
    second = re.sub(r' id="\d+" name="[^"]*" displayName="[^"]*"', ' id="900" name="More_words" displayName="More_words"', second, count=1)
    package.add_part("xl/tables/table900.xml", second, "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml")
    relation = package.relate("Glossary", "table", "../tables/table900.xml")
    package.edit(package.sheet("Glossary"), r'<tableParts count="1">(.*?)</tableParts>', rf'<tableParts count="2">\1<tablePart r:id="{relation}"/></tableParts>')


edit("XL-5", "a name that says nothing", table("Actions"), r'name="Actions_table" displayName="Actions_table"', 'name="Table_1" displayName="Table_1"')
edit("BP-1", "two tables of one name", table("Actions"), r'name="Actions_table" displayName="Actions_table"', 'name="kpis_TABLE" displayName="kpis_TABLE"')
edit("XL-5", "a name for show", table("Actions"), 'displayName="Actions_table"', 'displayName="Actions_of_all"')
edit("XL-6", "the number of tables is not said", sheet("Actions"), r'<c r="A2" (s="\d+") t="inlineStr"><is><t>[^<]*</t></is></c>', r'<c r="A2" \1 t="inlineStr"><is><t>It has one table.</t></is></c>')
mutation("XL-6", "a blank line above a table")(lambda package: package.edit(package.sheet("Actions"), r'(<c r="A3" s="\d+") t="inlineStr"><is><t>[^<]*</t></is></c>', r"\1/>"))
mutation("XL-6", "something beside the lines")(
    lambda package: package.edit(package.sheet("Actions"), r'(<c r="A3" s="(\d+)".*?</c>)', r'\1<c r="C3" s="\2" t="inlineStr"><is><t>beside</t></is></c>'))


@mutation("XL-7", "a remark below the table")
def below(package):
    part = package.sheet("Glossary")
    last = max(map(int, re.findall(r'<row r="(\d+)"', package.parts[part])))
    style = package.style_of("Glossary", "A2")
    package.edit(part, "</sheetData>", f'<row r="{last + 2}" ht="18" customHeight="1"><c r="A{last + 2}" s="{style}" t="inlineStr"><is><t>Source: ours</t></is></c></row></sheetData>')


def header_cell(package, name, title):
    """"C8": the header cell of the table with that title, and its text as the table has it."""
    text = package.parts[package.table(name)]
    top = re.search(r' ref="A(\d+):', text)[1]
    titles = re.findall(r'<tableColumn id="\d+" name="([^"]*)"', text)
    index = titles.index(title)
    letters = (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)
    return letters, int(top)


def rename(package, name, title, new):
    letters, row = header_cell(package, name, title)
    package.set_text(name, f"{letters}{row}", new)
    package.edit(package.table(name), f'name="{re.escape(title)}"', f'name="{new}"')


mutation("XL-8", "figures without a unit")(lambda package: rename(package, "Coverage", "Actions (number)", "Actions"))
mutation("XL-8", "two columns of one name")(lambda package: rename(package, "Actions", "Sub-area", "Area"))
edit("XL-8", "the table calls a column otherwise", table("Actions"), 'name="Sub-area"', 'name="Subarea"')
edit("XL-8", "two header rows", table("Actions"), ' totalsRowShown="0"', ' headerRowCount="2" totalsRowShown="0"')
edit("XL-9", "merged cells", sheet("Glossary"), "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A9:A10"/></mergeCells>')


@mutation("XL-10", "a blank cell")
def blank_cell(package):
    letters, row = header_cell(package, "Actions", "Short title")
    package.edit(package.sheet("Actions"), rf'(<c r="{letters}{row + 2}" s="\d+") t="inlineStr"><is><t>[^<]*</t></is></c>', r"\1/>")


mutation("XL-10", "a cell of spaces")(lambda package: package.set_text("Glossary", "B9", "  "))
mutation("XL-21", "a period as a header")(lambda package: rename(package, "Coverage", "Short title", "Q1 2025/26"))
mutation("XL-21", "a total among the rows")(lambda package: package.set_text("Summary", "A9", "Total"))

# ---- sheets

edit("XL-11", "a hidden sheet", WORKBOOK, r'(<sheet name="Glossary")', r'\1 state="hidden"')
edit("XL-11", "a very hidden sheet", WORKBOOK, r'(<sheet name="Glossary")', r'\1 state="veryHidden"')
edit("XL-11", "a hidden row", sheet("Glossary"), r'<row r="9"', '<row r="9" hidden="1"')
edit("XL-11", "a hidden column", sheet("Glossary"), r'<col min="2"', '<col hidden="1" min="2"')
edit("XL-11", "a closed group", sheet("Glossary"), r'<row r="9"', '<row r="9" collapsed="1"')
edit("XL-12", "a frozen pane", sheet("Glossary"), r'<sheetView ([^>]*)/>', r'<sheetView \1><pane ySplit="6" topLeftCell="A7" activePane="bottomLeft" state="frozen"/></sheetView>')
edit("XL-12", "a filter", table("Glossary"), r"<tableColumns", '<autoFilter ref="A6:C20"/><tableColumns')
edit("XL-13", "a printed footer", sheet("Glossary"), r"(<pageSetup [^>]*/>)", r"\1<headerFooter><oddFooter>&amp;CPage &amp;P</oddFooter></headerFooter>")
edit("XL-13", "a background picture", sheet("Glossary"), "<tableParts", '<picture r:id="rId9"/><tableParts')
edit("XL-13", "a comment's drawing", sheet("Glossary"), "<tableParts", '<legacyDrawing r:id="rId9"/><tableParts')


def rename_sheet(package, name, new):
    """Under its new name everywhere: in the workbook, the Contents and the titles to print."""
    package.edit(WORKBOOK, f'name="{name}"', f'name="{new}"')
    package.edit(WORKBOOK, rf">{name}!", f">'{new}'!")
    package.edit(package.sheet("Contents"), rf"location=\"'{name}'!A1\"", f"location=\"'{new}'!A1\"")
    cell = re.search(rf"ref=\"(B\d+)\" location=\"'{new}'!A1\"", package.parts[package.sheet("Contents")])[1]
    package.set_text("Contents", cell, new)


mutation("XL-14", "a name that says nothing")(lambda package: rename_sheet(package, "Glossary", "Sheet9"))
mutation("XL-14", "a name with a sign")(lambda package: rename_sheet(package, "Glossary", "Glos-sary"))
edit("XL-24", "it opens on another sheet", WORKBOOK, r"<workbookView ", '<workbookView activeTab="3" ')
edit("XL-24", "two sheets selected", sheet("Glossary"), r"<sheetView ", '<sheetView tabSelected="1" ')
edit("XL-24", "a sheet opens in the middle", sheet("Glossary"), r"<sheetView ", '<sheetView topLeftCell="B9" ')
edit("XL-24", "another cell is selected", sheet("Glossary"), r"<sheetView ([^>]*)/>", r'<sheetView \1><selection activeCell="B9" sqref="B9"/></sheetView>')

# ---- look

mutation("XL-15", "a title in looks alone")(lambda package: package.restyle("Glossary", "A1", lambda xf: xf.replace('xfId="1"', 'xfId="0"')))


@mutation("XL-15", "a heading in looks alone")
def bold_line(package):
    font = package.add_font('<font><b/><sz val="12"/><color theme="1"/><name val="Arial"/><family val="2"/></font>')
    package.restyle("Glossary", "A3", lambda xf: re.sub(r'fontId="\d+"', f'fontId="{font}" applyFont="1"', xf, count=1))


mutation("XL-16", "text that is not wrapped")(lambda package: package.restyle("Glossary", "B9", lambda xf: xf.replace(' wrapText="1"', "")))
edit("XL-16", "no width", sheet("Glossary"), r'<col min="2"[^>]*/>', "")
edit("XL-16", "no height", sheet("Glossary"), r'(<row r="9"[^>]*) ht="[\d.]+" customHeight="1"', r"\1")
edit("XL-16", "a column too narrow for its dates", sheet("Meetings"), r'(<col min="2" max="2" width=")[\d.]+', r"\g<1>5")


@mutation("XL-16", "a row too low for its text")
def low_row(package):
    part = package.sheet("Actions")
    row = max(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', package.parts[part]), key=lambda found: float(found[1]))[0]
    package.edit(part, rf'(<row r="{row}"[^>]* ht=")[\d.]+', r"\g<1>18")


def font_mutation(rule, title, xml):
    @mutation(rule, title)
    def function(package):
        font = package.add_font(xml)
        package.restyle("Glossary", "B9", lambda xf: re.sub(r'fontId="\d+"', f'fontId="{font}" applyFont="1"', xf, count=1))


font_mutation("XL-17", "small type", '<font><sz val="9"/><color theme="1"/><name val="Arial"/></font>')
font_mutation("XL-17", "type with serifs", '<font><sz val="12"/><color theme="1"/><name val="Times New Roman"/></font>')
font_mutation("XL-18", "pale type", '<font><sz val="12"/><color rgb="FFAAAAAA"/><name val="Arial"/></font>')
mutation("XL-17", "a figure at the left")(lambda package: package.restyle("Summary", "C9", lambda xf: xf.replace('horizontal="right"', 'horizontal="left"')))
mutation("XL-17", "text at the right")(lambda package: package.restyle("Glossary", "B9", lambda xf: xf.replace('horizontal="left"', 'horizontal="right"')))


@mutation("XL-18", "text on a colour too near its own")
def dark_fill(package):
    fill = package.add_fill('<fill><patternFill patternType="solid"><fgColor rgb="FF444444"/></patternFill></fill>')
    package.restyle("Glossary", "B9", lambda xf: re.sub(r'fillId="\d+"', f'fillId="{fill}" applyFill="1"', xf, count=1))


edit("XL-18", "a scale of colours", sheet("Summary"), r"(<pageMargins )",
     r'<conditionalFormatting sqref="C9:C12"><cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFF0000"/><color rgb="FF00FF00"/></colorScale></cfRule></conditionalFormatting>\1')

# ---- values

mutation("XL-19", "a figure with a marker")(lambda package: package.set_words("Summary", "C9", "12 [p]"))
mutation("XL-19", "words among figures")(lambda package: package.set_words("Summary", "C9", "about twelve"))
mutation("XL-20", "a dash for no figure")(lambda package: package.set_text("Glossary", "B9", "–"))
mutation("XL-20", "NA")(lambda package: package.set_text("Glossary", "B9", "N/A"))
mutation("XL-20", "shorthand of one's own")(lambda package: package.set_text("Glossary", "B9", "[q]"))
mutation("XL-20", "shorthand that is explained nowhere")(lambda package: package.set_text("Glossary", "B9", "[w]"))
mutation("XL-20", "an asterisk")(lambda package: package.set_text("Glossary", "A9", "EHC plan*"))
mutation("XL-22", "a date as text")(lambda package: package.set_words("Meetings", "E9", "31 July 2025"))


@mutation("XL-22", "a date in figures")
def date_in_figures(package):
    letters, row = header_cell(package, "Meetings", "Date")
    package.edit(STYLES, r"(<numFmts [^>]*>)", r'\1<numFmt numFmtId="300" formatCode="dd/mm/yyyy"/>')
    package.restyle("Meetings", f"{letters}{row + 1}", lambda xf: re.sub(r'numFmtId="\d+"', 'numFmtId="300"', xf, count=1))


# ---- the package

for element, name in (("dc:title", "title"), ("dc:subject", "subject"), ("dc:creator", "author"), ("cp:keywords", "keywords")):
    edit("XL-23", f"no {name}", "docProps/core.xml", f"<{element}>[^<]*<", f"<{element}><")
edit("XL-23", "another marking", "docProps/custom.xml", r'(name="Classification"><vt:lpwstr>)[^<]*', r"\1SOMETHING ELSE")
edit("XL-23", "no marking", "docProps/custom.xml", r'name="Classification"', 'name="Class"')
mutation("XL-25", "macros")(lambda package: package.add_part("xl/vbaProject.bin", "x", "application/vnd.ms-office.vbaProject"))
mutation("XL-25", "a data connection")(
    lambda package: package.add_part("xl/connections.xml", f"<connections {MAIN}/>", "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"))
mutation("XL-25", "a relation to another file")(lambda package: package.relate("Glossary", "image", "https://example.org/picture.png", external=True))
edit("XL-25", "a name that leads outside", WORKBOOK, "</definedNames>", "<definedName name=\"Rates\">'[1]Rates'!$A$1</definedName></definedNames>")
edit("XL-25", "a hidden name", WORKBOOK, "</definedNames>", '<definedName name="Rates" hidden="1">Summary!$A$9</definedName></definedNames>')
edit("XL-27", "a formula", sheet("Summary"), r'(<c r="C9" s="\d+">)(<v>)', r"\1<f>SUM(1,2)</f>\2")
edit("XL-28", "text that became a link", sheet("Glossary"), r"(<pageMargins )", r'''<hyperlinks><hyperlink ref="B9" location="'Actions'!A1"/></hyperlinks>\1''')
edit("XL-28", "a list from elsewhere", sheet("Glossary"), r"(<pageMargins )",
     r'<dataValidations count="1"><dataValidation type="list" sqref="B9"><formula1>[1]Rates!$A$1:$A$9</formula1></dataValidation></dataValidations>\1')
edit("XL-29", "changed later than created", "docProps/core.xml", r'(<dcterms:modified [^>]*>)\d{4}', r"\g<1>2031")


@mutation("XL-29", "parts with the time of writing")
def dated(package):
    package.date = (2025, 7, 31, 12, 0, 0)


# ---- charts and formulas

DRAWING = "xl/drawings/drawing1.xml"


@mutation("XL-7", "something floats over a sheet")
def floating(package):
    package.add_part(DRAWING, '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>',
                     "application/vnd.openxmlformats-officedocument.drawing+xml")
    relation = package.relate("Burn_Up", "drawing", "../drawings/drawing1.xml")
    package.edit(package.sheet("Burn_Up"), "<tableParts", f'<drawing r:id="{relation}"/><tableParts')


edit("XL-13", "a text box", DRAWING, "</xdr:wsDr>", "<xdr:twoCellAnchor><xdr:sp><xdr:txBody/></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>", "working")
edit("XL-26", "a chart without a description", DRAWING, ' descr="[^"]*"', "", "working")
edit("XL-26", "an axis without a title", lambda package: next(name for name, text in package.parts.items() if name.startswith("xl/charts/") and "<c:valAx>" in text),
     "(<c:valAx>.*?)<c:title>.*?</c:title>", r"\1", "working")
edit("XL-26", "figures that are no cells", "xl/charts/chart1.xml", "<c:f>[^<]*</c:f>", "<c:f>Elsewhere!$B$9:$B$12</c:f>", "working")
edit("XL-27", "a formula without its value", sheet("Dashboard"), "(</f>)<v>[^<]*</v>", r"\1", "working")
edit("XL-28", "a formula that reaches outside", sheet("Dashboard"), "<f>[^<]*</f>", "<f>WEBSERVICE(&quot;https://example.org&quot;)</f>", "working")

# ---- the tables of a dashboard

edit("XL-5", "a block of counts with a name that says nothing", table("Dashboard"), r'name="Counts_by_status" displayName="Counts_by_status"',
     'name="Table9" displayName="Table9"', "working")
edit("XL-4", "a table that the line above does not name", STRINGS, ">Table 1b: ", ">", "working")
edit("XL-4", "tables named out of order", STRINGS, ">Table 1b: ", ">Table 1c: ", "working")
edit("XL-6", "a row that neither words nor a chart fill", DRAWING, "(<xdr:from><xdr:col>)0<", r"\g<1>1<", "working")

mutation("XL-8", "counts without a unit", "working")(lambda package: rename(package, "Dashboard", "Overdue (number)", "Overdue"))


@mutation("XL-7", "a remark beside a table of the dashboard", "working")
def beside_counts(package):
    top = int(re.search(r' ref="A(\d+):', package.parts[package.table("Dashboard")])[1])
    package.edit(package.sheet("Dashboard"), rf'(<row r="{top}".*?)</row>', rf'\1<c r="E{top}" t="inlineStr"><is><t>Well done</t></is></c></row>')


@mutation("XL-15", "a heading within a table of the dashboard", "working")
def bold_label(package):
    top = int(re.search(r' ref="A(\d+):', package.parts[package.table("Dashboard")])[1])
    font = package.add_font('<font><b/><sz val="12"/><color theme="1"/><name val="Arial"/><family val="2"/></font>')
    package.restyle("Dashboard", f"A{top + 1}", lambda xf: re.sub(r'fontId="\d+"', f'fontId="{font}" applyFont="1"', xf, count=1))


# ---- this project's own

edit("BP-2", "another paper", sheet("Glossary"), r'paperSize="9"', 'paperSize="1"')
edit("BP-2", "more than a page wide", sheet("Glossary"), r'fitToPage="1"', 'fitToPage="0"')
edit("BP-2", "fewer columns printed than the sheet says", WORKBOOK, r"(>Actions!\$A:\$)[A-Z]+", r"\g<1>D")
edit("BP-2", "part of the rows printed", WORKBOOK, r"(>Actions!\$A):\$([A-Z]+)", r"\g<1>$1:$\g<2>$20")
edit("BP-2", "columns left out of which nothing is said", sheet("Actions"), ">On paper: ", ">Printed: ")
edit("BP-2", "columns left out that are all there", sheet("Glossary"), r'<c r="A3" (s="\d+") t="inlineStr"><is><t>[^<]*</t></is></c>',
     r'<c r="A3" \1 t="inlineStr"><is><t>On paper: columns A to B. Column C is for the screen.</t></is></c>')
edit("BP-2", "type too small to be read on paper", sheet("Glossary"), r'(<col min="2" max="2" width=")[\d.]+', r"\g<1>240")
edit("BP-2", "the header does not repeat", WORKBOOK, r"(>Glossary!\$)\d+:\$\d+", r"\g<1>1:$1")
mutation("BP-3", "no column of the PDF")(lambda package: rename(package, "Glossary", "In this pack’s PDF", "Printed"))
mutation("BP-3", "neither Yes nor No")(lambda package: package.set_text("Glossary", "C9", "Perhaps"))
