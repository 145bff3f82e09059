"""Approvals and versions: what is approved stands as it was built, by somebody who may; what was approved is never replaced quietly; and who
may read what was written."""

import hashlib
import json
import os
import pwd
import re
import shutil
import sqlite3
import stat
import subprocess

import openpyxl
import pytest

from conftest import BOARDPACK, OFFICER, ROOT, copy_programme, record_manifest, run_boardpack

AS_OF = "2025-07-31"
RUN = f"{AS_OF}-1"
FORUM = "bbp"
SENSITIVE = "childrens-delivery-group"
BY = ("--by", "Ann Other", "--role", "Programme Manager")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample programme with the final packs of two forums, one of them OFFICIAL-SENSITIVE, prepared by a named person."""
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    call(folder, "run", "--as-of", AS_OF, "--forum", FORUM, "--forum", SENSITIVE, "--prepared-by", "Sam Example")
    return folder


@pytest.fixture
def programme(built, tmp_path):
    return shutil.copytree(built, tmp_path / "programme", symlinks=True)


def call(folder, *arguments, check=True, **environment):
    return run_boardpack(folder, *arguments, check=check, **environment)


def refused(folder, *arguments, code=1):
    done = call(folder, *arguments, check=False)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    return done.stderr


def build(folder, *more, check=True):
    return call(folder, "build", "--as-of", AS_OF, "--forum", FORUM, *more, check=check)


def run_folder(folder, run=RUN):
    return folder / "output" / AS_OF / run


def account():
    """Whose account this is: who logged in, where the kernel knows it, else the user."""
    login = pathlib.Path("/proc/self/loginuid")
    uid = int(login.read_text()) if login.exists() else 2**32 - 1
    return pwd.getpwuid(uid if uid < 2**32 - 1 else os.getuid()).pw_name


def manifest(folder, run=RUN):
    return json.loads((run_folder(folder, run) / "manifest.json").read_text())


def approvals(folder, *arguments):
    return json.loads(call(folder, "list", "approvals", *arguments, "--json").stdout)


def pdf_text(folder, run, page=None):
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    path = run_folder(folder, run) / FORUM / f"{FORUM}-{AS_OF}.pdf"
    return subprocess.run(["pdftotext", *pages, path, "-"], capture_output=True, text=True, check=True).stdout


# ---- approve ----


def test_an_approval_names_the_files_and_shows_what_they_are(programme):
    before = (run_folder(programme) / "manifest.json").read_bytes()
    done = call(programme, "approve", RUN, "--forum", FORUM, *BY, "--note", "Read in full.")
    outputs = [each for each in manifest(programme)["outputs"] if each["forum"] == FORUM]
    assert len(outputs) == 2
    for output in outputs:
        assert output["sha256"] == hashlib.sha256((run_folder(programme) / output["path"]).read_bytes()).hexdigest()
        assert f"{output['sha256']}  {output['path']}" in done.stdout
        assert output["version"] == 1
    findings = manifest(programme)["findings"]
    figures = manifest(programme)["consistency"]
    assert f"{FORUM}, version 1, OFFICIAL\n" in done.stdout and f"({outputs[0]['pages']} pages)" in done.stdout
    assert f"{findings['error']} findings of level error, {findings['check']} to check, {findings['note']} notes" in done.stdout
    assert f"{figures['figures']} figures, the same in all {figures['printed']} places" in done.stdout
    assert "prepared by Sam Example" in done.stdout and "approved by Ann Other, Programme Manager" in done.stdout
    (kept,) = approvals(programme)
    assert kept["files"] == [{"path": each["path"], "sha256": each["sha256"]} for each in outputs]
    assert kept["manifest_sha256"] == hashlib.sha256(before).hexdigest()
    assert (kept["run"], kept["forum"], kept["as_of"], kept["version"], kept["withdrawn"]) == (RUN, FORUM, AS_OF, 1, None)
    assert (kept["approved_by"], kept["role"], kept["note"]) == ("Ann Other", "Programme Manager", "Read in full.")
    assert (kept["prepared_by"], kept["approved_at"]) == ("Sam Example", "2026-01-15T12:00:00Z")
    assert kept["account"].split(", ")[-1] == (f"user {OFFICER}" if os.geteuid() == 0 else pwd.getpwuid(os.getuid()).pw_name)
    assert (run_folder(programme) / "manifest.json").read_bytes() == before
    listed = call(programme, "list", "approvals", RUN).stdout
    assert "approved by Ann Other, Programme Manager, on 15 January 2026, 12:00\n" in listed and "Read in full." in listed
    assert f"    from the account {kept['account']}; prepared by Sam Example\n" in listed
    assert f"    {kept['manifest_sha256']}  manifest.json\n" in listed
    assert f"manifest SHA-256 {kept['manifest_sha256']}\n" in done.stdout, "for the minutes"
    assert approvals(programme, "latest") == [kept]


def test_a_run_is_approved_whole_or_not_at_all(programme):
    answer = json.loads(call(programme, "approve", RUN, *BY, "--json").stdout)
    assert [each["forum"] for each in answer["approvals"]] == [FORUM, SENSITIVE]
    assert "is approved already, by Ann Other" in refused(programme, "approve", RUN, *BY)
    assert len(approvals(programme)) == 2


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "say which run"),
        ([RUN], "say who approves: --by NAME"),
        ([RUN, "--by", "Ann Other"], "say in which role Ann Other approves: --role ROLE"),
        ([RUN, "--by", " ", "--role", "Manager"], "--by: the text is blank"),
        ([RUN, "--by", "Ann\nOther", "--role", "Manager"], "--by: the text must be one line"),
        ([RUN, *BY, "--note", "x" * 301], "--note: the text has 301 characters; 300 is the most"),
        ([RUN, *BY, "--withdraw"], "say why the approval is withdrawn: --note TEXT"),
        ([RUN, *BY, "--forum", "nobody"], f"{RUN} has no pack of 'nobody'; it has packs of: bbp and {SENSITIVE}"),
        ([f"{AS_OF}-7", *BY], f"there is no run {AS_OF}-7"),
        (["latest", *BY], f"'latest' can change between reading and approving or sending: name the run, now {RUN}"),
        (["../../etc", *BY], "'../../etc' is no run"),
        ([f"{AS_OF}-1/../x", *BY], "is no run"),
        ([RUN, *BY, "--draft"], "'approve' has no option --draft"),
    ],
)
def test_wrong_usage_ends_2_and_approves_nothing(programme, arguments, message):
    assert message in refused(programme, "approve", *arguments, code=2)
    assert approvals(programme) == []


def flip_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def edit_manifest(folder, change):
    path = run_folder(folder) / "manifest.json"
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    record_manifest(folder, path)  # so that what else is wrong is looked at, too


def lead_out(content):
    content["outputs"][0]["path"] = "../../../data/plans.csv"


def forget_draft(content):
    del content["draft"]


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda folder: flip_byte(run_folder(folder) / FORUM / f"{FORUM}-{AS_OF}.pdf"), "was changed since it was built"),
        (lambda folder: flip_byte(run_folder(folder) / FORUM / f"{FORUM}-{AS_OF}.xlsx"), "was changed since it was built"),
        (lambda folder: (run_folder(folder) / FORUM / f"{FORUM}-{AS_OF}.xlsx").unlink(), "cannot be read: No such file"),
        (lambda folder: (run_folder(folder) / "manifest.json").write_text("{"), "is no manifest"),
        (lambda folder: edit_manifest(folder, lambda content: content.update(run=f"{AS_OF}-2")), f"is not the manifest of {RUN}"),
        (lambda folder: edit_manifest(folder, lead_out), "which is no file of the pack of bbp"),
        (lambda folder: edit_manifest(folder, forget_draft), "is a draft"),
        (lambda folder: edit_manifest(folder, lambda content: content["outputs"].pop(0)), "has no PDF"),
    ],
)
def test_what_is_not_as_it_was_built_is_not_approved(programme, damage, message):
    damage(programme)
    assert message in refused(programme, "approve", RUN, "--forum", FORUM, *BY)
    assert approvals(programme) == []


def test_a_run_that_could_not_be_proven_later_is_not_approved(programme):
    """verify makes the run again from its inputs, and compares its evidence."""
    data, figures = run_folder(programme) / "inputs" / "data" / "actions.csv", run_folder(programme) / "evidence" / "figures.tsv"
    before = data.read_bytes()
    flip_byte(data)
    assert "inputs/data/actions.csv was changed since it was built, so that it could not be proven" in refused(programme, "approve", RUN, *BY)
    kept = figures.read_bytes()
    figures.unlink()
    message = refused(programme, "approve", RUN, *BY)
    assert "evidence/figures.tsv is gone since it was built (and 1 more;" in message
    data.write_bytes(before)
    figures.write_bytes(kept)
    figures.parent.rename(programme / "moved")
    figures.parent.symlink_to(programme / "moved")
    assert "evidence/figures.tsv was changed" in refused(programme, "approve", RUN, *BY)
    figures.parent.unlink()
    (programme / "moved").rename(figures.parent)
    call(programme, "approve", RUN, *BY)


def test_a_link_is_not_the_file_that_was_built(programme, tmp_path):
    pdf = run_folder(programme) / FORUM / f"{FORUM}-{AS_OF}.pdf"
    pdf.rename(tmp_path / "elsewhere.pdf")
    pdf.symlink_to(tmp_path / "elsewhere.pdf")
    assert "is a link, not the file that was built" in refused(programme, "approve", RUN, "--forum", FORUM, *BY)


def test_drafts_are_not_approved(programme):
    build(programme, "--draft")
    assert f"{AS_OF}-2 is a draft" in refused(programme, "approve", f"{AS_OF}-2", *BY)


def test_strict_does_not_approve_past_errors(programme):
    assert manifest(programme)["findings"]["error"] > 0
    assert "--strict" in refused(programme, "approve", RUN, *BY, "--strict", code=4)
    assert approvals(programme) == []


def test_approve_waits_for_no_build(programme):
    with subprocess.Popen(["flock", programme / "output" / ".lock", "sleep", "30"]) as holder:
        while subprocess.run(["flock", "-n", programme / "output" / ".lock", "true"], check=False).returncode == 0:
            pass
        assert "another run" in refused(programme, "approve", RUN, *BY, code=11)
        holder.kill()


# ---- versions ----


def test_final_packs_stay_version_1_until_one_is_approved(programme):
    build(programme)
    assert manifest(programme, f"{AS_OF}-2")["outputs"][0]["version"] == 1
    assert "Version 1, 31 July 2025" in pdf_text(programme, f"{AS_OF}-2", 2)
    first, second = (run_folder(programme, run) / FORUM / f"{FORUM}-{AS_OF}.pdf" for run in (RUN, f"{AS_OF}-2"))
    assert first.read_bytes() == second.read_bytes()
    call(programme, "approve", f"{AS_OF}-2", *BY)
    message = refused(programme, "approve", RUN, "--forum", FORUM, *BY)
    assert f"version 1 of the pack of bbp for that day is approved already, in {AS_OF}-2 by Ann Other" in message


def test_what_replaces_an_approved_pack_says_what_changed(programme):
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    before = sorted(path.name for path in (programme / "output" / AS_OF).iterdir())
    done = build(programme, check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert f"bbp (version 1 in {RUN}, approved by Ann Other)" in done.stderr and '--correction "what changed"' in done.stderr
    assert sorted(path.name for path in (programme / "output" / AS_OF).iterdir()) == before
    assert call(programme, "run", "--as-of", AS_OF, check=False).returncode == 1

    note = "20 weeks was 61%, not 67%."
    build(programme, "--correction", note, "--format", "pdf,xlsx,text")
    run = f"{AS_OF}-2"
    assert manifest(programme, run)["correction"] == note
    assert {each["version"] for each in manifest(programme, run)["outputs"]} == {2}
    cover, inside = pdf_text(programme, run, 1), pdf_text(programme, run, 2)
    assert "2, corrected" in cover
    assert "Changed in version 2: 20 weeks was 61%, not 67%." in re.sub(r"\s+", " ", cover)
    assert "Version 2 (corrected), 31 July 2025" in inside
    book = openpyxl.load_workbook(run_folder(programme, run) / FORUM / f"{FORUM}-{AS_OF}.xlsx", read_only=True)
    lines = [cell for (cell,) in book["Cover"].iter_rows(max_col=1, values_only=True) if cell]
    assert "Version 2 (corrected), 31 July 2025" in lines and f"Changed in this version: {note}" in lines

    # and again the same bytes
    build(programme, "--correction", note, "--format", "pdf,xlsx,text")
    for output in manifest(programme, run)["outputs"]:
        assert output in manifest(programme, f"{AS_OF}-3")["outputs"]
    answer = call(programme, "approve", run, *BY).stdout
    assert "bbp, version 2, OFFICIAL" in answer and f"changed: {note}" in answer
    assert "is version 3: build it with --correction" in refused(programme, "approve", f"{AS_OF}-3", *BY)


def test_a_correction_concerns_the_packs_that_were_approved(programme):
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    call(programme, "build", "--as-of", AS_OF, "--forum", FORUM, "--forum", SENSITIVE, "--correction", "A figure.")
    versions = {each["forum"]: each["version"] for each in manifest(programme, f"{AS_OF}-2")["outputs"]}
    assert versions == {FORUM: 2, SENSITIVE: 1}
    text = subprocess.run(["pdftotext", run_folder(programme, f"{AS_OF}-2") / SENSITIVE / f"{SENSITIVE}-{AS_OF}.pdf", "-"],
                          capture_output=True, text=True, check=True).stdout
    assert "Version 1, 31 July 2025" in text and "corrected" not in text and "A figure." not in text


def test_a_correction_needs_something_to_correct(programme):
    done = build(programme, "--correction", "A figure.", check=False)
    assert done.returncode == 1 and "no pack of that day is approved, so there is nothing to correct" in done.stderr
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    done = call(programme, "build", "--as-of", "2025-07-30", "--forum", FORUM, "--correction", "A figure.", check=False)
    assert done.returncode == 1 and "nothing to correct" in done.stderr


def test_drafts_print_draft_and_need_no_correction(programme):
    build(programme, "--draft")
    assert "Version 1 Draft, 31 July 2025" in pdf_text(programme, f"{AS_OF}-2", 2)
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    build(programme, "--draft")
    assert "Version 2 Draft, 31 July 2025" in pdf_text(programme, f"{AS_OF}-3", 2)
    assert "2, Draft" in pdf_text(programme, f"{AS_OF}-3", 1)


def test_a_withdrawn_approval_is_kept_and_frees_its_version(programme):
    call(programme, "approve", RUN, *BY)
    done = call(programme, "approve", RUN, "--forum", FORUM, "--withdraw", "--by", "Ben Other", "--note", "Wrong figures.")
    assert done.stdout == f"1 approval of {RUN} withdrawn by Ben Other\n"
    assert f"no approval of the pack of bbp in {RUN} is in force" in refused(
        programme, "approve", RUN, "--forum", FORUM, "--withdraw", "--by", "Ben Other", "--note", "Again.")
    kept = {each["forum"]: each["withdrawn"] for each in approvals(programme)}
    assert kept == {FORUM: {"by": "Ben Other", "at": "2026-01-15T12:00:00Z", "note": "Wrong figures."}, SENSITIVE: None}
    assert "withdrawn by Ben Other on 15 January 2026, 12:00: Wrong figures." in call(programme, "list", "approvals").stdout
    build(programme)
    assert manifest(programme, f"{AS_OF}-2")["outputs"][0]["version"] == 1


# ---- what was sent ----


@pytest.fixture
def sent(programme):
    """As if the pack had been sent: rows as the ledger keeps them."""
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    pdf = next(each for each in manifest(programme)["outputs"] if each["forum"] == FORUM and each["format"] == "pdf")
    with sqlite3.connect(programme / "output" / "boardpack.sqlite") as store:
        for number, (kind, state, words) in enumerate(
            [("pack", "accepted", "250 queued"), ("notice", "accepted", "250 queued"), ("pack", "doubtful", "connection lost"), ("pack", "rejected", "550 no")], 1
        ):
            store.execute("INSERT INTO sends VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, 1, 1760000000, 1760000000, 1760000060, ?, '', 0)",
                          (number, kind, state, RUN, FORUM, AS_OF, f"{number}@example.org", f"{number}@example.org", f"<{number}@example.org>", words))
            store.execute("INSERT INTO send_files VALUES (?, 0, ?, ?)", (number, pdf["path"], pdf["sha256"]))
    return programme


def test_who_was_sent_a_file_is_listed(sent):
    pdf = run_folder(sent) / FORUM / f"{FORUM}-{AS_OF}.pdf"
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    listed = call(sent, "list", "sends").stdout
    assert f"{RUN}  bbp, version 1, pack  1@example.org: accepted on 9 October 2025, 09:54: 250 queued\n" in listed
    assert "3@example.org: DOUBTFUL on 9 October 2025, 09:54: connection lost" in listed
    assert listed.endswith("4 messages: 2 accepted, 1 rejected, 1 DOUBTFUL\n")
    for file in (pdf, sha256, sha256.upper()):
        rows = json.loads(call(sent, "list", "sends", "--file", file, "--json").stdout)
        assert [(each["address"], each["state"], each["attached"]) for each in rows] == [
            ("1@example.org", "accepted", True), ("2@example.org", "accepted", False),
            ("3@example.org", "doubtful", True), ("4@example.org", "rejected", True)]
    assert json.loads(call(sent, "list", "sends", "--file", sha256[::-1], "--json").stdout) == []
    assert len(json.loads(call(sent, "list", "sends", RUN, "--json").stdout)) == 4
    assert "--file takes a file, or its SHA-256" in refused(sent, "list", "sends", "--file", "nowhere.pdf")
    assert "has no option --file" in refused(sent, "list", "forums", "--file", sha256, code=2)
    assert "does not take" in refused(sent, "list", "forums", RUN, code=2)


def test_what_was_sent_cannot_be_withdrawn(sent):
    message = refused(sent, "approve", RUN, "--withdraw", "--by", "Ben Other", "--note", "Wrong.")
    assert "has gone, or may have gone, to 3 recipients" in message and "--correction" in message
    assert approvals(sent)[0]["withdrawn"] is None


def test_without_a_store_there_is_nothing_to_list(tmp_path):
    folder = copy_programme(ROOT, tmp_path / "programme")
    assert approvals(folder) == []
    assert call(folder, "list", "sends").stdout == "nothing was sent\n"
    assert not (folder / "output").exists()


# ---- permissions ----


def set_access(folder, access):
    """As a programme would: a line in [paths]."""
    path = folder / "config" / "programme.ini"
    text = path.read_text(encoding="utf-8")
    assert text.count("\n[paths]\n") == 1
    path.write_text(text.replace("\n[paths]\n", f"\n[paths]\naccess = {access}\n"), encoding="utf-8")


def modes(folder):
    """(of files, of folders) under output/, but for links."""
    paths = [folder / "output", *(folder / "output").rglob("*")]
    found = [(path.is_dir(), stat.S_IMODE(path.lstat().st_mode)) for path in paths if not path.is_symlink()]
    return {mode for is_dir, mode in found if not is_dir}, {mode for is_dir, mode in found if is_dir}


@pytest.mark.parametrize("access, files, folders", [(None, 0o640, 0o750), ("owner", 0o600, 0o700), ("everyone", 0o644, 0o755)])
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_what_is_written_has_the_permissions_that_are_set(tmp_path, access, files, folders, umask):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "second-borough", tmp_path / "programme")
    if access:
        set_access(folder, access)
    done = subprocess.run(
        [BOARDPACK, "-C", folder, "run", "--as-of", AS_OF, "--format", "pdf,xlsx,text,update", "--prepared-by", "Sam Example"],
        umask=umask, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    store = sqlite3.connect(folder / "output" / "boardpack.sqlite")  # its log stands while somebody reads
    store.execute("SELECT count(*) FROM imports").fetchone()
    done = subprocess.run([BOARDPACK, "-C", folder, "approve", RUN, *BY], umask=umask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (folder / "output").iterdir()} >= {"boardpack.sqlite", "boardpack.sqlite-wal", ".lock", AS_OF}
    assert modes(folder) == ({files}, {folders})
    store.close()


def test_a_group_may_write_where_that_is_set(tmp_path):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "second-borough", tmp_path / "programme")
    set_access(folder, "group-write")
    done = subprocess.run([BOARDPACK, "-C", folder, "import"], umask=0o077, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    assert stat.S_IMODE(os.stat(folder / "output").st_mode) == 0o770
    assert stat.S_IMODE(os.stat(folder / "output" / "boardpack.sqlite").st_mode) == 0o660
    assert stat.S_IMODE(os.stat(folder / "output" / ".lock").st_mode) == 0o660


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_new_programme_is_for_its_owner_and_group_alone(tmp_path, umask):
    done = subprocess.run([BOARDPACK, "init", tmp_path / "new"], umask=umask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = [(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "new", *(tmp_path / "new").rglob("*"))]
    assert set(found) == {(True, 0o750), (False, 0o640)}
