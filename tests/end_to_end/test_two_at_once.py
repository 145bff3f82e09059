"""Commands of two people, or of a person and a timer, started together: one works, the other ends 11 at once and has done nothing; nothing is
mixed, and nobody gets two. A lock that a dead process held holds nobody up."""

import csv
import fcntl
import json
import shutil
import subprocess
import sys
import time

import pytest

from conftest import BOARDPACK, ROOT, environment, run_boardpack
from faults import check_nothing_forgotten, check_output, leftovers, needs_fault_points, read_store, runs, strike, tree

sys.path.insert(0, str(ROOT / "tests"))
from support.smtp_server import Authority, SmtpServer

AS_OF, FORUM = "2025-07-31", "programme-board"
RUN = f"{AS_OF}-1"
ADDRESSES = ["a@example.org", "b@example.org", "c@example.org"]
COMMANDS = {
    "run": ("run", "--as-of", AS_OF, "--draft"),
    "build": ("build", "--as-of", AS_OF, "--draft"),
    "import": ("import",),
    "approve": ("approve", f"{AS_OF}-2", "--by", "Ann Other", "--role", "Head of Service"),
    "send": ("send", RUN, "--confirm", RUN),
    "rehearsal": ("send", RUN),
}
ROUNDS = 4


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A small programme with a run that is approved and may be sent, and one for another forum's day that may be approved."""
    folder = tmp_path_factory.mktemp("base") / "programme"
    run_boardpack(folder.parent, "init", folder)
    forums = folder / "config" / "forums.ini"
    forums.write_text(forums.read_text().replace("[cabinet]\n", "[cabinet]\ntemplate = programme-board.ini\nmarking = OFFICIAL\naudience = internal\n"))
    with open(folder / "data" / "recipients.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["forum", "address"], *([FORUM, address] for address in ADDRESSES)])
    run_boardpack(folder, "run", "--as-of", AS_OF, "--forum", FORUM, "--prepared-by", "Sam Example")
    run_boardpack(folder, "build", "--as-of", AS_OF, "--forum", "cabinet", "--prepared-by", "Sam Example")
    run_boardpack(folder, "approve", RUN, "--by", "Ann Other", "--role", "Head of Service")
    with open(folder / "data" / "leads.csv", "a", newline="", encoding="utf-8") as file:
        columns = next(csv.reader(open(folder / "data" / "leads.csv", encoding="utf-8")))
        csv.writer(file).writerow(["New Lead" if column == "name" else "" for column in columns])
    return folder


@pytest.fixture
def folder(base, tmp_path):
    return shutil.copytree(base, tmp_path / "programme", symlinks=True)


def use_server(folder, server, authority):
    (folder / "config" / "mail.ini").write_text(f"[server]\nhost = localhost\nport = {server.port}\nca_file = {authority.file}\n"
                                                "[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")


def start(folder, name):
    return subprocess.Popen([BOARDPACK, "-C", folder, *COMMANDS[name]], env=environment(is_sent="--confirm" in COMMANDS[name]), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


PAIRS = [("run", "run"), ("run", "send"), ("send", "send"), ("approve", "send"), ("import", "run"), ("build", "approve"), ("run", "rehearsal")]


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_of_two_commands_one_works_or_both_do_one_after_the_other(base, tmp_path, authority, pair):
    before, locked_out = read_store(base), 0
    for number in range(ROUNDS):
        folder = shutil.copytree(base, tmp_path / str(number) / "programme", symlinks=True)
        with SmtpServer(authority.certificate("good")) as server:
            use_server(folder, server, authority)
            processes = [start(folder, name) for name in pair]
            told = [process.communicate(timeout=60)[1] for process in processes]
            ended = {}
            for name, process, error in zip(pair, processes, told):
                ended.setdefault(name, []).append(process.returncode)
                assert process.returncode in (0, 11), f"{name}: {error}"
                assert process.returncode == 0 or "another run" in error
                locked_out += process.returncode == 11
            assert 0 in sum(ended.values(), [])
            check_output(folder)
            assert leftovers(folder) == []
            check_nothing_forgotten(before, read_store(folder))
            made = sum(ended.get(name, []).count(0) for name in ("run", "build"))
            assert len(runs(folder)) == len(runs(base)) + made
            assert server.recipients() == (ADDRESSES if 0 in ended.get("send", []) else [])
            for name in pair:  # whoever came second comes again
                done = run_boardpack(folder, *COMMANDS[name], check=False)
                assert done.returncode == 0 or "approved already" in done.stderr, done.stderr
            assert server.recipients() == (ADDRESSES if "send" in pair else [])
    assert locked_out > 0, "they were never at work at the same time"


@pytest.mark.parametrize("name", COMMANDS)
def test_whoever_comes_second_is_told_at_once_and_has_changed_nothing(folder, authority, name):
    with SmtpServer(authority.certificate("good")) as server, open(folder / "output" / ".lock", "r+") as lock:
        use_server(folder, server, authority)
        fcntl.flock(lock, fcntl.LOCK_EX)
        before, begun = tree(folder), time.monotonic()
        done = run_boardpack(folder, *COMMANDS[name], check=False)
        assert done.returncode == 11 and "another run" in done.stderr and "wait until it has ended" in done.stderr
        assert time.monotonic() - begun < 5 and tree(folder) == before and server.connections == 0
        for reading in ("check",), ("list", "sends"), ("list", "approvals"), ("history",), ("due",), ("verify", RUN):
            assert run_boardpack(folder, *reading, check=False).returncode in (0, 4), reading


@needs_fault_points
@pytest.mark.parametrize("name", COMMANDS)
def test_the_lock_of_a_dead_process_holds_nobody_up(folder, authority, name):
    with SmtpServer(authority.certificate("good")) as server:
        use_server(folder, server, authority)
        done = strike(folder, *COMMANDS["run"], at=60, deed="kill")
        assert done.returncode == 137
        (folder / "output" / ".lock").write_text("1\n")  # a process that is there, and holds nothing
        run_boardpack(folder, *COMMANDS[name])
        assert RUN in [each["run"] for each in json.loads(run_boardpack(folder, "list", "approvals", "--json").stdout)]
