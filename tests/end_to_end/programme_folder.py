"""What tests do in a folder of a programme: call the program, look at what it wrote, change a file."""

import hashlib

from conftest import run_boardpack


TRACES = ("Sanitizer", "runtime error", "CRITICAL", "WARNING **", "Assertion")


def call(folder, *arguments, **more):
    """Runs the program; it may fail, but never crash or leak."""
    done = run_boardpack(folder, *arguments, check=False, **more)
    assert done.returncode in (0, 1, 2, 3, 4, 10, 11), f"ended {done.returncode}\n{done.stderr}"
    assert not any(trace in done.stderr for trace in TRACES), done.stderr
    return done


def files_under(folder):
    """Relative path → SHA-256 of every file under a folder."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def packs_of(run):
    beside = ("manifest.json", "summary.txt", "inputs/", "evidence/")
    return {path: digest for path, digest in files_under(run).items() if not path.startswith(beside)}


def latest(folder):
    """The newest run with packs, or None."""
    link = folder / "output" / "latest"
    return link.resolve() if link.is_symlink() else None


def partials(folder):
    return [path.name for path in (folder / "output").glob(".partial-*")]


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
