# SPDX-License-Identifier: Apache-2.0
"""Pixels of masks by class, summed over all samples of a record, and of some of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from tb_pairs_plugin.reading import contract, records
from tb_pairs_plugin.reading.records import At, RecordAtStep, Records
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.codec import RecordError
from tb_pairs_plugin.record.counts import ClassCounts, parse

MAX_NUMBERS = 2**20  # in one answer
_TABLES_AT_ONCE = 16  # records


@dataclass
class _Counted(RecordAtStep):
    """The counts of a record; `total` is None where it has none."""

    total: ClassCounts | None = None
    each: dict[str, ClassCounts | None] = field(default_factory=dict)

    @property
    def size(self) -> int:
        held = [self.total, *self.each.values()]
        return sum(one.size for one in held if one is not None)

    def to_json(self) -> dict[str, object]:
        if self.error is not None or self.manifest is None:
            return codec.members(run=self.run, step=str(self.step), error=self.error)
        return codec.members(
            run=self.run,
            step=str(self.step),
            samples=len(self.manifest.samples),
            total=None if self.total is None else contract.encode_counts(self.total),
            each={
                sample: None if counts is None else contract.encode_counts(counts)
                for sample, counts in self.each.items()
            }
            or None,
        )


class CountsReader:
    """Reads counts. Threads may share it."""

    def __init__(self, source: Source, found: Records) -> None:
        """Reads from `source` what `found` locates."""
        self._source = source
        self._records = found

    def read(self, scope: Scope, tag: str, at: At, samples: Collection[str]) -> dict[str, object]:
        """Returns the answer to a request of `counts`.

        Args:
          scope: Whose data.
          tag: Of the records.
          at: Steps, each with a run.
          samples: Ids of samples of which the counts are wanted too.

        Raises:
          HttpError: If no run that is asked for has the tag.
        """
        self._source.check_access(scope)
        # Asked before reading, as another request may refresh the caches meanwhile.
        old = self._records.are_old(scope, tag, at)
        counted = self._read(scope, tag, at, samples, records.MAX_AGE)
        if old and any(one.error is not None for one in counted):
            counted = self._read(scope, tag, at, samples, records.MAX_AGE_OF_FAULTS)
        return codec.members(
            tag=tag, counts=[one.to_json() for one in counted], omitted=len(at) - len(counted)
        )

    def _read(
        self, scope: Scope, tag: str, at: At, samples: Collection[str], max_age: float
    ) -> list[_Counted]:
        """Returns those that an answer has room for; never without the first."""
        found = self._records.read(scope, tag, at, max_age, _Counted, remembered=False)
        numbers = 0
        for start in range(0, len(found), _TABLES_AT_ONCE):
            part = found[start : start + _TABLES_AT_ONCE]
            self._read_tables(scope, part, samples)
            for position, one in enumerate(part, start):
                numbers += one.size
                if position and numbers > MAX_NUMBERS:
                    return found[:position]
        return found

    def _read_tables(self, scope: Scope, found: list[_Counted], samples: Collection[str]) -> None:
        wanted = [(one, 0) for one in found] + [(one, 1) for one in found if samples]
        located = [(one, place, _key(one, place)) for one, place in wanted]
        present = [(one, place, key) for one, place, key in located if key is not None]
        blobs = self._source.read_blobs(scope, [key for _, _, key in present])
        for (one, place, _), blob in zip(present, blobs, strict=True):
            if one.error is not None:
                continue
            try:
                if isinstance(blob, SourceError):
                    raise RecordError(str(blob))
                _take(one, place, parse(blob), samples)
            except RecordError as error:
                one.error = f"the counts can't be read: {error}"


def _key(one: _Counted, place: int) -> str | None:
    """Returns the key of a table; None where the record has no counts."""
    if one.error is not None or one.manifest is None or one.manifest.counts is None:
        return None
    assert one.value is not None
    element = one.manifest.counts + place
    if element >= len(one.value.keys):
        one.error = (
            f"the counts are missing: the manifest says element {element}, the record has "
            f"{len(one.value.keys)}"
        )
        return None
    return one.value.keys[element]


def _take(
    one: _Counted, place: int, rows: tuple[ClassCounts | None, ...], samples: Collection[str]
) -> None:
    assert one.manifest is not None
    ids = [sample.id for sample in one.manifest.samples]
    want = len(ids) if place else 1
    if len(rows) != want:
        raise RecordError(f"a table has {len(rows)} rows, want {want}")
    if place:
        one.each = {sample: row for sample, row in zip(ids, rows, strict=True) if sample in samples}
    elif rows[0] is not None and rows[0].counted > len(ids):
        raise RecordError(f"sums are of {rows[0].counted} samples, the record has {len(ids)}")
    else:
        one.total = rows[0]
