# SPDX-License-Identifier: Apache-2.0
"""How much later TensorBoard starts for the plugin, in new processes.

Command: `python -m benchmarks.startup`; `--help` lists its options.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

from benchmarks import first_call, options, tables

_MOST = 0.05  # s
_PROCESSES = 5  # in each round
# All that TensorBoard asks of a plugin before it answers its first request.
_START = """
import argparse, json, time
start = time.perf_counter()
from tensorboard import default, main, program
from tensorboard.plugins import base_plugin
default.get_static_plugins()
imported = time.perf_counter()
from tb_pairs_plugin.loader import PairsLoader
loader = PairsLoader()
loader.fix_flags(argparse.Namespace(samples_per_plugin={}))
plugin = loader.load(base_plugin.TBContext())
plugin.get_plugin_apps()
plugin.frontend_metadata()
plugin.is_active()
print(json.dumps([imported - start, time.perf_counter() - imported]))
"""


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    first_call.compile_package()
    count = asked.repeat * (1 if asked.short else _PROCESSES)
    theirs, ours = zip(*(_start() for _ in range(count)), strict=True)
    typical = statistics.median(ours)
    return [
        tables.Table(
            "startup",
            "What TensorBoard does before it can answer, ms",
            ["imports of its own", "the plugin", "at most"],
            [
                [
                    tables.milliseconds(statistics.median(theirs)),
                    f"{tables.milliseconds(typical)} {tables.verdict(typical <= _MOST)}",
                    tables.milliseconds(max(ours)),
                ]
            ],
            [f"Target: {_MOST * 1000:.0f} ms. {count} processes."],
        )
    ]


def _start() -> tuple[float, float]:
    """Returns the seconds of TensorBoard's own imports, and of all that the plugin adds."""
    ran = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, check=True, timeout=120
    )
    theirs, ours = json.loads(ran.stdout)
    return theirs, ours


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.startup", main(given), given)
