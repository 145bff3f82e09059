"""The checker of finished PDFs: it finds nothing in what is good, and each of its rules finds what it is for."""

import subprocess
import sys

import pytest

import pdf_mutations
import pdf_structure_mutations
import tagged_sample
from conftest import ROOT
from pdf_checker import all_rules, check
from pdf_checker.document import Document

assert pdf_structure_mutations
MUTATIONS = pdf_mutations.mutations


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("tagged") / "sample.pdf"
    tagged_sample.build(path)
    return path


@pytest.fixture(scope="module")
def pack(sample_run):
    return sample_run.file("bbp", "pdf")


def findings_of(rule, path):
    try:
        with Document(path) as document:
            return list(all_rules()[rule].findings(document))
    except Exception:
        return [finding for finding in check(path) if finding.rule == rule]


def test_nothing_is_wrong_with_the_sample(sample):
    assert [str(finding) for finding in check(sample)] == []


def test_every_rule_has_a_mutation_and_every_mutation_a_rule():
    assert {mutation.rule for mutation in MUTATIONS} == set(all_rules())


def test_every_rule_says_what_it_is():
    for rule in all_rules().values():
        assert rule.title and rule.source and rule.standards, rule.id


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_rule_catches_its_mutation_of_the_sample(mutation, sample, tmp_path):
    mutation.apply(sample, tmp_path / "broken.pdf")
    found = findings_of(mutation.rule, tmp_path / "broken.pdf")
    assert found, f"{mutation} is not caught"
    assert not any("cannot be read" in finding.what for finding in found), found


@pytest.mark.parametrize("mutation", [mutation for mutation in MUTATIONS if mutation.on_packs], ids=str)
def test_a_rule_catches_its_mutation_of_a_pack(mutation, pack, tmp_path):
    assert findings_of(mutation.rule, pack) == []
    mutation.apply(pack, tmp_path / "broken.pdf")
    assert findings_of(mutation.rule, tmp_path / "broken.pdf"), f"{mutation} is not caught"


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
