"""docs/operations.md, followed from top to bottom: its commands, as they stand there, run in order in a sandbox that looks like a fresh machine. It
ends in a scheduled build, an approval by a second person, packs at a local mail server, and a restored backup that can be proven."""

import email
import email.policy
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from conftest import BOARDPACK, ROOT

GUIDE = ROOT / "docs" / "operations.md"
SANDBOX = ROOT / "tests" / "support" / "clean_system.py"
NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
DAY = "2025-07-28"  # a Monday before a meeting of the example
SECONDS = 1753682400
APPROVER = "# from the approver's account"

# Commands of the guide that are not run here, and why. Everything else is.
NOT_RUN = {
    "scripts/setup build": "installs what the tests need already; it has .ci/run to itself",
    "cmake --preset release": "what is tested is built already",
    "cmake --build build --parallel": "what is tested is built already",
    "git pull": "there is nowhere to pull from",
    "sudo nano /etc/boardpack/mail-secret": "an editor; the test writes the file",
    "nano /srv/boardpack/config/mail.ini": "an editor; the test writes the file",
}
# The examples of the reference, with names of runs that are not there, and one that is no command.
REFERENCE = ("What is written", "Approval and versions")


def sections():
    """Heading -> text, in order."""
    parts = re.split(r"^## (.*)\n", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def blocks(text):
    return re.findall(r"^```\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def command_of(line):
    return re.sub(r"\s+#.*", "", line)


def steps_of(heading):
    """What the section tells to do, a step for each login."""
    return [
        {"user": "ann" if block.startswith(APPROVER) else "sam", "heading": heading,
         "script": "".join(line + "\n" for line in block.splitlines() if command_of(line) not in NOT_RUN)}
        for block in blocks(sections()[heading])
    ]


def by_hand(script, user="sam"):
    return {"user": user, "script": script}


# ---- what people do between the commands ----

STORE = "/var/lib/boardpack/boardpack.sqlite"
MARK = "sed -i 's/^marking = OFFICIAL$/marking = OFFICIAL-SENSITIVE/' /srv/boardpack/config/forums.ini"
TIMERS = "sudo systemctl elapse"
ANN_JOINS = "sudo usermod -a -G boardpack ann"
RETURN_A_SHEET = "cp /var/lib/boardpack/output/*/*/updates/update-head-of-libraries-*.xlsx /srv/boardpack/returned/"
CORRECT = """sed -i 's/Libraries Programme Board/Libraries Board/' /srv/boardpack/config/forums.ini
as_boardpack run --correction "The board has its short name."
"""
KEEP = """cp -r {what} /run/kept/{name}
chmod -R a+rX /run/kept/{name}
"""
SHOW = "sudo sh -c 'cd /var/lib/boardpack && cp -a . /run/kept/{name} && chmod -R a+rwX /run/kept/{name}'"
# What a service may do, tried by a unit that is the service in all but its command.
PROBE = """sudo tee /usr/local/bin/probe > /dev/null << 'END'
#!/bin/sh
for folder in /srv/boardpack /srv/boardpack/data /etc /usr/local /home /tmp /var/lib /var/lib/boardpack; do
    if touch $folder/probe 2> /dev/null; then echo "{unit} may write $folder"; rm $folder/probe; fi
done
test -r /srv/boardpack/data/actions.csv && echo "{unit} may read the data"
ls /home/* > /dev/null 2>&1 && echo "{unit} may look at homes"
/usr/bin/python3 -c 'import socket; socket.create_connection(("localhost", 2525))' 2> /dev/null && echo "{unit} has a network"
test "$(id -un)" = boardpack && echo "{unit} is boardpack"
END
sudo chmod a+x /usr/local/bin/probe
sed 's,^ExecStart=.*,ExecStart=/usr/local/bin/probe,; s/^On.*//' /usr/local/lib/systemd/system/{unit} | sudo tee /etc/systemd/system/probe-{unit} > /dev/null
sudo systemctl start probe-{unit}
journalctl -u probe-{unit} | grep {unit}
"""
WIPE = """
subprocess.run(["pkill", "-x", "aiosmtpd"])
for folder in ("/srv/boardpack", "/var/lib/boardpack", "/etc/boardpack"):
    shutil.rmtree(folder)
for name in ("as_boardpack", "boardpack"):
    pathlib.Path("/usr/local/bin", name).unlink()
pathlib.Path("/etc/sudoers.d/boardpack").unlink()
subprocess.run(["userdel", "boardpack"], check=True)
subprocess.run(["groupdel", "boardpack"], check=True)
subprocess.run(["useradd", "--system", "somebody-else"], check=True)
"""


def plan():
    """The guide's steps with what is done by hand beside them."""
    numbered = [heading for heading in sections() if re.match(r"\d+\. ", heading)]
    at = {int(heading.split(".")[0]): steps_of(heading) for heading in numbered}
    at[3] += [by_hand(MARK)]
    at[5] += [by_hand(ANN_JOINS)]
    at[6] += [by_hand(f"{TIMERS} boardpack-run.timer"), by_hand(SHOW.format(name="scheduled"))]
    at[6] += [by_hand(PROBE.format(unit=unit)) for unit in ("boardpack-run.service", "boardpack-send.service")]
    at[7].insert(1, by_hand(RETURN_A_SHEET))
    at[8].insert(0, {**at[8][0], "user": "sam", "fails": True})  # who built it cannot
    at[10] += [
        by_hand(CORRECT),
        *({**step, "script": step["script"].split("\n", 1)[1]} | {"user": "ann"} for step in at[8][-1:]),
        by_hand(f"{TIMERS} boardpack-send.timer"),
        by_hand(KEEP.format(what="~/try-mail/received", name="received")),
        by_hand("as_boardpack list sends --json > /run/kept/sends.json\njournalctl -u 'boardpack-*' > /run/kept/journal"),
        by_hand(SHOW.format(name="sent")),
    ]
    a_new_machine = [{"python": WIPE}, *(step for step in at[1] if "--install" in step["script"]), *steps_of(numbered[1])]
    at[13] = [*a_new_machine, *at[13], by_hand(f"stat -c '%a %U %G' {STORE}")]
    return [step for number in sorted(at) for step in at[number]]


# ---- the guide itself ----


def test_every_block_of_the_guide_is_run_or_named():
    """So that nothing is left out unseen: a new block is run, and what is not has its reason above."""
    with_blocks = [heading for heading, text in sections().items() if blocks(text)]
    assert [heading for heading in with_blocks if not re.match(r"\d+\. ", heading)] == list(REFERENCE)
    lines = [command_of(line) for heading, text in sections().items() if heading not in REFERENCE for block in blocks(text) for line in block.splitlines()]
    assert not set(NOT_RUN) - set(lines), "the guide has these no longer"
    assert len([line for line in lines if line and line not in NOT_RUN]) > 60


# ---- the walk ----


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """What was printed and what failed in each step, and a folder with what was kept."""
    if os.geteuid() != 0 or subprocess.run([*NAMESPACES, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode != 0:
        pytest.skip("a sandbox needs root and namespaces")
    for program in ("sudo", "aiosmtpd", "sqlite3", "openssl", "systemd-analyze", "ip", "cmake"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (scripts/setup build test)")
    if "ASAN_OPTIONS" in os.environ:
        pytest.skip("the clock of the sandbox is a library that is loaded first, and so would a sanitizer be")
    if not os.path.exists("/proc/self/loginuid"):
        pytest.skip("this kernel does not keep who logged in")
    out = tmp_path_factory.mktemp("walk")
    clock = BOARDPACK.parent / "other-clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", clock, ROOT / "tests" / "support" / "other_clock.c"], check=True)
    steps = plan()
    done = subprocess.run([*NAMESPACES, sys.executable, SANDBOX, ROOT, BOARDPACK.parent, out, clock, str(SECONDS)], input=json.dumps(steps), capture_output=True, text=True,
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    for step, result in zip(steps, json.loads((out / "results.json").read_text())):
        step.update(result)
    return steps, out


def output(walk, heading_start):
    return "".join(step["output"] for step in walk[0] if step.get("heading", "").startswith(heading_start) and not step.get("fails"))


def test_every_command_does_what_it_should(walk):
    failed = [(step["script"], step["failed"], step["output"]) for step in walk[0] if step.get("failed") and not step.get("fails")]
    assert not failed, "\n".join(f"{script}\n-> {commands}\n{said}" for script, commands, said in failed)


def test_the_build_was_scheduled(walk):
    steps, out = walk
    latest = out / "scheduled" / "output" / "latest"
    assert os.readlink(latest) == f"{DAY}/{DAY}-3", "by hand, once by the service, once by the timer"
    manifest = json.loads((latest / "manifest.json").read_text())
    assert manifest["draft"] is True and manifest["prepared_by"] == "boardpack"
    assert "boardpack-run.timer" in output(walk, "6.") and f"1 pack of {DAY}-2" in output(walk, "6.")
    assert "programme-board" in output(walk, "7.") and "1 of 3 update sheets" in output(walk, "7.")


@pytest.mark.parametrize("unit", ["boardpack-run.service", "boardpack-send.service"])
def test_a_service_may_write_its_state_and_nothing_else(walk, unit):
    (said,) = [step["output"] for step in walk[0] if f"probe-{unit}" in step.get("script", "")]
    network = {f"{unit} has a network"} if "send" in unit else set()
    assert {line for line in said.splitlines() if line.startswith(unit)} == network | {
        f"{unit} may write /tmp", f"{unit} may write /var/lib/boardpack", f"{unit} may read the data", f"{unit} is boardpack"}


def test_two_people_were_needed(walk):
    (refusal,) = [step for step in walk[0] if step.get("fails")]
    assert "OFFICIAL-SENSITIVE and was prepared by sam: another person must approve it" in refusal["output"] and len(refusal["failed"]) == 1
    with sqlite3.connect(walk[1] / "sent" / "boardpack.sqlite") as store:
        assert store.execute("SELECT version, account, prepared_by, approved_by FROM approvals ORDER BY version").fetchall() == [
            (1, "ann", "sam", "Ann Other"), (2, "ann", "sam", "Ann Other")]


def test_everybody_was_sent_both_versions_once(walk):
    sends = [each for each in json.loads((walk[1] / "sends.json").read_text()) if each["forum"] == "programme-board"]
    assert {each["state"] for each in sends} == {"accepted"}
    assert sorted((each["kind"], each["address"]) for each in sends) == [
        ("correction", "chair@example.org"), ("correction", "secretary@example.org"),
        ("pack", "chair@example.org"), ("pack", "secretary@example.org"), ("test", "office@example.org")]


def test_what_arrived_is_what_was_approved(walk):
    steps, out = walk
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in (out / "received" / "new").iterdir()]
    packs = [message for message in messages if any(part.get_content_type() == "application/pdf" for part in message.iter_attachments())]
    assert sorted(message["To"].addresses[0].addr_spec for message in packs) == [
        "chair@example.org", "chair@example.org", "office@example.org", "secretary@example.org", "secretary@example.org"]
    with sqlite3.connect(out / "sent" / "boardpack.sqlite") as store:
        approved = {row[0] for row in store.execute("SELECT sha256 FROM approval_files")}
    attached = {hashlib.sha256(part.get_payload(decode=True)).hexdigest() for message in packs for part in message.iter_attachments()}
    on_disk = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (out / "sent" / "output").glob("*/*/programme-board/*.*")}
    assert attached and attached <= approved and attached <= on_disk
    subjects = [message["Subject"] for message in messages if not list(message.iter_attachments())]
    assert len(subjects) == 3 and all("built: 1 draft pack" in subject for subject in subjects), "one by hand, and one after each scheduled build"


def test_the_restored_machine_can_prove_it(walk):
    assert "PROVEN" in output(walk, "13.") and "PROVEN" in output(walk, "14.") and "PROVEN" in output(walk, "15.")
    assert "import 1  2025-07-28" in output(walk, "13.")
    assert "640 boardpack boardpack\n" in [step["output"] for step in walk[0]]
