"""The three sheets that every workbook begins with."""

import datetime
import re

from ..rule import at, rule
from ..workbook import CONTENTS, COVER, NOTES, is_number

# What the cover says, by its label; of an update sheet less is asked, for it is about no meeting.
LABELS = {"published": ("Forum", "Reporting period", "Data as at", "Contact", "Marking"), "working": ("Forum", "Reporting period", "Data as at", "Contact", "Marking"),
          "update": ("Lead", "As at", "Contact", "Marking")}
NOTE = re.compile(r"\[note (\d+)\]")
NOTE_RANGE = re.compile(r"\[note (\d+)\] to \[note (\d+)\]")


def is_long_day(text):
    try:
        return bool(datetime.datetime.strptime(text, "%d %B %Y"))
    except ValueError:
        return False


@rule("XL-1", "The first sheet is a cover: title, forum, period, version, dates, contact and marking in column A", "UKHSA; Analysis Function")
def cover(workbook):
    first = workbook.sheets[0]
    if first.name != COVER:
        yield at(f"the first sheet is called {first.name}")
        return
    for cell in first.filled:
        if cell.column != 1:
            yield at("something stands outside column A", first, cell)
    texts = [str(cell.value) if cell.value is not None else "" for cell in first.lines]
    for row, text in enumerate(texts, 1):
        if not text.strip():
            yield at("the line is blank", first, f"A{row}")
    for label in LABELS[workbook.kind]:
        found = [text for text in texts if text.startswith(f"{label}: ") and text.removeprefix(f"{label}: ").strip()]
        if len(found) != 1:
            yield at(f"{len(found)} lines begin with “{label}: ”", first)
        elif label in ("Data as at", "As at") and not is_long_day(found[0].removeprefix(f"{label}: ")):
            yield at(f"no day in full: {found[0]}", first)
    if workbook.kind != "update" and not any(re.match(r"Version ", text) for text in texts):
        yield at("no line says the version", first)


@rule("XL-2", "The second sheet lists the others in a table, each with a link that leads there and a description", "Analysis Function")
def contents(workbook):
    sheet = workbook.sheets[1] if len(workbook.sheets) > 1 else workbook.sheets[0]
    if sheet.name != CONTENTS or not sheet.tables:
        yield at(f"the second sheet is {sheet.name}" if sheet.name != CONTENTS else "there is no table", sheet)
        return
    table = sheet.tables[0]
    if len(table.header) != 3:
        yield at(f"its table has {len(table.header)} columns, not number, sheet and description", sheet)
        return
    names = [str(row[1].value) for row in table.rows]
    expected = [other.name for other in workbook.sheets[2:]]
    if names != expected:
        yield at(f"it lists {', '.join(names)}; the sheets are {', '.join(expected)}", sheet)
    for number, (count, link, description) in enumerate(table.rows, 1):
        if count.value != number:
            yield at(f"number {count.value}, not {number}", sheet, count)
        location = link.hyperlink.location if link.hyperlink else None
        if location not in (f"'{link.value}'!A1", f"{link.value}!A1"):
            yield at(f"its link leads to {location}", sheet, link)
        if not str(description.value or "").strip():
            yield at("no description", sheet, description)


@rule("XL-3", "A Notes sheet numbers the notes; each [note n] in use is there, and each one there is in use", "Analysis Function")
def notes(workbook):
    sheet = workbook.sheet(NOTES)
    if sheet is None or not sheet.tables:
        yield at("there is no sheet Notes with a table")
        return
    table = sheet.tables[0]
    if [title.value for title in table.header] != ["Note number", "Note text"]:
        yield at("its table is not Note number and Note text", sheet)
        return
    numbers = [row[0].value for row in table.rows]
    if numbers != list(range(1, len(numbers) + 1)) or not all(is_number(row[0]) for row in table.rows):
        yield at(f"its numbers are {numbers}", sheet)
    used = {int(number): (other, cell) for other in workbook.sheets if other is not sheet for cell in other.text_cells for number in NOTE.findall(cell.value)}
    for other in workbook.sheets:
        for cell in other.text_cells if other is not sheet else ():
            for first, last in NOTE_RANGE.findall(cell.value):
                used.update({number: (other, cell) for number in range(int(first), int(last) + 1)})
    for number, (other, cell) in used.items():
        if number not in numbers:
            yield at(f"[note {number}] is not on the sheet Notes", other, cell)
    for number in numbers:
        if number not in used:
            yield at(f"no sheet refers to [note {number}]", sheet)
