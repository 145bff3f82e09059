"""What this project asks besides: that the file opens, how it prints, and what each row says of the PDF."""

import re

from openpyxl.utils import column_index_from_string

from ..rule import at, rule
from ..workbook import MAIN, letter

A4 = "9"
IN_PACK = "In this pack’s PDF"
AREA = re.compile(r".+!\$A:\$([A-Z]+)")
ON_PAPER = "On paper: "
A4_POINTS = (595, 842)
LEAST_PT, TYPE_PT = 6, 12
# Of a column's width, as many characters: the widest digit of the workbook's type.
CHARACTER_PT = 6.6
TITLES = re.compile(r".+!\$(\d+):\$(\d+)")


@rule("BP-1", "The file opens, and each of its parts is whole and well-formed", "this project")
def readable(workbook):
    """A file of which this is not true is found before any rule runs."""
    for name, data in workbook.parts.items():
        if not data:
            yield at(f"part {name} is empty")


def _areas(workbook):
    """{sheet: its print area, as the workbook has it}."""
    names = [element for element in workbook.xml("xl/workbook.xml").iter(f"{MAIN}definedName") if element.get("name") == "_xlnm.Print_Area"]
    return {workbook.sheets[int(element.get("localSheetId"))].name: element.text or "" for element in names}


def paper_line(last_printed, last):
    """What a sheet says above its table when it has columns that are not printed."""
    said = f"columns A to {letter(last_printed)}" if last_printed > 1 else "column A"
    rest = f"Columns {letter(last_printed + 1)} to {letter(last)} are" if last > last_printed + 1 else f"Column {letter(last)} is"
    return f"{ON_PAPER}{said}. {rest} for the screen."


def _printed_type(sheet, columns):
    """How large the type is on paper, from above: a sheet is made as narrow as its page."""
    setup, margins = sheet.find("m:pageSetup"), sheet.find("m:pageMargins")
    page = A4_POINTS[setup.get("orientation") == "landscape"] - 72 * sum(float(margins.get(side)) for side in ("left", "right"))
    width = CHARACTER_PT * sum(sheet.column_width(column) or 0 for column in range(1, columns + 1))
    return TYPE_PT * min(1, page / width) if width else TYPE_PT


@rule("BP-2", "Sheets print on A4, one page wide, in type that can be read, and repeat the header of their table; columns that are not printed are named", "this project")
def printing(workbook):
    areas = _areas(workbook)
    repeated = {}
    for element in workbook.xml("xl/workbook.xml").iter(f"{MAIN}definedName"):
        match = TITLES.fullmatch(element.text or "")
        if element.get("name") == "_xlnm.Print_Titles" and match:
            repeated[workbook.sheets[int(element.get("localSheetId"))].name] = (int(match[1]), int(match[2]))
    for sheet in workbook.sheets:
        fit = sheet.find("m:sheetPr/m:pageSetUpPr")
        setup = sheet.find("m:pageSetup")
        if setup is None or setup.get("paperSize") != A4:
            yield at("it does not print on A4", sheet)
        elif fit is None or fit.get("fitToPage") != "1" or setup.get("fitToWidth", "1") != "1" or setup.get("fitToHeight", "1") != "0":
            yield at("it does not print one page wide, and as long as it takes", sheet)
        last = printed = sheet.cells.max_column
        said = [cell.value for cell in sheet.lines if str(cell.value).startswith(ON_PAPER)]
        if sheet.name in areas:
            match = AREA.fullmatch(areas[sheet.name])
            if match is None:
                yield at(f"the print area is {areas[sheet.name]}, not whole columns from A on", sheet)
                continue
            printed = column_index_from_string(match[1])
        expected = [paper_line(printed, last)] if printed < last else []
        if said != expected:
            yield at(f"of what is printed it says {said or 'nothing'}, not {expected or 'nothing'}", sheet)
        if setup is not None and _printed_type(sheet, printed) < LEAST_PT:
            yield at(f"its type is {_printed_type(sheet, printed):.1f} points on paper", sheet)
        if len(sheet.tables) == 1 and repeated.get(sheet.name) != (sheet.tables[0].first_row,) * 2:
            yield at(f"its printed pages do not repeat row {sheet.tables[0].first_row}", sheet)


@rule("BP-3", "Each row of data says whether this pack's PDF shows it", "this project")
def in_pack(workbook):
    if workbook.kind == "update":
        return
    for sheet in workbook.sheets:
        for table in sheet.tables if sheet.is_data else []:
            cells = table.column(IN_PACK, IN_PACK.replace("’", "'"))
            if cells is None:
                yield at(f"no column “{IN_PACK}”", sheet)
                continue
            for cell in cells:
                if cell.value not in ("Yes", "No", "[z]"):
                    yield at(f"{cell.value}, neither Yes nor No", sheet, cell)
