#!/usr/bin/python3
"""A sandbox that looks like a fresh machine to whoever installs there, and what people do in it. As root, in namespaces of its own:

    unshare --mount --net --pid --fork --kill-child --mount-proc clean_system.py CLONE BUILD OUT CLOCK SECONDS < steps.json

Every write to /etc, /usr/local, /var/lib, /var/backups, /srv, /home and BUILD goes to memory and is gone at the end. A step is {"user", "script"}
or {"python": code for root}: the script is run by bash as that user's login, and every command of it that fails is kept. OUT gets `results.json`, a
list of {"output", "failed"}, and what the steps have put into /run/kept. Every program in it has a clock that stands at SECONDS when the sandbox
is made: by the library CLOCK (other_clock.c), which sudo does not take away."""

import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import time

CLONE, BUILD, OUT, CLOCK = (pathlib.Path(word) for word in sys.argv[1:5])
SECONDS = int(sys.argv[5])
MEMORY = pathlib.Path("/mnt")
KEPT = pathlib.Path("/run/kept")
FAILED = pathlib.Path("/run/failed")
PEOPLE = ("sam", "ann")  # sam may become root, as who installs a machine may; ann may not
SUDOERS = """sam ALL=(ALL:ALL) NOPASSWD: ALL
Defaults:ann !authenticate
"""


def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


def cover(folder):
    """Whatever is written to the folder is written to memory."""
    above = MEMORY / str(folder).strip("/").replace("/", "-")
    (above / "upper").mkdir(parents=True)
    (above / "work").mkdir()
    mount("-t", "overlay", "none", "-o", f"lowerdir={folder},upperdir={above}/upper,workdir={above}/work", folder)


def set_up():
    mount("--make-rprivate", "/")
    mount("-t", "tmpfs", "none", MEMORY)
    for folder in ("/etc", "/usr/local", "/var/lib", "/var/backups", BUILD):
        pathlib.Path(folder).mkdir(exist_ok=True)
        cover(folder)
    clone = MEMORY / "clone"
    clone.mkdir()
    mount("--bind", CLONE, clone)
    for folder, mode in (("/srv", "0755"), ("/home", "0755"), ("/run", "0755")):
        mount("-t", "tmpfs", "-o", f"mode={mode}", "none", folder)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for folder in ("/usr/local/bin", "/usr/local/sbin"):
        pathlib.Path(folder).mkdir(exist_ok=True)
    runner = pathlib.Path("/usr/local/sbin/unit_runner.py")
    shutil.copy(pathlib.Path(__file__).with_name("unit_runner.py"), runner)
    runner.chmod(0o755)
    for name in ("systemctl", "journalctl", "apt-get"):
        pathlib.Path("/usr/local/sbin", name).symlink_to(runner)
    for person in PEOPLE:
        subprocess.run(["useradd", "--create-home", "--shell", "/bin/bash", person], check=True)
        pathlib.Path("/home", person).chmod(0o700)
    pathlib.Path("/etc/sudoers.d").mkdir(exist_ok=True)
    pathlib.Path("/etc/sudoers.d/people").write_text(SUDOERS)
    (pathlib.Path("/home/sam/boardpack")).mkdir()
    mount("--bind", clone, "/home/sam/boardpack")
    mount("--bind", BUILD, "/home/sam/boardpack/build")
    pathlib.Path("/etc/clock-offset").write_text(f"{SECONDS - int(time.time())}\n")
    clock = pathlib.Path("/usr/local/lib/other-clock.so")  # where services with a /tmp of their own see it, wherever the clone is
    shutil.copyfile(CLOCK, clock)
    clock.chmod(0o755)
    pathlib.Path("/etc/ld.so.preload").write_text(f"{clock}\n")
    KEPT.mkdir(mode=0o777)
    KEPT.chmod(0o777)


def become(person):
    """What a login does: the kernel is told who it is, then groups and user are set."""
    entry = pwd.getpwnam(person)
    pathlib.Path("/proc/self/loginuid").write_text(str(entry.pw_uid))
    os.initgroups(person, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.umask(0o022)


def log_in(person, script):
    path = pathlib.Path("/run/script")
    path.write_text(f"trap 'echo \"$BASH_COMMAND\" >> {FAILED}' ERR\nset -o pipefail\n{script}\n")
    path.chmod(0o644)
    FAILED.write_text("")
    FAILED.chmod(0o666)
    home = f"/home/{person}"
    folder = f"{home}/boardpack" if person == "sam" else home
    environment = {"HOME": home, "USER": person, "LOGNAME": person, "LANG": "C.UTF-8", "PATH": "/usr/local/sbin:/usr/local/bin:/usr/bin:/bin"}
    with open("/run/output", "w+", encoding="utf-8") as output:  # a file: what goes on in the background would keep a pipe open
        subprocess.run(["bash", path], stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment, cwd=folder,
                       preexec_fn=lambda: become(person), timeout=120)
        output.seek(0)
        return {"output": output.read(), "failed": FAILED.read_text().splitlines()}


def main():
    set_up()
    results = []
    for step in json.load(sys.stdin):
        if "python" in step:
            exec(step["python"])
            results.append({"output": "", "failed": []})
        else:
            results.append(log_in(step["user"], step["script"]))
    shutil.copytree(KEPT, OUT, symlinks=True, dirs_exist_ok=True)
    (OUT / "results.json").write_text(json.dumps(results))


main()
