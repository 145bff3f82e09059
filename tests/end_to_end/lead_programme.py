"""A programme whose leads have update sheets, for the tests of `collect`."""

import csv
import io
import json
import re
import shutil

import openpyxl
import pytest

from conftest import ROOT, copy_programme, run_boardpack
from mail_programme import parse, write_mail_ini

AS_OF, DUE, RUN, SECOND = "2025-07-31", "2025-08-20", "2025-07-31-1", "2025-07-31-2"
FIRST_DAY = "2025-08-01"
ANN, BO, CY = "Service Manager for Learner Support", "Designated SEND Officer", "Team Lead for Alternative Provision and Pathways"
THREE = {BO: "bo@example.org", ANN: "ann@example.org", CY: "cy@example.org"}  # in the order of the sheets
ALL = list(THREE.values())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample programme with an update sheet for each of its ten leads."""
    folder = copy_programme(ROOT, tmp_path_factory.mktemp("built") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF, "--format", "update")
    return folder


class Programme:
    def __init__(self, folder):
        self.folder = folder

    def call(self, *arguments, today=FIRST_DAY):
        return run_boardpack(self.folder, *arguments, check=False, today=today)

    def well(self, *arguments, code=0, **more):
        done = self.call(*arguments, **more)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def leads(self, addresses):
        """leads.csv with these addresses, and none for whoever is not named."""
        path = self.folder / "data" / "leads.csv"
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows({**row, "address": addresses.get(row["lead"], "")} for row in rows)
        self.call("import")

    def mail(self, server=None, authority=None, **settings):
        write_mail_ini(self.folder, server, authority, **settings)

    def rehearse(self, *arguments, code=None, **more):
        """Without code: all is well with whoever can be sent to, and it ends 5 if somebody who is waited for cannot."""
        done = self.call("collect", *arguments, "--json", **more)
        answer = json.loads(done.stdout)
        messages = [each["message"] for each in answer["leads"] if each["message"]]
        is_well = code is not None or all(each["goes"] or each["state"] == "accepted" for each in messages)
        expected = code if code is not None else 5 if answer["without_address"] else 0
        assert is_well and answer["rehearsal"] is True and answer["exit_code"] == done.returncode == expected, done.stdout + done.stderr
        return answer

    def collect(self, *arguments, code=None, run="latest", **more):
        """As rehearse."""
        done = self.call("collect", *([] if run == "latest" else [run]), "--confirm", run, *arguments, **more)
        is_well = code is not None or re.search(r"^(\d+) messages?: \1 accepted(;|$)|^0 messages\b", done.stdout, re.MULTILINE)
        expected = code if code is not None else 5 if re.search(r": (no address|address outside)", done.stdout) else 0
        assert is_well and done.returncode == expected, done.stdout + done.stderr
        return done.stdout

    def await_only(self, *leads, run=RUN):
        """The sheets of all others have come back."""
        others = [path for path in self.sheets(run).iterdir() if lead_of(path.read_bytes()) not in leads]
        done = self.call("import", *others)
        assert done.returncode == 0, done.stdout + done.stderr

    def sends(self):
        return json.loads(self.call("list", "sends", "--json").stdout)

    def states(self):
        return {each["address"].split("@")[0]: each["state"] for each in self.sends()}

    def sheets(self, run=RUN):
        return self.folder / "output" / AS_OF / run / "updates"

    def give_back(self, lead, run=RUN, **more):
        """The lead's sheet comes back, with a word in it."""
        path = next(path for path in self.sheets(run).iterdir() if lead_of(path.read_bytes()) == lead)
        self.call("import", path, **more)


@pytest.fixture
def programme(built, tmp_path):
    programme = Programme(shutil.copytree(built, tmp_path / "programme", symlinks=True))
    programme.leads(THREE)
    programme.mail()
    return programme


def lead_of(workbook):
    """Whose sheet a workbook is, by its cover."""
    cover = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)["Cover"]
    return next(str(row[0].value)[len("Lead: "):] for row in cover.iter_rows() if str(row[0].value).startswith("Lead: "))


def steps(answer):
    return {each["lead"]: each["next"] for each in answer["leads"]}


def words(answer, lead):
    return next(each["words"] for each in answer["leads"] if each["lead"] == lead)


def going(answer):
    return [(each["lead"], each["next"]) for each in answer["leads"] if each["message"] and each["message"]["goes"]]


def eml(programme, answer, lead):
    message = next(each["message"] for each in answer["leads"] if each["lead"] == lead)
    return parse((programme.folder / message["file"]).read_bytes())


def plain(message):
    """Its words, with the lines that were broken put together again."""
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return re.sub(r"(?<=\S)\n *(?=[^\s-])", " ", text)
