"""What a board reads: the finished PDFs, read back by poppler, qpdf and pikepdf."""

import csv
import html
import re
import subprocess

import pikepdf
import pytest

import pdf_reader
from conftest import ROOT

pytestmark = pytest.mark.finished_files


def test_every_pdf_is_clean(any_run):
    for path in any_run.files("pdf"):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert done.returncode == 0 and "WARNING" not in done.stdout + done.stderr, done.stdout + done.stderr
        for tool in (["pdfinfo"], ["pdftotext"], ["pdffonts"]):
            arguments = [*tool, str(path)] + (["-"] if tool == ["pdftotext"] else [])
            read = subprocess.run(arguments, capture_output=True, text=True)
            assert read.returncode == 0 and read.stderr == "", f"{tool} {path}: {read.stderr}"


def test_every_font_is_embedded_with_a_unicode_map(any_run):
    for path in any_run.files("pdf"):
        out = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
        for line in out.splitlines()[2:]:
            embedded, subset, unicode_map = line.split()[-5:-2]
            assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), line


def font_tables(program):
    count = int.from_bytes(program[4:6], "big")
    entries = [program[12 + 16 * i:28 + 16 * i] for i in range(count)]
    places = {entry[:4].decode(): (int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:], "big")) for entry in entries}
    assert list(places) == sorted(places) and all(start % 4 == 0 for start, _ in places.values())
    return {tag: program[start:start + length] for tag, (start, length) in places.items()}


def test_embedded_fonts_are_whole_and_no_larger_than_their_text(any_run):
    """The program, the widths, the map to glyphs and the map to Unicode are each cut to the codes in use: they must still agree."""
    for path in any_run.files("pdf"):
        with pikepdf.open(path) as pdf:
            fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"]
            assert len(fonts) == 2
            for font in fonts:
                descendant = font.DescendantFonts[0]
                program = descendant.FontDescriptor.FontFile2.read_bytes()
                assert len(program) == descendant.FontDescriptor.FontFile2.Length1 < 60_000
                padded = program + bytes(-len(program) % 4)
                assert sum(int.from_bytes(padded[i:i + 4], "big") for i in range(0, len(padded), 4)) & 0xFFFFFFFF == 0xB1B0AFBA
                tables = font_tables(program)
                assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} <= set(tables) <= {
                    "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}
                widths = {}
                described = list(descendant.W)
                for first, run in zip(described[::2], described[1::2]):
                    widths |= {int(first) + i: int(width) for i, width in enumerate(run)}
                assert 40 < len(widths) < 400
                glyphs, ems = descendant.CIDToGIDMap.read_bytes(), int.from_bytes(tables["head"][18:20], "big")
                for code, width in widths.items():
                    glyph = int.from_bytes(glyphs[2 * code:2 * code + 2], "big")
                    advance = int.from_bytes(tables["hmtx"][4 * glyph:4 * glyph + 2], "big")
                    assert glyph > 0 and abs(advance * 1000 / ems - width) <= 1, f"{path.name}: {code:04x}"
                ranges = re.findall(r"<(\w{4})> <(\w{4})> <(\w{4})>", font.ToUnicode.read_bytes().decode())
                assert all(first == to for first, _, to in ranges)
                assert {code for first, last, _ in ranges for code in range(int(first, 16), int(last, 16) + 1)} == set(widths)


def test_every_page_says_which_it_is(any_run):
    for path in any_run.files("pdf"):
        pages = pdf_reader.words(path)
        for number, (_, height, words) in enumerate(pages, 1):
            foot = " ".join(word[4] for word in words if word[1] > height - 45)
            assert f"Page {number} of {len(pages)}" in foot, f"{path.name} page {number}: {foot}"


def test_marking_stands_at_the_top_and_foot_of_every_page(any_run):
    for path in any_run.files("pdf"):
        for number, (width, height, words) in enumerate(pdf_reader.words(path), 1):
            for band in (lambda word: word[3] < 45, lambda word: word[1] > height - 45):
                marks = [word for word in words if band(word) and word[4].startswith("OFFICIAL")]
                assert len(marks) == 1, f"{path.name} page {number}"
                assert abs((marks[0][0] + marks[0][2]) / 2 - width / 2) < 60


def test_no_word_leaves_its_page_or_overlaps_another(any_run):
    for path in any_run.files("pdf"):
        for number, (width, height, words) in enumerate(pdf_reader.words(path), 1):
            for x0, y0, x1, y1, word in words:
                assert 40 <= x0 and x1 <= width - 40 and 10 <= y0 and y1 <= height - 10, f"{path.name} page {number}: {word}"
            assert pdf_reader.overlaps(words) == [], f"{path.name} page {number}"


def test_nothing_is_smaller_than_nine_points(any_run):
    for path in any_run.files("pdf"):
        out = subprocess.run(["mutool", "draw", "-F", "stext", path], capture_output=True, text=True).stdout
        sizes = {float(size) for size in re.findall(r'<font [^>]*size="([\d.]+)"', out)}
        assert sizes and min(sizes) >= 8.99, f"{path.name}: {sorted(sizes)}"


def outline_entries(pdf):
    with pdf.open_outline() as outline:
        stack = list(outline.root)
        while stack:
            entry = stack.pop(0)
            yield entry
            stack = list(entry.children) + stack


def page_of(pdf, destination):
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return pages[destination[0].objgen]


def test_bookmarks_lead_to_the_pages_that_show_their_words(any_run):
    for path in any_run.files("pdf"):
        texts = [" ".join(word[4] for word in words) for _, _, words in pdf_reader.words(path)]
        with pikepdf.open(path) as pdf:
            entries = list(outline_entries(pdf))
            assert len(entries) >= 2, path.name
            for entry in entries:
                number = page_of(pdf, entry.destination)
                # a section whose name is its heading prints no number; a long title may be broken over lines
                start = " ".join(re.sub(r"^(\d+|[A-Z]) ", "", entry.title).split()[:2])
                assert start in texts[number - 1], f"{path.name}: '{entry.title}' leads to page {number}"


def test_contents_are_linked_and_their_page_numbers_right(any_run):
    linked = 0
    for path in any_run.files("pdf"):
        pages = pdf_reader.words(path)
        with pikepdf.open(path) as pdf:
            for index, page in enumerate(pdf.pages):
                height = pages[index][1]
                for annotation in page.get("/Annots", []):
                    if annotation.get("/Subtype") != "/Link":
                        continue
                    destination = annotation.get("/Dest") or annotation["/A"]["/D"]
                    target = page_of(pdf, destination)
                    left, bottom, right, top = (float(part) for part in annotation["/Rect"])
                    inside = [word for word in pages[index][2] if left - 1 <= word[0] and word[2] <= right + 1
                              and height - top - 2 <= word[1] and word[3] <= height - bottom + 2]
                    assert inside, f"{path.name} page {index + 1}: a link over nothing"
                    last = max(inside, key=lambda word: word[2])[4]
                    assert last == str(target), f"{path.name} page {index + 1}: says {last}, leads to {target}"
                    linked += 1
    assert linked > 0


def test_file_properties_name_the_pack(any_run):
    titles = set()
    for path in any_run.files("pdf"):
        with pikepdf.open(path) as pdf:
            title = str(pdf.docinfo["/Title"])
            assert title and title not in titles and ".pdf" not in title
            titles.add(title)
            assert str(pdf.Root.Lang) == "en-GB"
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert "/CreationDate" in pdf.docinfo


def folded(text):
    straight = text.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))  # what was typed is printed with curly quotes
    return re.sub(r"[\s*\u2010-\u2015-]+", "", straight).lower()


def test_operational_group_has_a_row_for_each_of_the_69_actions(sample_run):
    """Each printed ref stands in the first column of the tracker, with its action, lead, timeframe and status in its own row."""
    with open(ROOT / "data" / "actions.csv", newline="", encoding="utf-8-sig") as file:
        plan = [row for row in csv.DictReader(file) if row["plan"] == "SIP"]
    assert len(plan) == 69
    lead = ""
    for row in plan:
        lead = row["lead"] = row["lead"].strip() or lead
    missing = iter(("1.1.2", "3.3.2"))
    for row in plan:
        row["ref"] = row["ref"].strip() or next(missing)
    refs = {row["ref"] for row in plan}

    headers = ("Ref", "Action", "Lead", "Due", "Status", "Change", "Update")
    rows = {}
    for width, _, words in pdf_reader.words(sample_run.file("operational-group", "pdf")):
        lines = pdf_reader.lines([word for word in words if 50 < word[1] < 545])
        heads = [index for index, (_, line) in enumerate(lines) if [word[4] for word in line][:2] == ["Ref", "Action"]]
        if width < 800 or not heads:
            continue
        starts = [word[0] for name in headers for word in lines[heads[0]][1] if word[4] == name]
        assert len(starts) == len(headers)
        current = None
        for _, line in lines[heads[0] + 1:]:
            first = line[0]
            if first[0] < 60:
                # a new row, or a group row
                current = first[4].rstrip("*") if first[4].rstrip("*") in refs and line[1][0] >= starts[1] - 1 else None
                if current is not None:
                    assert current not in rows, f"{current} stands twice"
                    rows[current] = [[] for _ in headers]
            if current is None or " ".join(word[4] for word in line).startswith("Continues on page"):
                continue
            for word in line:
                column = max(index for index, start in enumerate(starts) if start <= word[0] + 1)
                rows[current][column].append(word[4])
                end = starts[column + 1] - 2 if column + 1 < len(starts) else width - 47
                assert word[2] <= end, f"{current}: '{word[4]}' leaves its cell"
    assert set(rows) == refs, sorted(refs ^ set(rows))
    statuses = {"complete", "donebefore", "ontrack", "atrisk", "offtrack", "noupdate", "notstarted"}
    for row in plan:
        ref, action, lead, due, status = (folded("".join(words)) for words in rows[row["ref"]][:5])
        assert ref == row["ref"], row["ref"]
        assert action == folded(row["action"]), row["ref"]
        assert lead.startswith(folded(row["lead"])), row["ref"]
        timeframe = folded(row["timeframe"])
        assert timeframe in due if timeframe else "nodate" in due, f"{row['ref']}: {row['timeframe']} is not in {due}"
        printed = re.sub(r"[().]", "", status)
        assert any(printed.startswith(letter + word) for word in statuses for letter in ("", *"cpgarun")), f"{row['ref']}: {printed}"


def printed_lines(path):
    """(folded text, smallest size) of each line of the pages."""
    out = subprocess.run(["mutool", "draw", "-F", "stext", path], capture_output=True, text=True, check=True).stdout
    for line in re.findall(r"<line .*?</line>", out, re.DOTALL):
        size = min(float(size) for size in re.findall(r'<font [^>]*size="([\d.]+)"', line))  # a bullet is larger
        words = html.unescape("".join(re.findall(r'<char [^>]*c="([^"]*)"', line)))
        yield folded(words).removeprefix("•"), size


def body_texts(dump):
    """Bullets and paragraphs of running text, as the pack has them."""
    is_bullets = False
    for line in dump.read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if words.startswith("paragraph (body): "):
            if not words.startswith("paragraph (body): Handling:"):  # on the cover, set small beside the notice
                yield words.removeprefix("paragraph (body): ")
        elif is_bullets and words.startswith("- "):
            yield words.removeprefix("- ")
        is_bullets = words == "list (bullets)" or (is_bullets and words.startswith("- "))


def test_running_text_is_of_twelve_points(any_run):
    checked = 0
    for path in any_run.files("pdf"):
        lines = [(words, size) for words, size in printed_lines(path) if len(words) >= 24]
        for body in map(folded, body_texts(path.with_suffix(".txt"))):
            found = [(words, size) for words, size in lines if body.startswith(words)]
            longest = max((len(words) for words, _ in found), default=0)  # a heading may begin with the same words
            if found:
                assert any(abs(size - 12) < 0.05 for words, size in found if len(words) == longest), f"{path.name}: {body}"
                checked += 1
    assert checked >= 3


def test_summary_stands_on_one_page(sample_run):
    for path in sample_run.files("pdf"):
        assert "Summary on one page (continued)" not in pdf_reader.text(path), path.name


def test_pages_say_what_is_hidden_from_partners(sample_run):
    said = " ".join(pdf_reader.text(sample_run.file("partners", "pdf")).split())
    assert "a count of people from 1 to 4 is shown as [c]" in said
    assert "Narrative that is marked internal is left out of this pack." in said
    assert "Internal commentary is left out" not in pdf_reader.text(sample_run.file("operational-group", "pdf"))
