"""The program as it was built: what the linker and the compiler did for it is read from the file."""

import re
import subprocess

import pytest

from conftest import BOARDPACK


def read(*arguments):
    return subprocess.run([*arguments, BOARDPACK], capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}).stdout


@pytest.fixture(scope="module")
def symbols():
    symbols = read("readelf", "--dyn-syms", "--wide")
    if "__asan_init" in symbols:
        pytest.skip("this is a build with sanitizers, which guard it otherwise")
    return symbols


def test_it_is_position_independent(symbols):
    assert re.search(r"Type:\s+DYN", read("readelf", "--file-header")) and "PIE" in read("readelf", "--dynamic")


def test_relocations_are_read_only_before_it_starts(symbols):
    assert "GNU_RELRO" in read("readelf", "--program-headers", "--wide")
    assert "BIND_NOW" in read("readelf", "--dynamic")


def test_no_stack_and_no_segment_can_be_written_and_run(symbols):
    headers = read("readelf", "--program-headers", "--wide")
    assert re.search(r"GNU_STACK.* RW ", headers)
    assert not re.search(r"^\s+LOAD .* RWE ", headers, re.M)


def test_stacks_and_string_functions_are_checked(symbols):
    assert "__stack_chk_fail" in symbols
    if "debug" in str(BOARDPACK.parent.name) or "dev" in str(BOARDPACK.parent.name):
        pytest.skip("a debug build is not optimised, and so cannot check string functions")
    assert re.search(r"__\w+_chk\b(?<!__stack_chk)", symbols.replace("__stack_chk_fail", ""))


def test_jumps_land_where_they_may(symbols):
    if "X86-64" not in read("readelf", "--file-header"):
        pytest.skip("not an x86-64 program")
    assert re.search(r"<main>:\n.*\bendbr64\b", read("objdump", "--disassemble=main", "--no-show-raw-insn"))
