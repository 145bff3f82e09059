#!/usr/bin/env python3
"""An SMTP server that takes everything over TLS and keeps nothing, for bench/bench_send and bench/send.

    bench/smtp_sink.py FOLDER      makes FOLDER/sink.pem, prints its port, serves until its input ends, then prints how many connections,
                                   messages and bytes of messages came
    """

import pathlib
import socket
import ssl
import subprocess
import sys
import threading

folder = pathlib.Path(sys.argv[1])
certificate, key = folder / "sink.pem", folder / "sink.key"
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj", "/CN=localhost",
     "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
    check=True, capture_output=True)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


came = {"connections": 0, "messages": 0, "bytes": 0}  # the benchmarks have one connection at a time


def serve(sock):
    came["connections"] += 1
    tls = context.wrap_socket(sock, server_side=True)
    tls.sendall(b"220 sink\r\n")
    stream = tls.makefile("rb", buffering=1 << 18)
    for line in stream:
        if line == b"DATA\r\n":
            tls.sendall(b"354 go on\r\n")
            while (part := stream.readline()) != b".\r\n":
                came["bytes"] += len(part)
            came["messages"] += 1
        if line == b"QUIT\r\n":
            break
        tls.sendall(b"250-sink\r\n250 SIZE 50000000\r\n" if line.startswith(b"EHLO") else b"250 ok\r\n")
    tls.close()


def accept(listener):
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, args=(listener,), daemon=True).start()
sys.stdin.read()
print(*came.values(), flush=True)
