# SPDX-License-Identifier: Apache-2.0
"""What became of a run, as text."""

from __future__ import annotations

from collections.abc import Iterator

from tb_pairs_plugin.importing.counted import counted
from tb_pairs_plugin.importing.importer import RunReport, SeriesReport
from tb_pairs_plugin.pairing.proposals import Strip

_MOST_SKIPPED = 3


def format_lines(report: RunReport, dry_run: bool) -> Iterator[str]:
    """Yields the lines about a run."""
    tags, files = counted(report.tags, "tag"), counted(report.files, "event file")
    yield f"{shown(report.run)}: {tags} of pictures in {files}"
    for problem in (*report.problems, *report.earlier):
        yield f"  ! {shown(problem)}"
    for one in report.series:
        yield from _series(one, dry_run)
    for tag, reason in report.left.items():
        yield f"  - {shown(tag)}: {shown(reason)}"


def _series(report: SeriesReport, dry_run: bool) -> Iterator[str]:
    series = report.series
    first = series.samples[0]
    sign = "+" if report.refused is None else "-"
    yield (
        f"  {sign} {shown(series.tag)}: {_source(report)}; {first.rule}, "
        f"{first.confidence.name.lower()} confidence"
    )
    if report.refused is not None:
        yield f"      left out: {shown(report.refused)}"
        return
    done = "would be written" if dry_run else "written"
    counts = [f"{counted(report.written, 'step')} {done}"]
    if report.known:
        counts.append(f"{report.known} imported before")
    if report.skipped:
        counts.append(f"{len(report.skipped)} left out")
    yield f"      {', '.join(counts)}"
    for step, reason in list(report.skipped.items())[:_MOST_SKIPPED]:
        yield f"      step {step} left out: {shown(reason)}"
    for note in report.notes():
        yield f"      {note}"


def _source(report: SeriesReport) -> str:
    layout = report.series.samples[0].layout
    samples = len(report.series.samples)
    more = f", and {counted(samples - 1, 'sample')} more" if samples > 1 else ""
    if isinstance(layout, Strip):
        panes = ", ".join(role.value for role in layout.panes)
        return f"strip along {layout.axis} of {panes}{more}"
    image = "" if layout.input is None else f", input {shown(layout.input)}"
    return f"ground truth {shown(layout.ground_truth)}{image}{more}"


def shown(text: str) -> str:
    """Returns text of a log without what a terminal would obey."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
