"""What the eye meets: styles, type, colours, and room for the text."""

import datetime
import math
import re
import unicodedata

from ..rule import at, rule
from ..workbook import is_day, is_number, letter
from .values import SHORTHAND

SANS = ("Arial", "Helvetica", "Liberation Sans", "Verdana", "Calibri", "Aptos")
LEAST_PT = 12
LEAST_CONTRAST = 4.5
THEME = {0: "FFFFFF", 1: "000000"}
# Excel gives a row no more; what is longer is reported by the program, and is all there.
TALLEST_PT = 409
LEAST_LINE_PT = 13.5


@rule("XL-15", "Titles have the named style Heading 1, other headings Heading 2", "Analysis Function, essential")
def heading_styles(workbook):
    for sheet in workbook.sheets:
        title = sheet.cells["A1"]
        if title.style != "Heading 1":
            yield at(f"the title has the style {title.style}", sheet, title)
        headers = {cell.coordinate for table in sheet.tables for cell in table.header}
        for cell in sheet.text_cells:
            if cell.font.b and cell.coordinate not in headers and not re.fullmatch(r"Heading [1-4]", cell.style):
                yield at(f"it looks like a heading and has the style {cell.style}", sheet, cell)


def shown(cell):
    """About what stands in the cell: a figure or a day by its format."""
    if is_day(cell):
        day = cell.value if isinstance(cell.value, (datetime.date, datetime.datetime)) else datetime.date(2025, 9, 30)
        return day.strftime("%B %Y") if "d" not in cell.number_format else day.strftime("%-d %B %Y")
    if not is_number(cell):
        return str(cell.value)
    sections = cell.number_format.split(";")
    section = sections[1] if cell.value < 0 and len(sections) > 1 else sections[0]
    decimals = len(match[1]) if (match := re.search(r"\.(0+)", section)) else 0
    words = "".join(re.findall(r'"([^"]*)"', section)) + ("%" if "%" in section else "")
    return f"{abs(cell.value) * (100 if '%' in section else 1):,.{decimals}f}" + words


def least_width(text):
    """In characters of a column's width, from below: for what surely does not fit."""
    # marks, joiners and what is not of Latin script are of no known width: they count for nothing
    known = [sign for sign in text if sign.isascii() or "LATIN" in unicodedata.name(sign, "")]
    narrow = sum(1 for sign in known if sign in " .,:;'|!()[]/-ijltfrI")
    wide = sum(1 for sign in known if sign in "mwMW%@")
    return (0.5 * narrow + 1.5 * wide + (len(known) - narrow - wide)) * 0.85


def least_lines(text, width):
    return sum(max(1, math.ceil(least_width(line) / width)) for line in text.split("\n"))


@rule("XL-16", "Text is wrapped and nothing is cut off: widths are set, and heights from the text", "Analysis Function, essential 6")
def room(workbook):
    for sheet in workbook.sheets:
        for table in sheet.tables:
            widths = {column: sheet.column_width(column) for column in range(table.first_column, table.last_column + 1)}
            for column, width in widths.items():
                if width is None:
                    yield at(f"column {letter(column)} has no width of its own", sheet)
            for cell in (cell for row in [table.header, *table.rows] for cell in row if cell.value is not None):
                if widths[cell.column] is None or cell.data_type == "f":  # what a formula shows is not in the file's formats alone
                    continue
                if cell.data_type == "s" and not cell.alignment.wrap_text:
                    yield at("the text is not wrapped", sheet, cell)
                elif cell.data_type != "s" and least_width(shown(cell)) > widths[cell.column]:
                    yield at(f"{shown(cell)} does not fit its column", sheet, cell)
                elif cell.data_type == "s":
                    row = sheet.rows[cell.row]
                    need = min(least_lines(cell.value, widths[cell.column]) * LEAST_LINE_PT, TALLEST_PT - 1)
                    if row.get("ht") is not None and float(row.get("ht")) < need:
                        yield at(f"the row is {row.get('ht')} points high, the text needs {need:g}", sheet, cell)
        # rows into which words are typed have a height to begin with, and grow
        growing = {row[0].row for table in sheet.tables for row in table.rows if any("(fill" in str(title.value) for title in table.header)}
        for number, row in sheet.rows.items():
            if row.get("ht") is None or (row.get("customHeight") != "1" and number not in growing):
                yield at(f"row {number} has no height of its own", sheet)
            elif row.get("customHeight") == "1" and number in growing:
                yield at(f"the height of row {number} is fixed, so that what is typed into it is cut off", sheet)


@rule("XL-17", "Sans serif of at least 12 points; figures at the right, text at the left", "Analysis Function; UKHSA")
def type_and_side(workbook):
    for sheet in workbook.sheets:
        for cell in sheet.filled:
            if cell.font.name not in SANS or cell.font.sz < LEAST_PT:
                yield at(f"{cell.font.name} of {cell.font.sz:g} points", sheet, cell)
        for table in sheet.tables:
            for title, cells in table.columns():
                has_figures = any(map(is_number, cells))
                for cell in cells:
                    side = cell.alignment.horizontal
                    if is_number(cell) and side not in ("right", "general", None):
                        yield at(f"the figure stands at the {side}", sheet, cell)
                    if cell.data_type == "s" and not has_figures and side not in ("left", "general", None) and not SHORTHAND.fullmatch(cell.value):
                        yield at(f"the text stands at the {side}", sheet, cell)


def colour_of(colour, otherwise):
    """RRGGBB, or None for a colour that cannot be told."""
    if colour is None:
        return otherwise
    if colour.type == "rgb":
        return colour.rgb[-6:]
    if colour.type == "theme":
        return THEME.get(colour.theme) if not colour.tint else None
    return otherwise if colour.type == "indexed" and colour.indexed in (64, 65) else None


def luminance(colour):
    parts = [int(colour[index:index + 2], 16) / 255 for index in (0, 2, 4)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def weak(font_colour, fill_colour):
    """Why a pair of colours will not do, or None."""
    if font_colour is None or fill_colour is None:
        return "a colour cannot be told, so neither can its contrast"
    ratio = contrast(font_colour, fill_colour)
    return f"the contrast of {font_colour} on {fill_colour} is {ratio:.1f}, under {LEAST_CONTRAST}" if ratio < LEAST_CONTRAST else None


def _fill(pattern, key):
    return None if pattern is None or pattern.patternType in (None, "none") and key == "fgColor" else colour_of(getattr(pattern, key), "FFFFFF")


@rule("XL-18", "Colour stands behind words alone, with contrast of at least 4.5 to 1, and never says anything by itself", "Analysis Function; WCAG 1.4.1 and 1.4.3")
def colours(workbook):
    for sheet in workbook.sheets:
        for row in sheet.cells.iter_rows():
            for cell in row:
                filled = cell.fill.patternType not in (None, "none")
                if cell.value is None:
                    if filled:
                        yield at("colour without words", sheet, cell)
                    continue
                reason = weak(colour_of(cell.font.color, "000000"), _fill(cell.fill, "fgColor") or "FFFFFF")
                if reason:
                    yield at(reason, sheet, cell)
        for ranged in sheet.cells.conditional_formatting:
            for form in ranged.rules:
                if form.type == "colorScale" or any(part is not None and part.showValue is False for part in (form.iconSet, form.dataBar)):
                    yield at("colour or a sign stands for the figure", sheet, str(ranged.sqref))
                if form.dxf is not None and form.dxf.fill is not None:
                    reason = weak(colour_of(form.dxf.font.color if form.dxf.font else None, "000000"), colour_of(form.dxf.fill.bgColor, "FFFFFF"))
                    if reason:
                        yield at(reason, sheet, str(ranged.sqref))
