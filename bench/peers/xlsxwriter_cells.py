"""Writes the cells of a workbook with XlsxWriter: the same texts, numbers, formats, tables, counts and charts.

    python3 xlsxwriter_cells.py CELLS OUT.xlsx      (the dump of bp_xlsx_plan_dup_text)

Prints "peer_xlsxwriter <CPU milliseconds> <peak kilobytes> <cells> cells". Reading the dump is not counted."""

import resource
import sys
import time

import xlsxwriter


def read(path):
    """The records of the dump, each a list of unescaped fields."""
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            fields = line.rstrip("\n").split("\t")
            # bytes are escaped in octal, each for itself
            yield [field.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1").decode() if "\\" in field else field
                   for field in fields]


class Writer:
    def __init__(self, path):
        # Addresses and formulas stay texts, as in the packs.
        self.book = xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False})
        self.text = self.book.add_format({"text_wrap": True})
        self.right = self.book.add_format({"align": "right"})
        self.numbers = {}
        self.cells = 0
        self.sheet = None

    def end_sheet(self):
        if self.sheet is not None and self.table:
            rows = self.cell // len(self.headers)
            self.sheet.add_table(self.line, 0, self.line + rows, len(self.headers) - 1,
                                 {"name": self.table, "autofilter": False, "columns": [{"header": header} for header in self.headers]})

    def write_cell(self, kind, fields):
        row, column = divmod(self.cell, len(self.headers))
        row += self.line + 1
        if kind == "number":
            if fields[1] not in self.numbers:
                self.numbers[fields[1]] = self.book.add_format({"num_format": fields[1]})
            self.sheet.write_number(row, column, float(fields[0]), self.numbers[fields[1]])
        elif kind == "link":
            self.sheet.write_url(row, column, f"internal:'{fields[0]}'!A1", None, fields[0])
        elif kind in ("text", "text-right"):
            self.sheet.write_string(row, column, fields[0], self.text if kind == "text" else self.right)
        else:
            return
        self.cell += 1
        self.cells += 1

    def add_series(self, fields):
        first, last, column = map(int, fields[2:5])
        self.chart.add_series({"name": fields[0], "categories": [fields[1], first, 0, last, 0], "values": [fields[1], first, column, last, column]})
        if self.chart_at is not None:
            self.sheet.insert_chart(*self.chart_at, self.chart)
        self.chart_at = None

    def play(self, kind, *fields):
        if kind == "sheet":
            self.end_sheet()
            self.sheet = self.book.add_worksheet(fields[0])
            self.table, self.headers, self.heights, self.line, self.cell = fields[1], [], 0, 0, 0
        elif kind in ("column", "column-right"):
            self.sheet.set_column(len(self.headers), len(self.headers), float(fields[0]))
            self.headers.append(fields[1])
        elif kind == "height":
            self.sheet.set_row(self.heights, float(fields[0]))
            self.heights += 1
        elif kind == "line":
            self.sheet.write_string(self.line, 0, fields[0], self.text)
            self.line += 1
        elif kind in ("heading", "header", "label", "note"):
            self.sheet.write_string(int(fields[0]), int(fields[1]), fields[2], self.text)
        elif kind == "count":
            self.sheet.write_formula(int(fields[0]), int(fields[1]), fields[3], None, float(fields[2].replace(",", "")))
            self.cells += 1
        elif kind == "rule":
            self.sheet.conditional_format(*map(int, fields[:4]), {"type": "cell", "criteria": ">", "value": 0, "format": self.right})
        elif kind == "chart":
            is_bars = fields[0] == "bars"
            self.chart = self.book.add_chart({"type": "bar"} if is_bars else {"type": "scatter", "subtype": "straight_with_markers"})
            self.chart.set_title({"name": fields[4]})
            self.chart_at = (int(fields[1]), int(fields[2]))
        elif kind == "series":
            self.add_series(fields)
        else:
            self.write_cell(kind, fields)


def main(cells, out):
    records = list(read(cells))
    start = time.process_time()
    writer = Writer(out)
    for record in records:
        writer.play(*record)
    writer.end_sheet()
    writer.book.close()
    milliseconds = (time.process_time() - start) * 1000
    print(f"peer_xlsxwriter {milliseconds:.1f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} {writer.cells} cells")


main(*sys.argv[1:])
