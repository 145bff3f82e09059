"""An SMTP server that misbehaves on cue, and certificates to go with it. One thread for each connection; everything is kept for looking at.

A cue is asked at every step: cue(step, count) with step one of CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (64 KB of a message have
come), DOT (its end has come), RSET, QUIT and count 1, 2, … of that step on this server. It returns None (behave), a reply (bytes), or one of

    RESET   drop the connection with a TCP reset       CLOSE   close it
    HANG    say nothing more until the server is stopped
    TAKE_AND_RESET, TAKE_AND_HANG (DOT)                keep the message, and never say so
    Slow(seconds)                                      the proper reply, a byte at a time
    Then(reply)                                        the reply, then close
    And(more)                                          the proper reply and more, in one piece
    TakeThen(reply)                                    (DOT) keep the message, reply, close
"""

import base64
import contextlib
import dataclasses
import datetime
import ipaddress
import pathlib
import socket
import ssl
import struct
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

RESET, CLOSE, HANG, TAKE_AND_RESET, TAKE_AND_HANG = "reset", "close", "hang", "take and reset", "take and hang"


@dataclasses.dataclass
class Slow:
    seconds: float


@dataclasses.dataclass
class Then:
    reply: bytes


@dataclasses.dataclass
class TakeThen(Then):
    pass


@dataclasses.dataclass
class And:
    more: bytes


LONG_AGO = -3650  # days: the programs that are tried may have another clock


class Authority:
    """Makes certificates on the spot: files NAME.pem and NAME.key in a folder."""

    def __init__(self, folder, name="test authority"):
        self.folder = pathlib.Path(folder)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = self.folder / f"{name.replace(' ', '-')}.pem"
        certificate = self._build(self.name, self.key, LONG_AGO, 1).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self._save(self.file, certificate.sign(self.key, hashes.SHA256()))

    def _build(self, subject, key, first_day, last_day):
        now = datetime.datetime.utcnow()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + datetime.timedelta(days=first_day, hours=-1))
            .not_valid_after(now + datetime.timedelta(days=last_day))
        )

    @staticmethod
    def _save(path, certificate):
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def certificate(self, label, host="localhost", first_day=LONG_AGO, last_day=1, pass_phrase=None):
        key = ec.generate_private_key(ec.SECP256R1())
        names = [x509.DNSName(host)] + ([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))] if host == "localhost" else [])
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._build(subject, key, first_day, last_day).add_extension(x509.SubjectAlternativeName(names), critical=False)
        path, key_path = self.folder / f"{label}.pem", self.folder / f"{label}.key"
        self._save(path, certificate.sign(self.key, hashes.SHA256()))
        lock = serialization.BestAvailableEncryption(pass_phrase) if pass_phrase else serialization.NoEncryption()
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
        key_path.write_bytes(key.private_bytes(*form))
        key_path.chmod(0o600)
        return path, key_path


class Gone(Exception):
    """The connection is over."""


class Connection:
    def __init__(self, server, sock):
        self.server, self.sock, self.waiting, self.is_tls, self.is_logged_in = server, sock, b"", False, False

    # ---- bytes ----

    def start_tls(self):
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.is_tls, self.waiting = True, b""

    def receive(self):
        part = self.sock.recv(65536)
        if not part:
            raise Gone
        self.waiting += part

    def line(self):
        while b"\r\n" not in self.waiting:
            self.receive()
        line, self.waiting = self.waiting.split(b"\r\n", 1)
        return line

    def say(self, reply):
        self.sock.sendall(reply + b"\r\n")

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Gone

    # ---- cues ----

    def step(self, step, reply):
        """Behaves or not; False if another reply than the proper one was given."""
        action = self.server.cue_of(step)
        if action is None:
            if reply is not None:
                self.say(reply)
            return True
        if isinstance(action, bytes):
            self.say(action)
        elif isinstance(action, Then):
            self.say(action.reply)
            raise Gone
        elif isinstance(action, And):
            self.say(reply + b"\r\n" + action.more)
            return True
        elif isinstance(action, Slow):
            for byte in (reply or b"") + b"\r\n":
                self.sock.sendall(bytes([byte]))
                time.sleep(action.seconds)
            return True
        elif action in (RESET, TAKE_AND_RESET):
            self.reset()
        elif action in (HANG, TAKE_AND_HANG):
            self.server.stopped.wait()
            raise Gone
        else:
            raise Gone
        return False

    # ---- the protocol ----

    def serve(self):
        if self.server.implicit_tls:
            self.start_tls()
        self.step("CONNECT", b"220 localhost ESMTP")
        sender = recipient = None
        while True:
            line = self.line()
            self.server.lines.append(line)
            verb = line.split(b" ")[0].upper().decode("ascii", "replace")
            if verb in ("EHLO", "HELO"):
                self.step("EHLO", self.features())
            elif verb == "STARTTLS":
                if self.step("STARTTLS", b"220 go ahead"):
                    self.start_tls()
            elif verb == "AUTH":
                self.log_in(line)
            elif verb == "MAIL":
                sender = line if self.step("MAIL", self.mail_reply(line)) else None
            elif verb == "RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode() if self.step("RCPT", b"250 ok") else None
            elif verb == "DATA":
                if self.step("DATA", b"354 go on"):
                    self.take(sender, recipient)
            elif verb == "RSET":
                self.step("RSET", b"250 ok")
            elif verb == "QUIT":
                self.step("QUIT", b"221 bye")
                raise Gone
            else:
                self.say(b"502 what?")

    def features(self):
        lines = [b"localhost"] + [feature.encode() for feature in self.server.features]
        if not self.is_tls and not self.server.implicit_tls and self.server.starttls:
            lines.append(b"STARTTLS")
        if self.is_tls and self.server.mechanisms:
            lines.append(b"AUTH " + self.server.mechanisms.encode())
        return b"\r\n".join(b"250" + (b" " if line is lines[-1] else b"-") + line for line in lines)

    def mail_reply(self, line):
        limit = [int(feature[5:]) for feature in self.server.features if feature.startswith("SIZE ")]
        if limit and b"SIZE=" in line and int(line.split(b"SIZE=")[1].split()[0]) > limit[0]:
            return b"552 5.3.4 message size exceeds fixed limit"
        if self.server.mechanisms and not self.is_logged_in:
            return b"530 5.7.0 authentication required"
        return b"250 ok"

    def log_in(self, line):
        words = line.split(b" ")
        if words[1] == b"LOGIN":
            if len(words) == 2:
                self.say(b"334 " + base64.b64encode(b"Username:"))
                words.append(self.line())
            self.say(b"334 " + base64.b64encode(b"Password:"))
            given = b"\0" + base64.b64decode(words[2]) + b"\0" + base64.b64decode(self.line())
        else:
            if len(words) == 2:
                self.say(b"334 ")
                words.append(self.line())
            given = base64.b64decode(words[2])
        self.server.logins.append(given)
        if given == self.server.secret:
            self.is_logged_in = self.step("AUTH", b"235 2.7.0 welcome")
        elif self.step("AUTH", None):
            self.say(b"535 5.7.8 wrong: " + words[-1] + b" " + given)  # what no server should say

    def take(self, sender, recipient):
        has_begun, data = False, bytearray(self.waiting)
        while (end := data.find(b"\r\n.\r\n", max(0, len(data) - 70000))) < 0:
            self.waiting = b""
            self.receive()
            data += self.waiting
            if not has_begun and len(data) > 65536:
                has_begun = True
                self.step("BODY", None)
        body, self.waiting = bytes(data[:end]), bytes(data[end + 5:])
        message = (body + b"\r\n").replace(b"\r\n..", b"\r\n.")
        action = self.server.peek("DOT")
        if action in (None, TAKE_AND_RESET, TAKE_AND_HANG) or isinstance(action, (Slow, TakeThen, And)):
            self.server.held.append((sender, recipient, message))
        self.step("DOT", b"250 2.0.0 queued as 4XyZ")


class SmtpServer:
    """On a free port of 127.0.0.1, in a with statement."""

    def __init__(self, certificate, cue=None, implicit_tls=False, starttls=True, features=("8BITMIME", "SIZE 20000000"), mechanisms="", secret=b"",
                 client_authority=None, highest_tls=None):
        self.cue, self.implicit_tls, self.starttls, self.features = cue, implicit_tls, starttls, features
        self.mechanisms, self.secret = mechanisms, secret
        self.held, self.lines, self.logins, self.counts, self.connections = [], [], [], {}, 0
        self.stopped, self.conversations = threading.Event(), []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificate)
        if highest_tls is not None:
            self.context.set_ciphers("DEFAULT:@SECLEVEL=0")
            self.context.minimum_version = ssl.TLSVersion.TLSv1
            self.context.maximum_version = highest_tls
        if client_authority is not None:
            self.context.verify_mode = ssl.CERT_REQUIRED
            self.context.load_verify_locations(client_authority)

    def peek(self, step):
        return self.cue(step, self.counts.get(step, 0) + 1) if self.cue else None

    def cue_of(self, step):
        action = self.peek(step)
        self.counts[step] = self.counts.get(step, 0) + 1
        return action

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # else the thread that waits in accept() keeps the port open
        self.socket.close()

    def accept(self):
        while True:
            try:
                sock, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            self.conversations.append(threading.Thread(target=self.converse, args=(sock,), daemon=True))
            self.conversations[-1].start()

    def settle(self):
        """Waits until all that clients which are gone have sent was read."""
        for conversation in list(self.conversations):
            conversation.join(10)

    def converse(self, sock):
        connection = Connection(self, sock)
        try:
            connection.serve()
        except (Gone, OSError):
            pass
        finally:
            connection.sock.close()

    def last_line(self, wanted):
        """The last command that came; waits a little for the one that is wanted, since the client may have ended already."""
        until = time.monotonic() + 5
        while self.lines[-1] != wanted and time.monotonic() < until:
            time.sleep(0.01)
        return self.lines[-1]

    def recipients(self):
        return [recipient for _, recipient, _ in self.held]
