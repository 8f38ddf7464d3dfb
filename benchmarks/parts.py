# SPDX-License-Identifier: Apache-2.0
"""Where our time goes: of a call on one thread, of the first call, of an answer with curves.

Command: `python -m benchmarks.parts`; `--help` lists its options.
"""

from __future__ import annotations

import cProfile
import gc
import importlib
import itertools
import multiprocessing
import pathlib
import pstats
import statistics
import time
from multiprocessing.connection import Connection
from typing import Any

from benchmarks import (
    contenders,
    content,
    first_call,
    logs,
    options,
    providers,
    serving,
    tables,
)
from benchmarks.content import Spec

_SIZES = (256, 512)
_WARM = 3
# Names of functions, whose time counts with that of all they call, or of built-in ones.
_PARTS: dict[str, tuple[str, ...]] = {
    "metrics": ("measure_pairs",),
    "quantize, layout": ("quantize", "lay_out"),
    "filters": ("_filter_bands",),
    "deflate": (
        "<built-in method isal.isal_zlib.compress>",
        "<method 'compress' of 'zlib.Compress' objects>",
        "<method 'flush' of 'zlib.Compress' objects>",
    ),
    "SHA-256": ("<built-in method _hashlib.openssl_sha256>",),
    "protobuf": ("make_summary in event.py",),
    "TensorFlow's writer": ("write in tensorflow_writer.py",),
}
_SERIES: dict[str, tuple[str, ...]] = {
    "reading": ("read_strings in source.py",),
    "parsing": ("parse in metrics.py",),
    "JSON": ("dumps in codec.py",),
}
_LATER = 5  # calls after the first


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    # First, as the others change how work is done in this process.
    return [_first_calls(asked), _series(asked), _calls(asked)]


def _calls(asked: options.Options) -> tables.Table:
    sizes, calls = ((64,), 2) if asked.short else (_SIZES, 10 * asked.repeat)
    rows: list[list[str | tables.Ratio]] = []
    with options.scratch() as folder:
        store = content.Store(folder / "content")
        ours = contenders.CONTENDERS["pairs"]()
        ours.open(str(folder / "logs"))
        # The profiler sees one thread.
        workers: Any = importlib.import_module("tb_pairs_plugin.writing.workers")
        workers._SMALL_WORK = float("inf")
        gc.freeze()
        for size in sizes:
            for kind in content.USUAL:
                spec = Spec(kind, size, size)
                store.make(spec, _WARM + calls)
                rows.append([str(spec), *_milliseconds(ours, store, spec, calls)])
                store.clear()
        ours.close()
    return tables.Table(
        "parts",
        "Where the time of a call of 4 pairs goes, ms of one thread",
        ["", *_PARTS, "all else", "in all"],
        rows,
        ["Trials of filters deflate some rows, and count twice; the profiler's time is in it."],
    )


def _first_calls(asked: options.Options) -> tables.Table:
    """The first call in processes of their own, taken apart."""
    first_call.compile_package()
    size = 64 if asked.short else 512
    rows = []
    with options.scratch() as folder:
        store = content.Store(folder / "content")
        for kind in content.USUAL:
            spec = Spec(kind, size, size)
            store.make(spec, 1 + _LATER)
            parts = [
                _in_new_process(folder / "content", folder / f"{kind}-{turn}", spec)
                for turn in range(asked.repeat)
            ]
            medians = map(statistics.median, zip(*parts, strict=True))
            rows.append([str(spec), *map(tables.milliseconds, medians)])
    return tables.Table(
        "parts_first",
        "Where the time of the first call goes, ms",
        ["", "imports", "all else", "a later call"],
        rows,
        ["Later calls find the ground truths stored."],
    )


def _in_new_process(store: pathlib.Path, logdir: pathlib.Path, spec: Spec) -> tuple[float, ...]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_first_call, args=(theirs, store, str(logdir), spec))
    process.start()
    theirs.close()
    times: tuple[float, ...] = ours.recv()
    process.join()
    return times


def _first_call(line: Connection, folder: pathlib.Path, logdir: str, spec: Spec) -> None:
    """Sends the time of what the first call imports, of its rest, and of a later call."""
    store = content.Store(folder)
    contender = contenders.CONTENDERS["pairs"]()
    contender.open(logdir)
    pairs: Any = importlib.import_module("tb_pairs_plugin")
    batches = [store.load(spec, step) for step in range(1 + _LATER)]
    times = [time.perf_counter()]
    _ = pairs.summary
    times.append(time.perf_counter())
    for step, batch in enumerate(batches):
        contender.log(step, batch)
        times.append(time.perf_counter())
    imports, first, *later = (end - start for start, end in itertools.pairwise(times))
    line.send((imports, first, statistics.median(later)))
    contender.close()


def _series(asked: options.Options) -> tables.Table:
    """The answer with all curves of a tag, under the profiler."""
    runs, steps = (2, 5) if asked.short else (20, 1000)
    rows = []
    with options.scratch() as folder:
        made = logs.make(folder, Spec("mask", 16, 16), steps, runs)
        for load_fast, engine in serving.ENGINES.items():
            with providers.provider(made.ours, load_fast=load_fast, kept=steps) as provider:
                app = serving.app_of(provider)["/series"]
                serving.answer(app, {"tag": made.tag})
                profiler = cProfile.Profile()
                for _ in range(asked.repeat):
                    profiler.runcall(serving.answer, app, {"tag": made.tag})
                rows.append([engine, *_shares(profiler, _SERIES, asked.repeat)])
    return tables.Table(
        "parts_series",
        f"Where the time of an answer with the curves of {runs} runs of {steps} steps goes, ms",
        ["", *_SERIES, "all else", "in all"],
        rows,
        ["The profiler's time is in it."],
    )


def _milliseconds(
    ours: contenders.Contender, store: content.Store, spec: Spec, calls: int
) -> list[str]:
    profiler = cProfile.Profile()
    for step in range(_WARM + calls):
        batch = store.load(spec, step)
        if step < _WARM:
            ours.log(step, batch)
        else:
            profiler.runcall(ours.log, step, batch)
    return _shares(profiler, _PARTS, calls)


def _shares(profiler: cProfile.Profile, parts: dict[str, tuple[str, ...]], calls: int) -> list[str]:
    """Returns the time of each part, of all else and in all, in one call."""
    stats: Any = pstats.Stats(profiler)
    found = {name: _seconds(stats, functions) / calls for name, functions in parts.items()}
    total = stats.total_tt / calls
    return [
        tables.milliseconds(one) for one in (*found.values(), total - sum(found.values()), total)
    ]


def _seconds(stats: Any, functions: tuple[str, ...]) -> float:
    spent = 0.0
    for (file, _, name), (_, _, own, cumulative, _) in stats.stats.items():
        place = f"{name} in {file.rpartition('/')[2]}"
        if name in functions and name.startswith("<"):
            spent += own
        elif name in functions or place in functions:
            spent += cumulative
    return spent


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.parts", main(given), given)
