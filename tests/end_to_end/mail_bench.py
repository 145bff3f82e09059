"""A programme folder with settings for a mail server on this machine, and the helper send_messages (tests/support/send_messages.c) run in it."""

import json
import shutil
import subprocess

from conftest import BOARDPACK, ROOT

SENDER = BOARDPACK.parent / "send_messages"
DATE = 1757408400  # 9 September 2025, 09:00 UTC


class MailBench:
    def __init__(self, folder, attachment=b"%PDF-1.7\n" + bytes(range(256)) * 40):
        self.folder, self.wrapper = folder, []  # wrapper: a command that runs the helper
        shutil.copytree(ROOT / "config", folder / "config")
        self.pdf = folder / "pack.pdf"
        self.pdf.write_bytes(attachment)

    def configure(self, server=(), mail=()):
        settings = {"sender": "office@example.org", "sender_name": "Programme office", "subject_prefix": "SEND programme", **dict(mail)}
        lines = ["[server]", *(f"{key} = {value}" for key, value in dict(server).items())]
        lines += ["[mail]", *(f"{key} = {value}" for key, value in settings.items())]
        (self.folder / "config" / "mail.ini").write_text("\n".join(lines) + "\n")

    def message(self, to="member@example.org", **more):
        return {"to": to, "date": DATE, "as_of": "2025-07-31", "meeting_date": "2025-09-12", "summary": ["41 of 69 actions are on track."],
                "asks": ["Agree the new date of action 2.1."], "attachments": [["pdf", "bbp-2025-07-31.pdf", str(self.pdf)]], **more}

    def run(self, messages, send=False, save=None, environment=None, **job_keys):
        """The lines that the helper prints, as dictionaries, and its exit status."""
        job = self.folder / "job.json"
        job.write_text(json.dumps({"send": send, "messages": messages, **({"save": str(save)} if save else {}), **job_keys}))
        done = subprocess.run([*self.wrapper, SENDER, self.folder, job], capture_output=True, text=True, timeout=120, env=environment)
        assert done.stderr == "", done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode

    def send(self, count=3, environment=None, messages=None, **job_keys):
        messages = messages or [self.message(f"member{number}@example.org") for number in range(1, count + 1)]
        return self.run(messages, send=True, environment=environment, **job_keys)
