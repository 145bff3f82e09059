"""Delivery to servers that misbehave on cue: what each message's result is, and what the server holds. Nobody may get a message twice, and
nothing may go without TLS."""

import base64
import os
import socket
import ssl
import stat
import subprocess
import sys
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from mail_bench import MailBench
from support.smtp_server import And, CLOSE, HANG, RESET, TAKE_AND_HANG, TAKE_AND_RESET, Authority, Slow, SmtpServer, TakeThen, Then

SECRET = "correct horse / 46%"
LOGIN = b"\0packs\0" + SECRET.encode()


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def certificate(authority):
    return authority.certificate("good")


@pytest.fixture
def bench(tmp_path):
    return MailBench(tmp_path)


def cues(table):
    return lambda step, count: table.get((step, count))


def always(step, action):
    return lambda asked, _: action if asked == step else None


class Sending:
    """What came of sending some messages to a server."""

    def __init__(self, bench, server, authority, count=3, environment=None, messages=None, mail=(), job_keys=None, **settings):
        bench.configure({"host": "localhost", "port": server.port, "ca_file": authority.file, "reply_timeout_seconds": 2,
                         "connect_timeout_seconds": 3, **settings}, mail)
        self.lines, self.status = bench.send(count, environment, messages, **(job_keys or {}))
        self.tries = [line for line in self.lines if "outcome" in line]
        self.error = next((line["error"] for line in self.lines if "error" in line), None)
        self.waits = [line["waited"] for line in self.lines if "waited" in line]
        self.outcomes = [line["outcome"] for line in self.tries]
        self.final = {line["to"].split("@")[0]: line for line in self.tries if line["final"]}
        # what must hold whatever the server does
        held = server.recipients()
        assert len(held) == len(set(held)), f"somebody got two: {held}"
        accepted = {line["to"] for line in self.tries if line["outcome"] == "accepted"}
        doubtful = {line["to"] for line in self.tries if line["outcome"] == "doubtful"}
        assert accepted <= set(held) <= accepted | doubtful
        for line in self.tries:
            assert len(line["words"].encode()) <= 300 and line["words"].isprintable()
        assert SECRET not in str(self.lines)


ALL_THREE = ["member1@example.org", "member2@example.org", "member3@example.org"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_many_messages_go_over_one_connection(bench, authority, certificate, security):
    with SmtpServer(certificate, implicit_tls=security == "tls") as server:
        sending = Sending(bench, server, authority, security=security)
    assert sending.outcomes == ["accepted"] * 3 and sending.status == 0 and sending.error is None
    assert server.connections == 1 and server.recipients() == ALL_THREE and server.last_line(b"QUIT") == b"QUIT"
    assert sending.tries[0]["words"] == "250 2.0.0 queued as 4XyZ" and sending.tries[0]["code"] == 250
    for sender, recipient, message in server.held:
        assert sender.startswith(b"MAIL FROM:<office@example.org>") and b" SIZE=" in sender
        assert f"To: {recipient}".encode() in message and message.count(b"\nTo:") == 1


def test_server_holds_the_saved_bytes(bench, authority, certificate):
    """Dots at the beginning of a line among them."""
    message = bench.message(summary=[".", "..", ".x" * 300])
    with SmtpServer(certificate) as server:
        Sending(bench, server, authority, messages=[message])
    lines, _ = bench.run([message], save=bench.folder)
    assert server.held[0][2] == open(lines[0]["file"], "rb").read()


def test_lines_that_begin_with_a_dot_do_not_end_a_message_early(bench, authority, certificate):
    """Each such dot is doubled on the way, which must not make the message look whole before its end was handed over."""
    messages = [bench.message(to=f"dots{count}@example.org", summary=["." * count]) for count in range(60, 700, 20)]
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, messages=messages)
    assert sending.outcomes == ["accepted"] * len(messages) and sending.status == 0
    counts = {message.count(b"\r\n.") for _, _, message in server.held}
    assert len(counts) > 3 and max(counts) > 4


def test_aiosmtpd_gets_them_too(bench, authority, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    held = []

    class Keep(Message):
        def handle_message(self, message):
            held.append(message)

    class TlsController(Controller):
        def factory(self):
            return SMTP(self.handler, hostname="localhost", tls_context=context, require_starttls=True, auth_required=True,
                        authenticator=lambda *a: AuthResult(success=(a[4].login, a[4].password) == (b"packs", SECRET.encode())))

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = TlsController(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        secret = secret_file(bench)
        bench.configure({"host": "localhost", "port": port, "ca_file": authority.file, "auth": "password", "user": "packs", "secret_file": secret})
        lines, status = bench.send(3)
    finally:
        controller.stop()
    assert status == 0 and [line["outcome"] for line in lines] == ["accepted"] * 3
    assert [message["X-RcptTo"] for message in held] == ALL_THREE


# ---- TLS, or nothing ----


def assert_nothing_went(sending, server, words):
    """Not even who writes to whom."""
    assert sending.outcomes == ["failed"] and sending.status == 1
    assert words in sending.tries[0]["words"] and words in sending.error
    assert not server.held and not any(line.upper().startswith((b"MAIL", b"RCPT", b"DATA", b"AUTH")) for line in server.lines)


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("fault", ["expired", "not yet valid", "wrong name", "unknown authority"])
def test_certificate_that_is_not_valid_is_refused(bench, authority, tmp_path, security, fault):
    signer = Authority(tmp_path, "another authority") if fault == "unknown authority" else authority
    days = {"expired": {"first_day": -9, "last_day": -1}, "not yet valid": {"first_day": 2, "last_day": 9}}.get(fault, {})
    certificate = signer.certificate(fault.replace(" ", "-") + security, host="mail.example.org" if fault == "wrong name" else "localhost", **days)
    with SmtpServer(certificate, implicit_tls=security == "tls") as server:
        sending = Sending(bench, server, authority, security=security)
    assert_nothing_went(sending, server, "certificate is not valid")


def test_authorities_of_the_system_count_unless_ca_file_names_others(bench, authority, tmp_path, certificate):
    """The server's authority is made the system's, where a test may do that: in a mount namespace of its own."""
    system = tmp_path / "system"
    system.mkdir()
    for name in ("authority.pem", "ca-certificates.crt"):  # one by one, and all in one file
        (system / name).write_bytes(authority.file.read_bytes())
    subprocess.run(["openssl", "rehash", system], check=True)
    bench.wrapper = ["unshare", "--map-root-user", "--mount", "sh", "-c", 'mount --bind "$0" /etc/ssl/certs && exec "$@"', system]
    if subprocess.run([*bench.wrapper, "true"], capture_output=True).returncode != 0:
        pytest.skip("no mount namespaces here")
    with SmtpServer(certificate) as server:
        assert Sending(bench, server, authority, ca_file="").outcomes == ["accepted"] * 3
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, Authority(tmp_path, "another authority"))
    assert_nothing_went(sending, server, "certificate is not valid")


def test_server_without_starttls_gets_nothing(bench, authority, certificate):
    with SmtpServer(certificate, starttls=False) as server:
        sending = Sending(bench, server, authority)
    assert_nothing_went(sending, server, "offers no TLS")


def test_refused_starttls_is_the_end(bench, authority, certificate):
    with SmtpServer(certificate, cue=always("STARTTLS", b"454 4.7.0 TLS not available")) as server:
        sending = Sending(bench, server, authority, count=1, tries=2)
    assert sending.outcomes[0] in ("failed", "deferred") and not server.held
    assert not any(line.startswith((b"MAIL", b"RCPT", b"DATA")) for line in server.lines)


def test_plain_server_on_a_tls_port_gets_nothing(bench, authority, certificate):
    with SmtpServer(certificate, starttls=False) as server:
        sending = Sending(bench, server, authority, security="tls")
    assert_nothing_went(sending, server, "")


def test_tls_1_1_is_refused_even_where_the_system_allows_it(bench, authority, certificate, tmp_path):
    lax = tmp_path / "openssl.cnf"
    lax.write_text("openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = TLSv1\nCipherString = DEFAULT:@SECLEVEL=0\n")
    with SmtpServer(certificate, implicit_tls=True, highest_tls=ssl.TLSVersion.TLSv1_1) as server:
        context = ssl.create_default_context(cafile=authority.file)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        with socket.create_connection(("127.0.0.1", server.port)) as sock, context.wrap_socket(sock, server_hostname="localhost") as tls:
            assert tls.version() == "TLSv1.1"  # it can be talked to
        sending = Sending(bench, server, authority, security="tls", environment={**os.environ, "OPENSSL_CONF": str(lax)})
    assert_nothing_went(sending, server, "no TLS 1.2 or later")


# ---- logging in ----


def secret_file(bench, secret=SECRET, mode=0o600, name="mail-secret"):
    path = bench.folder / name
    path.write_text(secret + "\n")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mechanisms", ["PLAIN", "LOGIN", "LOGIN PLAIN"])
def test_password_comes_from_a_private_file(bench, authority, certificate, mechanisms):
    with SmtpServer(certificate, mechanisms=mechanisms, secret=LOGIN) as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file=secret_file(bench))
    assert sending.outcomes == ["accepted"] * 3 and server.logins == [LOGIN]


def test_password_comes_from_a_systemd_credential(bench, authority, certificate):
    secret_file(bench, mode=0o440, name="password")
    environment = {**os.environ, "CREDENTIALS_DIRECTORY": str(bench.folder)}
    with SmtpServer(certificate, mechanisms="PLAIN", secret=LOGIN) as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file="password", environment=environment)
    assert sending.outcomes == ["accepted"] * 3


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_secret_that_others_can_read_is_refused(bench, authority, certificate, mode):
    with SmtpServer(certificate, mechanisms="PLAIN", secret=LOGIN) as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file=secret_file(bench, mode=mode))
    assert "chmod 600" in sending.error and sending.status == 1 and sending.tries == [] and server.connections == 0


def test_wrong_password_stops_at_once_and_is_never_shown(bench, authority, certificate):
    """One try, so that no account is locked; and the server of the test says back all that it was given."""
    with SmtpServer(certificate, mechanisms="PLAIN", secret=b"\0packs\0other") as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file=secret_file(bench))
    assert sending.outcomes == ["failed"] and len(server.logins) == 1 and not server.held
    assert sending.tries[0]["code"] == 535 and "[hidden]" in sending.tries[0]["words"]
    assert base64.b64encode(LOGIN).decode() not in str(sending.lines) and base64.b64encode(SECRET.encode()).decode() not in str(sending.lines)


def test_login_that_the_server_does_not_offer_stops_before_the_message(bench, authority, certificate):
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file=secret_file(bench))
    assert sending.outcomes == ["failed"] and "no way to log in" in sending.error and not server.held


def test_server_that_wants_a_login_gets_nothing_without(bench, authority, certificate):
    with SmtpServer(certificate, mechanisms="PLAIN", secret=LOGIN) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["failed"] and sending.tries[0]["code"] == 530 and not server.held


def test_token_comes_from_a_command(bench, authority, certificate):
    command = bench.folder / "token"
    command.write_text("#!/bin/sh\necho tok-$1\n")
    command.chmod(0o700)
    with SmtpServer(certificate, mechanisms="PLAIN XOAUTH2", secret=b"user=packs\1auth=Bearer tok-1\1\1") as server:
        sending = Sending(bench, server, authority, auth="xoauth2", user="packs", token_command=f"{command} 1")
    assert sending.outcomes == ["accepted"] * 3 and server.connections == 1


def test_token_command_that_fails_stops_before_the_connection(bench, authority, certificate):
    with SmtpServer(certificate, mechanisms="XOAUTH2") as server:
        sending = Sending(bench, server, authority, auth="xoauth2", user="packs", token_command="sh -c 'echo hush && exit 4'")
    assert sending.outcomes == ["failed"] and "status 0 (it ended 4)" in sending.error
    assert server.connections == 0 and "hush" not in str(sending.lines)


def test_client_certificate_is_shown(bench, authority, certificate):
    client, key = authority.certificate("client", host="packs.example.org")
    with SmtpServer(certificate, client_authority=authority.file) as server:
        sending = Sending(bench, server, authority, auth="certificate", client_certificate=client, client_key=key)
    assert sending.outcomes == ["accepted"] * 3
    with SmtpServer(certificate, client_authority=authority.file) as server:
        sending = Sending(bench, server, authority, count=1, tries=1)
    assert sending.outcomes[0] in ("failed", "deferred") and not server.held


def test_client_key_that_others_can_read_is_refused(bench, authority, certificate):
    client, key = authority.certificate("open-client")
    key.chmod(stat.S_IRUSR | stat.S_IRGRP)
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, auth="certificate", client_certificate=client, client_key=key)
    assert "client_key" in sending.error and "chmod 600" in sending.error and server.connections == 0


def test_client_key_with_a_pass_phrase_is_refused_and_nobody_is_asked(bench, authority, certificate):
    client, key = authority.certificate("locked-client", pass_phrase=b"hush")
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, auth="certificate", client_certificate=client, client_key=key)
    assert "a key with a pass phrase cannot" in sending.error and not server.held


@pytest.mark.parametrize("part", [None, 30, 9])
def test_token_that_is_said_back_is_never_shown(bench, authority, certificate, part):
    """Whole, or in lines of some letters; by itself, and within base64 of something else."""
    token = "ya29.A0ARrdaM-secret_of_some_length.0123456789"
    forms = [f"user=packs\1auth=Bearer {token}\1\1", token, "x" + token, "{}" + token]
    said = token + " " + " ".join(base64.b64encode(form.encode()).decode() for form in forms)
    pieces = [said] if part is None else [said[at:at + part] for at in range(0, len(said), part)]
    answer = "\r\n".join(f"535{'-' if piece is not pieces[-1] else ' '}{piece}" for piece in pieces).encode()
    with SmtpServer(certificate, cue=always("AUTH", answer), mechanisms="XOAUTH2", secret=b"other") as server:
        sending = Sending(bench, server, authority, auth="xoauth2", user="packs", token_command=f"echo {token}")
    assert sending.outcomes == ["failed"] and "[hidden]" in sending.tries[0]["words"]
    shown = str(sending.lines)
    assert not [at for at in range(len(token) - 8) if token[at:at + 8] in shown]
    for form in forms:
        encoded = base64.b64encode(form.encode()).decode()[20:]  # the user's name is no secret
        assert not [at for at in range(len(encoded) - 8) if encoded[at:at + 8] in shown], encoded


def test_what_a_token_command_says_on_the_side_is_not_shown(bench, authority, certificate):
    with SmtpServer(certificate, mechanisms="XOAUTH2") as server:
        sending = Sending(bench, server, authority, auth="xoauth2", user="packs", token_command="ls /nowhere/hush")
    assert "run it by hand" in sending.error  # and nothing on stderr: MailBench.run


def test_no_proxy_of_the_environment_is_used(bench, authority, certificate):
    environment = {**os.environ, "ALL_PROXY": "http://127.0.0.1:9", "all_proxy": "http://127.0.0.1:9", "smtp_proxy": "http://127.0.0.1:9"}
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, environment=environment)
    assert sending.outcomes == ["accepted"] * 3


def test_server_that_is_not_there_is_said(bench, authority):
    class Nobody:
        port = 9

        @staticmethod
        def recipients():
            return []

    assert "cannot be reached" in Sending(bench, Nobody, authority).error
    assert "name is not known" in Sending(bench, Nobody, authority, host="nowhere.invalid").error


# ---- refusals ----


@pytest.mark.parametrize("step, reply", [("RCPT", b"550 5.1.1 no such user"), ("DATA", b"554 5.7.1 not here"), ("DOT", b"554 5.7.1 refused"),
                                         ("MAIL", b"550 5.7.1 not you"), ("RCPT", b"550-5.1.1 no\r\n550 5.1.1 such user")])
def test_refusal_for_good_is_that_recipients_alone(bench, authority, certificate, step, reply):
    with SmtpServer(certificate, cue=cues({(step, 2): reply})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted", "rejected", "accepted"] and sending.status == 0 and sending.waits == []
    assert server.recipients() == ["member1@example.org", "member3@example.org"] and server.connections == 1
    assert sending.final["member2"]["code"] == int(reply[:3]) and sending.final["member2"]["words"] == reply.decode().replace("\r\n", " ")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
def test_refusal_for_now_is_tried_again_after_the_others(bench, authority, certificate, step):
    with SmtpServer(certificate, cue=cues({(step, 2): b"450 4.2.0 greylisted"})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted", "deferred", "accepted", "accepted"] and sending.waits == [120]
    assert sending.tries[1]["words"] == "450 4.2.0 greylisted" and not sending.tries[1]["final"]
    assert server.recipients() == ["member1@example.org", "member3@example.org", "member2@example.org"]
    ids = [line for _, _, message in server.held for line in message.split(b"\r\n") if line.lower().startswith(b"message-id:")]
    assert len(set(ids)) == 3


def test_tries_have_a_limit_and_waits_grow(bench, authority, certificate):
    with SmtpServer(certificate, cue=always("RCPT", b"451 4.7.1 later")) as server:
        sending = Sending(bench, server, authority, count=2, tries=4, retry_wait_seconds=60)
    assert sending.outcomes == ["deferred"] * 8 and sending.waits == [60, 120, 240] and not server.held
    assert [line["final"] for line in sending.tries] == [False] * 6 + [True] * 2


def test_shutting_down_in_mid_session_is_tried_again(bench, authority, certificate):
    with SmtpServer(certificate, cue=cues({("MAIL", 2): Then(b"421 4.3.2 shutting down")})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted", "deferred", "accepted", "accepted"] and server.connections == 2
    assert sending.tries[1]["code"] == 421


def test_connection_that_ended_while_idle_is_opened_anew(bench, authority, certificate):
    """The goodbye that lies in the connection is never taken for an answer to the next message."""
    with SmtpServer(certificate, cue=cues({("DOT", 1): TakeThen(b"250 ok\r\n421 4.4.2 idle too long")})) as server:
        sending = Sending(bench, server, authority)
    assert [line["outcome"] for line in sending.final.values()] == ["accepted"] * 3
    assert sorted(server.recipients()) == ALL_THREE and server.connections == 2


def test_message_over_the_servers_size_is_refused_before_it_is_sent(bench, authority, certificate):
    with SmtpServer(certificate, features=("SIZE 1000",)) as server:
        sending = Sending(bench, server, authority, count=1)
    assert sending.outcomes == ["rejected"] and sending.tries[0]["code"] == 552 and server.counts.get("DATA") is None


@pytest.mark.parametrize("features", [(), ("SIZE",), ("PIPELINING", "CHUNKING", "SMTPUTF8")])
def test_server_that_can_do_nothing_more_gets_seven_bits(bench, authority, certificate, features):
    message = bench.message(forum="Ausschuß für Bildung", to_name="Zoë 李")
    with SmtpServer(certificate, features=features) as server:
        sending = Sending(bench, server, authority, messages=[message])
    assert sending.outcomes == ["accepted"]
    assert server.held[0][2].isascii() and max(map(len, server.held[0][2].split(b"\r\n"))) <= 998
    assert b"SIZE=" not in server.held[0][0] or features == ("SIZE",)


def test_greeting_that_is_none_stops(bench, authority, certificate):
    with SmtpServer(certificate, cue=always("CONNECT", b"HTTP/1.1 400 Bad Request")) as server:
        sending = Sending(bench, server, authority)
    assert_nothing_went(sending, server, "it said: HTTP/1.1 400 Bad Request")


def test_greeting_that_refuses_stops_or_waits(bench, authority, certificate):
    with SmtpServer(certificate, cue=always("CONNECT", Then(b"554 5.3.2 no service"))) as server:
        sending = Sending(bench, server, authority)
    assert_nothing_went(sending, server, "554 5.3.2 no service")
    with SmtpServer(certificate, cue=cues({("CONNECT", 1): Then(b"421 4.3.2 too many")})) as server:
        sending = Sending(bench, server, authority, count=1)
    assert sending.outcomes == ["deferred", "accepted"]


# ---- lost connections: before the end of the message it may be sent again, after it never ----


@pytest.mark.parametrize("action", [RESET, CLOSE, HANG])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_connection_lost_before_the_message_is_tried_again(bench, authority, certificate, step, action):
    with SmtpServer(certificate, cue=cues({(step, 2): action})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted", "deferred", "accepted", "accepted"] and sorted(server.recipients()) == ALL_THREE


@pytest.mark.parametrize("action", [RESET, CLOSE, HANG])
def test_connection_lost_within_a_long_message_is_tried_again(bench, authority, certificate, action):
    """Long enough that it cannot all lie in the buffers between client and server."""
    bench.pdf.write_bytes(os.urandom(12_000_000))
    with SmtpServer(certificate, cue=cues({("BODY", 1): action})) as server:
        sending = Sending(bench, server, authority, count=1, mail={"size_limit_mb": 20})
    assert sending.outcomes == ["deferred", "accepted"] and server.recipients() == ["member1@example.org"]


@pytest.mark.parametrize("action", [RESET, CLOSE, HANG])
def test_connection_lost_within_a_short_message_is_never_called_accepted(bench, authority, certificate, action):
    """The client may have handed it all over by then: deferred or doubtful, as it could tell."""
    bench.pdf.write_bytes(os.urandom(70_000))
    with SmtpServer(certificate, cue=cues({("BODY", 2): action})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes[1] in ("deferred", "doubtful")
    held = ["member1@example.org", "member3@example.org"] + (["member2@example.org"] if sending.outcomes[1] == "deferred" else [])
    assert server.recipients() == held


@pytest.mark.parametrize("action", [RESET, CLOSE, HANG, TAKE_AND_RESET, TAKE_AND_HANG, b"hello", b"354 more", b"250-not yet", Slow(0.4)])
def test_end_of_a_message_without_an_answer_is_doubtful_and_final(bench, authority, certificate, action):
    with SmtpServer(certificate, cue=cues({("DOT", 2): action})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted", "doubtful", "accepted"] and sending.waits == [] and sending.status == 0
    assert sending.final["member2"]["code"] == 0 and "no answer came after the end" in sending.final["member2"]["words"]
    takes = action in (TAKE_AND_RESET, TAKE_AND_HANG) or isinstance(action, Slow)
    assert server.recipients() == [to for to in ALL_THREE if takes or "2" not in to]
    # the next message goes over another connection: a late answer must not be taken for one to it
    assert server.connections == 2


def test_server_that_speaks_within_the_message_never_gets_its_end(bench, authority, certificate):
    """Its "452" would be taken for the answer to the end and tried again, though the message may have been taken."""
    bench.pdf.write_bytes(os.urandom(12_000_000))
    with SmtpServer(certificate, cue=cues({("BODY", 1): b"452 4.3.1 little room"})) as server:
        sending = Sending(bench, server, authority, count=1, mail={"size_limit_mb": 20})
    assert sending.outcomes == ["deferred", "accepted"] and server.recipients() == ["member1@example.org"]


# ---- answers that nobody asked for are answers to nothing ----


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("more", [b"451 4.3.0 later", b"250 2.0.0 queued", b"550 5.1.1 no such user", b"hello"])
def test_answer_given_before_the_end_keeps_the_end_back(bench, authority, certificate, step, more, security):
    """Taken for the answer to the end, a 451 would make two copies of a message that is kept, and a 250 a message that nobody has."""
    with SmtpServer(certificate, cue=cues({(step, 1): And(more)}), implicit_tls=security == "tls") as server:
        sending = Sending(bench, server, authority, count=2, security=security)
    assert sending.outcomes == ["deferred", "accepted", "accepted"] and server.connections == 2
    assert "spoke while it was to listen" in sending.tries[0]["words"] and sending.tries[0]["code"] == 0
    assert sorted(server.recipients()) == ALL_THREE[:2]


def test_early_yes_of_a_server_that_goes_away_is_no_yes(bench, authority, certificate):
    with SmtpServer(certificate, cue=cues({("DATA", 1): Then(b"354 go on\r\n250 2.0.0 queued")})) as server:
        sending = Sending(bench, server, authority, count=1)
    assert sending.outcomes == ["deferred", "accepted"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("more", [b"550 5.1.1 no such user", b"250 ok", b"421 4.4.2 idle", b"250-not the end"])
def test_words_after_an_answer_are_not_the_next_recipients(bench, authority, certificate, more, security):
    with SmtpServer(certificate, cue=cues({("DOT", 1): And(more)}), implicit_tls=security == "tls") as server:
        sending = Sending(bench, server, authority, security=security)
    assert sending.outcomes == ["accepted"] * 3 and server.recipients() == ALL_THREE and server.connections == 2


def test_login_that_was_answered_before_it_was_asked_lets_nobody_be_called_served(bench, authority, certificate):
    """From then on each answer is that to the command before."""
    with SmtpServer(certificate, cue=cues({("EHLO", 2): And(b"235 2.7.0 welcome")}), mechanisms="PLAIN", secret=b"\0packs\0other") as server:
        sending = Sending(bench, server, authority, auth="password", user="packs", secret_file=secret_file(bench))
    assert "accepted" not in sending.outcomes and not server.held


@pytest.mark.parametrize("step, outcome", [("MAIL", "deferred"), ("RCPT", "deferred"), ("DATA", "deferred"), ("DOT", "doubtful")])
@pytest.mark.parametrize("flood", [b"250-" + b"x" * 1_000_000, b"\r\n".join([b"250-more"] * 100_000)], ids=["line", "lines"])
def test_answer_without_end_is_none(bench, authority, certificate, step, outcome, flood):
    with SmtpServer(certificate, cue=cues({(step, 1): flood})) as server:
        sending = Sending(bench, server, authority, count=1)
    assert sending.outcomes[0] == outcome


def test_refused_message_is_put_aside_before_the_next(bench, authority, certificate):
    with SmtpServer(certificate, cue=cues({("RCPT", 1): b"550 5.1.1 no", ("RCPT", 2): b"550 5.1.1 no", ("RSET", 2): b"500 what?"})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["rejected", "rejected", "accepted"] and server.counts["RSET"] == 2 and server.connections == 2


def test_slow_answers_are_waited_for(bench, authority, certificate):
    with SmtpServer(certificate, cue=cues({(step, 1): Slow(0.01) for step in ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT")})) as server:
        sending = Sending(bench, server, authority)
    assert sending.outcomes == ["accepted"] * 3 and server.connections == 1


def test_hang_at_the_greeting_ends_in_time(bench, authority, certificate):
    begun = time.monotonic()
    with SmtpServer(certificate, cue=always("CONNECT", HANG)) as server:
        sending = Sending(bench, server, authority)
    assert_nothing_went(sending, server, "did not answer in time")
    assert time.monotonic() - begun < 10


def test_address_that_is_none_never_reaches_the_server(bench, authority, certificate):
    messages = [bench.message("a@example.org> SIZE=1\r\nRCPT TO:<b@example.org"), bench.message("member2@example.org")]
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, messages=messages)
    assert "is no e-mail address" in sending.error and server.connections == 0


# ---- stopping, and a ledger that cannot be written ----


def test_stop_gives_up_a_message_that_has_not_ended(bench, authority, certificate):
    begun = time.monotonic()
    with SmtpServer(certificate, cue=cues({("RCPT", 2): HANG})) as server:
        sending = Sending(bench, server, authority, job_keys={"stop_after_seconds": 1}, reply_timeout_seconds=60)
    assert sending.outcomes == ["accepted", "deferred"] and "stopped" in sending.error and server.recipients() == ALL_THREE[:1]
    assert time.monotonic() - begun < 10


def test_stop_waits_for_the_answer_to_a_message_that_has_ended(bench, authority, certificate):
    with SmtpServer(certificate, cue=cues({("DOT", 1): Slow(0.1)})) as server:
        sending = Sending(bench, server, authority, job_keys={"stop_after_seconds": 1}, reply_timeout_seconds=60)
    assert sending.outcomes == ["accepted"] and "stopped" in sending.error and server.recipients() == ALL_THREE[:1]


@pytest.mark.parametrize("key, went", [("fail_begin", 1), ("fail_end", 2)])
def test_nothing_goes_once_the_ledger_cannot_be_written(bench, authority, certificate, key, went):
    with SmtpServer(certificate) as server:
        sending = Sending(bench, server, authority, job_keys={key: 1})
    assert sending.outcomes == ["accepted"] * went and "ledger" in sending.error and server.recipients() == ALL_THREE[:went]


def test_goodbye_without_an_answer_is_not_waited_for(bench, authority, certificate):
    begun = time.monotonic()
    with SmtpServer(certificate, cue=always("QUIT", HANG)) as server:
        sending = Sending(bench, server, authority, reply_timeout_seconds=60)
    assert sending.outcomes == ["accepted"] * 3 and time.monotonic() - begun < 5 and server.last_line(b"QUIT") == b"QUIT"
