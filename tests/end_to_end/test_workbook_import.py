"""Tables kept in a workbook say what the same tables in CSV files say, whoever saved it; a workbook that is not to be trusted changes nothing."""

import csv
import datetime
import re
import shutil
import sqlite3
import subprocess
import zipfile

import openpyxl
import pytest

from conftest import ROOT, Run, copy_programme, make_run, run_boardpack

AS_OF = "2025-07-31"
BOOK = "programme.xlsx"
MONTH = re.compile(r"(January|February|March|April|May|June|July|August|September|October|November|December) (20\d\d)")
MONTHS = {name: number for number, name in enumerate(MONTH.pattern.split(")")[0].lstrip("(").split("|"), 1)}


def put(cell, text, column):
    """As a person in Excel: what looks like a date, a month or a number becomes one; refs stay text."""
    month = MONTH.fullmatch(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        cell.value, cell.number_format = datetime.date.fromisoformat(text), "dd/mm/yyyy"
    elif month and column == "timeframe":
        cell.value, cell.number_format = datetime.date(int(month[2]), MONTHS[month[1]], 1), "mmm-yy"
    elif re.fullmatch(r"-?\d+(\.\d+)?", text) and column in ("value", "numerator", "denominator", "position", "likelihood", "impact"):
        decimals = len(text.partition(".")[2])
        cell.value, cell.number_format = float(text), "0" + ("." + "0" * decimals if decimals else "")
    elif text:
        cell.value, cell.data_type = text, "s"


def into_workbook(folder):
    """Moves the tables of a programme folder into one workbook, a sheet each."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted((folder / "data").glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines))
        for number, row in enumerate(rows, 1):
            for index, text in enumerate(row):
                put(sheet.cell(number, index + 1), text, rows[0][index] if number > 1 else "")
        path.unlink()
    book.save(folder / "data" / BOOK)


def save_with_libreoffice(path, folder):
    """Opens the workbook and saves it as its own kind of workbook."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "saved", path], check=True, capture_output=True,
                   timeout=180)
    shutil.copy(folder / "saved" / path.name, path)


def packs(run):
    """The text packs, with rows named as in CSV files whatever they came from, and without the order of findings, which is that of files."""
    told = {}
    for file in run.files("txt"):
        text = re.sub(r"programme\.xlsx, sheet ([a-z_-]+), row", r"\1.csv, row", file.read_text())
        lines = re.sub(r"data/programme\.xlsx \| ([a-z_-]+) \|", r"data/\1.csv | [z] |", text).splitlines()
        is_finding = re.compile(r"  - (error|check|note) \|").match
        told[file.name] = [line for line in lines if not is_finding(line)], sorted(filter(is_finding, lines))
    return told


@pytest.fixture(scope="module")
def from_csv(tmp_path_factory):
    return packs(make_run(ROOT, tmp_path_factory.mktemp("csv") / "programme", AS_OF))


@pytest.mark.parametrize("saved_by", ["openpyxl", "LibreOffice"])
def test_a_programme_in_one_workbook_gives_the_same_packs(tmp_path, from_csv, saved_by):
    folder = copy_programme(ROOT, tmp_path / "programme")
    into_workbook(folder)
    if saved_by == "LibreOffice":
        save_with_libreoffice(folder / "data" / BOOK, tmp_path)
    run_boardpack(folder, "run", "--as-of", AS_OF, "--format", "text")
    run = Run(folder)
    assert packs(run) == from_csv
    assert len(from_csv) == 7
    assert [entry["path"] for entry in run.manifest["inputs"] if entry["path"].startswith("data/")] == [f"data/{BOOK}"]


def add_part(path, name, contents):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, contents)


def replace_part(path, name, contents):
    old = zipfile.ZipFile(path)
    parts = {entry: old.read(entry) for entry in old.namelist()}
    old.close()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, body in parts.items():
            archive.writestr(entry, contents if entry == name else body)


def bomb(path):
    replace_part(path, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (600 << 20) + b"</worksheet>")


HARMS = {
    "a zip bomb": (bomb, "unpacks to more than 512 MB"),
    "a text": (lambda path: path.write_text("plan,title\n"), "is text under the name of a workbook"),
    "half of it": (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "is cut short or damaged"),
    "a part outside": (lambda path: add_part(path, "../../evil.csv", "x"), "points out of the workbook"),
    "an entity": (
        lambda path: replace_part(path, "xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'),
        "document type",
    ),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_workbook_that_cannot_be_trusted_changes_nothing(tmp_path, harm):
    folder = copy_programme(ROOT, tmp_path / "programme")
    into_workbook(folder)
    run_boardpack(folder, "import")
    store = next(folder.glob("**/*.sqlite"))
    before = list(sqlite3.connect(store).iterdump())
    damage, message = HARMS[harm]
    damage(folder / "data" / BOOK)
    done = run_boardpack(folder, "import", check=False)
    assert done.returncode == 1
    assert f"data/{BOOK}" in done.stderr and message in done.stderr, done.stderr
    assert list(sqlite3.connect(store).iterdump()) == before


def test_a_lock_file_is_passed_over(tmp_path):
    folder = copy_programme(ROOT, tmp_path / "programme")
    (folder / "data" / "~$programme.xlsx").write_bytes(b"\x05lock")
    done = run_boardpack(folder, "import", "--quiet")
    assert "~$" not in done.stdout + done.stderr
