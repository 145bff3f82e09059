"""The checker of finished workbooks: it finds nothing in ours, and each of its rules finds what it is for, and nothing else."""

import concurrent.futures
import os
import subprocess
import sys

import openpyxl
import pytest

import xlsx_mutations
from conftest import ROOT
from test_workbooks import forums, is_working
from xlsx_checker import all_rules, check, departures
from xlsx_checker.exceptions import ELSEWHERE, LIMITS
from xlsx_checker.workbook import Workbook

assert forums  # a fixture
pytestmark = pytest.mark.finished_files
MUTATIONS = xlsx_mutations.mutations
UNREADABLE = "BP-1"
SOUND = {"published": "inclusion-partnership", "working": "send-steering-group"}
ALLOWED_DEPARTURES = {"published": set(), "working": {"XL-7", "XL-12", "XL-26", "XL-27"}}


def test_nothing_is_wrong_with_our_workbooks(any_run):
    for path in any_run.files("xlsx"):
        assert [str(finding) for finding in check(path)] == [], path.name


def test_a_workbook_is_of_the_kind_that_its_forum_asks_for(any_run, forums):
    for path in any_run.files("xlsx"):
        kind = "working" if is_working(forums, path.parent.name) else "published"
        assert Workbook(path).kind == kind
        assert {finding.rule for finding in departures(path)} <= ALLOWED_DEPARTURES[kind]
        if kind == "working":
            assert {finding.rule for finding in check(path, "published")} & {"XL-12"}, "strictly, its filters would be found"


def test_the_numbers_of_the_list_are_all_there():
    """XL-1 to XL-32: each is a rule, or is checked elsewhere and says where."""
    assert {f"XL-{number}" for number in range(1, 33)} == {name for name in {*all_rules(), *ELSEWHERE} if name.startswith("XL-")}
    assert not set(ELSEWHERE) & set(all_rules())
    assert set(LIMITS) <= set(all_rules())
    for reason in ELSEWHERE.values():
        for word in reason.split():
            assert not word.startswith("tests/") or (ROOT / word.rstrip(",;:")).is_file(), word


def test_every_rule_has_a_mutation_and_every_mutation_a_rule():
    assert {mutation.rule for mutation in MUTATIONS} == set(all_rules())


def try_mutation(arguments):
    """What is found in the file that a mutation has broken, for the index of a mutation: functions do not go to another process."""
    index, path, folder = arguments
    broken = folder / f"{index}.xlsx"
    MUTATIONS[index].apply(path, broken)
    return check(broken)


@pytest.fixture(scope="module")
def found(borough_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("broken")
    tasks = [(index, borough_run.file(SOUND[mutation.kind], "xlsx"), folder) for index, mutation in enumerate(MUTATIONS)]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(try_mutation, tasks, chunksize=4))


@pytest.mark.parametrize("index", range(len(MUTATIONS)), ids=lambda index: str(MUTATIONS[index]))
def test_a_mutation_is_found_by_its_rule_alone(index, found):
    assert {finding.rule for finding in found[index]} == {MUTATIONS[index].rule}, "\n".join(map(str, found[index]))
    assert not any("cannot be read" in finding.what for finding in found[index]), found[index]


def test_a_package_written_again_is_still_sound(borough_run, tmp_path):
    """What the mutations do beside their one change does no harm."""
    copy = tmp_path / "copy.xlsx"
    xlsx_mutations.Package(borough_run.file("inclusion-partnership", "xlsx")).write(copy)
    assert [str(finding) for finding in check(copy)] == []


def test_charts_and_formulas_are_departures_of_working_copies_alone(borough_run):
    path = borough_run.file(SOUND["working"], "xlsx")
    assert [str(finding) for finding in check(path)] == []
    for rule in ("XL-12", "XL-26", "XL-27"):
        assert rule in {finding.rule for finding in departures(path)}
        assert rule in {finding.rule for finding in check(path, "published")}


def test_blank_columns_are_for_filling_in_on_update_sheets_alone(borough_run, tmp_path):
    def empty_column(package):
        part = package.sheet("Glossary")
        for row in range(7, 60):
            if f'<c r="B{row}"' in package.parts[part]:
                package.edit(part, rf'(<c r="B{row}" s="\d+")[^>]*>.*?</c>', r"\1/>")

    path = tmp_path / "blank.xlsx"
    xlsx_mutations.Mutation("", "", empty_column, "published").apply(borough_run.file("inclusion-partnership", "xlsx"), path)
    assert {finding.rule for finding in check(path)} == {"XL-10"}
    assert not {finding.rule for finding in check(path, "update")} & {"XL-10"}
    blank = tmp_path / "one.xlsx"
    xlsx_mutations.Mutation("", "", lambda package: package.set_text("Glossary", "B9", ""), "published").apply(borough_run.file("inclusion-partnership", "xlsx"), blank)
    assert "XL-10" in {finding.rule for finding in check(blank, "update")}, "one cell of a filled column"


def test_what_looks_like_a_formula_in_the_data_is_text(hostile_run):
    """XL-28 from the data's side: such cells are there, and each is a string."""
    found = 0
    for path in hostile_run.files("xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f" or sheet.title == "Dashboard", f"{path.name} {sheet.title} {cell.coordinate}"
                    found += cell.data_type == "s" and cell.value[0] in "=+@"
    assert found > 10


def test_a_file_that_is_no_workbook_is_one_finding(borough_run, tmp_path):
    whole = borough_run.file("inclusion-partnership", "xlsx").read_bytes()
    for name, data in (("cut.xlsx", whole[: len(whole) // 2]), ("text.xlsx", b"no workbook"), ("empty.xlsx", b"")):
        (tmp_path / name).write_bytes(data)
        assert [finding.rule for finding in check(tmp_path / name)] == [UNREADABLE]


def run_checker(*arguments):
    return subprocess.run([sys.executable, "-m", "xlsx_checker", *map(str, arguments)], cwd=ROOT / "tests", capture_output=True, text=True)


def test_the_command_ends_0_on_a_sound_file_and_1_on_a_broken_one(borough_run, tmp_path):
    sound = borough_run.file("send-steering-group", "xlsx")
    done = run_checker("--departures", sound)
    assert done.returncode == 0 and "XL-12" in done.stdout
    assert run_checker("--kind", "published", sound).returncode == 1
    broken = tmp_path / "broken.xlsx"
    next(mutation for mutation in MUTATIONS if mutation.rule == "XL-20").apply(borough_run.file("inclusion-partnership", "xlsx"), broken)
    done = run_checker(broken)
    assert done.returncode == 1 and "XL-20" in done.stdout and "Glossary!B9" in done.stdout
    listed = run_checker("--rules")
    assert listed.returncode == 0 and all(name in listed.stdout for name in (*all_rules(), *ELSEWHERE))
