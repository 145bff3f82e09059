#!/usr/bin/python3
"""systemctl, journalctl and apt-get for a sandbox without systemd, by the name under which this file is called. Units are those that are
installed. A service runs as its user, with its credentials and its environment, in a mount namespace in which it can write what it may, and
without a network if it has none. `systemctl elapse TIMER`, which systemd has not, is a moment of a timer that has been started."""

import fnmatch
import os
import pathlib
import pwd
import shlex
import subprocess
import sys

FOLDERS = [pathlib.Path("/etc/systemd/system"), pathlib.Path("/usr/local/lib/systemd/system")]
STATE = pathlib.Path("/run/units")
JOURNAL = STATE / "journal"
WANTS = pathlib.Path("/etc/systemd/system/timers.target.wants")
# What only systemd itself can do, by system calls and capabilities; tests/end_to_end/test_schedule.py has systemd look at the units.
LEFT_TO_SYSTEMD = set(
    "Type TimeoutStartSec PrivateDevices PrivateUsers ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules "
    "ProtectKernelTunables ProtectProc AmbientCapabilities LockPersonality MemoryDenyWriteExecute RestrictAddressFamilies RestrictNamespaces "
    "RestrictRealtime RestrictSUIDSGID RemoveIPC SystemCallArchitectures SystemCallFilter SystemCallErrorNumber".split()
)
DONE_HERE = set(
    "User Group UMask ExecStart SuccessExitStatus StateDirectory StateDirectoryMode ProtectSystem ReadWritePaths ReadOnlyPaths ProtectHome PrivateTmp "
    "PrivateNetwork NoNewPrivileges CapabilityBoundingSet LoadCredential SetCredential EnvironmentFile SupplementaryGroups".split()
)


def fail(text, code=1):
    sys.exit(print(text, file=sys.stderr) or code)


class Unit:
    def __init__(self, name):
        self.name, self.instance = name, ""
        stem, suffix = name.rsplit(".", 1)
        file = name
        if "@" in stem:
            prefix, self.instance = stem.split("@", 1)
            file = f"{prefix}@.{suffix}"
        path = next((folder / file for folder in FOLDERS if (folder / file).exists()), None)
        if path is None:
            fail(f"Failed to start {name}: Unit {name} not found.", 5)
        self.values, section = {}, None
        for line in path.read_text().splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and line[0] not in "#;":
                key, value = line.split("=", 1)
                value = value.replace("%i", self.instance).replace("%n", name)
                self.values.setdefault((section, key), []).append(value)
        unknown = {key for part, key in self.values if part == "Service"} - LEFT_TO_SYSTEMD - DONE_HERE
        if unknown:
            fail(f"tests/support/unit_runner.py does not know {', '.join(sorted(unknown))} of {name}")

    def all(self, key, section="Service"):
        return self.values.get((section, key), [])

    def one(self, key, default="", section="Service"):
        return (self.all(key, section) or [default])[-1]

    def is_on(self, key):
        return self.one(key) == "yes"


# ---- inside a service's namespaces ----


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def lock(folder):
    """Makes what stands there read-only, whatever is mounted below it."""
    mount("--rbind", folder, folder)
    points = [line.split()[4] for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()]
    for point in sorted({point for point in points if point == folder or point.startswith(folder + "/")}):
        subprocess.run(["mount", "-o", "remount,bind,ro", point], check=False, stderr=subprocess.DEVNULL)


def fence(unit):
    writable = [path for value in unit.all("ReadWritePaths") for path in value.split()]
    for path in writable:
        mount("--bind", path, path)
    if unit.one("ProtectSystem") == "strict":
        kept = ("/proc", "/sys", "/dev", "/run/credentials", *writable)
        points = [line.split()[4] for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()]
        for point in points:
            is_hidden = not os.path.lexists(point)  # by what is mounted above it
            if not is_hidden and not any(point == path or point.startswith(path + "/") for path in kept):
                subprocess.run(["mount", "-o", "remount,bind,ro", point], check=True)
    elif unit.one("ProtectSystem") == "full":
        for folder in ("/usr", "/etc"):
            lock(folder)
    for value in unit.all("ReadOnlyPaths"):
        for path in value.split():
            if os.path.exists(path.lstrip("-")):
                lock(path.lstrip("-"))
    if unit.is_on("PrivateTmp"):
        for folder in ("/tmp", "/var/tmp"):
            mount("-t", "tmpfs", "-o", "mode=1777", "none", folder)
    if unit.is_on("ProtectHome"):
        for folder in ("/home", "/root"):
            mount("-t", "tmpfs", "-o", "ro,mode=0755", "none", folder)


def hand_over_credentials(unit, user):
    """The folder of the unit's credentials, or None."""
    given = dict(value.split(":", 1) for value in unit.all("SetCredential"))
    given = {name: text.encode().decode("unicode_escape").encode() for name, text in given.items()}
    for value in unit.all("LoadCredential"):
        name, path = value.split(":", 1)
        if os.path.exists(path):
            given[name] = pathlib.Path(path).read_bytes()
        elif name not in given:
            fail(f"{unit.name}: Failed to set up credentials: {path}", 243)
    if not given:
        return None
    folder = pathlib.Path("/run/credentials")
    folder.mkdir(exist_ok=True)
    mount("-t", "tmpfs", "-o", "mode=0700", "none", str(folder))
    for name, data in given.items():
        (folder / name).write_bytes(data)
        os.chmod(folder / name, 0o400)
        os.chown(folder / name, user.pw_uid, -1)
    os.chown(folder, user.pw_uid, -1)
    return str(folder)


def inside(name):
    unit = Unit(name)
    user = pwd.getpwnam(unit.one("User"))
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8", "USER": user.pw_name, "HOME": user.pw_dir}
    for value in unit.all("EnvironmentFile"):
        if os.path.exists(value.lstrip("-")):
            lines = pathlib.Path(value.lstrip("-")).read_text().splitlines()
            environment.update(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
        elif value[0] != "-":
            fail(f"{name}: Failed to load environment files: {value}", 1)
    credentials = hand_over_credentials(unit, user)
    if credentials:
        environment["CREDENTIALS_DIRECTORY"] = credentials
    state = unit.one("StateDirectory")
    if state:
        folder = pathlib.Path("/var/lib") / state
        folder.mkdir(exist_ok=True)
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(int(unit.one("StateDirectoryMode", "0755"), 8))
    fence(unit)
    pathlib.Path("/proc/self/loginuid").write_text(str(2**32 - 1))  # nobody logs in for a service
    groups = f"--groups={','.join(value for value in unit.all('SupplementaryGroups'))}" if unit.all("SupplementaryGroups") else "--clear-groups"
    words = ["setpriv", f"--reuid={user.pw_name}", f"--regid={unit.one('Group', user.pw_name)}", groups]
    words += ["--no-new-privs"] if unit.is_on("NoNewPrivileges") else []
    words += ["--bounding-set=-all"] if unit.all("CapabilityBoundingSet") == [""] else []
    os.umask(int(unit.one("UMask", "0022"), 8))
    os.chdir("/")
    os.execvpe("setpriv", words + shlex.split(unit.one("ExecStart")), environment)


# ---- systemctl ----


def log(name, text):
    STATE.mkdir(exist_ok=True)
    with open(JOURNAL, "a", encoding="utf-8") as journal:
        journal.writelines(f"{name}\t{line}\n" for line in text.splitlines())
    JOURNAL.chmod(0o644)


def start(name):
    unit = Unit(name)
    if name.endswith(".timer"):
        (STATE / "active").mkdir(parents=True, exist_ok=True)
        (STATE / "active" / name).touch()
        return 0
    namespaces = ["--mount"] + (["--net"] if unit.is_on("PrivateNetwork") else [])
    done = subprocess.run(["unshare", *namespaces, sys.executable, __file__, "--inside", name], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    log(name, done.stderr + done.stdout)
    is_well = done.returncode == 0 or str(done.returncode) in unit.one("SuccessExitStatus").split()
    log(name, f"{name}: {'Deactivated successfully.' if is_well else f'Failed with result exit-code {done.returncode}.'}")
    for other in unit.all("OnSuccess" if is_well else "OnFailure", "Unit"):
        start(other)
    return 0 if is_well else print(f"Job for {name} failed.", file=sys.stderr) or 1


def elapse(name):
    if not (STATE / "active" / name).exists():
        fail(f"{name} is not active")
    if not (WANTS / name).is_symlink():
        fail(f"{name} would not be started when the machine is")
    unit = Unit(name)
    subprocess.run(["systemd-analyze", "calendar", *unit.all("OnCalendar", "Timer")], check=True, stdout=subprocess.DEVNULL)
    return start(unit.one("Unit", name.replace(".timer", ".service"), "Timer"))


def enable(name):
    if Unit(name).one("WantedBy", section="Install") != "timers.target":
        fail(f"{name} has no [Install] for timers")
    WANTS.mkdir(parents=True, exist_ok=True)
    (WANTS / name).symlink_to(FOLDERS[1] / name)


def disable(name):
    (WANTS / name).unlink(missing_ok=True)


def stop(name):
    (STATE / "active" / name).unlink(missing_ok=True)


def systemctl(verb, *words):
    names = [word for word in words if not word.startswith("-")]
    if verb == "list-timers":
        print(*sorted(path.name for path in (STATE / "active").glob(names[0])), sep="\n")
        return 0
    if os.geteuid() != 0:
        fail("Access denied", 4)
    if verb == "daemon-reload":
        return 0
    code = 0
    for name in names:
        code = {"start": start, "stop": stop, "enable": enable, "disable": disable, "elapse": elapse}[verb](name) or code
        if "--now" in words:
            code = {"enable": start, "disable": stop}[verb](name) or code
    return code


def journalctl(*words):
    units = [words[at + 1] for at, word in enumerate(words[:-1]) if word in ("-u", "--unit")]
    lines = JOURNAL.read_text(encoding="utf-8").splitlines() if JOURNAL.exists() else []
    for line in lines:
        name, text = line.split("\t", 1)
        if any(fnmatch.fnmatch(name, unit if "." in unit else unit + ".service") or fnmatch.fnmatch(name, unit) for unit in units):
            print(text)
    return 0


# ---- apt-get ----


def apt_get(*words):
    """Installs nothing: what a guide asks for has to be there already, as scripts/dependencies.txt has it."""
    packages = [word for word in words[1:] if not word.startswith("-")]
    missing = [each for each in packages if subprocess.run(["dpkg-query", "-W", each], capture_output=True).returncode != 0]
    return fail(f"not installed: {' '.join(missing)}: it belongs into [test] of scripts/dependencies.txt", 100) if missing else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2])
    sys.exit({"systemctl": systemctl, "journalctl": journalctl, "apt-get": apt_get}[pathlib.Path(sys.argv[0]).name](*sys.argv[1:]))
