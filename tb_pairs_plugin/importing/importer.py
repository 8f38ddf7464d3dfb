# SPDX-License-Identifier: Apache-2.0
"""Imports a log directory: run by run, a record at a time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tb_pairs_plugin as pairs
from tb_pairs_plugin.importing import index, plan
from tb_pairs_plugin.importing.counted import counted
from tb_pairs_plugin.importing.cutting import ALIKE
from tb_pairs_plugin.importing.index import EventPlace, Reader
from tb_pairs_plugin.importing.making import (
    ImportedSample,
    MakeError,
    Maker,
    UnreadablePicturesError,
)
from tb_pairs_plugin.importing.output import ImportFile, list_imported
from tb_pairs_plugin.importing.plan import ImportedSeries
from tb_pairs_plugin.pairing.proposals import IMPORT_FOLDER, Strip
from tb_pairs_plugin.pairing.rule_file import RuleFile
from tb_pairs_plugin.writing import tolerance


class ImportingError(Exception):
    """The import can't go on; the message says why."""


@dataclass
class SeriesReport:
    """What became of a pair.

    Attributes:
      series: The pair.
      maker: What made its records.
      written: Steps that were written, or would be.
      known: Steps that were imported before.
      skipped: Steps that could not be made, with the reason.
      refused: Why none of it was imported, or None.
      unreadable: Whether that is as its pictures can't be read.
    """

    series: ImportedSeries
    maker: Maker
    written: int = 0
    known: int = 0
    skipped: dict[int, str] = field(default_factory=dict)
    refused: str | None = None
    unreadable: bool = False

    def notes(self) -> list[str]:
        """Returns what should be known of it."""
        return _notes(self.series, self.maker)


Work = tuple[SeriesReport, Maker, int]
Progress = Callable[[Sequence[Work], str], Iterable[Work]]


@dataclass
class RunReport:
    """What became of a run.

    Attributes:
      run: Its name.
      folder: Where its pairs are written to.
      files: How many event files it has.
      tags: How many tags of pictures it has.
      series: Its pairs.
      left: The tags that are in no pair, with the reason.
      problems: Sentences about its files.
      earlier: Sentences about files that it was imported to before; what they lack was imported.
      rule_problems: Sentences about the rule file.
    """

    run: str
    folder: Path
    files: int
    tags: int
    series: list[SeriesReport] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    rule_problems: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether all of the log was read, and of its pairs each step that is one."""
        return not self.problems and not any(one.skipped or one.unreadable for one in self.series)


@dataclass(frozen=True)
class Importer:
    """What to import, and where to.

    Attributes:
      logdir: The log directory.
      out: Where to; None for a folder `imported_pairs` in each run.
      rules: The rule file.
      dry_run: Whether nothing is written.
      progress: Wraps the records of a run, with its name, to show how far it is.
      unlisted: The errors of folders that could not be listed; complete when all runs are imported.
    """

    logdir: Path
    out: Path | None = None
    rules: RuleFile = field(default_factory=RuleFile)
    dry_run: bool = False
    progress: Progress = lambda work, run: work
    unlisted: list[OSError] = field(default_factory=list)

    def runs(self) -> Iterator[RunReport]:
        """Imports each run and yields what became of it.

        Raises:
          ImportingError: If nothing can be written.
        """
        for run, files in index.find_runs(self.logdir, self.unlisted):
            yield self._import(run, files)

    def _import(self, run: str, files: list[Path]) -> RunReport:
        found = index.read(files)
        folder = self._folder(run)
        beside = os.path.realpath(folder) == os.path.realpath(self.logdir / run)
        made = plan.make(found, self.rules, found.tags if beside else set())
        report = RunReport(
            run,
            folder,
            len(files),
            len(found.pictures),
            left=made.left,
            problems=found.problems,
            rule_problems=made.problems,
        )
        done = self._list_imported(folder, report) if made.series else set()
        reader = Reader(found)
        work = [
            one
            for series in made.series
            for one in _due(report, series, Maker(series, reader), done)
        ]
        # In the order of the files, so that each event is read once though it holds many tags.
        work.sort(key=lambda one: _first_place(one[0].series, one[2])[:2])
        file = ImportFile(folder)
        try:
            for one, maker, step in self.progress(work, run):
                self._record(one, maker, step, file)
        finally:
            file.close()
        return report

    def _folder(self, run: str) -> Path:
        return self.logdir / run / IMPORT_FOLDER if self.out is None else self.out / run

    def _list_imported(self, folder: Path, report: RunReport) -> set[tuple[str, int]]:
        problems: dict[Path, str] = {}
        try:
            found = list_imported(folder, problems)
        except OSError as error:
            raise ImportingError(
                f"what was imported to {folder} before can't be read: {error.strerror}"
            ) from None
        # A pipe in the log directory is told as one of its files.
        is_in_log = Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(self.logdir))
        report.earlier += [
            problem
            for path, problem in problems.items()
            if not (is_in_log and index.is_special(path))
        ]
        return found

    def _record(self, report: SeriesReport, maker: Maker, step: int, file: ImportFile) -> None:
        if not self.dry_run:
            try:
                _write(report.series, step, maker, file)
            except MakeError as error:
                report.skipped[step] = str(error)
                return
        report.written += 1


def _due(
    run: RunReport, series: ImportedSeries, maker: Maker, done: set[tuple[str, int]]
) -> Iterator[Work]:
    """Begins the report of a pair, and yields the steps that are to be written."""
    report = SeriesReport(series, maker)
    run.series.append(report)
    try:
        report.refused = _why_refused(series, maker)
    except UnreadablePicturesError as error:
        report.refused, report.unreadable = str(error), True
    if report.refused is not None:
        return
    for step in series.steps:
        if (series.tag, step) in done:
            report.known += 1
        else:
            yield report, maker, step


def _first_place(series: ImportedSeries, step: int) -> EventPlace:
    return next(iter(series.steps[step][0].places.values()))


def _why_refused(series: ImportedSeries, maker: Maker) -> str | None:
    """Returns why a pair is not imported; pixels confirm here what a name leaves open.

    Raises:
      UnreadablePicturesError: If none of these pixels can be read.
    """
    if not series.steps:
        return "ground truth and prediction have no step in common"
    unsure = [
        one.layout
        for one in series.samples
        if isinstance(one.layout, Strip) and one.layout.must_look_alike
    ]
    if not unsure:
        return None
    reason = "its panes don't look alike, so that its name is not trusted; a rule file can say it"
    steps = list(series.steps)
    tried = sorted({steps[0], steps[len(steps) // 2], steps[-1]}, reverse=True)
    unreadable: list[UnreadablePicturesError] = []
    for step in tried:
        try:
            if maker.measure_likeness(step) >= ALIKE:
                return None
        except UnreadablePicturesError as error:
            unreadable.append(error)
        except MakeError as error:
            reason = f"{error}, so that its name is not trusted; a rule file can say it"
    if len(unreadable) == len(tried):
        raise unreadable[-1]
    return reason


def _write(series: ImportedSeries, step: int, maker: Maker, file: ImportFile) -> None:
    """Writes one record.

    Raises:
      MakeError: If it can't be made.
      ImportingError: If it can't be written.
    """
    samples = maker.make(step)
    if not samples:
        raise MakeError("there are no pictures")
    file.wall_time = _first_place(series, step).wall_time
    with warnings.catch_warnings(), tolerance.excusing_nothing():
        # They are for those who write pairs of their own.
        warnings.simplefilter("ignore")
        try:
            written = pairs.summary(
                series.tag,
                [sample.ground_truth for sample in samples],
                [sample.prediction for sample in samples],
                step,
                image=_images(samples),
                ids=[sample.id for sample in samples],
                kind=maker.kind,
                # Of drawn pictures they would mean little: see docs/existing_logs.md.
                metrics=None if maker.classes is not None else False,
                description=describe(series),
                writer=file,
            )
        except ValueError as error:
            raise MakeError(str(error)) from None
    if not written:
        raise ImportingError(f"the records can't be written: {file.error or 'no memory is left'}")


def _images(samples: list[ImportedSample]) -> list[object] | None:
    images = [sample.image for sample in samples]
    return None if any(image is None for image in images) else list(images)


def describe(series: ImportedSeries) -> str:
    """Returns what a record says of where it comes from, in Markdown."""
    layout = series.samples[0].layout
    tags = ", ".join(f"`{tag.replace('`', chr(39))}`" for tag in layout.tags)
    recovered = ""
    if series.rule is not None and series.rule.classes is not None:
        recovered = " Classes were recovered from the colors of drawn pictures."
    return f"Imported from pictures that were drawn as {tags}.{recovered}"


def _notes(series: ImportedSeries, maker: Maker) -> list[str]:
    count = _count_colors(series, maker) if maker.classes is None and series.steps else None
    notes = []
    if series.carried:
        notes.append("what was logged once stands at all later steps")
    if series.unpaired:
        notes.append(f"{counted(series.unpaired, 'step')} of the prediction without a ground truth")
    if maker.frames > 1:
        notes.append(f"the first of {maker.frames} frames is taken")
    if maker.unrecovered:
        notes.append(f"up to {maker.unrecovered:.1%} of a picture has the color of no class")
    if count is not None:
        notes.append(
            f"its ground truth has {counted(count, 'color')}: with classes in a rule file it "
            "becomes masks"
        )
    return notes


def _count_colors(series: ImportedSeries, maker: Maker) -> int | None:
    try:
        return maker.colors(next(reversed(series.steps)))
    except MakeError:
        return None
