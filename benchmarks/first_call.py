# SPDX-License-Identifier: Apache-2.0
"""How long the very first call takes, with all imported and a writer open; in new processes.

Command: `python -m benchmarks.first_call`; `--help` lists its options.
"""

from __future__ import annotations

import compileall
import pathlib
import statistics

import tb_pairs_plugin
from benchmarks import contenders, content, options, tables
from benchmarks.content import Spec
from benchmarks.processes import Processes

_OURS = {"pairs": 1 / 5, "pairs, stdlib": 1 / 5}


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    compile_package()
    size = 64 if asked.short else 512
    names = [contenders.REFERENCE, *contenders.installed(asked.peers), *_OURS]
    specs = [Spec(kind, size, size) for kind in content.USUAL]
    times: dict[tuple[str, Spec], list[float]] = {
        (name, spec): [] for name in names for spec in specs
    }
    with options.scratch() as folder:
        store = content.Store(folder / "content")
        for spec in specs:
            store.make(spec, 1)
            for turn in range(asked.repeat):
                with Processes(names, folder / "content", folder / f"{spec}-{turn}") as processes:
                    for name, costs in processes.run(spec, [0]).items():
                        times[name, spec].append(costs[0].blocked)
    rows: list[list[str | tables.Ratio]] = []
    for spec in specs:
        today = times[contenders.REFERENCE, spec]
        row: list[str | tables.Ratio] = [str(spec), tables.milliseconds(statistics.median(today))]
        for name in names[1:]:
            ratios = tuple(a / b for a, b in zip(times[name, spec], today, strict=True))
            row.append(tables.Ratio(ratios, _OURS.get(name)))
        rows.append(row)
    return [
        tables.Table(
            "first_call",
            "First call after import, 4 pairs, as a ratio to today's idiom",
            ["", "today, ms", *names[1:]],
            rows,
            ["Target: 1/5."],
        )
    ]


def compile_package() -> None:
    """Does what pip does at installation; this may be a checkout that never was installed."""
    compileall.compile_dir(pathlib.Path(tb_pairs_plugin.__file__).parent, quiet=1)


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.first_call", main(given), given)
