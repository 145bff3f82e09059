"""The checker of finished PDFs: it finds nothing in what is good, and each of its rules finds what it is for."""

import concurrent.futures
import os
import subprocess
import sys

import pikepdf
import pytest

import pdf_mutations
import pdf_structure_mutations
import tagged_sample
from conftest import ROOT
from pdf_checker import all_rules, check
from pdf_checker.document import Document

assert pdf_structure_mutations
pytestmark = pytest.mark.finished_files
MUTATIONS = pdf_mutations.mutations


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("tagged") / "sample.pdf"
    tagged_sample.build(path)
    return path


def findings_of(rule, path):
    """What one rule finds; a file that does not open is found by the rule of that."""
    try:
        with Document(path) as document:
            return [str(finding) for finding in all_rules()[rule].findings(document)]
    except (pikepdf.PdfError, ValueError):
        return [str(finding) for finding in check(path) if finding.rule == rule]


def try_mutation(arguments):
    """What the rule of a mutation finds in the file before and after, for the index of a mutation: functions do not go to another process."""
    index, path, folder = arguments
    mutation = MUTATIONS[index]
    broken = folder / f"{index}.pdf"
    mutation.apply(path, broken)
    return findings_of(mutation.rule, path), findings_of(mutation.rule, broken)


def try_all(path, indexes, folder):
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(indexes, pool.map(try_mutation, [(index, path, folder) for index in indexes], chunksize=8)))


ON_PACKS = [index for index, mutation in enumerate(MUTATIONS) if mutation.on_packs]


@pytest.fixture(scope="module")
def in_sample(sample, tmp_path_factory):
    return try_all(sample, list(range(len(MUTATIONS))), tmp_path_factory.mktemp("broken"))


@pytest.fixture(scope="module")
def in_pack(sample_run, tmp_path_factory):
    return try_all(sample_run.file("bbp", "pdf"), ON_PACKS, tmp_path_factory.mktemp("broken"))


def test_nothing_is_wrong_with_the_sample(sample):
    assert [str(finding) for finding in check(sample)] == []


def test_every_rule_has_a_mutation_and_every_mutation_a_rule():
    assert {mutation.rule for mutation in MUTATIONS} == set(all_rules())


def test_every_rule_says_what_it_is():
    for rule in all_rules().values():
        assert rule.title and rule.source and rule.standards, rule.id


@pytest.mark.parametrize("index", range(len(MUTATIONS)), ids=lambda index: str(MUTATIONS[index]))
def test_a_rule_catches_its_mutation_of_the_sample(index, in_sample):
    before, after = in_sample[index]
    assert before == []
    assert after, "it is not caught"
    assert not any("cannot be read" in finding for finding in after), after


@pytest.mark.parametrize("index", ON_PACKS, ids=lambda index: str(MUTATIONS[index]))
def test_a_rule_catches_its_mutation_of_a_pack(index, in_pack):
    before, after = in_pack[index]
    assert before == []
    assert after, "it is not caught"


def run_checker(*arguments):
    return subprocess.run([sys.executable, "-m", "pdf_checker", *map(str, arguments)], cwd=ROOT / "tests", capture_output=True, text=True)


def test_the_command_ends_0_on_a_good_file_and_1_on_a_bad_one(sample, tmp_path):
    assert run_checker(sample).returncode == 0
    broken = tmp_path / "broken.pdf"
    next(mutation for mutation in MUTATIONS if mutation.rule == "13-004").apply(sample, broken)
    done = run_checker(broken)
    assert done.returncode == 1 and "13-004" in done.stdout and "page 2" in done.stdout and "Figure" in done.stdout
    (tmp_path / "no.pdf").write_bytes(b"no PDF")
    assert run_checker(tmp_path / "no.pdf").returncode == 1
