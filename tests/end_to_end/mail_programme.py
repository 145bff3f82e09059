"""What the tests of sending share: a certificate for the server of support/smtp_server.py, config/mail.ini, and a reader of messages."""

import email
import email.policy
import pathlib

import pytest

from support.smtp_server import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def certificate(authority):
    return authority.certificate("good")


def write_mail_ini(folder, server=None, authority=None, domains="example.org", more=(), **settings):
    """config/mail.ini of a programme that sends to server; without one, rehearsals alone are meant. more: further lines."""
    server_lines = {"host": "localhost", "port": server.port, "ca_file": authority.file, "reply_timeout_seconds": 2,
                    "connect_timeout_seconds": 3, "retry_wait_seconds": 1, "tries": 3, **settings} if server else {"host": "127.0.0.1"}
    lines = ["[server]", *(f"{key} = {value}" for key, value in server_lines.items()), "[mail]", "sender = office@example.org",
             "sender_name = Programme office", "subject_prefix = SEND programme", "subject_trigger = [secure]", "[allow]",
             f"domains = {domains}", *more]
    (pathlib.Path(folder) / "config" / "mail.ini").write_text("\n".join(lines) + "\n")


def parse(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def attachments(message):
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
