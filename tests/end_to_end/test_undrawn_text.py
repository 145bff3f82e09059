"""What the PDF cannot draw is substituted visibly and named in a finding, with the cell to mend."""

import csv
import json

import pytest

import pdf_reader
from conftest import copy_programme, run_boardpack

AS_OF = "2025-07-31"
FAMILY = "\U0001F468\u200d\U0001F469\u200d\U0001F467"


def set_cell(folder, table, row_index, column, text):
    """Puts text into a cell; returns the line it stands on."""
    path = folder / "data" / table
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    rows[row_index][rows[0].index(column)] = text
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return row_index + 1


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undrawn")
    run_boardpack(folder, "init")
    line = set_cell(folder, "actions.csv", 1, "action", f"Ask each {FAMILY} of Ko\u010d\u030c \u0645\u0631\u062d\u0628\u0627 twice.")
    programme = folder / "config" / "programme.ini"
    lines = ["organisation = Council of \u2654" if entry.startswith("organisation") else entry
             for entry in programme.read_text(encoding="utf-8").splitlines()]
    programme.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run_boardpack(folder, "run", "--as-of", AS_OF)
    manifest = json.loads((folder / "output" / "latest" / "manifest.json").read_text(encoding="utf-8"))
    found = [finding for finding in manifest["findings"]["list"] if finding["code"] == "P01"]
    return folder, line, done, found


def test_the_finding_names_file_row_column_and_text(run):
    _, line, _, found = run
    cell = [finding for finding in found if finding["file"] == "data/actions.csv"]
    assert len(cell) == 1, found
    assert (cell[0]["row"], cell[0]["column"], cell[0]["level"]) == (line, "action", "check")
    assert FAMILY in cell[0]["value"]
    assert "U+1F468 MAN, U+200D ZERO WIDTH JOINER, U+1F469 WOMAN and 2 more" in cell[0]["text"]
    assert "U+010D LATIN SMALL LETTER C WITH CARON, U+030C COMBINING CARON" in cell[0]["text"]
    assert "U+0645 ARABIC LETTER MEEM" in cell[0]["text"]
    assert f"Ask each {FAMILY}" in cell[0]["text"]


def test_a_text_of_the_configuration_is_named_with_pack_and_section(run):
    _, _, _, found = run
    other = [finding for finding in found if finding["file"] is None]
    assert other and all("U+2654 WHITE CHESS KING" in finding["text"] for finding in other)
    assert any(f"-{AS_OF}.pdf, section 'Cover': " in finding["text"] for finding in other), other


def test_it_is_printed_by_the_run(run):
    _, line, done, _ = run
    assert f"check P01 data/actions.csv:{line} action: The font cannot draw " in done.stderr


def test_a_grapheme_is_one_box_and_the_rest_of_the_text_stands(run):
    folder, _, _, _ = run
    texts = [" ".join(pdf_reader.text(path).split()) for path in (folder / "output" / "latest").glob("*/*.pdf")]
    assert any("Ask each \u25a1 of Ko\u25a1 \u25a1\u25a1\u25a1\u25a1\u25a1 twice." in text for text in texts)
    assert any("Council of \u25a1" in text for text in texts)


def test_what_can_be_drawn_is_no_finding(sample_run):
    assert not [finding for finding in sample_run.manifest["findings"]["list"] if finding["code"] in ("P01", "P05")]
