# SPDX-License-Identifier: Apache-2.0
"""Results as Markdown tables and as JSON."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from benchmarks import machine, options

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Ratio:
    """Ours over a peer's, one value per repetition of the whole measurement.

    Args:
        values: the ratios; less is better.
        target: the most that was aimed at, None where nothing was.
    """

    values: tuple[float, ...]
    target: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def met(self) -> bool | None:
        return None if self.target is None else self.median <= self.target

    def __str__(self) -> str:
        spread = (
            f" ({fraction(min(self.values))} to {fraction(max(self.values))})"
            if len(self.values) > 1
            else ""
        )
        judged = "" if self.met is None else f" {verdict(self.met)}"
        return f"{fraction(self.median)}{spread}{judged}"


def rounds(values: Sequence[_Value], repeat: int) -> list[Sequence[_Value]]:
    """Returns the values of each of `repeat` rounds, which follow one another."""
    size = len(values) // repeat
    return [values[i * size : (i + 1) * size] for i in range(repeat)]


def rotated(items: Iterable[_Value], turn: int) -> list[_Value]:
    """Returns the items, at each turn with another one first: those that take turns are alike."""
    listed = list(items)
    first = turn % len(listed)
    return listed[first:] + listed[:first]


def ratio_of_rounds(
    ours: Sequence[float], theirs: Sequence[float], repeat: int, target: float | None = None
) -> Ratio:
    """Returns the ratio of the medians of each of `repeat` rounds, which follow one another."""
    both = zip(rounds(ours, repeat), rounds(theirs, repeat), strict=True)
    return Ratio(tuple(statistics.median(a) / statistics.median(b) for a, b in both), target)


def verdict(met: bool) -> str:
    """Returns the sign for a target that was met, or was not."""
    return "✓" if met else "✗"


def fraction(value: float) -> str:
    """Returns a small ratio as `1/37`, others with two digits."""
    return f"1/{1 / value:.0f}" if 0 < value < 0.095 else f"{value:.2f}"


def milliseconds(seconds: float) -> str:
    """Returns a time in ms with as many digits as mean something."""
    value = seconds * 1000
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


@dataclass(frozen=True)
class Table:
    """A table with a heading.

    Args:
        name: what it is called in JSON and between the marks of `docs/performance.md`.
        title: one line.
        columns: headings.
        rows: cells; text, or a `Ratio`.
        notes: what a reader must know to read it.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Ratio]]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        lines = [f"**{self.title}**", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line([str(cell) for cell in row]) for row in self.rows]
        if self.notes:
            lines += ["", " ".join(self.notes)]
        return "\n".join(lines) + "\n"

    def json(self) -> dict[str, Any]:
        rows = [
            [dataclasses.asdict(cell) if isinstance(cell, Ratio) else cell for cell in row]
            for row in self.rows
        ]
        return {"title": self.title, "columns": list(self.columns), "rows": rows}


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def report(command: str, tables: Sequence[Table], asked: options.Options) -> None:
    """Prints tables with what they were measured on, and writes them as JSON where asked to."""
    print(f"`{command}`: {machine.description()}; load average {machine.load():.1f}")
    print(machine.versions_text(), end="\n\n")
    if asked.short:
        print("A short run: the figures mean nothing.", end="\n\n")
    for table in tables:
        text = table.markdown()
        # Targets are of the sizes that a whole run has.
        print(re.sub(" [✓✗]", "", text) if asked.short else text)
    if asked.json is not None:
        written = {
            "command": command,
            "when": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "machine": machine.description(),
            "load": machine.load(),
            "versions": machine.versions(),
            "tables": {table.name: table.json() for table in tables},
        }
        asked.json.write_text(json.dumps(written, indent=1) + "\n")
