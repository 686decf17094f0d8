"""Power cuts: what an engine wrote, replayed up to any moment, is a whole store."""

from __future__ import annotations

import pytest
from powerloss import WAYS, Cuts, executions, prepare, read_files, record
from tracing import can_trace

pytestmark = pytest.mark.skipif(
    not can_trace(), reason="needs strace, and leave to trace (Debian: strace)"
)


@pytest.fixture
def cuts(desk):
    """Record an engine that runs a few jobs, from its start to its end."""
    prepare(desk)
    before = read_files(desk.home)
    steps = record(desk, lambda: len(executions(desk)) >= 4)
    return Cuts(before, steps, seed=2026)


def test_a_power_cut_at_any_sync_loses_no_claim(cuts, tmp_path):
    """Cut anywhere: the store is whole, and holds all that was synced and every run that began."""
    assert list(cuts.look_at_all(tmp_path / "cut")) == []
    assert cuts.number > 50


@pytest.mark.parametrize("way", WAYS)
def test_after_a_power_cut_nothing_starts_again(cuts, desk, way):
    """An engine of the next boot finds no logs, or empty ones, and starts no run that had begun."""
    moment = cuts.starts[-1]
    assert cuts.go_on(moment, desk, way) == ""
