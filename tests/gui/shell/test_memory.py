"""The place of the window is kept beside the data, and is not worth a failure."""

from __future__ import annotations

from pathlib import Path

from deskcron.gui.shell.memory import WindowMemory


def test_place_is_kept(tmp_path: Path) -> None:
    """What was kept is recalled by the next start."""
    WindowMemory(tmp_path / "window").keep(b"here")
    assert WindowMemory(tmp_path / "window").recall() == b"here"


def test_nothing_is_recalled_at_the_first_start(tmp_path: Path) -> None:
    """Without a file there is nothing to recall."""
    assert WindowMemory(tmp_path / "window").recall() == b""


def test_file_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    """Where the place cannot be read or written, the window opens as at the first start."""
    memory = WindowMemory(tmp_path)
    assert memory.recall() == b""
    memory.keep(b"here")
    assert WindowMemory(tmp_path).recall() == b""


def test_file_of_another_kind_is_done_without(tmp_path: Path) -> None:
    """What cannot be understood is as nothing, and is written over."""
    path = tmp_path / "window"
    path.write_bytes(b"\x01\xd9\xd0\xcb")
    memory = WindowMemory(path)
    assert memory.recall() == b""
    memory.keep(b"here")
    assert WindowMemory(path).recall() == b"here"


def test_widths_of_columns_are_kept_with_the_place(tmp_path: Path) -> None:
    """Widths of columns are recalled by the table they belong to."""
    memory = WindowMemory(tmp_path / "window")
    memory.note_columns("jobs", [10, 200])
    memory.note_columns("history", [30])
    memory.keep(b"here")
    again = WindowMemory(tmp_path / "window")
    assert list(again.columns("jobs")) == [10, 200]
    assert list(again.columns("history")) == [30]
    assert list(again.columns("another")) == []


def test_place_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    """Closing a window that was not moved writes nothing."""
    path = tmp_path / "window"
    memory = WindowMemory(path)
    memory.keep(b"here")
    path.unlink()
    memory.keep(b"here")
    assert not path.exists()
