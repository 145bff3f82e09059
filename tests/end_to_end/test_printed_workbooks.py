"""Workbooks on paper: what LibreOffice prints of each sheet, read back from its PDF. One public workbook and one working copy of each programme."""

import collections
import re
import subprocess
import xml.etree.ElementTree as ElementTree

import openpyxl
import pytest

import xlsx_mutations
from conftest import ROOT
from test_workbooks import convert, profile

assert ROOT and profile  # a fixture
pytestmark = pytest.mark.finished_files
A4_PT = {(595, 842), (842, 595)}
MARGIN_PT = 0.6 * 72
# A longer word may be broken to fit its column.
LONGEST_WORD = 24
# The smallest type on paper; what LibreOffice rounds away is a tenth of a point.
LEAST_PT = 6
# Signs that are set as they stand: other scripts are shaped and turned round, and marks join their letters.
PLAIN = re.compile(r"[!-~£–—‘’“”…·×±é]+")
# A spreadsheet program's highest row: of a longer text the rest is not seen, which the program warns of as it writes.
HIGHEST_PT = 409


def counted(words):
    """How often each run of letters and digits stands there: lines break at hyphens too."""
    return collections.Counter(part for word in words for part in re.findall(r"[A-Za-z0-9]+", word))


def plain_words(texts):
    """The same of the words whose look on paper is known."""
    return counted(word for text in texts for word in str(text).split() if PLAIN.fullmatch(word) and len(word) <= LONGEST_WORD)


class Page:
    """The words of a printed page, with their places."""

    def __init__(self, element):
        self.size = tuple(round(float(element.get(name))) for name in ("width", "height"))
        self.words = [word for line in element.iter("line") for word in words_of(line)]
        self.counted = counted(word[0] for word in self.words)
        self.least_pt = min((float(font.get("size")) for font in element.iter("font")), default=LEAST_PT)

    def begins_with(self, text):
        """Whether the top line is that text."""
        top = min((word[2] for word in self.words), default=0)
        line = sorted((word for word in self.words if word[2] - top < 0.5), key=lambda word: word[1])
        return [word[0] for word in line] == text.split()


def words_of(line):
    """(word, left, top, right, bottom) from left to right."""
    word = []
    for char in [*line.iter("char"), None]:
        if char is not None and not char.get("c").isspace():
            word.append(char)
        elif word:
            quads = [[float(number) for number in sign.get("quad").split()] for sign in word]
            yield ("".join(sign.get("c") for sign in word), *(side(quad[index] for quad in quads) for side, index in ((min, 0), (min, 1), (max, 2), (max, 5))))
            word = []


def pages_of(path):
    """By MuPDF: poppler leaves out what is very small, as the type of a table of 40 columns is on one page's width."""
    text = subprocess.run(["mutool", "draw", "-q", "-F", "stext", path], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    # control characters that a text of the data left in the PDF are none of XML's
    return [Page(element) for element in ElementTree.fromstring(re.sub("&#x(1?[0-9a-f]|fff[ef]|d[89a-f]..);|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)).iter("page")]


def by_sheet(pages, book):
    """{sheet title: its pages}: a sheet begins where its title stands at the top."""
    found = {}
    waiting = list(book.worksheets)
    for number, page in enumerate(pages):
        if waiting and (number == 0 or page.begins_with(waiting[0]["A1"].value)):
            current = found.setdefault(waiting.pop(0).title, [])
        current.append(page)
    return found




def printed_faults(workbook, pdf):
    """What is wrong with the pages of a workbook, in words."""
    book = openpyxl.load_workbook(workbook)
    pages = pages_of(pdf)
    sheets = by_sheet(pages, book)
    for number, page in enumerate(pages, 1):
        if page.size not in A4_PT:
            yield f"page {number} is {page.size}"
        for text, left, top, right, bottom in page.words:
            if re.fullmatch(r"#{3,}", text):
                yield f"page {number}: a figure does not fit its column"
            # marks heaped on a letter stand far above it
            is_off = left < MARGIN_PT - 2 or right > page.size[0] - MARGIN_PT + 2 or top < MARGIN_PT - 2 or bottom > page.size[1] - MARGIN_PT + 2
            if is_off and PLAIN.fullmatch(text):
                yield f"page {number}: {text} runs off the page"
    for sheet in book.worksheets:
        if sheet.title not in sheets:
            yield f"{sheet.title}: it was not printed"
            continue
        yield from sheet_faults(sheet, sheets[sheet.title])


def printed_columns(sheet):
    """How many of its columns, from the left, the sheet prints: those of its print area, or all."""
    if not sheet.print_area:
        return sheet.max_column
    (area,) = sheet.print_area
    return openpyxl.utils.column_index_from_string(re.fullmatch(r"\$A:\$([A-Z]+)", area)[1])


def sheet_faults(sheet, pages):
    printed = sum((page.counted for page in pages), collections.Counter())
    for number, page in enumerate(pages, 1):
        if page.least_pt < LEAST_PT - 0.1:
            yield f"{sheet.title}: the type of page {number} of {len(pages)} is {page.least_pt:.1f} points"
    texts = [cell.value for row in sheet.iter_rows(max_col=printed_columns(sheet)) for cell in row
             if cell.data_type == "s" and sheet.row_dimensions[cell.row].height < HIGHEST_PT]
    for word, count in (plain_words(texts) - printed).items():
        yield f"{sheet.title}: “{word}” is {count} times missing on paper"
    # of several tables on a sheet no header can repeat
    for table in sheet.tables.values() if len(sheet.tables) == 1 else []:
        header = plain_words(cell.value for cell in sheet[table.ref][0][:printed_columns(sheet)])
        for number, page in enumerate(pages, 1):
            if header - page.counted:
                yield f"{sheet.title}: page {number} of {len(pages)} lacks of the header: {', '.join(header - page.counted)}"


@pytest.fixture(scope="module")
def printed(any_run, tmp_path_factory, profile):
    """{workbook: PDF} of one workbook of each kind."""
    paths = {}
    for path in any_run.files("xlsx"):
        paths[openpyxl.load_workbook(path).worksheets[3].freeze_panes is not None] = path
    return convert("pdf", list(paths.values()), tmp_path_factory.mktemp("paper"), profile)


def test_every_word_is_on_paper_one_page_wide_under_its_header(printed):
    assert printed
    for workbook, pdf in printed.items():
        assert list(printed_faults(workbook, pdf)) == [], workbook.name


@pytest.fixture(scope="module")
def broken(borough_run, tmp_path_factory, profile):
    """{name: (workbook, PDF)}: what must be found."""
    changes = {
        "narrow": lambda package: package.edit(package.sheet("Meetings"), r'(<col min="2" max="2" width=")[\d.]+', r"\g<1>4"),
        "wide": lambda package: package.edit(package.sheet("Actions"), 'fitToPage="1"', 'fitToPage="0"'),
        "headless": lambda package: package.edit("xl/workbook.xml", r"(>Summary!\$)\d+:\$\d+", r"\g<1>1:$1"),
        "small": lambda package: package.edit("xl/workbook.xml", r'<definedName name="_xlnm.Print_Area" localSheetId="\d+">Actions![^<]*</definedName>', ""),
        "hidden": lambda package: package.edit(package.sheet("Glossary"), r'<row r="9"', '<row r="9" hidden="1"'),
    }
    folder = tmp_path_factory.mktemp("broken")
    for name, change in changes.items():
        xlsx_mutations.Mutation("", "", change, "published").apply(borough_run.file("families-forum", "xlsx"), folder / f"{name}.xlsx")
    pdfs = convert("pdf", [folder / f"{name}.xlsx" for name in changes], folder, profile)
    return {path.stem: (path, pdf) for path, pdf in pdfs.items()}


@pytest.mark.parametrize("name, words", [("narrow", "does not fit its column"), ("wide", "lacks of the header"), ("headless", "lacks of the header"),
                                         ("small", "points"),
                                         ("hidden", "missing on paper")])
def test_what_is_wrong_on_paper_is_found(broken, name, words):
    faults = list(printed_faults(*broken[name]))
    assert any(words in fault for fault in faults), faults
