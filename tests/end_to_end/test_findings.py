"""`check` on the sample names what is odd in the published documents, with file and row."""

import csv
import re

import pytest

from conftest import ROOT, Run, copy_programme, run_boardpack


def line_of(table, **wanted):
    """The line of a sample row; none of the rows looked for holds a line break before it."""
    with open(ROOT / "data" / table, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if all(row[name] == value for name, value in wanted.items()):
                return reader.line_num
    raise AssertionError(f"no such row in {table}: {wanted}")


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("check"))
    done = run_boardpack(folder, "check", "--as-of", "2025-07-31", check=False)
    assert done.returncode == 4, done.stderr
    return done.stdout


FINDINGS = [
    ("the England growth claim", "error L01", "claims.csv", {"claim": "growth-england"}, ("9.25%", "11.39%")),
    ("the uncovered recommendation", "check C01", "recommendations.csv", {"ref": "3d"}, ("No action",)),
    ("the KPI without an action", "check K03", "kpis.csv", {"kpi": "K06"}, ("K06",)),
    ("the ambiguous trajectory", "error K09", "kpis.csv", {"kpi": "C02"}, ("2027/28",)),
    ("area 3's borrowed title", "check A16", "areas.csv", {"plan": "SIP", "ref": "3"}, ("same title as area 4",)),
    ("the blank ref of 1.1.2", "check A01", "actions.csv", {"short": "Co-production plan and toolkit"}, ("1.1.2*",)),
    ("the action without a timeframe", "error A06", "actions.csv", {"plan": "SIP", "ref": "3.3.6"}, ("No date",)),
    ("two dates in one cell", "check A08", "actions.csv", {"plan": "SIP", "ref": "5.1.1"}, ("28 February 2025", "30 April 2025")),
    ("the claim without a denominator", "check L02", "claims.csv", {"claim": "wsoa-kpis"}, ("71%",)),
]


@pytest.mark.parametrize("name, code, table, row, words", FINDINGS, ids=[finding[0] for finding in FINDINGS])
def test_check_names(checked, name, code, table, row, words):
    start = f"{code} data/{table}:{line_of(table, **row)}"
    found = [line for line in checked.splitlines() if line.startswith((start + " ", start + ":"))]
    assert found, f"no line starts with '{start}'"
    for word in words:
        assert any(word in line for line in found), found


def test_every_action_is_loaded(checked):
    assert "69 of 69 actions" in checked


def test_a_second_borough_checks_without_errors_in_its_rows(tmp_path):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "second-borough", tmp_path)
    done = run_boardpack(folder, "check", "--as-of", "2025-07-31", check=False)
    assert done.returncode in (0, 4)
    assert "24 of 24 actions" in done.stdout


def test_packs_of_the_sample_keep_their_budgets(sample_run):
    over = [found["text"] for found in sample_run.manifest["findings"]["list"] if found["code"] == "P02"]
    assert over == []


def test_packs_and_sections_over_their_budget_are_named(tmp_path):
    folder = copy_programme(ROOT, tmp_path)
    template = folder / "report-templates" / "area-partnership-board.ini"
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"page_budget = \d+", "page_budget = 5", text, count=1).replace("title = Exceptions\n", "title = Exceptions\npage_budget = 1\n")
    template.write_text(text, encoding="utf-8")
    run_boardpack(folder, "run", "--as-of", "2025-07-31", "--forum", "area-partnership-board")
    findings = [found for found in Run(folder).manifest["findings"]["list"] if found["code"] == "P02"]
    said = " ".join(found["text"] for found in findings)
    assert "its budget is 5." in said
    assert "the section 'Exceptions' takes 2 pages; its budget is 1." in said
