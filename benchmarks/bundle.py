# SPDX-License-Identifier: Apache-2.0
"""How many bytes the page's code takes on the way to a browser.

Command: `python -m benchmarks.bundle`; `--help` lists its options.
"""

from __future__ import annotations

import gzip
import pathlib
import re

from benchmarks import options, tables

_STATIC = pathlib.Path(__file__).parents[1] / "tb_pairs_plugin" / "static"
_ENTRY = "index.js"
_MOST = 250_000
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
# The entry loads the page itself so, and else only workers; others load so what is behind a click.
_LOAD = re.compile(r"""import\(["'`]\./([\w.-]+\.js)["'`]\)""")


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    del asked
    sizes = {path.name: _gzipped(path) for path in sorted(_STATIC.glob("*.js"))}
    first = _needed_at_once(_ENTRY)
    total = sum(sizes.values())
    return [
        tables.Table(
            "bundle",
            "The page's code, gzipped",
            ["", "files", "kB"],
            [
                ["needed for the first paint", str(len(first)), _kilobytes(sizes, first)],
                [
                    "behind a click, or in a worker",
                    str(len(sizes) - len(first)),
                    _kilobytes(sizes, set(sizes) - first),
                ],
                [
                    "all",
                    str(len(sizes)),
                    f"{_kilobytes(sizes, set(sizes))} {tables.verdict(total <= _MOST)}",
                ],
            ],
            [f"Target: {_MOST / 1000:.0f} kB for all."],
        )
    ]


def _gzipped(path: pathlib.Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def _needed_at_once(name: str) -> set[str]:
    """Returns the files that the entry loads and imports, and what those import, with itself."""
    needed: set[str] = set()
    waiting = [name, *_LOAD.findall((_STATIC / name).read_text(encoding="utf-8"))]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed.add(one)
            waiting += _IMPORT.findall((_STATIC / one).read_text(encoding="utf-8"))
    return needed


def _kilobytes(sizes: dict[str, int], names: set[str]) -> str:
    return f"{sum(sizes[name] for name in names) / 1000:.0f}"


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.bundle", main(given), given)
