"""What the tests of sending share: a certificate for the server of support/smtp_server.py, config/mail.ini, and a reader of messages."""

import email
import email.policy
import os
import pathlib
import shutil
import subprocess

import pytest

from conftest import BOARDPACK, ROOT
from support.smtp_server import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def certificate(authority):
    return authority.certificate("good")


def write_mail_ini(folder, server=None, authority=None, domains="example.org", more=(), **settings):
    """config/mail.ini of a programme that sends to server; without one, rehearsals alone are meant. more: further lines."""
    server_lines = {"host": "localhost", "port": server.port, "ca_file": authority.file, "reply_timeout_seconds": 30,
                    "connect_timeout_seconds": 30, "retry_wait_seconds": 1, "tries": 3, **settings} if server else {"host": "127.0.0.1"}
    lines = ["[server]", *(f"{key} = {value}" for key, value in server_lines.items()), "[mail]", "sender = office@example.org",
             "sender_name = Programme office", "subject_prefix = SEND programme", "subject_trigger = [secure]", "[allow]",
             f"domains = {domains}", *more]
    (pathlib.Path(folder) / "config" / "mail.ini").write_text("\n".join(lines) + "\n")


def parse(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def attachments(message):
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}


AXE_PACKAGES = ["axe-core@4.10.3", "jsdom@24.1.3"]


def run_axe(paths):
    """What axe-core says of HTML files; skips the test where node and npm are not."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not installed")
    modules = BOARDPACK.parent / "axe"
    if not (modules / "node_modules" / "axe-core").is_dir():
        done = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", modules, *AXE_PACKAGES], capture_output=True)
        if done.returncode != 0:
            pytest.skip("npm could not install " + " ".join(AXE_PACKAGES))
    environment = {**os.environ, "NODE_PATH": str(modules / "node_modules")}
    command = ["node", ROOT / "tests" / "support" / "axe_check.js", *paths]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=120).stdout
