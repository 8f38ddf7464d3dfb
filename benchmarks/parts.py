# SPDX-License-Identifier: Apache-2.0
"""Where the time of a call goes: ours alone, on one thread, under Python's profiler.

Command: `python -m benchmarks.parts`; `--help` lists its options.
"""

from __future__ import annotations

import cProfile
import gc
import importlib
import pstats
from typing import Any

from benchmarks import contenders, content, options, tables
from benchmarks.content import Spec

_SIZES = (256, 512)
_WARM = 3
# Names of functions, whose time counts with that of all they call, or of built-in ones.
_PARTS: dict[str, tuple[str, ...]] = {
    "metrics": ("measured",),
    "levels, layout": ("_levels", "_form"),
    "filters": ("_filtered",),
    "deflate": (
        "<built-in method isal.isal_zlib.compress>",
        "<method 'compress' of 'zlib.Compress' objects>",
        "<method 'flush' of 'zlib.Compress' objects>",
    ),
    "SHA-256": ("<built-in method _hashlib.openssl_sha256>",),
    "protobuf": ("summary in event.py",),
    "TensorFlow's writer": ("write in tensorflow_writer.py",),
}


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
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
            for kind in content.KINDS:
                spec = Spec(kind, size, size)
                store.make(spec, _WARM + calls)
                rows.append([str(spec), *_milliseconds(ours, store, spec, calls)])
                store.clear()
        ours.close()
    return [
        tables.Table(
            "parts",
            "Where the time of a call of 4 pairs goes, ms of one thread",
            ["", *_PARTS, "all else", "in all"],
            rows,
            ["Trials of filters deflate some rows, and count twice; the profiler's time is in it."],
        )
    ]


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
    stats: Any = pstats.Stats(profiler)
    found = {name: _seconds(stats, functions) / calls for name, functions in _PARTS.items()}
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
