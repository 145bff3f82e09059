"""A programme whose packs are built, for the tests of `send`: its recipients and mail server are the test's, and what it sends is read."""

import csv
import json
import os
import shutil

import pytest

from conftest import ROOT, copy_programme, run_boardpack
from mail_programme import parse, write_mail_ini

AS_OF, TODAY, LATER = "2025-07-31", "2026-01-15", "2026-01-16"
RUN = f"{AS_OF}-1"
FORUM, SENSITIVE, THIRD = "bbp", "childrens-delivery-group", "programme-board"
FORUMS = (FORUM, SENSITIVE, THIRD)
ALL = ["a@example.org", "b@example.org", "c@example.org"]
BY = ("--by", "Ann Other", "--role", "Programme Manager")
COLUMNS = ["forum", "address", "name", "organisation", "from", "to", "xlsx", "exception_approved_by"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample programme with the final packs of three forums, one of them OFFICIAL-SENSITIVE; nothing is approved."""
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    forums = [word for forum in FORUMS for word in ("--forum", forum)]
    run_boardpack(folder, "run", "--as-of", AS_OF, *forums, "--prepared-by", "Sam Example")
    return folder


class Programme:
    def __init__(self, folder):
        self.folder = folder
        self.run_folder = folder / "output" / AS_OF / RUN

    def call(self, *arguments, **more):
        return run_boardpack(self.folder, *arguments, check=False, **more)

    def well(self, *arguments, **more):
        done = self.call(*arguments, **more)
        assert done.returncode in (0, 3), done.stdout + done.stderr
        return done

    def recipients(self, *rows):
        """Each row: forum, address, and what else is said of it."""
        with open(self.folder / "data" / "recipients.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            for forum, address, *more in rows:
                writer.writerow({"forum": forum, "address": address, **(more[0] if more else {})})
        self.well("import")

    def mail(self, server=None, authority=None, domains="example.org", **settings):
        write_mail_ini(self.folder, server, authority, domains, **settings)

    def approve(self, *arguments):
        self.well("approve", RUN, *BY, *arguments)

    def rehearse(self, *arguments, code=0, **more):
        done = self.call("send", *(arguments or (RUN,)), "--json", **more)
        assert done.returncode == code, done.stdout + done.stderr
        answer = json.loads(done.stdout)
        assert answer["rehearsal"] is True and answer["exit_code"] == code
        return answer

    def send(self, code=0, run=RUN, *arguments, **more):
        done = self.call("send", run, "--confirm", run, *arguments, **more)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def sends(self, run=RUN):
        return json.loads(self.call("list", "sends", run, "--json").stdout)

    def states(self, run=RUN):
        return {each["address"].split("@")[0]: each["state"] for each in self.sends(run)}

    def output(self, forum, form="pdf"):
        return self.run_folder / forum / f"{forum}-{AS_OF}.{form}"


@pytest.fixture
def programme(built, tmp_path):
    programme = Programme(shutil.copytree(built, tmp_path / "programme", symlinks=True))
    programme.mail()
    return programme


@pytest.fixture
def approved(programme):
    programme.approve()
    return programme


@pytest.fixture
def ready(approved):
    approved.recipients(*((FORUM, address) for address in ALL))
    return approved


def goes(answer):
    return [(each["forum"], each["address"], each["kind"]) for each in answer["messages"] if each["goes"]]


def eml(programme, message):
    return parse((programme.folder / message["file"]).read_bytes() if not os.path.isabs(message["file"]) else open(message["file"], "rb").read())
