"""`send` killed at any of its calls, and with a disk that fails under the ledger: after it is called again each recipient has exactly one
message, or is listed as doubtful; nothing goes before its intent is on the disk."""

import contextlib
import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, run_boardpack
from faults import KILLED, check_output, choose, leftovers, needs_fault_points, read_store, strike, try_all

sys.path.insert(0, str(ROOT / "tests"))
from support.smtp_server import Authority, SmtpServer

pytestmark = needs_fault_points

AS_OF, FORUM = "2025-07-31", "programme-board"
RUN = f"{AS_OF}-1"
ADDRESSES = ["a@example.org", "b@example.org", "c@example.org"]
SEND = ("send", RUN, "--confirm", RUN)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def certificate(authority):
    return authority.certificate("good")


@pytest.fixture(scope="module")
def approved(tmp_path_factory):
    """A small programme with an approved pack for three people."""
    folder = tmp_path_factory.mktemp("approved") / "programme"
    run_boardpack(folder.parent, "init", folder)
    with open(folder / "data" / "recipients.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["forum", "address"], *([FORUM, address] for address in ADDRESSES)])
    run_boardpack(folder, "run", "--as-of", AS_OF, "--prepared-by", "Sam Example")
    run_boardpack(folder, "approve", RUN, "--by", "Ann Other", "--role", "Head of Service")
    return folder


def use_server(folder, server, authority):
    (folder / "config" / "mail.ini").write_text(
        f"[server]\nhost = localhost\nport = {server.port}\nca_file = {authority.file}\nreply_timeout_seconds = 20\nconnect_timeout_seconds = 20\n"
        "retry_wait_seconds = 1\ntries = 2\n[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")


def states(folder):
    """From the ledger on the disk, as it would be found after a power cut."""
    store = read_store(folder)
    columns = {row[0]: row for row in store["sends"]}
    return {next(value for value in row if str(value).endswith("@example.org")): next(
        value for value in row if value in ("planned", "intent", "accepted", "rejected", "deferred", "doubtful", "failed")) for row in columns.values()}


def check_ledger(folder, held):
    """Whoever has a message is on record as one who may have it."""
    assert len(held) == len(set(held)), f"somebody got two: {held}"
    known = states(folder)
    for address in held:
        assert known.get(address) in ("intent", "accepted", "doubtful"), f"{address} has a message and is {known.get(address)}"
    for address, state in known.items():
        assert state != "accepted" or address in held, f"{address} is accepted and has nothing"


def check_recovered(folder, server):
    """Called again, twice, since what a call finds doubtful it does not send."""
    for _ in range(2):
        done = run_boardpack(folder, *SEND, check=False)
        assert done.returncode in (0, 5), done.stdout + done.stderr
    held, known = server.recipients(), states(folder)
    check_ledger(folder, held)
    assert sorted(known) == ADDRESSES and set(known.values()) <= {"accepted", "doubtful"}, known
    assert all(address in held for address in ADDRESSES if known[address] == "accepted")
    assert list(known.values()).count("doubtful") <= 1
    listed = json.loads(run_boardpack(folder, "list", "sends", RUN, "--json").stdout)
    assert {each["address"]: each["state"] for each in listed} == known
    assert (done.returncode == 5) == ("doubtful" in known.values())
    check_output(folder)
    assert leftovers(folder) == []


def count(approved, authority, certificate, tmp_path, calls):
    folder = shutil.copytree(approved, tmp_path / "counting" / "programme", symlinks=True)
    with SmtpServer(certificate) as server:
        use_server(folder, server, authority)
        done = strike(folder, *SEND, calls=calls)
        assert done.returncode == 0 and server.recipients() == ADDRESSES, done
    return done.calls


@pytest.mark.parametrize("deed, limit", [("kill", 50), ("kill-after", 30), ("half", 20)])
def test_killed_anywhere_nobody_gets_two_and_nobody_is_forgotten(approved, authority, certificate, tmp_path, deed, limit):
    calls = count(approved, authority, certificate, tmp_path, "all")

    def try_point(folder, point):
        with SmtpServer(certificate) as server:
            use_server(folder, server, authority)
            done = strike(folder, *SEND, at=point, deed=deed)
            server.settle()
            try:
                assert done.returncode == KILLED
                check_ledger(folder, server.recipients())
                check_recovered(folder, server)
            except AssertionError as why:
                raise AssertionError(f"{deed} at {done}") from why

    wanted = calls if deed != "half" else [call for call in calls if call.name in ("write", "pwrite", "sendto")]
    try_all(approved, choose(wanted, limit), try_point, tmp_path)


@pytest.mark.parametrize("deed, calls, from_then_on", [("ENOSPC", "room", True), ("ENOSPC", "room", False), ("EROFS", "disk", True),
                                                       ("EIO", "disk", True), ("EIO", "disk", False)])
def test_a_ledger_that_cannot_be_written_lets_nothing_go_unrecorded(approved, authority, certificate, tmp_path, deed, calls, from_then_on):
    points = count(approved, authority, certificate, tmp_path, calls)

    def try_point(folder, point):
        with SmtpServer(certificate) as server:
            use_server(folder, server, authority)
            done = strike(folder, *SEND, at=point, deed=deed, calls=calls, from_then_on=from_then_on)
            server.settle()
            held = server.recipients()
            try:
                check_ledger(folder, held)
                assert done.returncode in (0, 1)
                if done.returncode == 0:
                    assert held == ADDRESSES and set(states(folder).values()) == {"accepted"}
                else:
                    assert "boardpack: " in done.stderr and str(folder) in done.stderr
                check_recovered(folder, server)
            except AssertionError as why:
                raise AssertionError(f"{deed} at {done}") from why

    try_all(approved, choose(points, 15), try_point, tmp_path)


def test_a_write_of_fewer_bytes_than_asked_for_is_gone_on_with(approved, authority, certificate, tmp_path):
    calls = count(approved, authority, certificate, tmp_path, "all")

    def try_point(folder, point):
        with SmtpServer(certificate) as server:
            use_server(folder, server, authority)
            done = strike(folder, *SEND, at=point, deed="short")
            assert done.returncode == 0 and server.recipients() == ADDRESSES, done

    try_all(approved, choose([call for call in calls if call.name in ("write", "pwrite", "sendto")], 15), try_point, tmp_path)


# ---- real disks ----


@pytest.fixture
def disk(tmp_path):
    """A small file system of its own; size() sets its size, flag() makes it read-only or writable."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted here: " + mounted.stderr)
    yield place
    subprocess.run(["umount", place], check=True)


def remount(disk, option):
    subprocess.run(["mount", "-o", f"remount,{option}", disk], check=True)


def fill(disk):
    """Leaves no room at all."""
    with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def test_a_full_and_a_read_only_disk_under_the_ledger_let_nothing_go(approved, authority, certificate, disk):
    folder = shutil.copytree(approved, disk / "programme", symlinks=True)
    with SmtpServer(certificate) as server:
        use_server(folder, server, authority)
        fill(disk)
        full = run_boardpack(folder, *SEND, check=False)
        assert full.returncode == 1 and re.search("boardpack.sqlite: .*(full|No space)", full.stderr), full.stderr
        (disk / "filler").unlink()
        remount(disk, "ro")
        for command in SEND, ("run", "--as-of", AS_OF), ("import",), ("approve", RUN, "--by", "Ann Other", "--role", "Chair"):
            read_only = run_boardpack(folder, *command, check=False)
            assert read_only.returncode == 1 and re.search("output/.*: .*[Rr]ead-only", read_only.stderr), read_only.stderr
        assert server.held == []
        remount(disk, "rw")
        check_recovered(folder, server)
        assert server.recipients() == ADDRESSES


def test_a_disk_that_fills_up_while_messages_go_makes_no_second_copy(approved, authority, certificate, disk):
    """It is full from the moment at which the server has the second message: that it was taken cannot be written down."""
    folder = shutil.copytree(approved, disk / "programme", symlinks=True)

    def cue(step, count):
        if (step, count) == ("DOT", 2):
            fill(disk)

    with SmtpServer(certificate, cue=cue) as server:
        use_server(folder, server, authority)
        done = run_boardpack(folder, *SEND, check=False)
        server.cue = None
        held = server.recipients()
        assert done.returncode == 1 and "free some space" in done.stderr, done.stderr
        assert held == ADDRESSES[:2]
        (disk / "filler").unlink()
        check_ledger(folder, held)
        check_recovered(folder, server)
        assert states(folder) == {ADDRESSES[0]: "accepted", ADDRESSES[1]: "doubtful", ADDRESSES[2]: "accepted"}
        assert server.recipients() == ADDRESSES
