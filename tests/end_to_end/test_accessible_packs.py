"""What someone who hears a pack gets: its marks, headings, bookmarks and order, read back by poppler and pikepdf."""

import re
import subprocess

import pikepdf
import pytest

import pdf_reader

pytestmark = pytest.mark.finished_files

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
A_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
A_LEVEL = "{http://www.aiim.org/pdfa/ns/id/}conformance"


def bookmarks(pdf):
    def walk(entries):
        for entry in entries:
            yield str(entry.title)
            yield from walk(entry.children)

    with pdf.open_outline() as outline:
        return list(walk(outline.root))


def says(heading, title):
    """Whether a heading is a bookmark's title, which may be longer than the cover has room for, or have letters that no font has."""
    start = re.split("[…□]", heading)[0].rstrip()
    return heading == title or (len(start) < len(heading) and title.startswith(start))


def test_every_pdf_says_that_it_is_accessible_and_fit_to_be_kept(any_run):
    assert [finding["text"] for finding in any_run.manifest["findings"]["list"] if finding["code"] == "P04"] == []
    for path in any_run.files("pdf"):
        with pikepdf.open(path) as pdf, pdf.open_metadata() as xmp:
            assert (xmp[UA], xmp[A_PART], xmp[A_LEVEL]) == ("1", "2", "A"), path.name
            assert "/Filter" not in pdf.Root.Metadata
            assert bool(pdf.Root.MarkInfo.Marked)
            assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3


def test_properties_are_the_same_in_both_places(any_run):
    for path in any_run.files("pdf"):
        with pikepdf.open(path) as pdf, pdf.open_metadata() as xmp:
            info = {key: str(value) for key, value in pdf.docinfo.items()}
            assert xmp["dc:title"] == info["/Title"]
            assert xmp["dc:creator"] == [info["/Author"]]
            assert xmp["dc:description"] == info["/Subject"]
            assert xmp["pdf:Producer"] == info["/Producer"]
            assert xmp["xmp:CreatorTool"] == info["/Creator"]
            for name, key in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
                assert re.sub(r"[-:T]", "", xmp[name]) == info[key].removeprefix("D:")
            assert xmp["dc:language"] == {str(pdf.Root.Lang)}


def test_poppler_hears_the_same(sample_run):
    """One short pack: poppler reads each page again for each element."""
    path = min(sample_run.files("pdf"), key=lambda file: file.stat().st_size)
    read = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True)
    assert read.returncode == 0 and read.stderr == ""
    told = re.findall(r'^ *"(.*)"$', read.stdout, re.MULTILINE)
    words = " ".join(text for _, text in pdf_reader.heard(path) if text)
    assert len(told) > 200
    assert "".join("".join(told).split()) == "".join(words.split())


def test_headings_are_the_bookmarks_in_the_same_order(any_run):
    for path in any_run.files("pdf"):
        headings = [(kind, text) for kind, text in pdf_reader.heard(path) if re.fullmatch(r"H[1-6]", kind)]
        assert headings[0][0] == "H1" and [kind for kind, _ in headings].count("H1") == 1, path.name
        for above, below in zip(headings, headings[1:]):
            assert int(below[0][1]) <= int(above[0][1]) + 1, f"{path.name}: {above} {below}"
        with pikepdf.open(path) as pdf:
            titles = [" ".join(title.split()) for title in bookmarks(pdf)]
        for kind, text in headings:
            if titles and says(text, titles[0]):
                del titles[0]
            else:  # headings of the lower levels need no bookmark
                assert kind not in ("H1", "H2"), f"{path.name}: '{text}' is bookmarked as '{titles[:1]}'"
        assert titles == [], path.name


def test_every_page_takes_part(any_run):
    for path in any_run.files("pdf"):
        with pikepdf.open(path) as pdf:
            assert [int(page.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))
            assert all(page.Tabs == "/S" for page in pdf.pages)
            assert [page.label for page in pdf.pages] == [str(number) for number in range(1, len(pdf.pages) + 1)]


def test_running_headers_are_not_read_out(any_run):
    """The marking is heard once, on the cover; page numbers never."""
    for path in any_run.files("pdf"):
        texts = [text for _, text in pdf_reader.heard(path)]
        assert sum(text.startswith("OFFICIAL") for text in texts) == 1, path.name
        assert not any(re.fullmatch(r"Page \d+ of \d+", text) for text in texts), path.name
        assert not any("(continued)" in text or "Continues on page" in text for text in texts), path.name
