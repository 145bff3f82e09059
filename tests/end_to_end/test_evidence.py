"""What was approved and sent, a year later: read by whoever may only read, and told so that it can be acted on."""

import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

import pytest

from conftest import BOARDPACK, ROOT, copy_programme, run_boardpack

AS_OF = "2025-07-31"
RUN = f"{AS_OF}-1"
FORUM, OTHER = "bbp", "programme-board"
NOBODY = 65534


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF, "--forum", FORUM, "--forum", OTHER, "--prepared-by", "Sam Example")
    run_boardpack(folder, "build", "--as-of", AS_OF, "--forum", OTHER, "--draft")
    for forum, by in ((FORUM, "Ann Other"), (OTHER, "Ben Other")):
        run_boardpack(folder, "approve", RUN, "--forum", forum, "--by", by, "--role", "Manager")
    return folder


def outputs(folder, forum):
    manifest = json.loads((folder / "output" / AS_OF / RUN / "manifest.json").read_text())
    return {each["format"]: each for each in manifest["outputs"] if each["forum"] == forum}


def add_send(store, folder, forum, address, kind, events, formats=("pdf",), version=1):
    """A message as the ledger keeps it; events: state, time, words."""
    state, at, words = events[-1]
    number = store.execute("SELECT count(*) + 1 FROM sends").fetchone()[0]
    store.execute("INSERT INTO sends (send_id, kind, state, run, forum, as_of, version, address, address_key, message_id, attempts, planned_at, tried_at, ended_at, words)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  (number, kind, state, RUN, forum, AS_OF, version, address, address.lower(), f"<{number}@example.org>",
                   [each[0] for each in events].count("intent"), events[0][1], at, at, words))
    for position, form in enumerate(formats):
        output = outputs(folder, forum)[form]
        store.execute("INSERT INTO send_files VALUES (?, ?, ?, ?)", (number, position, output["path"], output["sha256"]))
    for position, event in enumerate(events):
        store.execute("INSERT INTO send_events VALUES (?, ?, ?, ?, ?)", (number, position, *event))


TEN, NINE_LATER = 1754042400, 1754121600  # 1 August 2025, 11:00 and 2 August 2025, 09:00 in London
PLAIN = [("planned", TEN, ""), ("intent", TEN, ""), ("accepted", TEN, "250 queued")]
SETTLED = "Ben Other says that it has not arrived: Asked her."


@pytest.fixture
def sent(built, tmp_path):
    folder = shutil.copytree(built, tmp_path / "programme", symlinks=True)
    with sqlite3.connect(folder / "output" / "boardpack.sqlite") as store:
        add_send(store, folder, FORUM, "ann@example.org", "pack", PLAIN, ("pdf", "xlsx"))
        add_send(store, folder, FORUM, "Bo@example.org", "pack", [
            ("planned", TEN, ""), ("intent", TEN, ""), ("doubtful", TEN, "connection lost"), ("failed", NINE_LATER, SETTLED),
            ("intent", NINE_LATER, ""), ("accepted", NINE_LATER, "250 queued")])
        add_send(store, folder, FORUM, "cy@other.example", "notice", PLAIN)
        add_send(store, folder, FORUM, "di@example.org", "pack", [("planned", TEN, ""), ("intent", TEN, ""), ("rejected", TEN, "550 no")])
        add_send(store, folder, FORUM, "ed@example.org", "pack", [("planned", TEN, ""), ("intent", TEN, "")])
        add_send(store, folder, OTHER, "ann@example.org", "pack", PLAIN)
        add_send(store, folder, OTHER, "op@example.org", "test", PLAIN, version=0)
    store.close()
    return folder


def listed(folder, *arguments):
    return run_boardpack(folder, "list", *arguments).stdout


# ---- who was sent what ----


def test_sends_say_form_version_and_time_of_day(sent):
    lines = listed(sent, "sends").splitlines()
    assert lines[0] == f"{RUN}  bbp, version 1, pack and workbook  ann@example.org: accepted on 1 August 2025, 11:00: 250 queued"
    assert f"{RUN}  bbp, version 1, notice  cy@other.example: accepted on 1 August 2025, 11:00: 250 queued" in lines
    assert f"{RUN}  {OTHER}, test  op@example.org: accepted on 1 August 2025, 11:00: 250 queued" in lines
    assert f"{RUN}  bbp, version 1, pack  ed@example.org: DOUBTFUL on 1 August 2025, 11:00: being sent now, or the program was stopped" in lines
    assert lines[-1] == "7 messages: 5 accepted, 1 rejected, 1 DOUBTFUL"
    first = json.loads(listed(sent, "sends", "--json"))[0]
    assert (first["workbook"], first["attached"], first["version"], first["ended_at"]) == (True, True, 1, "2025-08-01T10:00:00Z")


def test_what_was_doubtful_and_who_settled_it_stays_to_be_read(sent):
    text = listed(sent, "sends")
    assert (f"  Bo@example.org: accepted on 2 August 2025, 09:00, 2 attempts: 250 queued\n"
            "    before: DOUBTFUL on 1 August 2025, 11:00: connection lost\n"
            f"    before: failed on 2 August 2025, 09:00: {SETTLED}\n") in text
    assert text.count("before:") == 2, "a plain story is told by its line"
    (message,) = json.loads(listed(sent, "sends", "--to", "bo@EXAMPLE.org", "--json"))
    assert [each["state"] for each in message["events"]] == ["planned", "intent", "doubtful", "failed", "intent", "accepted"]
    assert message["events"][3] == {"state": "failed", "at": "2025-08-02T08:00:00Z", "words": SETTLED}


def test_a_notice_of_a_file_is_not_the_file(sent):
    text = listed(sent, "sends", "--file", sent / "output" / AS_OF / RUN / outputs(sent, FORUM)["pdf"]["path"])
    held, rest = text.split("not sent it:\n", 1)
    unsent, told = rest.split("told of it, not sent it:\n")
    assert held.startswith("sent it, or may have been:\n")
    assert [name in held for name in ("ann@", "Bo@", "ed@", "cy@", "di@")] == [True, True, True, False, False]
    assert "di@example.org: rejected" in unsent and "cy@" not in unsent
    assert "cy@other.example: accepted" in told and "ann@" not in told
    assert told.endswith("4 messages with this file: 2 accepted, 1 rejected, 1 DOUBTFUL\n1 notice without it: 1 accepted\n")
    workbook = listed(sent, "sends", "--file", outputs(sent, FORUM)["xlsx"]["sha256"])
    assert workbook.splitlines()[0] == "sent it, or may have been:" and workbook.endswith("1 message with this file: 1 accepted\n")


@pytest.mark.parametrize("arguments, addresses", [
    ([RUN, "--forum", OTHER], ["ann@example.org", "op@example.org"]),
    (["--forum", "Borough Based Partnership", "--to", "ann@example.org"], ["ann@example.org"]),
    (["--to", "ANN@example.org"], ["ann@example.org", "ann@example.org"]),
    (["--to", "ann@example.org", "--forum", OTHER, "--forum", FORUM], ["ann@example.org", "ann@example.org"]),
])
def test_sends_can_be_chosen(sent, arguments, addresses):
    assert [each["address"] for each in json.loads(listed(sent, "sends", *arguments, "--json"))] == addresses


def test_nothing_is_told_in_words(sent):
    sha256 = hashlib.sha256(b"").hexdigest()
    assert listed(sent, "sends", "--file", sha256) == f"nobody was sent this file (SHA-256 {sha256})\n"
    assert listed(sent, "sends", "--file", sha256, "--to", "ann@example.org") == f"ann@example.org was not sent this file (SHA-256 {sha256})\n"
    assert listed(sent, "sends", f"{AS_OF}-2") == f"nothing of {AS_OF}-2 was sent\n"
    assert listed(sent, "sends", "latest") == f"nothing of {AS_OF}-2 was sent\n", "the newest run"
    assert listed(sent, "sends", RUN, "--forum", "partners", "--to", "x@example.org") == f"nothing of partners in {RUN} was sent to x@example.org\n"
    assert run_boardpack(sent, "list", "approvals", f"{AS_OF}-2").stderr == f"nothing of {AS_OF}-2 has been approved\n"


@pytest.mark.parametrize("what", ["sends", "approvals"])
@pytest.mark.parametrize("arguments, message", [
    ([f"{AS_OF}-7"], f"there is no run '{AS_OF}-7'; there are 2, the newest of them {AS_OF}-2"),
    (["yesterday"], "there is no run 'yesterday'"),
    (["--forum", "bpb"], "there is no forum 'bpb'"),
])
def test_what_is_not_there_is_no_empty_list(sent, what, arguments, message):
    done = run_boardpack(sent, "list", what, *arguments, check=False)
    assert (done.returncode, done.stdout) == (2, "") and message in done.stderr


def test_a_run_whose_folder_was_deleted_is_still_known(sent):
    shutil.rmtree(sent / "output" / AS_OF / RUN)
    assert "7 messages" in listed(sent, "sends", RUN) and "Ann Other" in listed(sent, "approvals", RUN)


@pytest.mark.parametrize("arguments, message", [
    (["forums", "--forum", FORUM], "'list forums' has no option --forum"),
    (["approvals", "--to", "ann@example.org"], "'list approvals' has no option --to"),
    (["sections", "--to", "ann@example.org"], "'list sections' has no option --to"),
])
def test_options_that_choose_nothing_are_refused(sent, arguments, message):
    done = run_boardpack(sent, "list", *arguments, check=False)
    assert done.returncode == 2 and message in done.stderr


def test_approvals_stand_as_they_happened(sent):
    assert [each["forum"] for each in json.loads(listed(sent, "approvals", "--json"))] == [FORUM, OTHER]
    assert [each["forum"] for each in json.loads(listed(sent, "approvals", RUN, "--forum", OTHER, "--json"))] == [OTHER]


def test_sending_by_latest_is_refused(sent):
    done = run_boardpack(sent, "send", "latest", "--confirm", "latest", check=False)
    assert done.returncode == 2 and f"name the run, now {AS_OF}-2" in done.stderr


# ---- where nothing can be written ----


class Auditor:
    """Runs the program as somebody who may read the programme and write nothing."""

    def __init__(self, folder, tmp_path):
        self.folder = folder
        self.home = tmp_path / "home"
        self.program = tmp_path / "boardpack"
        shutil.copy(BOARDPACK, self.program)
        self.home.mkdir(mode=0o777)
        self.home.chmod(0o777)
        for parent in (tmp_path, *tmp_path.parents):
            if parent.is_relative_to("/tmp") and parent != pathlib.Path("/tmp"):
                parent.chmod(0o755)
        self.lock(False)

    def lock(self, is_open):
        for path in (self.folder, *self.folder.rglob("*")):
            if not path.is_symlink():
                path.chmod((0o755 if path.is_dir() else 0o644) if is_open else (0o555 if path.is_dir() else 0o444))

    def call(self, *arguments, folder=None):
        become = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "TMPDIR": str(self.home), "LC_ALL": "C.UTF-8"}
        return subprocess.run([self.program, "-C", folder or self.folder, *arguments], capture_output=True, text=True, env=env, cwd=self.home, **become)

    def well(self, *arguments):
        done = self.call(*arguments)
        assert done.returncode in (0, 4), done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def auditor(sent, tmp_path):
    auditor = Auditor(sent, tmp_path)
    yield auditor
    auditor.lock(True)


def state_of(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_all_evidence_is_read_where_nothing_can_be_written(auditor):
    before = state_of(auditor.folder)
    assert "7 messages: 5 accepted" in auditor.well("list", "sends")
    assert "approved by Ann Other, Manager" in auditor.well("list", "approvals", RUN)
    assert auditor.well("history").startswith("import 1 ")
    assert "known from" in auditor.well("history", "updates", "SIP")
    assert "Due" in auditor.well("due", "--as-of", AS_OF, "--within", "100d")
    assert "recipients loaded" in auditor.well("check", "--as-of", AS_OF)
    text = auditor.well("verify", RUN)
    assert f"PROVEN    {RUN}\n" in text and "as it was recorded in the store" in text and "byte for byte" in text
    assert "bbp by Ann Other, Manager" in text and "sent      5 messages with a pack: 3 accepted, 1 rejected, 1 DOUBTFUL; 1 notice" in text
    assert state_of(auditor.folder) == before
    assert auditor.call("import").returncode == 1, "writing is refused"


def test_rows_that_a_run_did_not_keep_are_read_there_too(auditor):
    auditor.lock(True)
    actions = auditor.folder / "data" / "actions.csv"
    actions.write_bytes(b"".join(actions.read_bytes().splitlines(keepends=True)[:-1]))
    run_boardpack(auditor.folder, "build", "--as-of", AS_OF, "--forum", OTHER, "--draft")
    run = (auditor.folder / "output" / "latest").resolve().name
    assert json.loads((auditor.folder / "output" / "latest" / "manifest.json").read_text())["inputs_copied"] is False
    auditor.lock(False)
    text = auditor.well("verify", run)
    assert f"PROVEN    {run}\n" in text and "by figures" in text and "in the store" in text


def test_a_store_that_an_auditor_may_not_read_is_an_error(auditor):
    (auditor.folder / "output" / "boardpack.sqlite").chmod(0)
    for arguments in (["list", "sends"], ["verify", RUN], ["verify", str(auditor.folder / "output" / AS_OF / RUN)]):
        done = auditor.call(*arguments)
        assert done.returncode == 1 and done.stdout == "" and "cannot be read: Permission denied" in done.stderr, done.stderr


def test_a_store_is_read_while_another_program_writes_to_it(auditor):
    auditor.lock(True)
    store = sqlite3.connect(auditor.folder / "output" / "boardpack.sqlite")
    store.execute("UPDATE sends SET words = 'from the log'")
    store.commit()
    store.execute("UPDATE sends SET words = 'not yet'")
    auditor.lock(False)
    text = auditor.well("list", "sends")
    assert "from the log" in text and "not yet" not in text
    assert f"PROVEN    {RUN}\n" in auditor.well("verify", RUN)
    store.rollback()
    auditor.lock(True)
    store.close()


def test_a_copy_taken_while_the_program_was_at_work_is_told(auditor):
    """Its log holds what the store lacks: without it, less would be told than is true."""
    auditor.lock(True)
    path = auditor.folder / "output" / "boardpack.sqlite"
    store = sqlite3.connect(path)
    store.execute("DELETE FROM sends WHERE address = 'nobody@example.org'")
    store.execute("UPDATE sends SET words = 'from the log'")
    store.commit()
    log = pathlib.Path(f"{path}-wal").read_bytes()
    copied = path.read_bytes()
    store.close()
    path.write_bytes(copied)
    pathlib.Path(f"{path}-wal").write_bytes(log)
    assert len(log) > 0
    auditor.lock(False)
    done = auditor.call("list", "sends")
    assert done.returncode == 1 and "copy them all to another folder and read them there" in done.stderr, done.stderr
    auditor.lock(True)
    assert "from the log" in listed(auditor.folder, "sends")


def test_an_older_store_is_read_without_being_changed(auditor):
    auditor.lock(True)
    path = auditor.folder / "output" / "boardpack.sqlite"
    with sqlite3.connect(path) as store:
        store.executescript("DROP TABLE send_events; DROP TABLE send_files; DROP TABLE sends; DROP TABLE approval_files; DROP TABLE approvals; PRAGMA user_version = 4;")
    store.close()
    auditor.lock(False)
    before = path.read_bytes()
    assert auditor.well("list", "sends") == "nothing was sent\n"
    text = auditor.well("verify", RUN)
    assert f"PROVEN    {RUN}\n" in text and "nobody has approved any pack of it" in text
    assert path.read_bytes() == before and list(path.parent.glob("*backup*")) == []
