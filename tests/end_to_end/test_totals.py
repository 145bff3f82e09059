"""A total shown in several packs, pages or workbooks of a run is the same in all: read from the finished files alone."""

import collections
import functools
import re

import openpyxl
import pytest

import pdf_reader
from pack_dump import pages_part

pytestmark = pytest.mark.finished_files


# The workbooks of one run: its tests follow each other.
@functools.lru_cache(maxsize=8)
def read(path):
    return openpyxl.load_workbook(path)


def table_rows(path, sheet):
    """The rows of a sheet's Excel table as dictionaries."""
    page = read(path)[sheet]
    (table,) = page.tables.values()
    rows = [[cell.value for cell in row] for row in page[table.ref]]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def summary_figures(path):
    """{(scope, measure): (n, N)} of the workbook's summary."""
    return {(row["Scope"], row["Measure"]): (row["Number (n)"], row["Out of (N)"]) for row in table_rows(path, "Summary")}


def flat_text(path):
    return re.sub(r"\s+", " ", pdf_reader.text(path))


def test_every_workbook_of_a_run_gives_the_same_totals(any_run):
    first = None
    for path in any_run.files("xlsx"):
        figures = summary_figures(path)
        assert len(figures) > 20
        first = first or figures
        assert figures == first, path.name


def test_workbook_totals_are_the_counts_of_its_own_rows(any_run):
    for path in any_run.files("xlsx"):
        actions = table_rows(path, "Actions")
        figures = summary_figures(path)
        assert figures[("All actions", "All actions")] == (len(actions), len(actions))
        statuses = collections.Counter(row["Status"] for row in actions)
        for (scope, measure), (number, total) in figures.items():
            if scope == "All actions" and measure.startswith("Status: "):
                assert number == statuses.pop(measure[len("Status: "):], 0), measure
                assert total == len(actions)
        assert not statuses
        done = sum(row["Counts as"] == "Done" for row in actions)
        assert figures[("All actions", "All complete")][0] == done
        overdue = sum(isinstance(row["Days overdue"], (int, float)) and row["Days overdue"] > 0 for row in actions)
        assert figures[("All actions", "Overdue")][0] == overdue


def test_pdf_totals_are_the_workbooks(any_run):
    seen = 0
    for pdf in any_run.files("pdf"):
        figures = summary_figures(pdf.with_suffix(".xlsx"))
        total = figures[("All actions", "All actions")][0]
        done = figures[("All actions", "All complete")][0]
        text = flat_text(pdf)
        for number, of in re.findall(r"(\d+) of (\d+) (?:actions )?(?:are )?complete", text):
            if int(of) == total:
                assert int(number) == done, f"{pdf.name}: {number} of {of} complete"
                seen += 1
        for bar in re.findall(r"Status of the (\d+) actions ", text):
            assert int(bar) <= total
        bars = [int(bar) for bar in re.findall(r"Status of the (\d+) actions(?! (?:in|of) )", text)]
        assert total in bars, pdf.name
    assert seen >= len(any_run.files("pdf"))


def test_status_counts_under_the_summary_bar_are_the_workbooks(any_run):
    for pdf in any_run.files("pdf"):
        figures = summary_figures(pdf.with_suffix(".xlsx"))
        total = figures[("All actions", "All actions")][0]
        expected = sorted(number for (scope, measure), (number, _) in figures.items()
                          if scope == "All actions" and measure.startswith("Status: "))
        for page in pdf_reader.text(pdf).split("\f"):
            flat = re.sub(r"\s+", " ", page)
            start = flat.find(f"Status of the {total} actions")
            if start < 0:
                continue
            counts = [int(number) for number in re.findall(r"(\d+) \(\d+%\)", flat[start:])[:len(expected)]]
            assert sorted(counts) == expected, pdf.name
            assert sum(counts) == total
            break
        else:
            raise AssertionError(f"{pdf.name} has no status bar of all actions")


def test_area_totals_on_area_pages_are_the_workbooks(sample_run):
    pdf = sample_run.file("area-partnership-board", "pdf")
    actions = table_rows(pdf.with_suffix(".xlsx"), "Actions")
    areas = collections.Counter(row["Area"].split()[0] for row in actions)
    found = {}
    for page in pdf_reader.text(pdf).split("\f"):
        flat = re.sub(r"\s+", " ", page)
        area = re.search(r"Data as at [0-9A-Za-z ]+? Area (\d): ", flat)
        total = re.search(r"(\d+) of 69 actions: ", flat)
        if area and total:
            found[area[1]] = int(total[1])
    assert found == areas


def test_golden_counts_of_the_plan(sample_run):
    figures = summary_figures(sample_run.file("bbp", "xlsx"))
    assert figures[("All actions", "All actions")] == (69, 69)
    by_area = {scope.split(":")[0]: value[0] for (scope, measure), value in figures.items() if scope.startswith("Area ") and measure == "All actions"}
    assert by_area == {"Area 1": 10, "Area 2": 11, "Area 3": 21, "Area 4": 16, "Area 5": 11}


def test_a_run_compares_its_own_figures(any_run):
    consistency = any_run.manifest["consistency"]
    assert consistency["figures"] > 50 and consistency["printed"] > consistency["figures"]
    assert consistency["differing"] == []


def test_facts_alone_show_nothing_as_on_track(facts_run):
    for path in facts_run.files("xlsx"):
        statuses = collections.Counter(row["Status"] for row in table_rows(path, "Actions"))
        assert statuses == {"No update received": 67, "Complete (as planned)": 2}
    for path in facts_run.files("pdf"):
        text = flat_text(path)
        assert "67 (97%)" in text and "2 (3%)" in text, path.name


def test_each_count_says_whether_the_pages_show_it(sample_run):
    """Of areas and projects, against the keys of the figures in the nodes of the pages; of all actions, against the words of the PDF."""
    shown = "In this pack’s PDF"
    seen = set()
    for pdf in sample_run.files("pdf"):
        path = pdf.with_suffix(".xlsx")
        keys = set(re.findall(r"\{(actions\.[^}]+)\}", "\n".join(pages_part(pdf.with_suffix(".txt")))))
        rows = {(row["Scope"], row["Measure"]): row for row in table_rows(path, "Summary")}
        text = flat_text(pdf)
        for (scope, measure), row in rows.items():
            match = re.match(r"Area (\d+): ", scope)
            if match and measure == "All complete":
                is_shown = any(key.startswith(f"actions.area.SIP:{match[1]}.") for key in keys)
                assert row[shown] == ("Yes" if is_shown else "No"), f"{path.name}: {scope}"
                seen.add(row[shown])
            if match and measure.startswith("Status: ") and row["Number (n)"] == 0:
                assert row[shown] == "No", f"{path.name}: {scope}, {measure}"
            if scope == "All actions" and measure.startswith("Status: "):
                assert row[shown] == "Yes" and re.search(rf"\b{row['Number (n)']} \(\d+%\)", text), f"{path.name}: {measure}"
        overdue = rows["All actions", "Overdue"]
        assert (overdue[shown] == "Yes") == (f"complete, {overdue['Number (n)']} overdue" in text), path.name
        assert {row[shown] for row in table_rows(path, "Burn_Up")} == {"Yes" if "Completed against plan" in text else "No"}
    assert seen == {"Yes", "No"}
