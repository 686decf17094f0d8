"""Commands from start to end: list and import with many jobs."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench import Bench
from children import command_s
from homes import document, make, various_jobs
from machine import now_s
from report import Row, spread

from deskcron.exchange.bundle import JsonBundles

NAME = "commands"


def rows(bench: Bench) -> list[Row]:
    """Measure whole processes."""
    sizes = ((1_000, 0.2), (bench.size(10_000, 2_000), 0.5))
    homes = [_with_jobs(bench, size) for size, _bar in sizes]
    count = bench.size(5_000, 500)
    bundle = bench.directory / "jobs.json"
    documents = [document(made) for made in various_jobs(count, now_s())]
    bundle.write_bytes(JsonBundles().dump(documents))
    command_s(homes[0], "list")  # so that everything is compiled
    lists: list[list[float]] = [[] for _ in sizes]
    imports: list[float] = []
    start: list[float] = []
    for number in range(max(3, bench.rounds)):
        bench.say(f"commands, round {number + 1}")
        start.append(command_s(homes[0], "--version"))
        for home, found in zip(homes, lists, strict=True):
            found.append(command_s(home, "list"))
        fresh = bench.fresh("import")
        fresh.mkdir()
        command_s(fresh, "list")
        imports.append(command_s(fresh, "import", str(bundle)))
    lines = [
        Row(
            figure=f"deskcron list with {size} jobs",
            measured=spread(found, "s", digits=3),
            bar=f"< {bar:.2f} s",
            met=median(found) < bar,
        )
        for (size, bar), found in zip(sizes, lists, strict=True)
    ]
    return [
        Row(figure="deskcron --version", measured=spread(start, "s", digits=3)),
        *lines,
        Row(
            figure=f"deskcron import of {count} jobs",
            measured=spread(imports, "s"),
            bar="< 2 s",
            met=median(imports) < 2,
        ),
    ]


def _with_jobs(bench: Bench, size: int) -> Path:
    now = now_s()
    return bench.kept(f"jobs-{size}", lambda home: make(home, various_jobs(size, now), now))
