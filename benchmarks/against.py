# SPDX-License-Identifier: Apache-2.0
"""What a call costs now and what it cost at another commit, in turns.

Command: `python -m benchmarks.against COMMIT`; `--help` lists its options. The other commit logs
twice: how far the two differ is the noise that a difference has to exceed.
"""

from __future__ import annotations

import os
import statistics

from benchmarks import commits, contenders, content, options, tables
from benchmarks.content import Spec
from benchmarks.processes import Cost, Processes, medians

_SIZES = ((256, 256, 24), (512, 512, 12), (1024, 2048, 4))  # height, width, calls per round
_WARM = 3
_BEFORE, _AGAIN, _NOW = "pairs, before", "pairs, before again", "pairs"


def main(commit: str, asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table.

    Args:
        commit: anything that git takes for a commit of this repository.
        asked: how much to measure.

    Raises:
        ValueError: if git knows no such commit.
    """
    rows: list[list[str | tables.Ratio]] = []
    with options.scratch() as folder:
        before = commits.extract(commit, "tb_pairs_plugin", folder / "before")
        os.environ[contenders.BEFORE_VARIABLE] = str(before)
        store = content.Store(folder / "content")
        with Processes((_BEFORE, _AGAIN, _NOW), folder / "content", folder / "logs") as processes:
            for height, width, calls in ((64, 64, 2),) if asked.short else _SIZES:
                for kind in content.USUAL:
                    spec = Spec(kind, height, width)
                    steps = _WARM + calls * asked.repeat
                    store.make(spec, steps)
                    rows.append(_row(spec, processes.run(spec, range(steps)), asked.repeat))
                    store.clear()
    return [
        tables.Table(
            "against",
            f"Processor time of a call of 4 pairs, as a ratio to that at {commit}",
            ["", f"{commit}, ms", "itself again", "now"],
            rows,
            [f"Now is the working tree. {commit} again is {commit} in a second process."],
        )
    ]


def _row(spec: Spec, costs: dict[str, list[Cost]], repeat: int) -> list[str | tables.Ratio]:
    rounds = {name: medians(of[_WARM:], repeat) for name, of in costs.items()}

    def ratio(name: str) -> tables.Ratio:
        pairs = zip(rounds[name], rounds[_BEFORE], strict=True)
        return tables.Ratio(tuple(one / before for one, before in pairs))

    before = tables.milliseconds(statistics.median(rounds[_BEFORE]))
    return [str(spec), before, ratio(_AGAIN), ratio(_NOW)]


if __name__ == "__main__":
    commits.run("benchmarks.against", __doc__, main)
