# SPDX-License-Identifier: Apache-2.0
"""Steps and metrics, of whole series and of each sample.

Both come from the metrics values, which TensorBoard gives in one call. Where a run has records
without them (another writer made it, or they are damaged) its steps come from the records.
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from tb_pairs_plugin.reading import requests, restarts
from tb_pairs_plugin.reading.kinds import Kinds
from tb_pairs_plugin.reading.records import MAX_AGE_OF_SERIES, Records
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.sample_sets import SampleSets
from tb_pairs_plugin.reading.series_cache import Series, SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.reading.strings import String
from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.metrics import Metrics, Parser

MAX_SAMPLES_BYTES = 128 * 1024 * 1024  # of stored metrics, in one answer of `samples`
# In one answer. Names or ids that are others at each step make a table far larger than the log.
MAX_CELLS = 2**24


# A kept record: its step, when it was written, its metrics value. Where a step was written twice,
# only the in-process loader keeps both; it serves the pictures of the first. The data server keeps
# the last one written.
Row = String


class Table:
    """The kept steps of one tag, by run."""

    def __init__(self, tag: str, rows: dict[str, list[Row]], kinds: Kinds) -> None:
        """Holds rows in ascending order of steps, those of one step as they were written.

        Args:
          tag: Of the records.
          rows: By run.
          kinds: Where to find the kinds of the records.
        """
        self._tag = tag
        self._rows = rows
        self._kinds = kinds

    def make_etag(self, route: str) -> str:
        """Returns a name for what `route` answers from this, without parsing it."""
        parts = [route.encode()]
        for run, rows in self._rows.items():
            parts += [run.encode("utf-8", "replace"), self._kinds.find_kind_content(run)]
            steps, wall_times, values = zip(*rows, strict=True) if rows else ((), (), ())
            n = len(rows)
            parts += [
                struct.pack(f"<{n}q{n}d{n}q", *steps, *wall_times, *map(len, values)),
                b"".join(values),
            ]
        return requests.make_etag(*parts)

    @property
    def is_lasting(self) -> bool:
        """Whether the answers given so far hold while the rows stay: all they need was read."""
        return not self._kinds.unread

    def series(self) -> dict[str, object]:
        """Returns the answer to a request of `series`.

        Raises:
          HttpError: If it would be too long.
        """
        return self._answer(self._series_of)

    def samples(self) -> dict[str, object]:
        """Returns the answer to a request of `samples`.

        Raises:
          HttpError: If it would be too long.
        """
        stored = sum(len(row.value) for rows in self._rows.values() for row in rows)
        if stored > MAX_SAMPLES_BYTES:
            raise HttpError(
                400,
                f"the metrics of these runs take {stored} bytes, more than are served at once "
                f"({MAX_SAMPLES_BYTES}); ask for fewer runs",
            )
        return self._answer(lambda _, rows, room: _make_samples(rows, room))

    def _series_of(self, run: str, rows: list[Row], room: _Room) -> dict[str, object]:
        series, kind_marks = _make_series(rows, room)
        steps = list(dict.fromkeys(row.step for row in rows))
        return series | self._kinds.to_json(run, steps, kind_marks)

    def _answer(
        self, one: Callable[[str, list[Row], _Room], dict[str, object]]
    ) -> dict[str, object]:
        room = _Room()
        return codec.members(
            tag=self._tag, runs={run: one(run, rows, room) for run, rows in self._rows.items()}
        )


class _Room:
    """How many more numbers an answer may hold."""

    def __init__(self) -> None:
        self._left = MAX_CELLS

    def take(self, cells: int) -> None:
        """Makes room for so many numbers.

        Raises:
          HttpError: If there is none.
        """
        self._left -= cells
        if self._left < 0:
            raise HttpError(
                400,
                "the names of metrics or samples differ from step to step so much that the answer "
                f"would hold more than {MAX_CELLS} numbers; ask for fewer runs",
            )


def read(
    source: Source,
    series_cache: SeriesCache,
    records: Records,
    scope: Scope,
    tag: str,
    runs: Collection[str],
) -> Table:
    """Returns the kept steps of `tag` in `runs`, or in all runs if there are none named.

    Raises:
      HttpError: If no run that is asked for has the tag.
    """
    if metadata.is_reserved(tag):
        raise HttpError(404, f"no run has records under the tag {tag!r}")
    having = source.list_blob_sequences(scope, runs or None, [tag])
    names = [run for run, by_tag in having.items() if tag in by_tag]
    if not names:
        raise HttpError(404, f"no run has records under the tag {tag!r}")
    rows = _read_metrics(source, scope, names, metadata.make_metrics_tag(tag))
    for run, written in rows.items():
        times = {row.step: row.wall_time for row in _choose_shown(written)}
        series_cache.forget_outdated(scope, run, tag, times)
    without = [run for run in names if not rows.get(run)]
    if without:
        for (run, _), series in series_cache.read(scope, without, [tag], MAX_AGE_OF_SERIES).items():
            if isinstance(series, Series):
                rows[run] = [Row(step, wall_time, b"") for step, wall_time in series.times()]
    contents = {run: by_tag[tag].plugin_content for run, by_tag in having.items() if tag in by_tag}
    return Table(
        tag,
        {run: rows.get(run, []) for run in sorted(names)},
        Kinds(records, scope, tag, contents),
    )


def _read_metrics(
    source: Source, scope: Scope, runs: Sequence[str], tag: str
) -> dict[str, list[Row]]:
    try:
        found = source.read_strings(scope, runs, tag)
    except SourceError:
        # One value that TensorBoard can't make a tensor of must not hide the other runs.
        if len(runs) == 1:
            return {}
        apart = [_read_metrics(source, scope, [run], tag) for run in runs]
        return {run: rows for part in apart for run, rows in part.items()}
    return {run: sorted(rows, key=attrgetter("step")) for run, rows in found.items()}


def _parse(rows: Sequence[Row]) -> Iterator[tuple[int, Row, Metrics]]:
    """Yields the rows that have metrics, and where they are among all.

    A step with metrics that are damaged is shown all the same, with them as not measured.
    """
    parser = Parser()
    for position, row in enumerate(rows):
        try:
            value = parser.parse(row.value)
        except RecordError:
            continue
        yield position, row, value


def _choose_shown(written: Sequence[Row]) -> list[Row]:
    """Returns one row a step: the one whose pictures are served."""
    return [written[number] for number in _number_shown(written)]


def _number_shown(written: Sequence[Row]) -> dict[int, int]:
    """Returns which rows are shown, the first of each step, and their positions among those."""
    first: dict[int, int] = {}
    for number, row in enumerate(written):
        first.setdefault(row.step, number)
    return {number: position for position, number in enumerate(first.values())}


def _make_series(written: list[Row], room: _Room) -> tuple[dict[str, object], dict[int, str]]:
    """Returns the series of a run, and the marks of the kinds of steps that state theirs."""
    positions = _number_shown(written)
    rows = [written[number] for number in positions]
    sequences: dict[int, int] = {}
    kind_marks: dict[int, str] = {}
    ids: dict[str, None] = {}
    means: dict[str, list[float | None]] = {}
    lower: dict[str, None] = {}
    sets = SampleSets(len(rows))
    before: tuple[str, ...] = ()
    for number, _, value in _parse(written):
        sequences[number] = value.sequence
        position = positions.get(number)
        if position is None:
            continue
        sets.add_record(position, value.ids)
        if value.kind is not None:
            kind_marks[position] = value.kind
        if value.ids is not before:
            ids.update(dict.fromkeys(value.ids))
            before = value.ids
        for name in value.lower_is_better:
            if name in value.metrics:
                lower[name] = None
        for name, numbers in value.metrics.items():
            if name not in means:
                room.take(len(rows))
                means[name] = [None] * len(rows)
            means[name][position], over = _average(numbers, value.ids)
            if over is not value.ids and over:
                sets.add_mean(name, position, over)
    sets.place_means(means)
    room.take(sets.count_cells())
    history = restarts.History(
        [
            restarts.WrittenStep(step, wall_time, sequences.get(number))
            for number, (step, wall_time, _) in enumerate(written)
        ]
    )
    restarted = history.restarted
    series = sets.to_json() | codec.members(
        steps=[str(row.step) for row in rows],
        wall_times=[row.wall_time for row in rows],
        logged=min(max(history.logged, len(rows)), codec.MAX_INTEGER),
        before_restart=[
            str(row.step)
            for row in rows
            if restarted and history.is_outdated(row.step, row.wall_time)
        ],
        samples=list(ids),
        metrics=means,
        lower_is_better=list(lower),
    )
    return series, kind_marks


def _make_samples(written: list[Row], room: _Room) -> dict[str, object]:
    rows = _choose_shown(written)
    # The newest metrics value of each sample, in order of first appearance.
    ids: dict[str, Metrics] = {}
    columns: dict[str, dict[str, list[float | None]]] = {}
    changed: dict[str, list[str]] = {}
    truths: dict[str, str] = {}
    # Positions by the ids of their records, which are mostly the same.
    held: dict[tuple[str, ...], list[int]] = {}
    for position, row, value in _parse(rows):
        ids.update(dict.fromkeys(value.ids, value))
        held.setdefault(value.ids, []).append(position)
        for name, numbers in value.metrics.items():
            column = columns.setdefault(name, {})
            for sample, number in zip(value.ids, numbers, strict=True):
                if sample not in column:
                    room.take(len(rows))
                    column[sample] = [None] * len(rows)
                column[sample][position] = number
        for sample, mark in zip(value.ids, value.ground_truth, strict=True):
            if truths.get(sample, mark) != mark:
                changed.setdefault(sample, []).append(str(row.step))
            truths[sample] = mark
    absent = len(columns) * len(ids) - sum(map(len, columns.values()))
    room.take(absent * len(rows))
    nothing: list[float | None] = [None] * len(rows)
    return codec.members(
        steps=[str(row.step) for row in rows],
        samples=list(ids),
        metrics={
            name: [column.get(sample, nothing) for sample in ids]
            for name, column in columns.items()
        },
        changed=changed,
        missing=_find_missing(held, room) or None,
        attributes=_attributes(ids, room) or None,
    )


def _find_missing(
    held: Mapping[tuple[str, ...], Sequence[int]], room: _Room
) -> dict[str, list[int]]:
    """Returns, by sample, the positions whose record does not hold it, where there are some.

    Args:
      held: By the ids of records, the positions of those records.
      room: For the positions.
    """
    if len(held) < 2:
        return {}
    readable = sorted(position for positions in held.values() for position in positions)
    present: dict[str, set[int]] = {}
    for ids, positions in held.items():
        for sample in ids:
            present.setdefault(sample, set()).update(positions)
    room.take(sum(len(readable) - len(positions) for positions in present.values()))
    return {
        sample: [position for position in readable if position not in positions]
        for sample, positions in present.items()
        if len(positions) < len(readable)
    }


def _attributes(newest: Mapping[str, Metrics], room: _Room) -> dict[str, list[Attribute | None]]:
    """Returns what the newest metrics value of each sample says of it, by name."""
    values = {id(value): value for value in newest.values()}
    names = dict.fromkeys(name for value in values.values() for name in value.attributes)
    if not names:
        return {}
    room.take(len(names) * len(newest))
    places = {
        key: {sample: i for i, sample in enumerate(value.ids)} for key, value in values.items()
    }

    def read(name: str, sample: str, value: Metrics) -> Attribute | None:
        column = value.attributes.get(name)
        return None if column is None else column[places[id(value)][sample]]

    columns = {name: [read(name, *one) for one in newest.items()] for name in names}
    return {
        name: column for name, column in columns.items() if any(one is not None for one in column)
    }


def _average(
    numbers: Sequence[float | None], ids: tuple[str, ...]
) -> tuple[float | None, tuple[str, ...]]:
    """Returns the mean of the numbers that it can be over, and whose they are.

    These are the finite ones; without any, the infinite ones if they are the same.
    """
    try:
        # Mostly all are finite. None is no number; infinities and overflows are no sum.
        mean = math.fsum(numbers) / len(numbers)  # type: ignore[arg-type]  # None raises
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        mean = math.nan
    if math.isfinite(mean):
        return mean, ids
    measured = [number for number in numbers if number is not None]
    finite = [number for number in measured if math.isfinite(number)]
    infinite = [number for number in measured if math.isinf(number)]
    averaged = finite or (infinite if len(set(infinite)) == 1 else [])
    kept = set(averaged)
    over = tuple(one for one, number in zip(ids, numbers, strict=True) if number in kept)
    return _mean(averaged), over


def _mean(numbers: Sequence[float]) -> float | None:
    """Returns the mean of numbers that are finite, or the same infinity; None of none."""
    if not numbers or math.isinf(numbers[0]):
        return numbers[0] if numbers else None
    try:
        return math.fsum(numbers) / len(numbers)
    except OverflowError:
        # Halved, as the quotients may be rounded up to more than there is.
        half = math.fsum(number / len(numbers) / 2 for number in numbers)
        return half * 2 if math.isfinite(half * 2) else math.copysign(sys.float_info.max, half)
