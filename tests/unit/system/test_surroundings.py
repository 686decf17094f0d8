"""What the machine says: environment, clock and zones."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskcron.system.clock import SystemClock
from deskcron.system.environment import base_environment
from deskcron.system.zones import SystemZones

TOKYO = "/usr/share/zoneinfo/Asia/Tokyo"


def test_environment_of_the_person_stays():
    """What the person has set reaches the children, and Python programs write at once."""
    environ = {
        "PATH": "/bin", "LD_LIBRARY_PATH": "/opt", "QT_PLUGIN_PATH": "/qt", "VIRTUAL_ENV": "/v",
        "PYTHONPATH": "/p", "DESKCRON_HOME": "/h", "PYTHONUNBUFFERED": "x",
    }  # fmt: skip
    assert base_environment(environ, prefix="/other", is_frozen=False) == environ
    assert base_environment({})["PYTHONUNBUFFERED"] == "1"


def test_a_relative_home_is_the_same_for_jobs(tmp_path, monkeypatch):
    """A job that calls deskcron works on the same data, whatever directory it runs in."""
    monkeypatch.chdir(tmp_path)
    assert base_environment({"DESKCRON_HOME": "data"})["DESKCRON_HOME"] == str(tmp_path / "data")


def test_frozen_build_leaks_nothing():
    """What the start of a frozen build adds is taken out, and what it saved is put back."""
    environ = {
        "LD_LIBRARY_PATH": "/tmp/_MEI1", "LD_LIBRARY_PATH_ORIG": "/opt", "_MEIPASS2": "/tmp/_MEI1",
        "_PYI_ARCHIVE_FILE": "x", "QT_PLUGIN_PATH": "/tmp/_MEI1/qt", "QML2_IMPORT_PATH": "x",
        "DYLD_LIBRARY_PATH": "/tmp/_MEI1", "LANG": "C",
    }  # fmt: skip
    child = base_environment(environ, is_frozen=True)
    assert child == {"LD_LIBRARY_PATH": "/opt", "LANG": "C", "PYTHONUNBUFFERED": "1"}


def test_our_own_virtual_environment(tmp_path):
    """Our own virtual environment is left; PATH keeps its other parts in order."""
    path = os.pathsep.join(["/a", str(tmp_path / "bin"), "", "/b"])
    environ = {"VIRTUAL_ENV": f"{tmp_path}/", "VIRTUAL_ENV_PROMPT": "x", "PATH": path}
    child = base_environment(environ, prefix=str(tmp_path), is_frozen=False)
    assert child == {"PATH": os.pathsep.join(["/a", "", "/b"]), "PYTHONUNBUFFERED": "1"}


def test_nothing_of_an_outer_run():
    """An engine that was started by a job does not hand on that job's marks."""
    marks = ("RUN_ID", "EVENT", "FILE", "SIGNAL", "PREVIOUS_STATUS", "STANDS_IN_FOR", "NEW_MARK")
    environ = {**{f"DESKCRON_{mark}": "x" for mark in marks}, "NOTIFY_SOCKET": "/n"}
    assert base_environment(environ) == {"PYTHONUNBUFFERED": "1"}


def test_clock():
    """The clock is aware and in UTC, and its monotonic time does not go back."""
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - time.time()) < 5
    assert clock.now() - clock.now() < timedelta(seconds=1)
    assert clock.monotonic() <= clock.monotonic()


@pytest.fixture
def zones(monkeypatch):
    """Return the machine's zones and undo what TZ has done."""
    yield SystemZones(good_for_s=0)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="TZ is POSIX")
@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        (":America/New_York", "America/New_York"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"),
        ("no/such/zone", "UTC"),
        ("/no/such/file", "UTC"),
    ],
)
def test_zone_by_variable(zones, monkeypatch, expected_logs, value, name):
    """TZ is honoured anew at each look; what is no zone counts as UTC and is told once."""
    monkeypatch.setenv("TZ", value)
    assert zones.local_zone() == zones.local_zone() == name
    assert len(expected_logs) == (name == "UTC")


@pytest.mark.skipif(not Path(TOKYO).exists(), reason="needs zone files")
@pytest.mark.parametrize("name", ["localtime", "local"])
def test_zone_by_copied_file(zones, monkeypatch, tmp_path, expected_logs, name):
    """A zone file that was copied to its place is named by its twin in the database."""
    copied = tmp_path / name
    copied.write_bytes(Path(TOKYO).read_bytes())
    monkeypatch.setenv("TZ", f":{copied}")
    assert zones.local_zone() == "Asia/Tokyo"
    copied.write_bytes(Path(TOKYO).read_bytes() + b"?")
    assert zones.local_zone() == "UTC"
    assert not expected_logs


def test_why_the_zone_is_not_known(monkeypatch, zones, expected_logs):
    """It is told until the zone is known again."""
    monkeypatch.setenv("TZ", "Mars/Olympus")
    assert "Mars/Olympus" in zones.fault()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert zones.fault() == ""
    assert len(expected_logs) == 1


def test_zones_are_read_anew_with_other_rules(tmp_path):
    """A zone that was read goes by its old rules until it is renewed; asking changes nothing."""
    (tmp_path / "tzdata.zi").write_text("# version 2025a\n")
    zones = SystemZones(database=(str(tmp_path),))
    before = ZoneInfo("Asia/Tokyo")
    zones.renew()
    assert ZoneInfo("Asia/Tokyo") is before
    (tmp_path / "tzdata.zi").write_text("# version 2025b\n")
    assert zones.rules_version().startswith("2025b+")
    assert ZoneInfo("Asia/Tokyo") is before
    zones.renew()
    assert ZoneInfo("Asia/Tokyo") is not before


def test_rules_version(tmp_path):
    """The version changes with the system's rules and with the package's."""
    package = SystemZones(database=(str(tmp_path),)).rules_version()
    assert package.startswith("+2")
    (tmp_path / "+VERSION").write_text("2025a\n")
    assert SystemZones(database=(str(tmp_path),)).rules_version() == f"2025a{package}"
    (tmp_path / "tzdata.zi").write_text("# version 2025b\n# more\n")
    assert SystemZones(database=(str(tmp_path),)).rules_version() == f"2025b{package}"
