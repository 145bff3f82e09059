"""What is marked OFFICIAL-SENSITIVE is approved by another person than prepared it, and from another account; and two people with accounts of
their own can share one programme."""

import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile

import pytest

from conftest import BOARDPACK, OFFICER, ROOT, build_from_account, copy_programme, record_manifest, run_boardpack

AS_OF = "2025-07-31"
RUN = f"{AS_OF}-1"
FORUM = "bbp"
SENSITIVE = "childrens-delivery-group"
BY = ("--by", "Ann Other", "--role", "Programme Manager")
ANN, BO, GROUP = 60001, 60002, 60000  # nobody's ids
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Prepared by Sam Example, from the account sam."""
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF, "--forum", FORUM, "--forum", SENSITIVE, "--prepared-by", "Sam Example")
    return folder


@pytest.fixture
def programme(built, tmp_path):
    return shutil.copytree(built, tmp_path / "programme", symlinks=True)


def approve(folder, *arguments, **environment):
    return run_boardpack(folder, "approve", RUN, "--forum", SENSITIVE, *(arguments or BY), check=False, **environment)


def refused(folder, *arguments, **environment):
    done = approve(folder, *arguments, **environment)
    assert done.returncode == 1 and done.stdout == "", done.stderr
    return done.stderr


def manifest_path(folder, run=RUN):
    return folder / "output" / AS_OF / run / "manifest.json"


def account_of(folder, run=RUN):
    return json.loads(manifest_path(folder, run).read_text())["account"]


# ---- names ----


@pytest.mark.parametrize("name", [
    " sam  EXAMPLE", "Sam Example.", "Example, Sam", "Mr Sam Example", "Sam\u00a0Example", "Sam Example (SEND)", "Dr. Example, Sam", "sam", "…"])
def test_the_preparer_does_not_approve_under_another_spelling(programme, name):
    message = refused(programme, "--by", name, "--role", "Analyst")
    assert "marked OFFICIAL-SENSITIVE and was prepared by Sam Example: another person must approve it" in message


def test_one_person_is_enough_for_what_is_official(programme):
    run_boardpack(programme, "approve", RUN, "--forum", FORUM, "--by", "Sam Example", "--role", "Analyst")
    assert "another person must approve it" in refused(programme, "--by", "Sam Example", "--role", "Analyst")
    assert approve(programme).returncode == 0


@pytest.mark.parametrize("option", ["--by", "--role", "--note"])
@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u202e", "\u2060"])
def test_a_name_holds_nothing_that_cannot_be_seen(programme, option, hidden):
    words = {"--by": "Ann Other", "--role": "Manager", "--note": "Read."}
    words[option] = words[option][:2] + hidden + words[option][2:]
    done = approve(programme, *(word for pair in words.items() for word in pair))
    assert done.returncode == 2 and f"{option}: the text must be one line, without tabs, invisible characters" in done.stderr


# ---- accounts ----


def test_whoever_builds_cannot_approve_under_another_name(programme):
    """Not even by giving another name as the preparer's, or as the account's."""
    done = subprocess.run([BOARDPACK, "-C", programme, "build", "--as-of", AS_OF, "--forum", SENSITIVE, "--prepared-by", "Sam Example"],
                          env={"PATH": os.environ["PATH"], "USER": "sam", "LOGNAME": "sam", "SUDO_UID": OFFICER,
                               "SOURCE_DATE_EPOCH": "1768478400"}, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    done = run_boardpack(programme, "approve", f"{AS_OF}-2", *BY, check=False, SUDO_UID=OFFICER)
    assert done.returncode == 1 and "who is approving it: another person must approve it, from their own account" in done.stderr, done.stderr


def test_the_account_that_builds_is_in_the_manifest(programme):
    run_boardpack(programme, "build", "--as-of", AS_OF, "--forum", SENSITIVE, SUDO_UID=OFFICER, USER="sam", LOGNAME="sam")
    account, user = account_of(programme, f"{AS_OF}-2"), subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    assert account["user"] == user and f"user {OFFICER}" in account["people"]
    done = run_boardpack(programme, "approve", f"{AS_OF}-2", *BY, check=False, SUDO_UID=OFFICER)
    assert done.returncode == 1 and "another person must approve it, from their own account" in done.stderr


def test_a_name_that_is_the_approvers_account_is_the_same_person(programme):
    path = manifest_path(programme)
    path.write_text(path.read_text().replace('"prepared_by": "Sam Example"', f'"prepared_by": "user {OFFICER}"'))
    record_manifest(programme, path)
    assert f"was prepared by user {OFFICER}: another person" in refused(programme, SUDO_UID=OFFICER)


@pytest.mark.parametrize("key", ["prepared_by", "account"])
def test_a_sensitive_run_that_does_not_say_who_made_it_is_not_approved(programme, key):
    path = manifest_path(programme)
    content = json.loads(path.read_text())
    del content[key]
    path.write_text(json.dumps(content))
    record_manifest(programme, path)
    assert "does not say who prepared it and from which account" in refused(programme)
    run_boardpack(programme, "approve", RUN, "--forum", FORUM, *BY)


@needs_root
@pytest.mark.parametrize("builder, approver, message", [
    (("boardpack", []), {"SUDO_UID": OFFICER}, None),  # by the timer; approved by sudo from an account of one's own
    (("root", [f"user {BO}"]), {"SUDO_UID": OFFICER}, None),  # both by sudo, from two accounts
    (("root", [f"user {OFFICER}"]), {"SUDO_UID": OFFICER}, f"was built from the account of user {OFFICER}, who is approving it"),
    (("root", []), {"SUDO_UID": OFFICER}, "was built as root, and nobody can tell by whom: build it again from your own account"),
    (("sam", ["sam"]), {"SUDO_UID": ""}, "cannot be approved as root, because nobody can tell who that is"),
    (("sam", ["sam"]), {"SUDO_UID": "0"}, "cannot be approved as root"),
    (("games", []), {"SUDO_UID": "5"}, "cannot be approved as root"),  # no person's account
    (("sam", ["sam"]), {"SUDO_UID": "-1"}, "cannot be approved as root"),
    (("sam", ["sam"]), {"SUDO_UID": "4294967295"}, "cannot be approved as root"),
])
def test_who_is_behind_a_shared_account_is_told_by_sudo(programme, builder, approver, message):
    if pathlib.Path("/proc/self/loginuid").read_text().strip() != "4294967295":
        pytest.skip("somebody has logged in here: the system tells who")
    build_from_account(programme, *builder)
    done = approve(programme, **approver)
    assert (done.returncode == 0) == (message is None) and (message or "") in done.stderr, done.stderr


@needs_root
def test_who_logged_in_is_told_by_the_kernel(programme):
    """What a login sets stays through sudo, su and runuser, and the environment has no say in it."""

    def call_as(login, *arguments):
        words = ["sh", "-c", f'echo {login} > /proc/self/loginuid || exit 77; exec "$@"', "-", BOARDPACK, "-C", programme, *arguments]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, env={"PATH": os.environ["PATH"]})
        if done.returncode == 77:
            pytest.skip("who logged in cannot be set here: " + done.stderr)
        return done

    assert call_as(ANN, "build", "--as-of", AS_OF, "--forum", SENSITIVE).returncode in (0, 3)
    assert account_of(programme, f"{AS_OF}-2") == {"user": "root", "people": [f"user {ANN}"]}
    for login, well in ((ANN, False), (0, False), (2**32 - 1, False), (BO, True)):
        done = call_as(login, "approve", f"{AS_OF}-2", *BY)
        assert (done.returncode == 0) == well, done.stderr
    assert json.loads(call_as(BO, "list", "approvals", "--json").stdout)[0]["account"] == f"user {BO}"


# ---- two people with accounts of their own, and one programme ----


@pytest.fixture
def shared():
    """A programme that two people may read, and a folder that their group may write; nothing else is theirs."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as place:
        place = pathlib.Path(place)
        place.chmod(0o755)
        folder = copy_programme(ROOT, place / "programme")
        settings = folder / "config" / "programme.ini"
        text = re.sub(r"^(output|store) = .*\n", "", settings.read_text(), flags=re.MULTILINE)
        settings.write_text(text.replace("\n[paths]\n", f"\n[paths]\naccess = group-write\noutput = {place}/state/output\n"
                                                        f"store = {place}/state/boardpack.sqlite\n"))
        subprocess.run(["chmod", "-R", "a+rX", place], check=True)
        shutil.copy(BOARDPACK, place / "boardpack")
        (place / "state").mkdir()
        os.chown(place / "state", 0, GROUP)
        (place / "state").chmod(0o2770)
        yield place


def work(place, user, umask, *arguments, **environment):
    done = subprocess.run([place / "boardpack", "-C", place / "programme", *arguments], user=user, group=user, extra_groups=[GROUP], umask=umask,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}, capture_output=True, text=True, timeout=120)
    return done


@needs_root
@pytest.mark.parametrize("umask", [0o027, 0o022])
def test_two_people_share_a_programme(shared, umask):
    def well(*arguments, **more):
        done = work(shared, *arguments, **more)
        assert done.returncode in (0, 3), done.stdout + done.stderr
        return done.stdout

    run = ("run", "--as-of", AS_OF, "--forum", FORUM, "--forum", SENSITIVE)
    well(ANN, umask, *run)
    well(BO, umask, *run)  # the other's lock, store, log and links
    for user, other, number in ((ANN, BO, 1), (BO, ANN, 2)):
        done = work(shared, user, umask, "approve", f"{AS_OF}-{number}", "--forum", SENSITIVE, *BY)
        assert done.returncode == 1 and f"was prepared by user {user}" in done.stderr, done.stderr
    # an account of one's own is one's own, whatever SUDO_UID says, on either side
    done = work(shared, ANN, umask, "approve", f"{AS_OF}-1", "--forum", SENSITIVE, *BY, SUDO_UID=str(BO))
    assert done.returncode == 1, done.stderr
    well(BO, umask, *run, "--prepared-by", "Sam Example", SUDO_UID=str(ANN))
    done = work(shared, BO, umask, "approve", f"{AS_OF}-3", "--forum", SENSITIVE, *BY)
    assert done.returncode == 1 and f"built from the account of user {BO}, who is approving it" in done.stderr, done.stderr
    answer = well(BO, umask, "approve", f"{AS_OF}-1", *BY, "--json")
    assert json.loads(answer)["approvals"][0]["account"] == f"user {BO}"
    well(ANN, umask, "send", f"{AS_OF}-1")
    well(BO, umask, "send", f"{AS_OF}-1")  # in place of the other's rehearsal
    well(ANN, umask, "verify", f"{AS_OF}-2")
    well(ANN, umask, "approve", f"{AS_OF}-1", "--withdraw", "--by", "Ann Other", "--note", "Wrong.")
    groups = {path.stat().st_gid for path in (shared / "state").rglob("*")}
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o777 for path in (shared / "state").rglob("*") if path.is_dir()}
    assert groups == {GROUP} and modes == {0o770}


@needs_root
def test_what_one_left_behind_is_cleared_away_by_the_other(shared):
    run = ("run", "--as-of", AS_OF, "--forum", FORUM)
    assert work(shared, ANN, 0o027, *run).returncode in (0, 3)
    left = shared / "state" / "output" / ".partial-1"
    subprocess.run(["setpriv", f"--reuid={ANN}", f"--regid={ANN}", f"--groups={GROUP}", "sh", "-c", f"umask 007; mkdir -p {left}/bbp; touch {left}/bbp/x"],
                   check=True)
    done = work(shared, BO, 0o022, *run)
    assert done.returncode in (0, 3), done.stderr
    assert not left.exists()
