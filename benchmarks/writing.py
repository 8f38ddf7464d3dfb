# SPDX-License-Identifier: Apache-2.0
"""How long one call that logs four pairs blocks the training thread.

Command: `python -m benchmarks.writing`; `--help` lists its options.
"""

from __future__ import annotations

import statistics

from benchmarks import contenders, content, options, tables
from benchmarks.content import Spec
from benchmarks.processes import Cost, Processes, medians

_OURS = ("pairs", "pairs, stdlib", "pairs, background", "pairs, tf.function")
_SIZES = ((256, 256, 12), (512, 512, 9), (1024, 2048, 4))  # height, width, calls per round
_WARM = 2  # calls; the first one is benchmarks.first_call's


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the tables."""
    sizes = ((64, 64, 2),) if asked.short else _SIZES
    peers = contenders.installed(asked.peers)
    ours = _OURS
    with options.scratch() as folder:
        costs: dict[Spec, dict[str, list[Cost]]] = {}
        store = content.Store(folder / "content")
        with Processes(
            [contenders.REFERENCE, *peers, *ours], folder / "content", folder / "logs"
        ) as processes:
            for height, width, calls in sizes:
                for spec in _specs(height, width):
                    steps = _WARM + calls * asked.repeat
                    store.make(spec, steps)
                    costs[spec] = processes.run(spec, range(steps))
                    store.clear()
    columns = [*peers, *ours]
    return [
        tables.Table(
            "blocked",
            "Blocked time per call of 4 pairs, as a ratio to today's idiom",
            ["", "today", *columns],
            [
                [
                    str(spec),
                    _today(of),
                    *(_ratio(of, name, asked.repeat, spec) for name in columns),
                ]
                for spec, of in costs.items()
            ],
            [
                "Today's idiom: strips by `np.concatenate`, `tf.summary.image` in eager mode; "
                "its time is in ms. The ground truth is the same at all steps, as of a validation "
                "set: pairs has stored it before, today's idiom encodes it again. In the "
                "background the queue is empty and has rested before each call. Targets of pairs: "
                "photographs 1/15 (256 px: 1/9), masks and depth 1/10 (256 px: 1/8), noisy "
                "photographs 1/10; in the background photographs of 512 px and more 1/500, all "
                "else 1/50."
            ],
        ),
        tables.Table(
            "processor",
            "Processor time of all threads until the call returned, as a ratio to today's idiom",
            ["", *columns],
            [
                [
                    str(spec),
                    *(_ratio(of, name, asked.repeat, None, "processor") for name in columns),
                ]
                for spec, of in costs.items()
            ],
        ),
    ]


def _specs(height: int, width: int) -> list[Spec]:
    kinds = content.KINDS if height == 512 else content.USUAL
    return [Spec(kind, height, width) for kind in kinds]


def _today(costs: dict[str, list[Cost]]) -> str:
    return tables.milliseconds(
        statistics.median(c.blocked for c in costs[contenders.REFERENCE][_WARM:])
    )


def _ratio(
    costs: dict[str, list[Cost]],
    name: str,
    repeat: int,
    spec: Spec | None,
    clock: str = "blocked",
) -> tables.Ratio:
    rounds = {of: medians(costs[of][_WARM:], repeat, clock) for of in (name, contenders.REFERENCE)}
    ratios = (
        ours / today for ours, today in zip(rounds[name], rounds[contenders.REFERENCE], strict=True)
    )
    return tables.Ratio(tuple(ratios), None if spec is None else _target(name, spec))


def _target(name: str, spec: Spec) -> float | None:
    is_small = spec.height < 512
    if name == "pairs" and spec.kind == "photo":
        return 1 / 9 if is_small else 1 / 15
    if name == "pairs":
        return 1 / 8 if is_small else 1 / 10
    if name == "pairs, background":
        return 1 / 500 if spec.kind in ("photo", "noisy") and not is_small else 1 / 50
    return None


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.writing", main(given), given)
