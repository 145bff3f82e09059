"""Every pack can be read by everybody: the checker finds nothing, other readers complain of nothing, and what is read out is what the pack says, in
its order."""

import bisect
import collections
import concurrent.futures
import os
import subprocess

import pikepdf
import pytest

import pack_dump
from pdf_checker import check
from pdf_checker.document import Document

pytestmark = pytest.mark.finished_files


@pytest.fixture(scope="session")
def packs(sample_run, facts_run, borough_run, hostile_run, thousand_run):
    """Every pack, the longest first."""
    paths = [path for run in (sample_run, facts_run, borough_run, hostile_run, thousand_run) for path in run.files("pdf")]
    assert len(paths) > 25
    return sorted(paths, key=lambda path: -path.stat().st_size)


@pytest.fixture(scope="session")
def pool():
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as executor:
        yield executor


def findings_in(path):
    return [f"{path.name}: {finding}" for finding in check(path)]


def test_the_checker_finds_nothing(packs, pool):
    found = [line for lines in pool.map(findings_in, packs) for line in lines]
    assert found == [], "\n".join(found[:40])


READERS = (("qpdf", "--check", "{}"), ("pdfinfo", "-struct", "{}"), ("pdffonts", "{}"), ("pdftotext", "{}", "-"),
           ("pdftoppm", "-r", "20", "-f", "2", "-l", "3", "-png", "{}"), ("mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null", "{}", "1-3"))


# Debian's mutool is built without colour management, and says so of every file that has an output intent.
NO_COMPLAINT = "warning: ICC support is not available"


def complaints_of(path, readers=READERS):
    """What other readers say of the file on standard error, or of warnings anywhere."""
    found = []
    for reader in readers:
        done = subprocess.run([part.format(path) for part in reader], capture_output=True, timeout=120)
        said = done.stderr.decode(errors="replace").replace(NO_COMPLAINT, "").strip()
        if done.returncode != 0 or said or (reader[0] == "qpdf" and b"WARNING" in done.stdout):
            found.append(f"{path.name}: {reader[0]} ended {done.returncode}: {said[:300]}")
    return found


def test_no_reader_complains(packs, pool):
    found = [line for lines in pool.map(complaints_of, packs) for line in lines]
    assert found == [], "\n".join(found)


def test_poppler_reads_the_words_of_the_tree(packs):
    """In the shortest pack: poppler reads the whole page again for every element."""
    reader = ("pdfinfo", "-struct-text", "{}")
    assert complaints_of(packs[-1], [reader]) == []


def out_of_order(places):
    """Which of the places are not of the longest rising run of them: the indexes."""
    tails, ends, before = [], [], []
    for index, place in enumerate(places):
        length = bisect.bisect_left(tails, place)
        tails[length:length + 1] = [place]
        ends[length:length + 1] = [index]
        before.append(ends[length - 1] if length else None)
    kept, index = set(), ends[-1] if ends else None
    while index is not None:
        kept.add(index)
        index = before[index]
    return [index for index in range(len(places)) if index not in kept]


def compare_with_dump(path):
    """(strings of the pack that are not read out, strings read out in another order, number of strings whose place is certain)."""
    with Document(path) as document:
        figures = {element.text_value("/Alt") for element in document.structure.of_type("Figure")}
        read = pack_dump.folded(" ".join(document.text_of(top) for top in document.structure.top))
    strings = list(pack_dump.strings(path.with_suffix(".txt"), figures))
    times = collections.Counter(folded for folded, _ in strings)
    missing = [f"{path.name}: '{words}' is not read out" for folded, words in strings if folded not in read]
    # what stands twice has no one place
    known = "\n".join(times)
    certain = [(read.find(folded), words) for folded, words in strings
               if times[folded] == 1 and read.count(folded) == 1 and known.count(folded) == 1]
    moved = [f"{path.name}: '{certain[index][1]}' is read out elsewhere" for index in out_of_order([place for place, _ in certain])]
    return missing, moved, len(certain)


@pytest.fixture(scope="session")
def comparisons(sample_run, facts_run, borough_run, pool):
    paths = [path for run in (sample_run, facts_run, borough_run) for path in run.files("pdf")]
    return list(pool.map(compare_with_dump, paths))


def test_all_that_a_pack_says_is_read_out(comparisons):
    missing = [line for lines, _, _ in comparisons for line in lines]
    assert missing == [], "\n".join(missing[:40])


def test_it_is_read_out_in_the_order_of_the_pack(comparisons):
    moved = [line for _, lines, _ in comparisons for line in lines]
    assert moved == [], "\n".join(moved[:40])
    assert min(certain for _, _, certain in comparisons) > 20


def test_order_is_told_from_disorder():
    assert out_of_order([1, 5, 9]) == []
    assert out_of_order([1, 9, 5, 7]) == [1]
    assert out_of_order([]) == []


def test_every_chart_is_read_out_by_its_own_words(sample_run):
    compared = 0
    for path in sample_run.files("pdf"):
        with Document(path) as document:
            alternatives = [element.text_value("/Alt") for element in document.structure.of_type("Figure")]
        place = undrawn = 0
        for kind, words in pack_dump.alternatives(path.with_suffix(".txt")):
            if kind in pack_dump.PICTURES_OF_TABLES and words not in alternatives:
                continue  # there is the table
            if kind in pack_dump.NUMBERS_ALONE and words not in alternatives:
                undrawn += 1
                continue
            assert words in alternatives[place:], f"{path.name}: no figure after the {place} before it says: {words}"
            place = alternatives.index(words, place) + 1
            compared += 1
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert undrawn == " ".join(text.split()).count("too few for a chart."), f"{path.name}: {undrawn} charts have no figure"
    assert compared > 20


def test_a_pack_read_out_in_another_order_is_seen(sample_run, tmp_path):
    """The parts of a pack change places in the tree; a paragraph is left out of it."""
    source = sample_run.file("bbp", "pdf")
    (tmp_path / "bbp.txt").write_bytes(source.with_suffix(".txt").read_bytes())
    with pikepdf.open(source) as pdf:
        document = pdf.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, pikepdf.Array) else document
        parts = list(document.K)
        document.K = pikepdf.Array([*parts[:2], *parts[:1:-1][:-1]])
        pdf.save(tmp_path / "bbp.pdf")
    missing, moved, _ = compare_with_dump(tmp_path / "bbp.pdf")
    assert missing and moved
