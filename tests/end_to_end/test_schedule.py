"""The scheduled run: its units, its command as an ordinary user on a read-only programme folder, and the mail to the operator."""

import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import time
import sys

import pytest

from conftest import BOARDPACK, ROOT, run_boardpack

sys.path.insert(0, str(ROOT / "tests"))
from support.smtp_server import Authority, SmtpServer

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


def test_only_what_mails_has_a_network_and_a_secret():
    assert value("boardpack-run.service", "Service", "PrivateNetwork") == "yes"
    assert value("boardpack-run.service", "Service", "RestrictAddressFamilies") == "AF_UNIX"
    assert "LoadCredential" not in dict(settings("boardpack-run.service")["Service"])
    for name in ("boardpack-send.service", "boardpack-collect.service", "boardpack-mail@.service"):
        assert value(name, "Service", "LoadCredential") == "mail-secret:/etc/boardpack/mail-secret"
        assert "PrivateNetwork" not in dict(settings(name)["Service"]) and "network-online.target" in value(name, "Unit", "After")


@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.service") if "@" not in path.name))
def test_a_failure_names_the_unit_that_failed(name):
    """In the instance: systemd tells a handler which unit failed only where it is the handler of one unit alone."""
    assert value(name, "Unit", "OnFailure") == "boardpack-mail@failure:%n.service"


@pytest.mark.parametrize("path", sorted(UNITS.glob("*.service")), ids=lambda path: path.name)
def test_a_service_starts_where_there_is_no_secret(path):
    """Without a default, systemd does not start a service whose credential has no file; and it knows no empty default."""
    given = [each for key, each in settings(path.name)["Service"] if key == "LoadCredential"]
    defaults = dict(each.split(":", 1) for key, each in settings(path.name)["Service"] if key == "SetCredential")
    assert {each.split(":")[0] for each in given} == set(defaults) and all(each == "\\n" for each in defaults.values())


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


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(authority):
    with SmtpServer(authority.certificate("good"), secret=b"\0packs\0correct horse") as server:
        yield server


@pytest.fixture
def programme(tmp_path):
    folder = tmp_path / "programme"
    run_boardpack(".", "init", str(folder))
    return folder


def configure(folder, server, authority, operator="office@example.org", domains="example.org", **more):
    lines = ["[server]", "host = localhost", f"port = {server.port}", f"ca_file = {authority.file}", "reply_timeout_seconds = 2", "tries = 2", "retry_wait_seconds = 1",
             *(f"{key} = {value}" for key, value in more.items()), "[mail]", "sender = packs@example.org", "subject_prefix = Libraries", "[allow]", f"domains = {domains}"]
    lines += ["[operator]", f"address = {operator}"] if operator is not None else []
    (folder / "config" / "mail.ini").write_text("\n".join(lines) + "\n")


def notify(folder, *arguments, text=b"", **environment):
    env = {"PATH": os.environ["PATH"], **environment}
    done = subprocess.run([BOARDPACK, "-C", folder, "notify", *arguments], input=text, capture_output=True, env=env, timeout=60)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def the_message(server):
    assert server.recipients() == ["office@example.org"]
    message = email.message_from_bytes(server.held[0][2], policy=email.policy.default)
    assert message["To"] == "office@example.org" and message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain" and not message.is_multipart()
    return message, message.get_content().replace("\r\n", "\n")


def test_the_operator_gets_the_summary_of_the_newest_run(programme, server, authority):
    run_boardpack(programme, "run", "--as-of", "2025-07-31", "--draft")
    configure(programme, server, authority)
    code, said = notify(programme, "summary")
    assert code == 0 and said.startswith("office@example.org: accepted: Libraries: built: 1 draft pack, ")
    message, text = the_message(server)
    manifest = json.loads((programme / "output" / "latest" / "manifest.json").read_text())
    errors = manifest["findings"]["error"]
    assert message["Subject"] == f"Libraries: built: 1 draft pack, {errors} finding{'' if errors == 1 else 's'} of level error"
    assert text == (programme / "output" / "latest" / "summary.txt").read_text()


def test_the_operator_hears_of_a_failure_when_data_and_runs_are_broken(programme, server, authority):
    configure(programme, server, authority)
    for path in (programme / "data").iterdir():
        path.write_bytes(b"\0\xff")
    assert run_boardpack(programme, "run", check=False).returncode == 1
    code, said = notify(programme, "failure", "boardpack-run.service", text="it broke: Zoë\n".encode())
    assert code == 0, said
    message, text = the_message(server)
    assert re.fullmatch(r"Libraries: boardpack-run\.service FAILED on [A-Za-z0-9.-]+", message["Subject"]) and text == "it broke: Zoë\n"


def test_whatever_is_told_of_a_failure_can_be_mailed(programme, server, authority):
    configure(programme, server, authority)
    noise = b"y" * 5000 + b"\n\x1b[31mred\x07\r\nTo: other@example.org\r\n.\r\n\xff\xfe\0end \xe2\x80\xae turned\n" + b"x" * 5000 + b" the reason\n"
    code, said = notify(programme, "failure", text=b"lost\n" * 2_000_000 + noise)
    assert code == 0, said
    message, text = the_message(server)
    assert "FAILED" in message["Subject"] and "run" in message["Subject"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text) and max(map(len, text.splitlines())) <= 1001
    assert "yy…\n[31mred\nTo: other@example.org\n.\n\ufffd\ufffd\ufffdend  turned\n…xxx" in text and len(text.encode()) < 70_000 and text.endswith("xx the reason\n")


def test_the_end_of_any_log_is_mailed_from_a_whole_line_on(programme, server, authority):
    """The reason stands last, after more than anybody reads; one line without an end has an end, too."""
    configure(programme, server, authority)
    code, said = notify(programme, "failure", text=b"a line of the log\n" * 4_500_000 + b"LAST LINE: the reason\n")  # 81 MB
    assert code == 0, said
    lines = the_message(server)[1].splitlines()
    assert lines[-1] == "LAST LINE: the reason" and set(lines[:-1]) == {"a line of the log"} and len(lines) > 3000
    server.held.clear()
    code, said = notify(programme, "failure", text=b"z" * 70_000_000 + b" the reason")
    assert code == 0, said
    assert the_message(server)[1] == "…" + "z" * 989 + " the reason\n"


@pytest.mark.parametrize("operator, words", [
    (None, "[operator] has no 'address'"), ("office", "[operator] address"), ("a@example.org b@example.org", "[operator] address"),
    ("a@example.org,b@example.org", "[operator] address"), ("office@elsewhere.org", "is not in [allow] domains"), ("office@mail.example.org", "is not in [allow] domains")])
def test_an_operator_who_may_not_be_written_to_is_not(programme, server, authority, operator, words):
    configure(programme, server, authority, operator=operator)
    code, said = notify(programme, "failure", text=b"it broke\n")
    assert code == 1 and words in said and server.held == [] and server.connections == 0


@pytest.mark.parametrize("arguments, words", [([], "say what to tell"), (["all"], "say what to tell"), (["summary", "x"], "takes nothing more"), (["failure", "a\nBcc: b@example.org"], "line end")])
def test_a_notice_that_is_none_ends_2(programme, server, authority, arguments, words):
    configure(programme, server, authority)
    code, said = notify(programme, *arguments)
    assert code == 2 and words in said and server.connections == 0


def test_without_a_run_there_is_no_summary_to_mail(programme, server, authority):
    configure(programme, server, authority)
    code, said = notify(programme, "summary")
    assert code != 0 and "nothing has been built yet" in said and server.connections == 0


def test_the_secret_is_a_credential_and_an_address_can_be_masked(programme, server, authority, tmp_path):
    server.mechanisms = "PLAIN"
    configure(programme, server, authority, auth="password", user="packs", secret_file="mail-secret")
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "mail-secret").write_text("correct horse\n")
    (credentials / "mail-secret").chmod(0o400)
    code, said = notify(programme, "failure", "--mask", "--json", text=b"it broke\n", CREDENTIALS_DIRECTORY=str(credentials))
    answer = json.loads(said)
    assert code == 0 and answer["state"] == "accepted" and answer["address"] == "o***@example.org" and "office@" not in said and "correct horse" not in said
    the_message(server)


def test_what_the_server_does_not_take_is_said(programme, authority):
    replies = {"RCPT": b"550 no such user"}
    with SmtpServer(authority.certificate("good"), lambda step, count: replies.get(step)) as server:
        configure(programme, server, authority)
        code, said = notify(programme, "failure", text=b"it broke\n")
        assert code == 1 and "rejected" in said and "no such user" in said and server.held == []
    with SmtpServer(authority.certificate("good"), lambda step, count: b"450 later" if step == "RCPT" and count == 1 else None) as server:
        configure(programme, server, authority)
        code, said = notify(programme, "failure", text=b"it broke\n")
        assert code == 0 and "accepted" in said and len(server.held) == 1


# ---- the script that the units call ----


@pytest.fixture
def mail(tmp_path, programme):
    """Runs mail-operator with a sendmail that keeps what it gets."""
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {tmp_path}/message\n')
    sendmail.chmod(0o755)

    def run(*arguments, **environment):
        env = {"PATH": os.environ["PATH"], "OPERATOR": "office@example.org", "OUTPUT": str(programme / "output"), "SENDMAIL": str(sendmail),
               "BOARDPACK": str(BOARDPACK), "PROGRAMME": str(programme), **environment}
        done = subprocess.run([MAIL, *arguments], capture_output=True, text=True, env=env, timeout=60)
        message = tmp_path / "message"
        return done, message.read_text() if message.exists() else None

    return run


def test_the_script_uses_the_programs_own_transport(mail, programme, server, authority):
    run_boardpack(programme, "run", "--as-of", "2025-07-31", "--draft")
    configure(programme, server, authority)
    done, message = mail("summary", OPERATOR="")
    assert done.returncode == 0 and message is None, done.stderr
    assert "built: 1 draft pack" in the_message(server)[0]["Subject"]
    server.held.clear()
    done, message = mail("failure:boardpack-send.service", OPERATOR="")
    assert done.returncode == 0 and message is None, done.stderr
    sent, text = the_message(server)
    assert "boardpack-send.service FAILED on " in sent["Subject"] and text.startswith("boardpack-send.service on ")


@pytest.mark.parametrize("kind", ["summary", "failure"])
def test_when_the_configuration_is_broken_sendmail_tells(mail, programme, tmp_path, kind):
    run_boardpack(programme, "run", "--as-of", "2025-07-31", "--draft")
    (programme / "config" / "mail.ini").write_text("[server\n")
    done, message = mail(kind)
    assert done.returncode == 0 and "config/mail.ini" in done.stderr
    head, body = message.split("\n\n", 1)
    assert "To: office@example.org" in head.splitlines() and (tmp_path / "arguments").read_text() == "-i -- office@example.org\n"
    if kind == "summary":
        assert "Subject: boardpack: packs were built" in head.splitlines() and body == (programme / "output" / "latest" / "summary.txt").read_text()
    else:
        assert "Subject: boardpack: a run FAILED" in head.splitlines() and "boardpack-run.service" in body


def test_the_same_failure_is_mailed_once_a_day(mail, programme, server, authority, tmp_path):
    """A pack that is held fails at each half hour; other words are mailed at once."""
    configure(programme, server, authority)
    (programme / "output").mkdir(exist_ok=True)
    journal = tmp_path / "journalctl"
    path = f"{tmp_path}:{os.environ['PATH']}"

    def fail(words, seconds):
        journal.write_text(f"#!/bin/sh\necho '{words}'\necho 'boardpack-send.service: Consumed {seconds}s CPU time.'\n")
        journal.chmod(0o755)
        done, _ = mail("failure:boardpack-send.service", PATH=path)
        assert done.returncode == 0, done.stderr
        return done.stdout, len(server.held)

    assert fail("held: the file was changed", 1)[1] == 1
    said, count = fail("held: the file was changed", 2)
    assert count == 1 and "not mailed again" in said
    assert fail("nothing can be sent", 1)[1] == 2
    stamp = programme / "output" / ".told-boardpack-send.service"
    os.utime(stamp, (time.time() - 90000,) * 2)
    assert fail("nothing can be sent", 1)[1] == 3


@pytest.mark.parametrize("name", ["boardpack-send.service", "boardpack-collect.service"])
def test_another_run_at_work_is_no_failure_of_what_comes_again(name):
    assert value(name, "Service", "SuccessExitStatus") == "11"


@pytest.mark.parametrize("environment", [{"OPERATOR": ""}, {"SENDMAIL": "/nowhere/sendmail"}])
def test_with_no_way_to_tell_the_unit_fails(mail, environment):
    done, message = mail("failure", **environment)
    assert done.returncode != 0 and message is None and "the operator was not told" in done.stderr


@pytest.mark.parametrize("operator", ["office", "-oQ/tmp@example.org", "a@example.org b@example.org", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "a@b@c"])
def test_an_operator_that_is_no_single_address_gets_nothing(mail, operator):
    done, message = mail("failure", OPERATOR=operator)
    assert done.returncode != 0 and message is None and "OPERATOR" in done.stderr


def test_what_runs_on_a_timer_sends_and_does_not_rehearse():
    units = ROOT / "scripts" / "systemd"
    for verb, command in (("send", "send --approved --confirm approved"), ("collect", "collect --remind --confirm latest")):
        assert value(f"boardpack-{verb}.service", "Service", "ExecStart").split()[-1] == "--mask", "the journal holds no address whole"
        for name in (f"boardpack-{verb}.service", "boardpack.cron"):
            lines = [line for line in (units / name).read_text().splitlines() if f" {verb} " in line and "boardpack -C" in line]
            assert lines and all(command in line and " --mask" in line for line in lines), name
