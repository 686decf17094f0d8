"""Preferences: stored as a whole, read with care, obeyed by whoever runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import msgspec
import pytest
from enginefixtures import store  # noqa: F401 - with a file, which is looked at here

from deskcron.domain.action import Urgency
from deskcron.domain.errors import InvalidDraft, StoreUnavailable
from deskcron.domain.ports import ProcessIdentity
from deskcron.domain.preferences import LIMITS, Appearance, Preferences, ZoneDisplay
from deskcron.domain.records import InboxItem, InboxKind, NewRun, RunEnd
from deskcron.domain.run import Cause, RunId, Status
from deskcron.engine.preferences import PreferencesService
from deskcron.engine.ready import Ready
from deskcron.store.opening import open_store

CHANGED = Preferences(
    notifier="plyer",
    history_days=30,
    runs_per_job=5,
    logs_mb=100,
    appearance=Appearance.DARK,
    zone=ZoneDisplay.UTC,
    knows_tray=True,
    lanes={"disk": 2},
)


@pytest.fixture
def preferences(rig):
    """Return the preferences of the rig's store."""
    return PreferencesService(rig.store, rig.wake)


def put(rig, value) -> None:
    """Store something as preferences."""
    rig.change(lambda tables: tables.settings.set("preferences", value))


def test_the_defaults_hold_until_something_is_saved(rig, preferences) -> None:
    """What was saved is read again, also by another process, and the engine is nudged."""
    assert preferences.get() == Preferences()
    assert preferences.change(**msgspec.structs.asdict(CHANGED)) == CHANGED
    assert rig.wake.nudges == 1
    assert preferences.get() == CHANGED
    with closing(open_store(rig.home / "deskcron.db", may_migrate=False)) as other:
        assert PreferencesService(other, rig.wake).get() == CHANGED


def test_what_a_later_version_prefers_survives(rig, preferences) -> None:
    """Fields that nobody knows stay when the others are saved."""
    put(rig, {"history_days": 30, "colour": "red"})
    assert preferences.get() == Preferences(history_days=30)
    preferences.change(logs_mb=7)
    stored = rig.store.read(lambda tables: tables.settings.get("preferences"))
    assert stored == {"history_days": 30, "colour": "red", "logs_mb": 7}


def test_changes_at_the_same_time_lose_nothing(rig, preferences) -> None:
    """Fields that are changed by several at once are all kept."""
    fields = {"history_days": 7, "runs_per_job": 8, "logs_mb": 9, "knows_tray": True}
    with ThreadPoolExecutor(len(fields)) as pool:
        for name, value in fields.items():
            pool.submit(preferences.change, **{name: value})
    assert preferences.get() == Preferences(**fields)


@pytest.mark.parametrize(
    "value",
    [
        {"history_days": -1, "logs_mb": 100},
        {"history_days": "many", "logs_mb": 100},
        {"appearance": "pink", "logs_mb": 100},
        {"notifier": None, "zone": 7, "knows_tray": 1, "logs_mb": 100},
    ],
)
def test_what_cannot_be_used_is_as_if_it_was_not_there(rig, preferences, value) -> None:
    """A field that cannot be read has its default, and never takes the others with it."""
    put(rig, value)
    assert preferences.get() == Preferences(logs_mb=100)


def test_preferences_of_another_shape_are_the_defaults(rig, preferences) -> None:
    """Anything but an object is no preferences."""
    put(rig, ["x"])
    assert preferences.get() == Preferences()


@pytest.mark.parametrize("field", LIMITS)
def test_numbers_have_limits(preferences, field: str) -> None:
    """Numbers at the limits are saved, those beyond are refused beside their field."""
    least, most = LIMITS[field]
    for good in (least, most):
        preferences.change(**{field: good})
        assert getattr(preferences.get(), field) == good
    for bad in (least - 1, most + 1):
        with pytest.raises(InvalidDraft) as caught:
            preferences.change(**{field: bad})
        assert [problem.field for problem in caught.value.problems] == [field]
    assert getattr(preferences.get(), field) == most


@pytest.mark.parametrize("limit", [0, 65])
def test_a_lane_has_room_for_one_to_many(preferences, limit: int) -> None:
    """A lane without room, or with too much, is refused by its name."""
    preferences.change(lanes={"disk": 64, "net": 1})
    with pytest.raises(InvalidDraft) as caught:
        preferences.change(lanes={"disk": limit})
    assert [problem.field for problem in caught.value.problems] == ["lanes.disk"]
    assert preferences.get().lanes == {"disk": 64, "net": 1}


def test_lanes_are_told_with_their_jobs_and_runs(rig, preferences) -> None:
    """Lanes with room of their own and lanes of jobs are there, by name, with who is in them."""
    assert preferences.lanes() == []
    job = rig.add("Backup", action=rig.shell("true"), lane="disk")
    rig.add("Photos", action=rig.shell("true"), lane="disk")
    preferences.set_lanes({"net": 3})
    now = rig.clock.now()

    def start(tables) -> int:
        run_id = tables.runs.insert(NewRun(job, 1, Cause.MANUAL, Status.QUEUED, now))
        tables.runs.started(run_id, now, ProcessIdentity(1, 2, "boot"))
        return run_id

    run_id = rig.change(start)
    disk, net = preferences.lanes()
    assert (disk.name, disk.limit, disk.jobs) == ("disk", 1, ("Backup", "Photos"))
    assert [(run.run_id, run.job_name) for run in disk.runs] == [(run_id, "Backup")]
    assert (net.name, net.limit, net.jobs, net.runs) == ("net", 3, (), ())


def test_lanes_are_given_room_one_by_one(rig, preferences) -> None:
    """Others keep theirs, none takes it back, and what no lane can have is refused."""
    preferences.set_lanes({"disk": 2, "net": 3})
    preferences.set_lanes({"disk": None, "gpu": 1})
    assert preferences.get().lanes == {"net": 3, "gpu": 1}
    assert rig.wake.nudges == 2
    with pytest.raises(InvalidDraft):
        preferences.set_lanes({"net": 0})
    assert preferences.get().lanes == {"net": 3, "gpu": 1}


def remind(rig, announcer, title: str) -> None:
    """Put a reminder into the inbox and have it shown."""
    item = InboxItem(
        id=0,
        kind=InboxKind.REMINDER,
        run_id=None,
        job_id=None,
        title=title,
        text="",
        urgency=Urgency.NORMAL,
        created_at=rig.clock.now(),
    )
    rig.change(lambda tables: tables.inbox.add(item))
    announcer.look()


def test_the_preferred_back_end_is_asked_first(rig, notifier) -> None:
    """Each banner goes to the one preferred at that time, to another where that one cannot."""
    other = type(notifier)()
    other.name = "other"
    announcer = rig.announcer(notifier, other)
    announcer.start()
    remind(rig, announcer, "by the first")
    assert notifier.next().title == "by the first"
    with closing(open_store(rig.home / "deskcron.db", may_migrate=False)) as elsewhere:
        PreferencesService(elsewhere, rig.wake).change(notifier="other")
    remind(rig, announcer, "by the other")
    assert other.next().title == "by the other"
    other.available = False
    remind(rig, announcer, "by who can")
    assert notifier.next().title == "by who can"
    announcer.close()
    assert notifier.rest() == other.rest() == []


def test_banners_do_not_need_the_store(rig, notifier, monkeypatch, expected_logs) -> None:
    """While preferences cannot be read, banners go to the first back end that works."""
    job = rig.definitions.present(rig.job(rig.add()))
    announcer = rig.announcer(notifier)

    def unavailable(_query):
        raise StoreUnavailable(title="The disk is gone")

    monkeypatch.setattr(rig.store, "read", unavailable)
    announcer.serve()
    end = RunEnd(RunId(1), Status.SUCCEEDED, None, rig.clock.now())
    announcer.run_ended(Ready(RunId(1), job, Cause.MANUAL, None), end, None)
    assert notifier.next().title == "Tea"
    announcer.close()
    assert {record.levelname for record in expected_logs} == {"WARNING"}


def test_new_jobs_start_from_rules_that_were_chosen(rig, preferences) -> None:
    """They are kept as they are given, replaced as a whole, and gone when there are none."""
    assert preferences.defaults() == {}
    preferences.set_defaults({"notify": "never", "retry": {"count": 2}})
    assert preferences.defaults() == {"notify": "never", "retry": {"count": 2}}
    preferences.set_defaults({"exact": True})
    assert preferences.defaults() == {"exact": True}
    preferences.set_defaults({})
    assert rig.store.read(lambda tables: tables.settings.get("defaults")) is None


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"retry": {"count": -1}}, "policy.retry.count"),
        ({"notify": "loudly"}, "policy"),
        ({"hours": {"holidays": "XX"}}, "policy.hours.holidays"),
    ],
)
def test_rules_that_no_job_could_have_are_refused(rig, rules, field) -> None:
    """What was stored stays."""
    preferences = PreferencesService(rig.store, rig.wake, lambda place: place == "DE")
    preferences.set_defaults({"hours": {"holidays": "DE"}})
    with pytest.raises(InvalidDraft) as refused:
        preferences.set_defaults(rules)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert preferences.defaults() == {"hours": {"holidays": "DE"}}


@pytest.mark.parametrize("stored", [7, [1], {"notify": "loudly", "retry": {"count": -1}}])
def test_stored_rules_that_cannot_be_used_are_left_out(rig, preferences, stored) -> None:
    """What a later version or an accident wrote keeps nobody from adding jobs."""
    rig.change(lambda tables: tables.settings.set("defaults", stored))
    assert preferences.defaults() == {}


def test_defaults_are_never_applied_to_jobs_that_are_there(rig, preferences) -> None:
    """A job added before, or by a document of its own, keeps its rules."""
    before = rig.add("Tea")
    preferences.set_defaults({"notify": "never"})
    after = rig.add("Coffee")
    policies = [rig.catalogue.show(job).document["policy"]["notify"] for job in (before, after)]
    assert policies == ["always", "always"]
