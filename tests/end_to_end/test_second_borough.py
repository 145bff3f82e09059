"""A second borough by configuration alone: six terms, four forums, other statuses, and columns of its own, read back from what is printed."""

import csv
import datetime
import re
import sqlite3

import openpyxl
import pytest

import pdf_reader
from conftest import ROOT, copy_programme, run_boardpack

FORUMS = ["families-forum", "inclusion-partnership", "northmere-executive", "send-steering-group"]
INTERNAL = ["inclusion-partnership", "northmere-executive", "send-steering-group"]
# Each table with a sheet of its own: its file, the keys that find a row there, and the sheet.
LOCAL = {"actions": (["Ref"], ["ref"], "Actions"), "kpis": (["KPI"], ["kpi"], "KPIs")}
TITLES = {"ward": "Ward", "budget_code": "Budget code", "statutory": "Statutory measure"}


def rows_of(run, table):
    with open(run.folder / "data" / f"{table}.csv", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def sheet_rows(run, forum, name):
    """The table of a sheet as a list of {title: cell}."""
    sheet = openpyxl.load_workbook(run.file(forum, "xlsx"))[name]
    cells = [[cell.value for cell in row] for row in sheet[next(iter(sheet.tables.values())).ref]]
    return [dict(zip(cells[0], row)) for row in cells[1:]]


def pdf_text(run, forum):
    return " ".join(pdf_reader.text(run.file(forum, "pdf"), "-layout").split())


def test_four_forums_have_packs_of_the_sixth_term(borough_run):
    for forum in FORUMS:
        assert "Term 6 2025" in pdf_text(borough_run, forum)
    assert [path.parent.name for path in borough_run.files("pdf")] == FORUMS
    assert [path.parent.name for path in borough_run.files("xlsx")] == FORUMS


@pytest.mark.parametrize("as_of, period", [
    ("2025-09-30", "Term 1 2025"), ("2025-12-31", "Term 2 2025"), ("2026-02-16", "Term 3 2026"),
    ("2026-02-17", "Term 4 2026"), ("2025-04-07", "Term 5 2025"), ("2025-07-31", "Term 6 2025")])
def test_there_are_six_terms_a_year(tmp_path, as_of, period):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "second-borough", tmp_path)
    done = run_boardpack(folder, "run", "--as-of", as_of, "--forum", "northmere-executive", "--format", "text")
    texts = list((folder / "output").glob("*/*/*/*.txt"))
    assert len(texts) == 1, done.stdout + done.stderr
    assert f"  period: {period}" in texts[0].read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("table", LOCAL)
def test_each_local_column_stands_in_the_workbook_with_its_values(borough_run, table):
    (title,), (key,), sheet = LOCAL[table]
    typed = {row[key]: row for row in rows_of(borough_run, table)}
    columns = [column for column in TITLES if column in next(iter(typed.values()))]
    assert columns
    for forum in INTERNAL:
        printed = {row[title].rstrip("*"): row for row in sheet_rows(borough_run, forum, sheet)}
        assert set(printed) == set(typed)
        for name, row in typed.items():
            for column in columns:
                wanted = row[column].strip() or "[z]"
                wanted = wanted.capitalize() if column == "statutory" else wanted
                assert printed[name][TITLES[column]] == wanted, f"{forum} {name} {column}"


def test_local_columns_of_actions_stand_in_the_tracker(borough_run):
    text = pdf_reader.text(borough_run.file("send-steering-group", "pdf"), "-layout")
    assert re.search(r"Ref +Action +Ward +Budget code +Lead", text)
    codes = {row["budget_code"] for row in rows_of(borough_run, "actions")} - {""}
    wards = {row["ward"] for row in rows_of(borough_run, "actions")} - {""}
    assert len(codes) > 5 and len(wards) > 2
    for word in codes | wards:
        assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), word
    assert re.search(r"^ *1\.1 .* North +E100 ", text, re.M)


def test_local_columns_of_measures_stand_with_their_details(borough_run):
    text = pdf_text(borough_run, "send-steering-group")
    for answer in ("yes", "no"):
        count = sum(row["statutory"] == answer for row in rows_of(borough_run, "kpis"))
        assert count and text.count(f"Statutory measure: {answer.capitalize()}") == count


def test_a_scorecard_is_filtered_by_a_local_column_of_measures(borough_run):
    text = borough_run.file("inclusion-partnership", "txt").read_text(encoding="utf-8")
    scorecard = text[text.rindex("Statutory measures"):]
    scorecard = scorecard[:scorecard.index("Forward plan")]
    for row in rows_of(borough_run, "kpis"):
        assert (row["short"] in scorecard) == (row["statutory"] == "yes"), row["short"]


def test_the_public_reads_no_local_column(borough_run):
    book = openpyxl.load_workbook(borough_run.file("families-forum", "xlsx"))
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = pdf_reader.text(borough_run.file("families-forum", "pdf"), "-layout")
    assert "What we promised" in text and re.search(r"^ *Ref +Action +Status *$", text, re.M)
    for title in TITLES.values():
        assert title not in cells and not re.search(rf"\b{title}\b", text), title
    for code in {row["budget_code"] for row in rows_of(borough_run, "actions")} - {""}:
        if re.search(r"\d", code):
            assert code not in cells and code not in text, code
    assert "Not published: the programme\u2019s own columns." in cells


LATER = {
    "updates": ("seen_by", "text", "Seen by", "Updates"), "kpi_values": ("checked", "date", "Checked", "KPI_Values"),
    "recommendations": ("weight", "number", "Weight", "Coverage"), "decisions": ("minute", "text", "Minute", "Decisions"),
    "risks": ("reviewed", "date", "Reviewed", "Risks"), "meetings": ("seats", "number", "Seats", "Meetings"),
    "narrative": ("agreed", "yes-no", "Agreed", "Narrative"), "claims": ("page", "number", "Page", "Claims"),
    "members": ("votes", "yes-no", "Votes", None)}
SAMPLES = {"text": ("A word of ours", "A word of ours"), "number": ("1,234.5", 1234.5), "date": ("2025-06-01", datetime.datetime(2025, 6, 1)),
           "yes-no": ("y", "Yes")}


def test_local_columns_of_every_other_table_reach_workbook_and_store(tmp_path):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "second-borough", tmp_path)
    with open(folder / "config" / "fields.ini", "a", encoding="utf-8") as fields:
        for table, (column, kind, title, _) in LATER.items():
            fields.write(f"\n[{table}.{column}]\ntype = {kind}\ntitle = {title}\n")
    for table, (column, kind, _, _) in LATER.items():
        path = folder / "data" / f"{table}.csv"
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        comma = ";" if head.count(";") > head.count(",") else ","
        cell = SAMPLES[kind][0]
        quoted = f'"{cell}"' if comma in cell else cell
        width = len(next(csv.reader([head], delimiter=comma)))
        for index, line in enumerate(lines):
            cells = len(next(csv.reader([line], delimiter=comma)))
            lines[index] = line + comma * (width - cells) + comma + quoted
        path.write_text("\n".join([head + comma + column, *lines]) + "\n", encoding="utf-8")
    run_boardpack(folder, "run", "--as-of", "2025-07-31", "--format", "pdf,xlsx,text", "--forum", "northmere-executive",
                  "--forum", "send-steering-group")
    [path] = (folder / "output" / "latest").resolve().glob("send-steering-group/*.xlsx")
    book = openpyxl.load_workbook(path)
    for table, (_, kind, title, name) in LATER.items():
        if name is None:
            continue
        sheet = book[name]
        cells = [[cell.value for cell in row] for row in sheet[next(iter(sheet.tables.values())).ref]]
        title += " (number)" if kind == "number" else ""  # a figure has a unit
        assert title in cells[0], f"{table}: {cells[0]}"
        values = {row[cells[0].index(title)] for row in cells[1:]}
        assert values == {SAMPLES[kind][1]}, f"{table}: {values}"
    store = sqlite3.connect(f"file:{folder / 'output' / 'boardpack.sqlite'}?mode=ro", uri=True)
    for table, (column, kind, _, _) in LATER.items():
        kept = {row[0] for row in store.execute(f"SELECT {column} FROM {table}")}
        assert kept == {SAMPLES[kind][0]}, f"{table}: {kept}"
    store.close()
