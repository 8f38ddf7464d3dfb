# SPDX-License-Identifier: Apache-2.0
"""All benchmarks, one after another; the tables of `docs/performance.md` are theirs.

Command: `python -m benchmarks.all`; `--help` lists its options. With `--short` it only shows that
they work, and leaves the page as it is.
"""

from __future__ import annotations

import pathlib
import re

from benchmarks import (
    browser,
    bundle,
    bytes,
    counting,
    dashboard,
    encoders,
    existing,
    first_call,
    growth,
    importing,
    loop,
    machine,
    options,
    parts,
    serving,
    startup,
    tables,
    writing,
)

PAGE = pathlib.Path(__file__).parents[1] / "docs" / "performance.md"
_PARTS = (
    writing,
    counting,
    parts,
    first_call,
    loop,
    encoders,
    bytes,
    growth,
    importing,
    startup,
    serving,
    bundle,
    browser,
    dashboard,
    existing,
)


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns all tables; unless it is short, writes those of each part into the page.

    Raises:
        ValueError: if there is no benchmark that is asked for, or the page has a place for a table
            that nothing measures.
    """
    named = {part.__name__.rpartition(".")[2]: part for part in _PARTS}
    if not named.keys() >= set(asked.only):
        raise ValueError(f"only is {asked.only}, want some of {tuple(named)}")
    found: list[tables.Table] = []
    for part in [named[name] for name in asked.only] or _PARTS:
        measured = part.main(asked)
        found += measured
        filled = fill(PAGE.read_text(encoding="utf-8"), measured)
        if not asked.short:
            PAGE.write_text(filled, encoding="utf-8")
    missing = places(filled) - {"machine", *(table.name for table in found)}
    if missing and not asked.only:
        raise ValueError(f"the page has places for {missing}, which nothing measures")
    return found


def places(page: str) -> set[str]:
    """Returns the names of the tables that a page has a place for."""
    return set(re.findall(r"<!-- begin (\w+) -->", page))


def fill(page: str, found: list[tables.Table]) -> str:
    """Returns the page with each table between its marks, and the machine between its own.

    Raises:
        ValueError: if the page has no place for a table.
    """
    contents = {table.name: table.markdown() for table in found}
    contents["machine"] = f"{machine.description()}; {machine.versions_text()}.\n"
    if not places(page) >= contents.keys():
        raise ValueError(f"the page has places for {places(page)}, want {set(contents)}")
    for name, text in contents.items():
        place = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        page = place.sub(lambda found, text=text: found[1] + text + found[2], page)  # type: ignore[misc]
    return page


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.all", main(given), given)
