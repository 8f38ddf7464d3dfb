# SPDX-License-Identifier: Apache-2.0
"""What logging four photograph pairs at every step adds to a training loop on all cores.

Command: `python -m benchmarks.loop`; `--help` lists its options.
"""

from __future__ import annotations

import statistics

from benchmarks import contenders, content, options, tables
from benchmarks.content import Spec
from benchmarks.processes import Processes

_OURS: dict[str, float] = {
    "pairs": 1 / 20,
    "pairs, background": 1 / 20,
    "pairs, stdlib": 1 / 10,
    "pairs, background, stdlib": 1 / 10,
}


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    size, steps = (64, 4) if asked.short else (512, 20)
    peers = contenders.installed(asked.peers)
    names = [contenders.REFERENCE, *peers, *_OURS]
    added: dict[str, list[float]] = {name: [] for name in names}
    plain: list[float] = []
    with options.scratch() as folder:
        spec = Spec("photo", size, size)
        store = content.Store(folder / "content")
        store.make(spec, 2 + steps * asked.repeat)
        with Processes(names, folder / "content", folder / "logs") as processes:
            processes.run(spec, range(2))
            for turn in range(asked.repeat):
                block = range(2 + turn * steps, 2 + (turn + 1) * steps)
                before = processes.train(spec, block, every=0)
                logged = processes.train(spec, block, every=1)
                after = processes.train(spec, block, every=0)
                for name in names:
                    base = (before[name].blocked + after[name].blocked) / 2
                    plain.append(base / steps)
                    added[name].append((logged[name].blocked - base) / steps)
    today = added[contenders.REFERENCE]
    rows: list[list[str | tables.Ratio]] = []
    for name in names:
        ratio = tables.Ratio(
            tuple(a / b for a, b in zip(added[name], today, strict=True)), _OURS.get(name)
        )
        rows.append([name, tables.milliseconds(statistics.median(added[name])), ratio])
    return [
        tables.Table(
            "loop",
            "Time added per logged step to a loop with no core free, 4 photograph pairs of 512 px",
            ["", "ms added", "ratio to today's idiom"],
            rows,
            [
                f"A step without logging takes {tables.milliseconds(statistics.median(plain))} ms. "
                "Targets: 1/20, and 1/10 by the standard library."
            ],
        )
    ]


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.loop", main(given), given)
