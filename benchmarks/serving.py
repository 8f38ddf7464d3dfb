# SPDX-License-Identifier: Apache-2.0
"""How fast TensorBoard loads and answers, with pairs and with the same pictures as image summaries.

Command: `python -m benchmarks.serving`; `--help` lists its options.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import functools
import json
import pathlib
import shutil
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks import boards, content, logs, options, providers, tables

ENGINES = {True: "Rust data server", False: "in-process loader"}
_CONNECTIONS = 6  # that a browser opens to a server


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    with options.scratch() as folder:
        return [
            _step(asked, folder / "step"),
            _curves(asked, folder / "curves"),
            _loading(asked),
            _memory(asked, folder / "memory"),
        ]


def _step(asked: options.Options, folder: pathlib.Path) -> tables.Table:
    """One step of one card, back to back, each time a step that was not asked for before."""
    size, requests = ((64, 64), 2) if asked.short else ((256, 512), 15)
    spec = content.Spec("mask", *size, pairs=8)
    # Images is asked in two ways, each for steps of its own.
    made = logs.make(folder, spec, 2 * requests * asked.repeat, 1)
    both = folder / "both"
    shutil.copytree(made.ours, both / "ours")
    shutil.copytree(made.today, both / "today")
    rows: list[list[str | tables.Ratio]] = []
    for load_fast, engine in ENGINES.items():
        with boards.board(both, load_fast=load_fast) as board:
            times = _step_times(board, made, requests * asked.repeat)
        targets = {"one by one": 1 / 15, "six at once": 1 / 4, "environment": 10}
        rows.append(
            [
                engine,
                *(tables.milliseconds(statistics.median(of)) for of in times.values()),
                *(
                    tables.ratio_of_rounds(
                        times["frames"], times[name], asked.repeat, target if load_fast else None
                    )
                    for name, target in targets.items()
                ),
            ]
        )
    return tables.Table(
        "step",
        f"One step of one card over HTTP, {spec.pairs} mask pairs of {spec.size}, back to back",
        [
            "",
            "Images, one by one, ms",
            f"Images, {_CONNECTIONS} at once, ms",
            "environment, ms",
            "frames, ms",
            "frames / one by one",
            f"frames / {_CONNECTIONS} at once",
            "frames / environment",
        ],
        rows,
        [
            f"Images needs {spec.pairs} requests of `individualImage`, of which a browser sends "
            f"{_CONNECTIONS} at once; frames is one request. Targets, of the Rust data "
            "server: 1/15, 1/4 and 10."
        ],
    )


def _step_times(board: boards.Board, made: logs.Logs, steps: int) -> dict[str, list[float]]:
    queries = [_blob_keys(board, f"today/{made.runs[0]}", made, i) for i in range(made.pairs)]

    pool = concurrent.futures.ThreadPoolExecutor(_CONNECTIONS)

    def picture(key: str) -> object:
        return board.get("data/plugin/images/individualImage", blob_key=key)

    def one_by_one(step: int) -> None:
        for sample in queries:
            picture(sample[step])

    def at_once(step: int) -> None:
        list(pool.map(picture, [sample[steps + step] for sample in queries]))

    work: list[tuple[str, Callable[[int], object]]] = [
        ("one by one", one_by_one),
        ("six at once", at_once),
        ("environment", lambda _: board.get("data/environment")),
        (
            "frames",
            lambda step: board.get(
                "data/plugin/pairs/frames", tag=made.tag, at=f"{step}:ours/{made.runs[0]}"
            ),
        ),
    ]
    times: dict[str, list[float]] = {name: [] for name, _ in work}
    for step in range(steps):
        for name, function in tables.rotated(work, step):
            start = time.perf_counter()
            function(step)
            times[name].append(time.perf_counter() - start)
    pool.shutdown()
    return times


def _blob_keys(board: boards.Board, run: str, made: logs.Logs, sample: int) -> list[str]:
    found = board.json("data/plugin/images/images", run=run, tag=made.tag, sample=str(sample))
    return [str(one["blob_key"]) if "blob_key" in one else _key(one["query"]) for one in found]


def _key(query: str) -> str:
    return query.partition("blob_key=")[2].partition("&")[0]


def _curves(asked: options.Options, folder: pathlib.Path) -> tables.Table:
    """Metric curves of all runs of a tag, against the provider's own read of the same series."""
    runs, steps = (2, 5) if asked.short else (20, 1000)
    made = logs.make(folder, content.Spec("mask", 16, 16), steps, runs)
    rows: list[list[str | tables.Ratio]] = []
    for load_fast, engine in ENGINES.items():
        times = _curve_times(made, load_fast, 3 * asked.repeat)
        medians = [tables.milliseconds(statistics.median(of)) for of in times.values()]
        ratio = tables.ratio_of_rounds(times["series"], times["read_tensors"], asked.repeat, 1.3)
        rows.append([engine, *medians, ratio])
    return tables.Table(
        "curves",
        f"Metric curves of {runs} runs of {steps} steps, one request",
        ["", "read_tensors, ms", "series, ms", "ratio"],
        rows,
        ["Both in one process with the data provider, without a network between. Target: 1.3."],
    )


def _curve_times(made: logs.Logs, load_fast: bool, calls: int) -> dict[str, list[float]]:
    from tensorboard import context
    from tensorboard.data.provider import RunTagFilter

    from tb_pairs_plugin.record import metadata

    with providers.provider(made.ours, load_fast=load_fast, kept=made.steps) as provider:
        app = app_of(provider)
        tag = metadata.make_metrics_tag(made.tag)

        def read_tensors() -> Callable[[], int]:
            found = provider.read_tensors(
                context.RequestContext(),
                experiment_id="",
                plugin_name="pairs",
                downsample=made.steps,
                run_tag_filter=RunTagFilter(runs=list(made.runs), tags=[tag]),
            )
            return lambda: sum(len(series) for tags in found.values() for series in tags.values())

        def series() -> Callable[[], int]:
            body = answer(app["/series"], {"tag": made.tag})
            return lambda: sum(len(run["steps"]) for run in json.loads(body)["runs"].values())

        times: dict[str, list[float]] = {"read_tensors": [], "series": []}
        for turn in range(calls):
            for function in tables.rotated((read_tensors, series), turn):
                start = time.perf_counter()
                count = function()
                times[function.__name__].append(time.perf_counter() - start)
                got = count()
                if got != made.steps * len(made.runs):
                    raise RuntimeError(f"got {got} steps, want {made.steps} x {len(made.runs)}")
        return times


def app_of(provider: Any) -> Any:
    """Returns the routes of the plugin over a data provider."""
    from tensorboard.plugins import base_plugin

    from tb_pairs_plugin import plugin

    return plugin.PairsPlugin(base_plugin.TBContext(data_provider=provider)).get_plugin_apps()


def answer(app: Any, query: dict[str, str]) -> bytes:
    """Returns what a route answers, without a network between.

    Raises:
        RuntimeError: if it is no 200.
    """
    from werkzeug.test import Client

    got = Client(app).get("/", query_string=query)
    if got.status_code != 200:
        raise RuntimeError(f"{query} answered {got.status}: {got.get_data(as_text=True)}")
    return got.get_data()


def _loading(asked: options.Options) -> tables.Table:
    """Time until all is loaded, and memory: with as many steps kept of either, and by default."""
    size, steps = ((64, 64), 3) if asked.short else ((256, 512), 100)
    rows: list[list[str | tables.Ratio]] = []
    for load_fast, engine in ENGINES.items():
        # The Rust data server reads the smaller log in less time than TensorBoard takes to start.
        runs = 2 if asked.short else 120 if load_fast else 10
        with options.scratch() as place:
            made = logs.make(place, content.Spec("mask", *size), steps, runs)
            disk = sum(file.stat().st_size for file in made.today.rglob("*") if file.is_file())
            empty = place / "empty"
            empty.mkdir()
            logdirs = {"today": made.today, "ours": made.ours, "nothing": empty}
            for kept, words in ((steps, "all"), (None, "by default")):
                board = functools.partial(boards.board, load_fast=load_fast, kept=kept)
                seconds, memory = _loaded(asked.repeat, logdirs, board)
                # The target holds where as many steps are kept of both.
                target = 0.6 if kept else None
                rows.append(
                    [
                        engine,
                        words,
                        str(runs),
                        f"{disk / 1e6:.0f}",
                        f"{statistics.median(seconds['nothing']):.1f}",
                        f"{statistics.median(seconds['today']):.1f}",
                        f"{statistics.median(memory['today']) / 1e6:.0f}",
                        _ratio(seconds),
                        _ratio(_beyond_start(seconds), target),
                        _ratio(memory, target),
                    ]
                )
    return tables.Table(
        "loading",
        f"All loaded: runs of {steps} steps of 4 mask pairs",
        [
            "",
            "steps kept",
            "runs",
            "log of today, MB",
            "nothing to load, s",
            "today, s",
            "today, MB",
            "time",
            "time beyond nothing",
            "memory",
        ],
        rows,
        [
            "Of a TensorBoard without TensorFlow, from its start; memory with the data server's. "
            "Time beyond nothing leaves out what an empty log takes. By default 10 steps of Images "
            "are kept, and up to 300 of pairs, as the plugin asks. Target where all are kept: 0.6."
        ],
    )


def _loaded(
    repeat: int,
    logdirs: dict[str, pathlib.Path],
    board: Callable[[pathlib.Path], contextlib.AbstractContextManager[boards.Board]],
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Returns the seconds until each log was loaded, and the bytes of memory then, in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in logdirs}
    memory: dict[str, list[float]] = {name: [] for name in logdirs}
    for turn in range(repeat):
        for name in tables.rotated(logdirs, turn):
            with board(logdirs[name]) as loaded:
                seconds[name].append(loaded.seconds)
                memory[name].append(loaded.resident())
    return seconds, memory


def _beyond_start(seconds: dict[str, list[float]]) -> dict[str, list[float]]:
    """What loading adds to the start, which takes a time that no bytes shorten."""
    nothing = statistics.median(seconds["nothing"])
    return {name: [one - nothing for one in seconds[name]] for name in ("today", "ours")}


def _memory(asked: options.Options, folder: pathlib.Path) -> tables.Table:
    """What TensorBoard's process comes to hold more once every picture of a log was asked for."""
    size, steps, runs = ((64, 64), 3, 2) if asked.short else ((512, 512), 100, 3)
    made = logs.make(folder, content.Spec("photo", *size, pairs=2), steps, runs)
    rows: list[list[str | tables.Ratio]] = []
    for load_fast, engine in ENGINES.items():
        grown = []
        for _ in range(asked.repeat):
            with boards.board(made.ours, load_fast=load_fast) as board:
                board.json("data/plugin/pairs/tags")
                before = board.resident(children=False)
                served = _serve_all(board, made)
                grown.append(board.resident(children=False) - before)
        within = tables.verdict(max(grown) <= _MOST_MEMORY)
        rows.append(
            [
                engine,
                f"{served / 1e6:.0f}",
                f"{statistics.median(grown) / 1e6:.0f} (at most {max(grown) / 1e6:.0f}) {within}",
            ]
        )
    return tables.Table(
        "memory",
        f"Memory over the data provider's own, once all of {runs} runs of {steps} steps was served",
        ["", "served, MB", "more, MB"],
        rows,
        [f"Target: {_MOST_MEMORY / 1e6:.0f} MB. Of TensorBoard's process, not its data server."],
    )


_MOST_MEMORY = 100e6


def _serve_all(board: boards.Board, made: logs.Logs) -> int:
    """Asks for all there is, as the page does; returns the bytes of the answers."""
    served = sum(
        len(board.get(f"data/plugin/pairs/{route}", tag=made.tag))
        for route in ("series", "samples")
    )
    for run in made.runs:
        for step in range(made.steps):
            served += len(board.get("data/plugin/pairs/frames", tag=made.tag, at=f"{step}:{run}"))
    return served


def _ratio(values: dict[str, list[float]], target: float | None = None) -> tables.Ratio:
    pairs = zip(values["ours"], values["today"], strict=True)
    return tables.Ratio(tuple(ours / today for ours, today in pairs), target)


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.serving", main(given), given)
