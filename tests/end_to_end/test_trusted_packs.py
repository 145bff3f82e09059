"""Only what the program itself has made is approved and sent: nobody can put another pack, marking or run in its place."""

import hashlib
import json
import re
import shutil
import sqlite3

import pytest

from conftest import ROOT, copy_programme, record_manifest, run_boardpack

AS_OF = "2025-07-31"
RUN = f"{AS_OF}-1"
FORUM = "bbp"
SENSITIVE = "childrens-delivery-group"
BY = ("--by", "Ann Other", "--role", "Programme Manager")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF, "--forum", FORUM, "--forum", SENSITIVE, "--prepared-by", "Sam Example")
    write_mail(folder)
    return folder


@pytest.fixture
def programme(built, tmp_path):
    return shutil.copytree(built, tmp_path / "programme", symlinks=True)


def write_mail(folder, *more):
    lines = ["[server]", "host = 127.0.0.1", "[mail]", "sender = office@example.org", *more, "[allow]", "domains = example.org"]
    (folder / "config" / "mail.ini").write_text("\n".join(lines) + "\n")


def call(folder, *arguments, code=0):
    done = run_boardpack(folder, *arguments, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def rehearse(folder, *arguments, code=0):
    return json.loads(call(folder, "send", *arguments, "--json", code=code).stdout)


def manifest_path(folder, run=RUN):
    return folder / "output" / AS_OF / run / "manifest.json"


def edit_manifest(folder, change, run=RUN):
    path = manifest_path(folder, run)
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content, indent=2))


def approvals(folder):
    return json.loads(call(folder, "list", "approvals", "--json").stdout)


# ---- what was not made here ----


def forge(folder):
    """Another PDF under the sensitive pack's name, its sum and a lower marking in the manifest."""
    pdf = manifest_path(folder).parent / SENSITIVE / f"{SENSITIVE}-{AS_OF}.pdf"
    pdf.write_bytes(b"%PDF-1.7 forged\n")

    def change(content):
        content["prepared_by"] = "Somebody Else"
        for output in content["outputs"]:
            if output["forum"] == SENSITIVE:
                output["marking"] = "OFFICIAL"
            if output["path"].endswith(pdf.name):
                output["sha256"] = hashlib.sha256(pdf.read_bytes()).hexdigest()

    edit_manifest(folder, change)


def test_a_forged_manifest_is_neither_approved_nor_tested(programme):
    forge(programme)
    assert f"the manifest of {RUN} was changed since it was built" in call(programme, "approve", RUN, *BY, code=1).stderr
    assert approvals(programme) == []
    answer = rehearse(programme, RUN, "--to-me", "office@example.org", code=1)
    assert answer["messages"] == [] and {each["forum"] for each in answer["held"]} == {FORUM, SENSITIVE}
    assert all("was changed since it was built" in each["reason"] for each in answer["held"])


def test_a_draft_does_not_become_final_by_its_manifest(programme):
    call(programme, "build", "--as-of", AS_OF, "--forum", FORUM, "--draft")
    edit_manifest(programme, lambda content: content.update(draft=False), f"{AS_OF}-2")
    assert "was changed since it was built" in call(programme, "approve", f"{AS_OF}-2", *BY, code=1).stderr


def test_an_approved_pack_whose_manifest_was_changed_is_held(programme):
    call(programme, "approve", RUN, *BY)
    edit_manifest(programme, lambda content: content.update(correction=None))
    answer = rehearse(programme, RUN, code=1)
    assert answer["messages"] == []
    assert all(f"the manifest of {RUN} was changed since it was built" in each["reason"] for each in answer["held"])


def test_a_run_of_another_store_is_neither_approved_nor_tested(programme):
    with sqlite3.connect(programme / "output" / "boardpack.sqlite") as store:
        store.execute("DELETE FROM manifests")
    assert f"the store does not know {RUN}" in call(programme, "approve", RUN, *BY, code=1).stderr
    answer = rehearse(programme, RUN, "--to-me", "office@example.org", code=1)
    assert answer["messages"] == [] and all("the store does not know" in each["reason"] for each in answer["held"])


@pytest.mark.parametrize("path", [
    "inputs/data/recipients.csv", f"{SENSITIVE}/{SENSITIVE}-{AS_OF}.pdf", f"{FORUM}/{FORUM}.csv", f"{FORUM}/.pdf", f"{FORUM}/sub/x.pdf",
    f"{FORUM}/../{FORUM}/{FORUM}-{AS_OF}.pdf", f"{FORUM}/{FORUM}-{AS_OF}.xlsx", "manifest.json", f"./{FORUM}/{FORUM}-{AS_OF}.pdf"])
def test_a_pack_is_a_file_of_its_forums_own_folder(programme, path):
    """Even if the store vouched for it."""
    file = manifest_path(programme).parent / path
    if file.parent.is_dir() and file.exists():
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    else:
        sha256 = "0" * 64

    def change(content):
        pdf = next(each for each in content["outputs"] if each["forum"] == FORUM and each["format"] == "pdf")
        for key, name in (("outputs", "path"), ("inputs", "copy")):  # a file that is named twice would be refused before
            content[key] = [each for each in content[key] if each is pdf or each[name] != path]
        pdf.update(path=path, sha256=sha256)

    edit_manifest(programme, change)
    if path != "manifest.json":
        record_manifest(programme, manifest_path(programme))
    message = "is no file of the pack of bbp" if path != "manifest.json" else "was changed since it was built"
    assert message in call(programme, "approve", RUN, "--forum", FORUM, *BY, code=1).stderr
    answer = rehearse(programme, RUN, "--forum", FORUM, "--to-me", "office@example.org", code=1)
    assert answer["messages"] == [] and message in answer["held"][0]["reason"]


# ---- whom a test may go to ----


@pytest.mark.parametrize("address", ["all-staff@example.org", "ann@example.org"])
def test_a_test_of_a_sensitive_pack_goes_to_named_testers_alone(programme, address):
    answer = rehearse(programme, RUN, "--to-me", address)
    assert [(each["forum"], each["goes"]) for each in answer["messages"]] == [(FORUM, True)]
    assert [each["forum"] for each in answer["held"]] == [SENSITIVE] and "'testers' of [mail] in config/mail.ini" in answer["held"][0]["reason"]
    rehearse(programme, RUN, "--forum", SENSITIVE, "--to-me", address, code=1)
    write_mail(programme, f"testers = bo@example.org | {address.upper()}")
    assert [each["goes"] for each in rehearse(programme, RUN, "--to-me", address)["messages"]] == [True, True]


def test_the_sender_may_look_at_a_sensitive_pack(programme):
    assert [each["goes"] for each in rehearse(programme, RUN, "--to-me", "Office@Example.org")["messages"]] == [True, True]


def test_a_forum_that_is_sensitive_today_counts(programme):
    forums = programme / "config" / "forums.ini"
    forums.write_text(re.sub(rf"(\[{FORUM}\].*?marking = )OFFICIAL\n", r"\1OFFICIAL-SENSITIVE\n", forums.read_text(), flags=re.DOTALL))
    assert rehearse(programme, RUN, "--forum", FORUM, "--to-me", "ann@example.org", code=1)["messages"] == []


# ---- a run's id is its own for good ----


@pytest.mark.parametrize("tables, last", [(["manifests"], 1), (["approvals"], 3), (["sends"], 4)])
def test_the_id_of_a_deleted_run_is_not_used_again(programme, tables, last):
    call(programme, "approve", RUN, "--forum", FORUM, *BY)
    with sqlite3.connect(programme / "output" / "boardpack.sqlite") as store:
        columns = {"send_id": 1, "kind": "test", "state": "accepted", "run": f"{AS_OF}-4", "forum": FORUM, "as_of": AS_OF, "version": 1, "address": "a@example.org",
                   "address_key": "a@example.org", "message_id": "<1@example.org>", "attempts": 1, "planned_at": 1, "tried_at": 1, "ended_at": 1, "words": ""}
        store.execute(f"INSERT INTO sends ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", tuple(columns.values()))
        store.execute("UPDATE approvals SET run = ?", (f"{AS_OF}-3",))
        for table in {"manifests", "approvals", "sends"} - set(tables):
            if table == "approvals":
                store.execute("DELETE FROM approval_files")
            store.execute(f"DELETE FROM {table}")
    shutil.rmtree(programme / "output" / AS_OF)
    more = ["--correction", "A figure."] if tables == ["approvals"] else []
    call(programme, "build", "--as-of", AS_OF, "--forum", FORUM, *more)
    assert [path.name for path in (programme / "output" / AS_OF).iterdir()] == [f"{AS_OF}-{last + 1}"]


def test_other_days_do_not_count(programme):
    call(programme, "build", "--as-of", "2025-07-30", "--forum", FORUM)
    assert manifest_path(programme).exists() and (programme / "output" / "2025-07-30" / "2025-07-30-1").is_dir()
