"""The command why: why a job did or did not run, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from deskcron.cli.application import Application
from deskcron.cli.asjson import print_json
from deskcron.cli.display import shown
from deskcron.cli.parameters import job_argument, json_option
from deskcron.cli.runlines import attempt_line, result, when
from deskcron.cli.words import obstacle_hint
from deskcron.domain.answers import EngineState
from deskcron.domain.explanation import Explanation, Heard, Obstacle
from deskcron.domain.outlookwords import Note, going_words, listening_notes, outlook_notes
from deskcron.domain.reasonwords import fault_words
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import local, local_and_relative
from deskcron.domain.words import (
    cause_word,
    held_words,
    obstacle_words,
    sleep_words,
    undecided_words,
)


@click.command(help=_("Tell why a job did or did not run, and when it runs next."))
@job_argument
@json_option
@click.pass_obj
def explain_job(application: Application, *, job: str, as_json: bool) -> None:
    """Explain a job's latest runs and decisions."""
    facade = application.facade()
    answer = facade.history.why(job)
    if as_json:
        print_json(answer)
        return
    now, state = application.clock().now(), facade.control.state()
    lines = [
        shown(answer.job.name),
        _("  Last run: {run}").format(
            run=_run_line(answer.last_execution) if answer.last_execution else _("never yet")
        ),
        *(f"    {attempt_line(one)}" for one in answer.attempts),
        *(f"    {words}" for words in _slept(answer.last_execution)),
        _("  Next:     {time}").format(time=_next(answer, now)),
        *(_("  Listens:  {event}").format(event=_heard(heard, now)) for heard in answer.listening),
        _("  Engine:   {state}").format(state=_engine_words(state)),
        *_obstacles(answer, state),
        *_rest(answer),
        *_decisions(answer, undecided_words(answer, now)),
    ]
    click.echo("\n".join(lines))


def _run_line(run: Run) -> str:
    return _("{time}, run {id} ({cause}): {result}").format(
        time=when(run), id=run.id, cause=cause_word(run.cause), result=result(run)
    )


def _slept(run: Run | None) -> Sequence[str]:
    words = "" if run is None else sleep_words(run)
    return [words] if words else []


def _next(answer: Explanation, now: datetime) -> str:
    due_at = answer.next_due_at
    if due_at is None:
        return _("at its event") if answer.job.listens else _("none")
    time, until = local_and_relative(due_at, now), answer.job.held_until
    if due_at <= now:
        return _("{time}, not decided yet").format(time=time)
    if answer.job.is_held and (until is None or due_at < until):
        return _("{time}, to be skipped as the job is held").format(time=time)
    if Obstacle.PAUSED in answer.obstacles:
        return _("{time}, to be skipped as all jobs are paused").format(time=time)
    return _("{time}, to be skipped").format(time=time) if answer.skips_next else time


def _heard(heard: Heard, now: datetime) -> str:
    if heard.last_at is None:
        return _("{event}, not heard of lately").format(event=shown(heard.text))
    time = local_and_relative(heard.last_at, now)
    return _("{event}, last {time}").format(event=shown(heard.text), time=time)


def _engine_words(state: EngineState) -> str:
    if not state.running:
        return _("none is running")
    return _("running, process {pid}").format(pid=state.pid)


def _obstacles(answer: Explanation, state: EngineState) -> list[str]:
    texts = [
        f"{_obstacle(obstacle, answer, state)} {obstacle_hint(obstacle, answer.job.id)}".rstrip()
        for obstacle in answer.obstacles
    ]
    if answer.job.fault:
        texts.append(_("The job is {fault}.").format(fault=fault_words(answer.job.fault)))
    texts += [shown(note.text) for note in _notes(answer) if note.is_in_the_way]
    return [_("What is in the way:"), *(f"  {text}" for text in texts)] if texts else []


def _rest(answer: Explanation) -> list[str]:
    """Return what else is worth knowing of the next start."""
    texts = [shown(note.text) for note in _notes(answer) if not note.is_in_the_way]
    return [_("What else counts:"), *(f"  {text}" for text in texts)] if texts else []


def _notes(answer: Explanation) -> Sequence[Note]:
    return (*outlook_notes(answer.outlook, local), *listening_notes(answer.listening, local))


def _obstacle(obstacle: Obstacle, answer: Explanation, state: EngineState) -> str:
    if obstacle is Obstacle.PAUSED and state.paused_until is not None:
        return _("All jobs are paused until {time}.").format(time=local(state.paused_until))
    if obstacle is Obstacle.HELD and answer.held_since is not None:
        until = answer.job.held_until
        return held_words(local(answer.held_since), None if until is None else local(until))
    if obstacle is Obstacle.STILL_RUNNING:
        return shown(going_words(answer.outlook, local)) or obstacle_words(obstacle)
    return obstacle_words(obstacle)


def _decisions(answer: Explanation, undecided: str) -> list[str]:
    if not answer.decisions:
        return [undecided or _("No time of this job has come yet.")]
    return [
        *([undecided] if undecided else []),
        _("Latest decisions:"),
        *(f"  {_run_line(run)}" for run in answer.decisions),
    ]
