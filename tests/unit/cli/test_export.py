"""The command that writes the model for another tool."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.unit

TINY = ("--people", 20_000, "--years", 1)


def test_a_model_is_written_whole(upstream, tmp_path):
    done = upstream("export", "devon", *TINY, "--out", tmp_path / "devon.xmile")
    assert done.exit_code == 0, done.output
    assert "12 months." in done.stderr
    assert ElementTree.parse(tmp_path / "devon.xmile").getroot().tag.endswith("}xmile")
    assert [path.name for path in tmp_path.iterdir()] == ["devon.xmile"]


def test_a_name_that_no_tool_would_open_is_refused(upstream, tmp_path):
    done = upstream("export", "devon", *TINY, "--out", tmp_path / "devon.txt")
    assert done.exit_code == 2
    assert "must end in .xmile or .xml. Did you mean" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_is_refused(upstream, tmp_path):
    (tmp_path / "taken.xmile").mkdir()
    done = upstream("export", "devon", *TINY, "--out", tmp_path / "taken.xmile")
    assert done.exit_code == 2
    assert "is a folder; name a file in it" in done.stderr
