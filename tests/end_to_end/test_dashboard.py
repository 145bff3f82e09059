"""The dashboard of a working workbook: its counts are live formulas, and say what the pages say."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
import pytest

import pdf_reader
from test_workbooks import DASHBOARD, Workbook, forums, is_working  # noqa: F401 (forums is a fixture)

pytestmark = pytest.mark.finished_files

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ("Dashboard", "Chart_Data")
# LibreOffice reads the values of a workbook; told so, it counts every formula again.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recalculating")
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    return folder


def recalculate(paths, folder, profile):
    """{name: workbook of the values that LibreOffice computes}."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                           "--outdir", folder, *paths], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0 and all((folder / path.name).exists() for path in paths), done.stdout + done.stderr
    return {path.name: openpyxl.load_workbook(folder / path.name, data_only=True) for path in paths}


def working_paths(run, forums):  # noqa: F811
    return [path for path in run.files("xlsx") if is_working(forums, path.parent.name)]


def formulas(path):
    """{coordinate: (formula, what the file says that it comes to)}."""
    live, values = openpyxl.load_workbook(path)[DASHBOARD], openpyxl.load_workbook(path, data_only=True)[DASHBOARD]
    return {cell.coordinate: (cell.value, values[cell.coordinate].value) for row in live.iter_rows() for cell in row if cell.data_type == "f"}


def part_of_dashboard(path):
    return f"xl/worksheets/sheet{openpyxl.load_workbook(path, read_only=True).sheetnames.index(DASHBOARD) + 1}.xml"


def copy_edited(path, target, edit):
    """A copy in which edit(name, bytes) may change each part."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, edit(name, source.read(name)))
    return target


def tallies(path, book=None):
    """{heading: {label: {what is counted: count}}} of its tables as the file says; with a book: as that says, laid out as the file is."""
    sheet = openpyxl.load_workbook(path, data_only=True)[DASHBOARD]
    values = book[DASHBOARD] if book else sheet
    found = {}
    for table in sheet.tables.values():
        header, *rows = [[values[cell.coordinate].value for cell in row] for row in sheet[table.ref]]
        heading = sheet.cell(sheet[table.ref][0][0].row - 1, 1).value
        found[heading.split(": ", 1)[1]] = {row[0]: dict(zip([title.removesuffix(" (number)") for title in header[1:]], row[1:])) for row in rows}
    return found


def test_only_working_workbooks_have_one(any_run, forums):  # noqa: F811
    for path in any_run.files("xlsx"):
        names = openpyxl.load_workbook(path, read_only=True).sheetnames
        if is_working(forums, path.parent.name):
            assert names[:3] == ["Cover", "Contents", DASHBOARD] and "Chart_Data" in names, path.name
        else:
            assert not set(SHEETS) & set(names), path.name


def test_every_count_is_a_formula_and_every_formula_has_its_value(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        found = formulas(path)
        assert len(found) > 40, path.name
        for where, (formula, value) in found.items():
            assert re.match(r"=((COUNTIFS|SUMPRODUCT|ROWS)\(.*Actions_table\[|SUM\([A-Z]+\d+(,[A-Z]+\d+)*\)$)", formula), f"{path.name} {where}: {formula}"
            assert isinstance(value, int), f"{path.name} {where}: {value!r}"
        sheet = openpyxl.load_workbook(path)[DASHBOARD]
        numbers = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None]
        assert not numbers, f"{path.name}: {numbers} are typed in"


def test_libreoffice_counts_the_same(any_run, forums, tmp_path, profile):  # noqa: F811
    """From copies whose stored values are all wrong: what comes out right was computed."""
    def spoil(name, data):
        if name != spoilt:
            return data
        text, count = re.subn(rb"(</f><v>)\d+(</v>)", rb"\g<1>98765\2", data)
        assert count > 40
        return text

    paths, copies = working_paths(any_run, forums), []
    (tmp_path / "spoilt").mkdir()
    for path in paths:
        spoilt = part_of_dashboard(path)
        copies.append(copy_edited(path, tmp_path / "spoilt" / path.name, spoil))
    if not copies:
        return
    for path, (name, book) in zip(paths, recalculate(copies, tmp_path / "recalculated", profile).items()):
        for where, (formula, value) in formulas(path).items():
            assert book[DASHBOARD][where].value == value, f"{name} {where}: {formula}"


def test_each_block_of_counts_is_a_table_of_its_own_name(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        sheet = openpyxl.load_workbook(path)[DASHBOARD]
        assert list(sheet.tables) == ["Counts_by_status", "Counts_by_area", "Counts_by_lead", "Counts_by_term_due"]
        assert [sheet.cell(sheet[table.ref][0][0].row - 1, 1).value.split(":")[0] for table in sheet.tables.values()] == [f"Table 1{letter}" for letter in "abcd"]
        inside = {cell.coordinate for table in sheet.tables.values() for row in sheet[table.ref][1:] for cell in row[1:]}
        assert inside == set(formulas(path)), "every formula is in a table, and every count of a table a formula"


def test_counts_follow_an_edit_of_a_row(sample_run, tmp_path, profile):
    path = sample_run.file("operational-group", "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    (table,) = sheet.tables.values()
    header, *rows = sheet[table.ref]
    status = [cell.value for cell in header].index("Status")
    row = next(row for row in rows if row[status].value == "On track")
    row[status].value = "Off track"
    edited = tmp_path / path.name
    book.save(edited)
    (book,) = recalculate([edited], tmp_path / "recalculated", profile).values()
    before, after = tallies(path)["Actions by status"], tallies(path, book)["Actions by status"]
    assert after["Off track"]["Actions"] == before["Off track"]["Actions"] + 1
    assert after["On track"]["Actions"] == before["On track"]["Actions"] - 1
    assert after["All actions"]["Actions"] == before["All actions"]["Actions"]


def test_each_table_adds_up_to_all_actions(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        found = tallies(path)
        assert len(found) == 4, list(found)
        for heading, rows in found.items():
            total = rows.pop("All actions")
            assert rows, heading
            for title, count in total.items():
                assert sum(row[title] for row in rows.values()) == count, f"{path.name}, {heading}: {title}"


def figures(run, forum):
    return dict(re.findall(r"^figure ([^:\n]*(?::[^\s:]+)*[^:\n]*): (.*)$", run.file(forum, "txt").read_text(encoding="utf-8"), re.M))


def test_counts_are_the_totals_that_the_pages_print(sample_run, forums):  # noqa: F811
    for path in working_paths(sample_run, forums):
        found = tallies(path)
        printed = figures(sample_run, path.parent.name)
        total = found["Actions by status"]["All actions"]
        assert str(total["Actions"]) == printed["actions.total"] and str(total["Overdue"]) == printed["actions.overdue"]
        for heading, rows in found.items():
            if heading != "Actions by status":
                assert str(rows["All actions"]["All complete"]) == printed["actions.done"], heading
        areas = {re.match(r"\d+", label)[0]: row for label, row in found["Actions by area"].items() if label != "All actions"}
        for ref, row in areas.items():
            assert printed[f"actions.area.SIP:{ref}.total"] == str(row["Actions"])
            assert printed[f"actions.area.SIP:{ref}.done"] == str(row["All complete"])
            assert printed[f"actions.area.SIP:{ref}.status.off-track"] == str(row["Off track"])
        pdf = re.sub(r"\s+", " ", pdf_reader.text(path.with_suffix(".pdf")))
        assert f"Status of the {total['Actions']} actions" in pdf
        done = found["Actions by area"]["All actions"]["All complete"]
        assert f"{done} of {total['Actions']} actions are complete" in pdf
        for status, row in found["Actions by status"].items():
            if row["Actions"] and status != "All actions":
                assert re.search(rf"\b{row['Actions']} {status}\b|{status} {row['Actions']}\b", pdf, re.I), f"{path.name}: {status}"


def charts(path):
    """(description, root of the chart part) of each chart, in order."""
    with zipfile.ZipFile(path) as archive:
        drawing = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))
        frames = [element for element in drawing.iter() if element.tag.endswith("}cNvPr")]
        for number, frame in enumerate(frames, 1):
            yield frame.get("descr"), ElementTree.fromstring(archive.read(f"xl/charts/chart{number}.xml"))
        assert f"xl/charts/chart{len(frames) + 1}.xml" not in archive.namelist()


def words(element):
    return "".join(part.text or "" for part in element.iter(f"{A}t")) if element is not None else ""


def test_every_chart_has_words_and_points_at_numbers(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        book = openpyxl.load_workbook(path, data_only=True)
        kinds = []
        for description, root in charts(path):
            title = words(root.find(f"{C}chart/{C}title"))
            where = f"{path.name}, {title}"
            assert description and len(description) > 30 and re.search(r"\d", description), where
            assert title, path.name
            axes = list(root.iter(f"{C}catAx")) + list(root.iter(f"{C}valAx"))
            assert len(axes) == 2 and all(words(axis.find(f"{C}title")) for axis in axes), where
            kinds.append("bars" if root.find(f".//{C}barChart") is not None else "lines")
            for values in list(root.iter(f"{C}val")) + list(root.iter(f"{C}yVal")):
                sheet, cells = re.fullmatch(r"'?(\w+)'?!(.*)", values.find(f".//{C}f").text).groups()
                for (cell,) in book[sheet][cells.replace("$", "")]:
                    assert isinstance(cell.value, (int, float)), f"{where}: {sheet}!{cell.coordinate} is {cell.value!r}"
        assert kinds[0] == "bars" and "lines" in kinds, path.name


def test_every_headline_measure_is_drawn_with_target_and_benchmark(sample_run, forums):  # noqa: F811
    for path in working_paths(sample_run, forums):
        tables = {sheet.title: [dict(zip([cell.value for cell in header], [cell.value for cell in row])) for row in rows]
                  for sheet, _, header, rows in Workbook(path).tables()}
        drawn = {words(root.find(f"{C}chart/{C}title")): [words_of_name(series) for series in root.iter(f"{C}ser")] for _, root in charts(path)}
        headline = [row for row in tables["KPIs"] if row["Headline"] == "Yes"]
        assert len(headline) > 3
        for kpi in headline:
            names = drawn[kpi["Short title"]]
            has_target = isinstance(kpi["Target"], (int, float))
            assert any(name.startswith("Target ") for name in names) == has_target, names
            values = [row for row in tables["Chart_Data"] if row["KPI"] == kpi["KPI"]]
            assert values[-1]["Value"] == kpi["Latest"]
            assert not has_target or values[-1]["Target"] == kpi["Target"]
            benchmark = isinstance(values[0]["Benchmark"], (int, float))
            assert len(names) == 1 + has_target + benchmark
            assert not benchmark or values[0]["Benchmark of"].split(",")[0] in names[-1]
        assert any("England" in name for names in drawn.values() for name in names)


def words_of_name(series):
    return "".join(part.text for part in series.find(f"{C}tx").iter(f"{C}v"))


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (2, 4, 6)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_come_with_words_and_contrast(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        sheet = openpyxl.load_workbook(path)[DASHBOARD]
        statuses = [label for label in tallies(path)["Actions by status"] if label != "All actions"]
        seen = set()
        for formats in sheet.conditional_formatting:
            for rule in formats.rules:
                style = rule.dxf
                if rule.operator == "equal":
                    word = rule.formula[0].strip('"').replace('""', '"')
                    seen.add(word.removesuffix(" (number)"))
                    assert all(cell.value == word for row in sheet[str(formats.sqref)] for cell in row) if ":" in str(formats.sqref) \
                        else sheet[str(formats.sqref)].value == word
                    if style.fill is None:
                        continue
                    light, dark = sorted((luminance(style.fill.bgColor.rgb), luminance(style.font.color.rgb)), reverse=True)
                else:
                    assert (rule.operator, rule.formula) == ("greaterThan", ["0"])
                    assert re.search(r'"\s*\w[^"]*"', style.numFmt.formatCode), "a number in colour without its word"
                    light, dark = 1.0, luminance(style.font.color.rgb)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{path.name}: {rule.formula}"
        assert seen == set(statuses), path.name


def test_headings_are_named_styles_and_nothing_is_merged(any_run, forums):  # noqa: F811
    for path in working_paths(any_run, forums):
        sheet = openpyxl.load_workbook(path)[DASHBOARD]
        assert sheet["A1"].style == "Heading 1" and not sheet.merged_cells.ranges
        headings = [row[0].value for row in sheet.iter_rows() if row[0].style == "Heading 2"]
        assert len(headings) == 5 and all(headings), headings
