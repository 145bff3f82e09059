"""What the rules leave out, by number, and why: rules that one file alone cannot show, and the limits of those it can."""

ELSEWHERE = {
    "XL-30": "the same figures in PDF and workbook: tests/end_to_end/test_totals.py reads both, and the program compares them as it writes",
    "XL-31": "a copy as ODS for publication is made with LibreOffice: tests/end_to_end/test_workbooks.py makes one and compares every cell",
    "XL-32": "no loss when LibreOffice opens and saves: tests/end_to_end/test_workbooks.py saves and compares every cell",
}

LIMITS = {
    "XL-8": "a unit in the header, or a column called Unit, is looked for; whether it is the right one is not known",
    "XL-15": "Heading 1 is asked of titles, Heading 2 of other bold lines; header cells of a table are marked as such by the table",
    "XL-16": "the checker estimates text from below; tests/end_to_end/test_printed_workbooks.py looks for every word on LibreOffice's pages",
    "XL-20": "columns whose header says \"as typed\" or \"as stated\" quote what was typed, whatever that is",
    "XL-21": "headers that are periods, and totals between rows, are found; whether a table could be longer is a matter of judgement",
    "XL-22": "a day that cannot be one (30 February), or before 1 March 1900, stands as text: no spreadsheet holds it as a date",
    "XL-23": "the language of the document is no property that spreadsheet programs show or set",
    "XL-28": "that no text of the data became live is checked by hostile data in tests/end_to_end/test_xlsx_checker.py",
    "XL-29": "one file shows fixed times; that two runs are the same byte for byte is checked by running twice, in tests/end_to_end/test_builds.py",
}
