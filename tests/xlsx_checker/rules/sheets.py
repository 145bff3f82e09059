"""Sheets: nothing hidden, nothing frozen, nothing that only paper shows, plain names, and where the file opens."""

import re

from ..rule import at, rule
from ..workbook import DRAWING, MAIN

MAX_NAME = 31


@rule("XL-11", "Nothing is hidden: no sheet, row or column, and no group that starts closed", "Analysis Function; disclosure control")
def hidden(workbook):
    for sheet in workbook.sheets:
        if sheet.state != "visible":
            yield at(f"the sheet is {sheet.state}", sheet)
        for path, kind, key in (("m:cols/m:col", "column", "min"), ("m:sheetData/m:row", "row", "r")):
            for element in sheet.all(path):
                size = element.get("width" if kind == "column" else "ht")
                if element.get("hidden") in ("1", "true") or (size is not None and float(size) == 0):
                    yield at(f"{kind} {element.get(key)} is hidden", sheet)
                if element.get("collapsed") in ("1", "true"):
                    yield at(f"{kind} {element.get(key)} belongs to a closed group", sheet)
        form = sheet.find("m:sheetFormatPr")
        if form is not None and form.get("zeroHeight") in ("1", "true"):
            yield at("rows are hidden unless said otherwise", sheet)


@rule("XL-12", "No filters and no frozen panes", "Analysis Function, essential 7; UKHSA: they take the room of those who magnify")
def frozen(workbook):
    departs = workbook.kind != "published"
    for sheet in workbook.sheets:
        for view in sheet.all("m:sheetViews/m:sheetView"):
            if view.find(f"{MAIN}pane") is not None:
                yield at("a pane is frozen or split", sheet, departs=departs)
        if sheet.find("m:autoFilter") is not None:
            yield at("the sheet has a filter", sheet, departs=departs)
        for table in sheet.tables:
            if table.root.find(f"{MAIN}autoFilter") is not None:
                yield at(f"table {table.name} has filters", sheet, departs=departs)


@rule("XL-13", "No content in print headers and footers, text boxes, pictures or comments", "Analysis Function, essential")
def floating(workbook):
    for sheet in workbook.sheets:
        head = sheet.find("m:headerFooter")
        if head is not None and any(str(element.text or "").strip() for element in head):
            yield at("there is a print header or footer", sheet)
        if sheet.find("m:picture") is not None:
            yield at("there is a background picture", sheet)
        if sheet.find("m:legacyDrawing") is not None:
            yield at("there are comments or form controls", sheet)
        for part in sheet.drawings:
            for anchor in workbook.xml(part):
                for element in anchor:
                    if element.tag in (f"{DRAWING}sp", f"{DRAWING}pic", f"{DRAWING}cxnSp", f"{DRAWING}grpSp", f"{DRAWING}contentPart"):
                        yield at(f"a {element.tag.removeprefix(DRAWING)} floats over the cells: text box, shape or picture", sheet)


@rule("XL-14", "Names of sheets are unique, descriptive, without spaces, of at most 31 characters; no sheet is blank", "Analysis Function, essential")
def names(workbook):
    taken = set()
    for sheet in workbook.sheets:
        if not re.fullmatch(r"[A-Za-z0-9_]+", sheet.name) or len(sheet.name) > MAX_NAME:
            yield at("the name is not of letters, digits and underscores, or too long", sheet)
        if re.fullmatch(r"sheet_?\d*", sheet.name, re.I):
            yield at("the name says nothing", sheet)
        if sheet.name.lower() in taken:
            yield at("the name is taken", sheet)
        taken.add(sheet.name.lower())
        if not sheet.filled:
            yield at("the sheet is blank", sheet)


@rule("XL-24", "The file opens on its first sheet, and every sheet at its first cell", "Analysis Function, essential")
def opening(workbook):
    view = workbook.xml("xl/workbook.xml").find(f"{MAIN}bookViews/{MAIN}workbookView")
    if view is not None and (view.get("activeTab", "0") != "0" or view.get("firstSheet", "0") not in ("0", "1")):
        yield at("it opens on another sheet than the first")
    for sheet in workbook.sheets:
        for part in sheet.all("m:sheetViews/m:sheetView"):
            if (part.get("tabSelected") == "1") != (sheet.number == 1):
                yield at("the sheet is selected" if sheet.number > 1 else "the first sheet is not selected", sheet)
            if part.get("topLeftCell", "A1") != "A1":
                yield at(f"it opens at {part.get('topLeftCell')}", sheet)
            frozen = part.find(f"{MAIN}pane") is not None
            for selection in part.findall(f"{MAIN}selection"):
                # in a frozen pane the cursor is remembered for each pane; where no cell is named it is the first
                if (selection.get("activeCell", "A1"), selection.get("sqref", "A1")) != ("A1", "A1") and not (frozen and selection.get("pane")):
                    yield at(f"{selection.get('activeCell')} is selected", sheet)
