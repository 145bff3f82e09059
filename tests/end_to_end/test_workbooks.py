"""What a member works in: the finished workbooks, read back by openpyxl, as raw parts, and through LibreOffice.

The rules are those of the Government Analysis Function's "Releasing statistics in spreadsheets" and "Making spreadsheets accessible".
"""

import configparser
import csv
import datetime
import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
import pytest

import pdf_reader

pytestmark = pytest.mark.finished_files

SHORTHAND = re.compile(r"\[[a-z]{1,8}\]")
FIXED_SHEETS = ["Cover", "Contents", "Notes"]
DASHBOARD = "Dashboard"  # of working workbooks alone: test_dashboard.py
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Workbook:
    def __init__(self, path):
        self.path = path
        self.forum = path.parent.name
        self.book = openpyxl.load_workbook(path)
        self.sheets = {sheet.title: sheet for sheet in self.book.worksheets}

    def tables(self):
        """(sheet, table, header cells, rows of cells) of every sheet but the cover and the dashboard."""
        for sheet in self.book.worksheets[1:]:
            if sheet.title == DASHBOARD:
                continue
            assert len(sheet.tables) == 1, f"{self.path.name} {sheet.title}: {list(sheet.tables)}"
            table = next(iter(sheet.tables.values()))
            rows = list(sheet[table.ref])
            yield sheet, table, rows[0], rows[1:]


@pytest.fixture(scope="module")
def workbooks(any_run):
    found = [Workbook(path) for path in any_run.files("xlsx")]
    assert found
    return found


@pytest.fixture(scope="module")
def forums(any_run):
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=(";", "#"))
    parser.read(any_run.folder / "config" / "forums.ini", encoding="utf-8")
    return parser


def is_working(forums, forum):
    return forums.get(forum, "working", fallback="no") == "yes"


def test_every_forum_has_a_workbook_beside_its_pdf(any_run):
    assert {path.parent.name for path in any_run.files("xlsx")} == {path.parent.name for path in any_run.files("pdf")}


def test_sheets_come_in_order_and_have_plain_names(workbooks, forums):
    for workbook in workbooks:
        names = workbook.book.sheetnames
        if is_working(forums, workbook.forum):
            assert names.pop(2) == DASHBOARD
        assert names[:3] == FIXED_SHEETS and len(names) > 3, names
        assert all(re.fullmatch(r"[A-Za-z0-9_]{1,31}", name) for name in names), names
        assert len({name.lower() for name in names}) == len(names)
        assert all(sheet.sheet_state == "visible" for sheet in workbook.book.worksheets)


def test_file_opens_on_the_cover_with_the_first_cell_selected(workbooks):
    for workbook in workbooks:
        assert workbook.book.active.title == "Cover"
        for sheet in workbook.book.worksheets:
            assert {(part.activeCell, part.sqref) for part in sheet.sheet_view.selection if part.pane is None} <= {("A1", "A1")}, sheet.title
            assert bool(sheet.sheet_view.tabSelected) == (sheet.title == "Cover")


def test_cover_says_what_whose_and_when(workbooks, forums, any_run):
    for workbook in workbooks:
        cover = workbook.sheets["Cover"]
        lines = [row[0].value for row in cover.iter_rows()]
        assert cover.max_column == 1 and all(isinstance(line, str) and line.strip() for line in lines)
        text = "\n".join(lines)
        marking = forums.get(workbook.forum, "marking")
        assert f"Marking: {marking}" in lines
        assert f"Forum: {forums.get(workbook.forum, 'name')}".replace("'", "\u2019") in lines
        assert "Data as at: 31 July 2025" in lines
        for label in ("Meeting: ", "Contact: ", "Reporting period: ", "Handling: "):
            assert label in text, f"{workbook.path.name}: no {label}"


def test_contents_lead_to_every_sheet(workbooks):
    for workbook in workbooks:
        contents = workbook.sheets["Contents"]
        links = [cell for row in contents.iter_rows() for cell in row if cell.hyperlink]
        assert [cell.value for cell in links] == workbook.book.sheetnames[2:]
        for cell in links:
            assert cell.hyperlink.location == f"'{cell.value}'!A1" and cell.hyperlink.target is None


def test_above_each_table_stand_lines_in_the_first_column_alone(workbooks, forums):
    for workbook in workbooks:
        for sheet, table, _, _ in workbook.tables():
            first, last = table.ref.split(":")
            header_row = int(first.lstrip("A"))
            where = f"{workbook.path.name} {sheet.title}"
            assert re.fullmatch(r"A\d+", first), where
            lines = [sheet.cell(row, 1).value for row in range(1, header_row)]
            assert all(isinstance(line, str) and line.strip() for line in lines), f"{where}: {lines}"
            assert lines[1] == "This worksheet contains one table."
            assert lines[2] == f"Marking: {forums.get(workbook.forum, 'marking')}"
            for row in sheet.iter_rows(min_row=1, max_row=header_row - 1, min_col=2):
                assert all(cell.value is None for cell in row), where
            assert f"{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}" == last, f"{where}: something beside or below the table"


def test_tables_have_full_headers_and_no_blank_cell(workbooks):
    for workbook in workbooks:
        names = []
        for sheet, table, header, rows in workbook.tables():
            where = f"{workbook.path.name} {sheet.title}"
            titles = [cell.value for cell in header]
            assert all(isinstance(title, str) and title.strip() for title in titles), f"{where}: {titles}"
            assert len({title.lower() for title in titles}) == len(titles), f"{where}: {titles}"
            assert titles == [column.name for column in table.tableColumns], where
            assert rows, where
            for row in rows:
                for cell in row:
                    assert cell.value is not None and str(cell.value).strip(), f"{where} {cell.coordinate} is blank"
            names.append(table.displayName)
        assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) for name in names)
        assert len({name.lower() for name in names}) == len(names)


def test_cells_are_typed(workbooks):
    """Numbers and dates are not text; a column of numbers holds nothing else but shorthand."""
    day = re.compile(r"\d{1,2}(st|nd|rd|th)? [A-Z][a-z]+ \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")
    number = re.compile(r"[-+\u2212]?£?[\d,]+(\.\d+)?%")
    for workbook in workbooks:
        for sheet, _, header, rows in workbook.tables():
            for index, title in enumerate(header):
                cells = [row[index] for row in rows]
                where = f"{workbook.path.name} {sheet.title}, {title.value}"
                # a period of one day is a period, beside "Q1 2025/26"; what was typed stays as typed
                typed = re.search("as typed|period|^value$|claim|stated", title.value.lower())
                texts = [cell.value for cell in cells if isinstance(cell.value, str)]
                if not typed:
                    assert not [text for text in texts if day.fullmatch(text)], where
                    assert not [text for text in texts if number.fullmatch(text)], where
                if any(cell.data_type == "n" and not cell.is_date for cell in cells):
                    odd = [text for text in texts if not SHORTHAND.fullmatch(text)]
                    assert not odd, f"{where}: {odd}"
                if any(cell.is_date for cell in cells):
                    assert not [text for text in texts if not SHORTHAND.fullmatch(text) and len(text) < 2], where
                for cell in cells:
                    assert cell.data_type in ("s", "n", "d"), f"{where}: {cell.coordinate} {cell.data_type}"
                    if isinstance(cell.value, datetime.datetime):
                        assert cell.number_format in ("d mmmm yyyy", "mmmm yyyy"), where


def test_shorthand_is_the_governments_and_is_explained(workbooks):
    for workbook in workbooks:
        notes = " ".join(str(row[1].value) for sheet, _, _, rows in workbook.tables() if sheet.title == "Notes" for row in rows)
        for sheet, _, _, rows in workbook.tables():
            for row in rows:
                for cell in row:
                    if not isinstance(cell.value, str):
                        continue
                    where = f"{workbook.path.name} {sheet.title} {cell.coordinate}: {cell.value!r}"
                    assert cell.value.strip().lower() not in ("-", "–", "—", "..", ".", "*", "na", "n/a", "null", "nan"), where
                    if SHORTHAND.fullmatch(cell.value):
                        assert cell.value in notes, where


def test_no_address_of_a_lead_or_recipient_is_in_a_workbook(sample_run):
    """But the programme's own, to which its covers say to write."""
    addresses = set()
    for name in ("leads.csv", "recipients.csv"):
        with open(sample_run.folder / "data" / name, encoding="utf-8-sig", newline="") as lines:
            addresses |= {row["address"] for row in csv.DictReader(lines) if row["address"]}
    contact = (sample_run.folder / "config" / "programme.ini").read_text(encoding="utf-8")
    addresses = {address for address in addresses if address not in contact}
    assert len(addresses) > 5
    for path in sample_run.files("xlsx"):
        with zipfile.ZipFile(path) as archive:
            texts = archive.read("xl/sharedStrings.xml").decode()
        assert not [address for address in addresses if address in texts], path.name


def test_members_are_named_where_the_pages_name_them_alone(sample_run):
    with_members = {path.parent.name for path in sample_run.files("xlsx") if "Members" in openpyxl.load_workbook(path, read_only=True).sheetnames}
    assert {"operational-group", "partners"} <= with_members and "bbp" not in with_members
    for forum in with_members:
        page = openpyxl.load_workbook(sample_run.file(forum, "xlsx"))["Members"]
        (table,) = page.tables.values()
        text = re.sub(r"\s+", " ", pdf_reader.text(sample_run.file(forum, "pdf")))
        for row in page[table.ref][1:]:
            assert row[-1].value == "Yes" and all(word in text for word in row[0].value.split()), f"{forum}: {row[0].value}"


def test_marking_and_origin_stand_in_the_properties(workbooks, forums):
    for workbook in workbooks:
        properties = workbook.book.properties
        marking = forums.get(workbook.forum, "marking")
        assert properties.title and properties.subject and properties.creator and properties.keywords
        assert properties.description == marking
        assert properties.created == properties.modified
        with zipfile.ZipFile(workbook.path) as archive:
            custom = archive.read("docProps/custom.xml").decode()
        assert 'name="Classification"' in custom and marking in custom


def test_nothing_is_live_hidden_or_drawn(workbooks, forums):
    """But formulas, colours and charts on the dashboard of a working workbook."""
    for workbook in workbooks:
        dashboard = f"xl/worksheets/sheet{workbook.book.sheetnames.index(DASHBOARD) + 1}.xml" if is_working(forums, workbook.forum) else None
        unwanted = "vba|external|connection|media|comment|embeddings" + ("" if dashboard else "|drawing|chart")
        with zipfile.ZipFile(workbook.path) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                assert not re.search(unwanted, name, re.I), name
                root = ElementTree.fromstring(archive.read(name))
                if not name.startswith("xl/worksheets/sheet"):
                    continue
                allowed = ("f", "drawing", "conditionalFormatting") if name == dashboard else ()
                for element in {"f", "mergeCells", "headerFooter", "legacyDrawing", "drawing", "conditionalFormatting"}.difference(allowed):
                    assert root.find(f".//{MAIN}{element}") is None, f"{workbook.path.name} {name}: {element}"
                for element in root.iter():
                    assert element.get("hidden") in (None, "0"), name
                    assert element.get("collapsed") is None


def test_only_working_copies_have_filters_and_frozen_headers(workbooks, forums):
    for workbook in workbooks:
        expected = is_working(forums, workbook.forum)
        for sheet, table, header, _ in workbook.tables():
            assert (table.autoFilter is not None) == expected, f"{workbook.path.name} {sheet.title}"
            assert sheet.freeze_panes == (f"A{header[0].row + 1}" if expected else None)


def test_type_is_sans_and_large_enough_and_titles_are_headings(workbooks):
    for workbook in workbooks:
        for sheet in workbook.book.worksheets:
            assert sheet["A1"].style == "Heading 1", f"{workbook.path.name} {sheet.title}: {sheet['A1'].style}"
            assert sheet["A1"].font.b
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        assert cell.font.name == "Arial" and cell.font.sz >= 12, f"{sheet.title} {cell.coordinate}"
                        assert cell.fill.patternType is None
        for sheet, _, header, rows in workbook.tables():
            assert all(cell.font.b and cell.alignment.wrap_text for cell in header)
            for row in rows:
                for cell in row:
                    right = cell.data_type == "n" and not cell.is_date
                    assert not right or cell.alignment.horizontal == "right", f"{sheet.title} {cell.coordinate}"
                    assert cell.data_type == "n" or cell.data_type == "d" or cell.alignment.wrap_text


def test_pages_print_on_a4_one_page_wide_with_repeated_header(workbooks):
    for workbook in workbooks:
        for sheet in workbook.book.worksheets:
            assert sheet.page_setup.paperSize in (9, "9")
            assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0
        for sheet, _, header, _ in workbook.tables():
            assert sheet.print_title_rows == f"{header[0].row}:{header[0].row}" or sheet.print_title_rows == f"${header[0].row}:${header[0].row}"


def test_every_row_states_its_height(workbooks):
    for workbook in workbooks:
        for sheet in workbook.book.worksheets:
            for row in range(1, sheet.max_row + 1):
                assert sheet.row_dimensions[row].height, f"{workbook.path.name} {sheet.title} row {row}"


def test_operational_group_has_every_action_with_ref_action_and_status(sample_run):
    workbook = Workbook(sample_run.file("operational-group", "xlsx"))
    tables = {sheet.title: (header, rows) for sheet, _, header, rows in workbook.tables()}
    header, rows = tables["Actions"]
    titles = [cell.value for cell in header]
    assert len(rows) == 69
    refs = [row[titles.index("Ref")].value for row in rows]
    assert len(set(refs)) == 69
    with open(sample_run.folder / "data" / "actions.csv", encoding="utf-8-sig", newline="") as lines:
        typed = [line["ref"].strip() for line in csv.DictReader(lines) if line["ref"].strip()]
    assert set(typed) <= set(refs)


def convert(kind, paths, folder, profile):
    """The files as LibreOffice saves them."""
    done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", kind, "--outdir", folder, *paths],
                          capture_output=True, text=True, timeout=280)
    saved = {path: folder / (path.stem + "." + kind.split(":")[0]) for path in paths}
    assert done.returncode == 0 and all(path.exists() for path in saved.values()), done.stdout + done.stderr
    return saved


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    return tmp_path_factory.mktemp("profile")


def assert_same_cells(path, saved):
    """Returns both workbooks."""
    before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(saved)
    assert before.sheetnames == after.sheetnames
    for sheet in before.worksheets:
        other = after[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                kept = other[cell.coordinate].value
                if cell.data_type == "f":  # each program spells a reference to a table in its way
                    assert isinstance(kept, str) and kept.startswith("="), f"{path.name} {sheet.title} {cell.coordinate}"
                    continue
                if isinstance(cell.value, float) and isinstance(kept, (int, float)):
                    assert abs(cell.value - kept) < 1e-9, f"{path.name} {sheet.title} {cell.coordinate}"
                else:
                    assert cell.value == kept, f"{path.name} {sheet.title} {cell.coordinate}: {cell.value!r} {kept!r}"
    return before, after


SAVED_AGAIN = "xlsx:Calc MS Excel 2007 XML"


def test_libreoffice_opens_and_saves_every_workbook_without_loss(any_run, tmp_path, profile):
    for path, saved in convert(SAVED_AGAIN, any_run.files("xlsx"), tmp_path, profile).items():
        before, after = assert_same_cells(path, saved)
        for sheet in before.worksheets:
            assert set(sheet.tables) == set(after[sheet.title].tables), f"{path.name} {sheet.title}"


def test_a_copy_as_ods_for_publication_has_every_cell(sample_run, tmp_path, profile):
    path = sample_run.file("partners", "xlsx")
    ods = convert("ods", [path], tmp_path, profile)[path]
    assert_same_cells(path, convert(SAVED_AGAIN, [ods], tmp_path, profile)[ods])


STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def rows_of(table):
    """Not those of tables within its charts."""
    for element in table:
        if element.tag == f"{TABLE}table-row":
            yield element
        elif element.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from rows_of(element)


def optimal_heights(path):
    """{sheet: [height in points, …]} of a flat ODS file whose rows LibreOffice has set to their best height."""
    root = ElementTree.parse(path).getroot()
    styles = {}
    for style in root.iter(f"{STYLE}style"):
        row = style.find(f"{STYLE}table-row-properties")
        if row is not None:
            styles[style.get(f"{STYLE}name")] = float(row.get(f"{STYLE}row-height").removesuffix("in")) * 72
    heights = {}
    for table in root.find(f".//{OFFICE}spreadsheet").findall(f"{TABLE}table"):
        rows = heights[table.get(f"{TABLE}name")] = []
        for row in rows_of(table):
            rows += [styles[row.get(f"{TABLE}style-name")]] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 20000)
    return heights


def test_no_row_is_lower_than_its_text(sample_run, tmp_path, profile):
    """The heights of the file, against those that LibreOffice finds when it is told to set them itself."""
    paths = sample_run.files("xlsx")
    # Stated heights are dropped only in its own format: in XLSX, a row without a height shows one line.
    flat = convert("fods", paths, tmp_path, profile)
    freed = []
    for path in flat.values():
        text = path.read_text(encoding="utf-8")
        text = text.replace('style:use-optimal-row-height="false"', 'style:use-optimal-row-height="true"')
        (tmp_path / "freed").mkdir(exist_ok=True)
        freed.append(tmp_path / "freed" / path.name)
        freed[-1].write_text(text, encoding="utf-8")
    best = convert("fods", freed, tmp_path / "best", profile)
    checked = 0
    for path, loosened in zip(paths, freed):
        heights = optimal_heights(best[loosened])
        for sheet in openpyxl.load_workbook(path).worksheets:
            for number, best_height in enumerate(heights[sheet.title][: sheet.max_row], 1):
                if all(cell.value is None for cell in sheet[number]):
                    continue  # a gap between the parts of a dashboard
                stated = sheet.row_dimensions[number].height
                assert stated >= min(best_height, 409) - 0.5, f"{path.name} {sheet.title} row {number}: {stated}, LibreOffice needs {best_height}"
                checked += best_height > 20
    assert checked > 50, "no row of several lines was looked at"
