"""The scheduled run: its units, its command as an ordinary user on a read-only programme folder, and the mail to the operator."""

import json
import os
import pathlib
import shutil
import stat
import subprocess

import pytest

from conftest import BOARDPACK, ROOT, run_boardpack

UNITS = ROOT / "scripts" / "systemd"
MAIL = ROOT / "scripts" / "mail-operator"
NOBODY = 65534


def settings(name):
    """Section → list of (key, value) of a unit, in order."""
    found, section = {}, None
    for line in (UNITS / name).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(section, []).append((key, value))
    return found


def value(name, section, key):
    values = [each for found, each in settings(name)[section] if found == key]
    assert values, f"{name} has no {key}"
    return values[-1]


# ---- units ----


@pytest.fixture
def installed(tmp_path):
    """The units as they are installed, under a root of their own with the programs that they name."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian: systemd)")
    root = tmp_path / "root"
    units = root / "etc/systemd/system"
    units.mkdir(parents=True)
    for path in UNITS.glob("*.*"):
        if path.suffix in (".service", ".timer"):
            shutil.copy(path, units)
    for program in ("usr/local/bin/boardpack", "usr/local/lib/boardpack/mail-operator"):
        (root / program).parent.mkdir(parents=True, exist_ok=True)
        (root / program).write_text("#!/bin/sh\n")
        (root / program).chmod(0o755)
    for folder in ("usr/lib/systemd/system", "lib/systemd/system"):
        if pathlib.Path("/", folder).is_dir() and not (root / folder).exists():
            shutil.copytree(pathlib.Path("/", folder), root / folder, symlinks=True)
    return root


def analyze(root, *units):
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={root}", *units], capture_output=True, text=True)
    return done.returncode, "\n".join(line for line in done.stderr.splitlines() if "boardpack" in line)


NAMES = ["boardpack-run.service", "boardpack-run.timer", "boardpack-send.service", "boardpack-send.timer",
         "boardpack-collect.service", "boardpack-collect.timer", "boardpack-mail@summary.service"]


def test_systemd_finds_nothing_wrong_with_the_units(installed):
    code, said = analyze(installed, *NAMES)
    assert code == 0 and said == ""


def test_systemd_would_have_found_something(installed):
    unit = installed / "etc/systemd/system/boardpack-run.service"
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=strikt").replace("/usr/local/bin/boardpack", "/usr/local/bin/gone"))
    code, said = analyze(installed, "boardpack-run.service")
    assert code != 0 and "gone" in said and "strikt" in said


@pytest.mark.parametrize("name", ["boardpack-run.service", "boardpack-send.service", "boardpack-collect.service"])
def test_services_may_write_their_state_and_nothing_else(name):
    assert value(name, "Service", "ProtectSystem") == "strict" and value(name, "Service", "ProtectHome") == "yes"
    assert value(name, "Service", "ReadWritePaths") == "/var/lib/boardpack" == "/var/lib/" + value(name, "Service", "StateDirectory")
    assert value(name, "Service", "NoNewPrivileges") == value(name, "Service", "PrivateTmp") == "yes"
    assert value(name, "Service", "CapabilityBoundingSet") == "" and value(name, "Service", "User") == "boardpack"


def test_only_sending_has_a_network_and_a_secret():
    assert value("boardpack-run.service", "Service", "PrivateNetwork") == "yes"
    assert value("boardpack-run.service", "Service", "RestrictAddressFamilies") == "AF_UNIX"
    assert "LoadCredential" not in dict(settings("boardpack-run.service")["Service"])
    for name in ("boardpack-send.service", "boardpack-collect.service"):
        assert value(name, "Service", "LoadCredential") == "mail-secret:/etc/boardpack/mail-secret"


# ---- the command ----


@pytest.fixture
def place(tmp_path):
    """A programme folder that its user cannot write, and a state folder that they can. On a system where tests run as root."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("becoming another user needs root and setpriv")
    programme, state, program = tmp_path / "srv", tmp_path / "state", tmp_path / "bin"
    run_boardpack(".", "init", str(programme))
    configuration = programme / "config" / "programme.ini"
    configuration.write_text(configuration.read_text().replace("; [paths]", f"[paths]\noutput = {state}/output\nstore = {state}/boardpack.sqlite"))
    state.mkdir()
    program.mkdir()
    shutil.copy(BOARDPACK, program / "boardpack")
    for path in [programme, *programme.rglob("*"), program, *program.iterdir()]:
        path.chmod(0o555 if path.is_dir() or path.parent == program else 0o444)
    os.chown(state, NOBODY, NOBODY)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != pathlib.Path("/") and not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    return tmp_path


def exec_start(place, name, **environment):
    """Runs a unit's ExecStart as an ordinary user, with the folders of place for those that it names."""
    words = value(name, "Service", "ExecStart").replace("/usr/local/bin/boardpack", f"{place}/bin/boardpack").replace("/srv/boardpack", f"{place}/srv").split()
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}
    command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs", "--bounding-set=-all", *words]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd="/", timeout=120)


def test_the_services_command_runs_as_an_ordinary_user_on_a_read_only_programme(place):
    before = {path: path.stat().st_mtime_ns for path in (place / "srv").rglob("*")}
    done = exec_start(place, "boardpack-run.service")
    assert done.returncode == 0, done.stderr
    latest = (place / "state" / "output" / "latest").resolve()
    assert json.loads((latest / "manifest.json").read_text())["draft"] is True
    assert list(latest.glob("*/*.pdf")) and (place / "state" / "boardpack.sqlite").stat().st_uid == NOBODY
    assert {path: path.stat().st_mtime_ns for path in (place / "srv").rglob("*")} == before, "nothing was written beside the data"
    assert (place / "srv").stat().st_mode & 0o222 == 0
    again = exec_start(place, "boardpack-run.service")
    assert again.returncode == 0 and (place / "state" / "output" / "latest").resolve() != latest


def test_a_run_that_cannot_write_says_why_and_fails(place):
    os.chown(place / "state", 0, 0)
    done = exec_start(place, "boardpack-run.service")
    assert done.returncode == 1 and "Permission denied" in done.stderr and str(place / "state") in done.stderr


# ---- the operator's mail ----


@pytest.fixture
def mail(tmp_path):
    """Runs mail-operator with a sendmail that keeps what it gets."""
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/message\n')
    sendmail.chmod(0o755)

    def run(*arguments, operator="office@example.org", output=tmp_path / "output"):
        env = {"PATH": os.environ["PATH"], "OPERATOR": operator, "OUTPUT": str(output), "SENDMAIL": str(sendmail)}
        done = subprocess.run([MAIL, *arguments], capture_output=True, text=True, env=env)
        message = tmp_path / "message"
        return done, message.read_text() if message.exists() else None

    return run


def test_the_operator_gets_the_summary_of_the_run(mail, tmp_path):
    folder = tmp_path / "programme"
    run_boardpack(".", "init", str(folder))
    run_boardpack(folder, "run", "--as-of", "2025-07-31", "--draft")
    done, message = mail("summary", output=folder / "output")
    assert done.returncode == 0, done.stderr
    head, body = message.split("\n\n", 1)
    assert "To: office@example.org" in head.splitlines() and "Subject: boardpack: packs were built" in head.splitlines()
    assert body == (folder / "output" / "latest" / "summary.txt").read_text()
    assert (tmp_path / "arguments").read_text() == "-i -- office@example.org\n"


def test_the_operator_hears_of_a_failure(mail):
    done, message = mail("failure")
    assert done.returncode == 0 and "Subject: boardpack: a run FAILED" in message and "boardpack-run.service" in message


@pytest.mark.parametrize("operator", ["", "office", "-oQ/tmp@example.org", "a@example.org b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "a@b@c"])
def test_an_operator_that_is_no_single_address_gets_nothing(mail, operator):
    done, message = mail("failure", operator=operator)
    assert done.returncode != 0 and message is None and "OPERATOR" in done.stderr


def test_without_a_run_there_is_no_summary_to_mail(mail):
    done, message = mail("summary")
    assert done.returncode == 1 and message is None and "cannot be read" in done.stderr


def test_what_runs_on_a_timer_sends_and_does_not_rehearse():
    units = ROOT / "scripts" / "systemd"
    for verb, command in (("send", "send --approved --confirm approved"), ("collect", "collect --remind --confirm latest")):
        for name in (f"boardpack-{verb}.service", "boardpack.cron"):
            lines = [line for line in (units / name).read_text().splitlines() if f" {verb} " in line and "boardpack -C" in line]
            assert lines and all(command in line for line in lines), name
