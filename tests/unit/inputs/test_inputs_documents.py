"""A file that cannot be read is a fault with a line where there is one, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.inputs import Faults, load_parameters, read_yaml
from sim.inputs.document import _composed_slowly, _Reader
from sim.inputs.folders import default_folder
from sim.inputs.rows import read_rows

pytestmark = pytest.mark.unit


def fault_of(path):
    with pytest.raises(Faults) as caught:
        read_yaml(path)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "is empty"),
        (b"# only a comment\n", 1, "is empty"),
        (b"a: 1\nb: \xff\xfe\n", 2, "is not text in UTF-8"),
        (b"\x00\x01\x02", 0, "is not YAML"),
        (b"a: 1\n\tb: 2\n", 2, "a tab"),
        (b"a: [1, 2\nb: 3\n", 1, "the [ that opens here is not closed"),
        (b"a: 1\n---\nb: 2\n", 2, "this is not YAML: a file holds one document"),
        (b"label: Ward: north\n", 1, '"label: Ward: north": this is not YAML: quote a text that holds a colon'),
        (b"a: 1\nb\nc: 1\n", 2, '"b": this is not YAML: a key ends with a colon'),
        (b"a:\n  b:8\n  c: 1\n", 2, '"b:8": this is not YAML: put a blank after the colon'),
        (b"a:8\nc: 1\n", 1, '"a:8": this is not YAML: put a blank after the colon'),
        (b"a:\n   b: x\n    c: 1\n", 3, "this line, or the one before it, is not indented"),
        (b"a:\n  b: 1\n c: 2\n", 3, "this line is not indented as the lines it belongs to"),
        (b"a: {b: 1, c: 2\nd: 3\n", 1, "the { that opens here is not closed"),
        (b'a: 1\nb: "x\nc: 2\n', 2, "a quotation mark opens here and is not closed"),
        (b"a: @x\n", 1, "quote a text that begins with @"),
        (b"a: &x 1\nb: *x\n", 2, "is not read here"),
        (b"a: &x [*x]\n", 1, "not"),
        (b"a: !!python/object:os.system 1\n", 1, "is not read here"),
        (b"a: !money 1\n", 1, "is not read here"),
        (b"? [a, b]\n: 1\n", 1, "must be a single word"),
        (b"a: 0x1F\n", 1, "is not a number we can read"),
        (b"a: " + b"9" * 500 + b"\n", 1, "is not a finite number"),
        (b"[" * 3000, 0, "is nested too deeply"),
        (b"- " * 100_000 + b"a\n", 0, "is nested too deeply"),
        (b"? " * 100_000 + b"a\n", 0, "is nested too deeply"),
        (b"".join(b" " * depth + b"a:\n" for depth in range(2000)), 0, "is nested too deeply"),
    ],
)
def test_bad_files_say_what_is_wrong_and_where(tmp_path, content, line, says):
    """Each content has one fault; the line is that of the offending text, 0 where there is none."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    fault = fault_of(path)
    assert says in f"{fault.found} {fault.rule}"
    assert fault.line == line


def test_a_missing_file_and_a_folder_are_faults(tmp_path):
    """No line can be given for either."""
    assert "No such file" in fault_of(tmp_path / "nowhere.yaml").rule
    assert "directory" in fault_of(tmp_path).rule


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path, monkeypatch):
    """Permission is denied by the operating system; a test run as root has to pretend."""

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert fault_of(tmp_path / "x.yaml").rule == "cannot be read: Permission denied"


def test_lines_are_known_for_every_path(tmp_path):
    """Keys, list items and the nearest thing around what is not there; line 1 is the whole file."""
    path = tmp_path / "x.yaml"
    path.write_text("a:\n  b: 1\n  c:\n    - x\n    - y\nd: 2016-04-01\n")
    document = read_yaml(path)
    assert document.data == {"a": {"b": 1, "c": ["x", "y"]}, "d": "2016-04-01"}
    assert [document.line(steps) for steps in (("a", "b"), ("a", "c", 1), ("a", "nowhere", 3), ())] == [2, 5, 1, 1]


def test_both_readers_of_yaml_find_the_same():
    """The one in C and the one in Python, in every file that is shipped: the same data on the same lines."""
    assert YAML(typ="safe").Parser is not YAML(typ="safe", pure=True).Parser
    files = sorted(default_folder().rglob("*.yaml"))
    assert len(files) > 40
    for path in files:
        found, slow = read_yaml(path), _Reader(path.name)
        assert slow.value(_composed_slowly(path.read_text(), path.name), ()) == found.data
        assert slow.lines == found.lines


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_whatever_escape_as_a_traceback(tmp_path_factory, content):
    """Any bytes are either data or faults."""
    path = tmp_path_factory.mktemp("any") / "x.yaml"
    path.write_bytes(content)
    try:
        read_yaml(path)
    except Faults as error:
        assert str(error).endswith("Nothing was run.")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_table_whatever_escapes_as_a_traceback(tmp_path_factory, content):
    """Any text is either rows or faults."""
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_text(content, encoding="utf-8", errors="replace", newline="")
    try:
        read_rows(path, ("a", "b"))
    except Faults as error:
        assert error.faults


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"- a\n- b\n", b"3\n"])
@pytest.mark.parametrize("name", ["sources.yaml", "demand.yaml", "programmes.csv"])
def test_no_content_of_a_parameter_file_escapes(folder, name, content):
    """Empty, binary, a list or a number where names are wanted."""
    (folder / name).write_bytes(content)
    with pytest.raises(Faults):
        load_parameters(folder)


def test_a_missing_folder_is_a_fault(tmp_path):
    """The folder is named."""
    with pytest.raises(Faults, match="is not there"):
        load_parameters(tmp_path / "nowhere")
    with pytest.raises(Faults):
        load_parameters(tmp_path)
