# SPDX-License-Identifier: Apache-2.0
"""How costs grow: a call's with the size of pictures, pairs, steps and tags; an answer's with runs.

Command: `python -m benchmarks.growth`; `--help` lists its options.
"""

from __future__ import annotations

import dataclasses
import pathlib
import statistics
import time
from collections.abc import Iterable

from benchmarks import boards, contenders, content, logs, options, tables
from benchmarks.content import Spec
from benchmarks.processes import Cost, Processes

_OURS = "pairs"
_UNSHARED = "pairs, nothing shared"
_UNSHARED_NOTE = "Nothing shared: pairs without looking for what is stored already."
_WARM = 2


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    with options.scratch() as folder:
        store = content.Store(folder / "content")
        with Processes(
            [contenders.REFERENCE, _OURS, _UNSHARED], folder / "content", folder / "logs"
        ) as processes:
            measure = _Measure(processes, store, 2 if asked.short else 8 * asked.repeat)
            return [
                measure.sizes((32, 64) if asked.short else (64, 128, 256, 512, 1024)),
                measure.pairs((1, 2) if asked.short else (1, 2, 4, 8, 16, 32)),
                measure.steps(4 if asked.short else 400),
                measure.tags((1, 2) if asked.short else (1, 10, 100)),
                measure.random(asked.repeat, 32 if asked.short else 512),
                _runs(folder / "runs", (1, 2) if asked.short else (1, 5, 20, 50), 5 * asked.repeat),
            ]


class _Measure:
    def __init__(self, processes: Processes, store: content.Store, calls: int) -> None:
        self._processes = processes
        self._store = store
        self._calls = calls

    def sizes(self, sizes: tuple[int, ...]) -> tables.Table:
        rows = [
            [str(size), *self._cells(Spec(kind, size, size) for kind in content.USUAL)]
            for size in sizes
        ]
        columns = [f"{kind}: today, ours, ms" for kind in content.USUAL]
        return tables.Table("growth_size", "Cost of a call by size", ["px", *columns], rows)

    def pairs(self, counts: tuple[int, ...]) -> tables.Table:
        rows = [
            [
                str(count),
                *self._cells(Spec(kind, 128, 128, pairs=count) for kind in content.USUAL),
            ]
            for count in counts
        ]
        columns = [f"{kind}: today, ours, ms" for kind in content.USUAL]
        return tables.Table(
            "growth_pairs", "Cost of a call by pairs of 128 px", ["pairs", *columns], rows
        )

    def steps(self, steps: int) -> tables.Table:
        """The same call over and over: what a writer remembers must not slow it down."""
        costs = self._run(Spec("mask", 64, 64, seed=1), steps)
        quarter = steps // 4
        rows = [
            [
                f"{start} to {start + quarter - 1}",
                *(_median(of[start : start + quarter]) for of in costs.values()),
            ]
            for start in range(0, steps, quarter)
        ]
        return tables.Table(
            "growth_steps", "Cost of a call by step, ms", ["steps", *costs], rows, [_UNSHARED_NOTE]
        )

    def tags(self, counts: tuple[int, ...]) -> tables.Table:
        """As many tags in turn, each with a ground truth of its own."""
        rows = []
        for count in counts:
            costs: dict[str, list[Cost]] = {}
            for tag in range(count):
                for name, of in self._run(Spec("mask", 64, 64, seed=2 + tag), 2 + _WARM).items():
                    costs.setdefault(name, []).extend(of[_WARM:])
            rows.append([str(count), *(_median(of) for of in costs.values())])
        return tables.Table(
            "growth_tags",
            "Cost of a call by number of tags, ms",
            ["tags", *costs],
            rows,
            [_UNSHARED_NOTE],
        )

    def random(self, rounds: int, size: int) -> tables.Table:
        """Batches that never repeat: what looking for them costs."""
        rows: list[list[str | tables.Ratio]] = []
        for kind in content.USUAL:
            spec = Spec(kind, size, size)
            steps = _WARM + max(self._calls, rounds)
            costs = self._run(spec, steps, fresh=True)
            today, looking, blind = (
                costs[name][_WARM:] for name in (contenders.REFERENCE, _OURS, _UNSHARED)
            )
            rows.append(
                [
                    str(spec),
                    *(_median(of) for of in (today, blind, looking)),
                    _ratio(looking, blind, rounds, "processor", 1.03),
                    _ratio(looking, today, rounds, "blocked"),
                ]
            )
        return tables.Table(
            "growth_random",
            "Batches that never repeat: with and without looking for what is stored already",
            [
                "",
                "today, ms",
                "not looking, ms",
                "looking, ms",
                "processor time, looking / not",
                "blocked time, looking / today",
            ],
            rows,
            ["Target of the processor time: 1.03."],
        )

    def _cells(self, specs: Iterable[Spec]) -> list[str]:
        cells = []
        for spec in specs:
            costs = self._run(dataclasses.replace(spec, seed=1000), self._calls + _WARM)
            today, ours = (_median(costs[name][_WARM:]) for name in (contenders.REFERENCE, _OURS))
            cells.append(f"{today}, {ours}")
        return cells

    def _run(self, spec: Spec, steps: int, *, fresh: bool = False) -> dict[str, list[Cost]]:
        self._store.make(spec, steps, fresh=fresh)
        costs = self._processes.run(spec, range(steps), fresh=fresh)
        self._store.clear()
        return costs


def _runs(folder: pathlib.Path, counts: tuple[int, ...], requests: int) -> tables.Table:
    """What a page asks for of a tag, by the number of runs that are shown."""
    rows = []
    for count in counts:
        made = logs.make(folder / str(count), Spec("mask", 64, 64), 20, count)
        last = [f"{made.steps - 1}:{run}" for run in made.runs]
        with boards.board(made.ours, load_fast=True) as board:
            seconds: dict[str, list[float]] = {}
            for _ in range(requests):
                for route, query in (
                    ("environment", None),
                    ("tags", {}),
                    ("series", {"tag": made.tag}),
                    ("samples", {"tag": made.tag}),
                    ("frames", {"tag": made.tag, "at": last}),
                ):
                    path = f"data/{route}" if query is None else f"data/plugin/pairs/{route}"
                    start = time.perf_counter()
                    board.get(path, **(query or {}))
                    seconds.setdefault(route, []).append(time.perf_counter() - start)
        rows.append(
            [str(count), *(tables.milliseconds(statistics.median(of)) for of in seconds.values())]
        )
    return tables.Table(
        "growth_runs",
        "Time of an answer by number of runs of 20 steps of 4 mask pairs of 64 px, ms",
        ["runs", *seconds],
        rows,
        [
            "Rust data server. The columns are requests: environment is TensorBoard's own and its "
            "cheapest, the others are in http_api.md; frames asks for the last step of all runs."
        ],
    )


def _ratio(
    ours: list[Cost], theirs: list[Cost], rounds: int, clock: str, target: float | None = None
) -> tables.Ratio:
    a, b = ([getattr(cost, clock) for cost in costs] for costs in (ours, theirs))
    return tables.ratio_of_rounds(a, b, rounds, target)


def _median(costs: list[Cost]) -> str:
    return tables.milliseconds(statistics.median(cost.blocked for cost in costs))


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.growth", main(given), given)
