"""What comes back from a lead may be anything: it must not fill the disk, be run by a spreadsheet, or flood the screen."""

import csv
import json
import subprocess

import openpyxl
import pytest

from conftest import BOARDPACK, ROOT, copy_programme, run_boardpack

AS_OF = "2025-07-31"
SLUG = "service-manager-for-learner-support"
RETURN = f"return-{SLUG}-{AS_OF}-1.csv"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A programme whose update sheets have been sent out."""
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("sent") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF, "--format", "update")
    return folder


@pytest.fixture
def programme(sent, tmp_path):
    """A copy of it, and the path of one lead's sheet."""
    folder = copy_programme(sent, tmp_path / "programme")
    run_boardpack(folder, "import")
    sheet = next(sent.glob(f"output/{AS_OF}/*/updates/update-{SLUG}-*.xlsx"))
    return folder, sheet, tmp_path / "back.xlsx"


def headings(sheet):
    for row in sheet.iter_rows():
        columns = {str(cell.value).split("(")[0].strip(): cell.column for cell in row if cell.value}
        if {"Ref", "Next step"} <= columns.keys() or {"Kind", "Text"} <= columns.keys():
            return row[0].row, columns
    raise AssertionError("no header")


def fill_narrative(source, target, rows, text):
    book = openpyxl.load_workbook(source)
    sheet = book["Narrative"]
    first, columns = headings(sheet)
    for row in range(first + 1, first + 1 + rows):
        sheet.cell(row, columns["Kind"]).value = "Achievement"
        sheet.cell(row, columns["Text"]).value = text
        sheet.cell(row, columns["Audience"]).value = "Public"
    book.save(target)


def returned(folder):
    return sorted(path.name for path in (folder / "data").glob("*return*"))


@pytest.mark.parametrize("rows, text, message", [(700, "y" * 32000, "more than 16 MB of text"), (20100, "y", "more than 20000 rows")])
def test_a_return_without_end_is_refused_before_anything_is_written(programme, rows, text, message):
    folder, sheet, back = programme
    fill_narrative(sheet, back, rows, text)
    done = run_boardpack(folder, "import", back, check=False)
    assert done.returncode == 1 and message in done.stderr, done.stderr
    assert returned(folder) == []
    run_boardpack(folder, "import")


def test_a_cell_as_long_as_spreadsheets_hold_is_kept(programme):
    folder, sheet, back = programme
    fill_narrative(sheet, back, 1, "é" * 32767)
    run_boardpack(folder, "import", back)
    with (folder / "data" / f"narrative-{RETURN}").open(encoding="utf-8", newline="") as lines:
        assert "é" * 32767 in list(csv.reader(lines))[1]


TYPED = ["=HYPERLINK(\"http://example.org\",\"x\")", "+cmd|' /C calc'!A0", "@SUM(1)", "- a list", "'=1+1", "'tis text", "=a, \"b\"\nc"]


def test_a_text_that_looks_like_a_formula_is_dead_in_the_file_and_as_typed_everywhere_else(programme):
    folder, sheet, back = programme
    book = openpyxl.load_workbook(sheet)
    actions = book["Actions"]
    first, columns = headings(actions)
    ref = str(actions.cell(first + 1, columns["Ref"]).value).rstrip("*")
    names = ["Progress", "Public progress", "Next step", "Ask", "Evidence"]
    for name, text in zip(names, TYPED):
        cell = actions.cell(first + 1, columns[name])
        cell.value, cell.data_type = text, "s"
    narrative = book["Narrative"]
    top, places = headings(narrative)
    for row, text in enumerate(TYPED, top + 1):
        narrative.cell(row, places["Kind"]).value = "Achievement"
        narrative.cell(row, places["Text"]).value = text
        narrative.cell(row, places["Text"]).data_type = "s"
        narrative.cell(row, places["Audience"]).value = "Public"
    book.save(back)
    run_boardpack(folder, "import", back)
    for table in ("updates", "narrative"):
        with (folder / "data" / f"{table}-{RETURN}").open(encoding="utf-8", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not any(cell.lstrip("\t\r\n")[:1] in tuple("=+@-") and cell for cell in cells)
    plan = str(actions.cell(first + 1, columns["Plan"]).value)
    history = run_boardpack(folder, "history", "updates", plan, ref, "--json").stdout
    for text in TYPED[: len(names)]:
        assert json.dumps(text, ensure_ascii=False)[1:-1] in history, text
    again = run_boardpack(folder, "import", back).stdout
    assert "0 rows added, 0 changed, 0 removed" in again


def test_findings_of_one_kind_are_counted_after_fifty(programme):
    folder, sheet, back = programme
    book = openpyxl.load_workbook(sheet)
    actions = book["Actions"]
    first, columns = headings(actions)
    for row in range(200, 500):
        actions.cell(row, columns["Plan"]).value = "SIP"
        actions.cell(row, columns["Ref"]).value = f"99.{row}"
        actions.cell(row, columns["Progress"]).value = "x"
    book.save(back)
    done = run_boardpack(folder, "import", back, check=False)
    assert done.returncode == 3
    assert sum(line.startswith("error S02") for line in done.stderr.splitlines()) == 50
    assert "… and 250 more of S02; with --json all are listed" in done.stderr
    found = json.loads(run_boardpack(folder, "import", back, "--json", check=False).stdout)["returns"][0]["findings"]
    assert sum(finding["code"] == "S02" for finding in found["list"]) == 300


def test_a_store_that_fails_leaves_the_data_folder_as_it_was(programme):
    folder, sheet, back = programme
    fill_narrative(sheet, back, 1, "The first copy.")
    run_boardpack(folder, "import", back)
    rows = "".join(f"M{number},2025-07-11,A risk that is new to the store\n" for number in range(5000))
    (folder / "data" / "risks-more.csv").write_text("risk,as_of,title\n" + rows)
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
    store = next(folder.glob("output/*.sqlite"))
    old = store.read_bytes()
    fill_narrative(sheet, back, 2, "The second copy.")
    # room for the files of the return, and none for what the store must take in
    limited = ["prlimit", "--fsize=65536"]
    done = subprocess.run([*limited, BOARDPACK, "-C", folder, "import", back], capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    assert "the returned sheets were not imported, and the data folder is as it was" in done.stderr
    assert {path.name: path.read_bytes() for path in (folder / "data").iterdir()} == before
    run_boardpack(folder, "import", back)
    assert any(b"The second copy." in path.read_bytes() for path in (folder / "data").glob("narrative-return*"))
    assert old != store.read_bytes()
