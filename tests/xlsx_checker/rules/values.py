"""What stands in cells: figures, shorthand and days."""

import datetime
import re

from ..rule import at, rule
from ..workbook import NOTES, is_day, is_number, is_typed

SHORTHAND = re.compile(r"\[[a-z]{1,8}\]")
GOVERNMENT = ("[b]", "[c]", "[e]", "[er]", "[f]", "[low]", "[p]", "[r]", "[u]", "[w]", "[x]", "[z]")
# What people write where a figure is missing.
SYMBOLS = re.compile(r"[-–—*.…:~# ]+|n/?\.?a\.?|null|nil|nan|#(n/a|null!|ref!|value!|name\?|num!|div/0!)", re.I)
MARKED = re.compile(r"[^\s].*[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]$")
MARKED_FIGURE = re.compile(r"[-+\u2212]?£?\d[\d,.]*%?\s*(\[[a-z ]+\]|\([a-z]\)|[*†‡pr])+")
DAY_FORMS = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%B %d, %Y")
DATE_FORMAT = re.compile(r"d{1,2} mmmm yyyy|mmmm yyyy")
FIRST_DAY = datetime.date(1900, 3, 1)


@rule("XL-19", "A column of figures holds figures alone, or shorthand; one to a cell, with no marker", "UKHSA")
def figures(workbook):
    for table in workbook.tables:
        for title, cells in table.columns():
            has_figures = any(map(is_number, cells))
            for cell in cells:
                if cell.data_type != "s" or SHORTHAND.fullmatch(cell.value):
                    if has_figures and is_day(cell):
                        yield at(f"a date among figures ({title.value})", table.sheet, cell)
                    continue
                if has_figures and not is_typed(title.value):
                    yield at(f"text among figures ({title.value}): {cell.value!r}", table.sheet, cell)
                elif MARKED_FIGURE.fullmatch(cell.value) and not is_typed(title.value):
                    yield at(f"more than a figure in a cell ({title.value}): {cell.value!r}", table.sheet, cell)


@rule("XL-20", "Shorthand is the government's, in square brackets, and explained; no symbols, superscripts or “NA”", "Analysis Function, essential")
def shorthand(workbook):
    notes = workbook.sheet(NOTES)
    explained = " ".join(cell.value for cell in notes.text_cells) if notes is not None else ""
    for table in workbook.tables:
        above = " ".join(str(cell.value) for cell in table.sheet.lines)
        for title, cells in table.columns():
            for cell in cells:
                if cell.data_type != "s":
                    continue
                text = cell.value.strip()
                if SHORTHAND.fullmatch(text):
                    if text not in GOVERNMENT:
                        yield at(f"{text} is not of the government's shorthand", table.sheet, cell)
                    elif text not in explained and text not in above:
                        yield at(f"{text} is explained nowhere", table.sheet, cell)
                elif is_typed(title.value):
                    continue
                elif SYMBOLS.fullmatch(text):
                    yield at(f"{text!r} in place of shorthand ({title.value})", table.sheet, cell)
                elif MARKED.fullmatch(text) and len(text) < 40:
                    yield at(f"a symbol as a marker ({title.value}): {text!r}", table.sheet, cell)


def is_written_day(text):
    """A day of which a spreadsheet could have made a date."""
    if len(text) > 30 or not any(sign.isdigit() for sign in text):
        return False
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.strip())
    for form in DAY_FORMS:
        try:
            return datetime.datetime.strptime(text, form).date() >= FIRST_DAY
        except ValueError:
            continue
    return False


@rule("XL-22", "Dates are true dates, shown as day, month in words and year", "checklist")
def dates(workbook):
    for table in workbook.tables:
        for title, cells in table.columns():
            # a period of one day is a period
            may_be_words = is_typed(title.value) or re.search(r"\bperiod\b", str(title.value).lower())
            for cell in cells:
                if is_day(cell) and not DATE_FORMAT.fullmatch(cell.number_format):
                    yield at(f"the date is shown by {cell.number_format}", table.sheet, cell)
                if cell.data_type == "s" and not may_be_words and is_written_day(cell.value):
                    yield at(f"a date as text ({title.value}): {cell.value}", table.sheet, cell)
