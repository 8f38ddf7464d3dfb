# SPDX-License-Identifier: Apache-2.0
"""Which samples the means of one run are over, so that means over others are not mistaken for them.

A set of samples is told apart by a mark of its ids, which is the same in every run. Most runs log
the same samples at each step and measure them all: they have one set, and no list says where.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tb_pairs_plugin.record import codec, digest


class SampleSets:
    """The distinct sets of samples of one run: those of its records, and those of its means."""

    def __init__(self, steps: int) -> None:
        """Begins without any; `steps` is how many kept steps the run has."""
        self._steps = steps
        # By ids as they were given: a series mostly repeats them.
        self._known: dict[tuple[str, ...], int] = {}
        self._places: dict[str, int] = {}
        self._counts: list[int] = []
        self._of_records: list[int | None] = [None] * steps
        self._last: tuple[str, ...] | None = None
        self._last_place = 0
        # By metric and position, where a mean is over fewer samples than the record holds.
        self._apart: dict[str, dict[int, int]] = {}
        self._of_means: dict[str, list[int | None]] = {}

    def add_record(self, position: int, ids: tuple[str, ...]) -> None:
        """Notes the samples of the record at `position` among the kept steps."""
        if ids is not self._last:
            self._last, self._last_place = ids, self._find_place(ids)
        self._of_records[position] = self._last_place

    def add_mean(self, name: str, position: int, ids: tuple[str, ...]) -> None:
        """Notes which samples a metric's mean is over, where it isn't over all of the record."""
        self._apart.setdefault(name, {})[position] = self._find_place(ids)

    def place_means(self, means: Mapping[str, Sequence[float | None]]) -> None:
        """Finds the sets of all means, once all records and the `means` by metric are known."""
        unread = self._of_records.count(None)
        for name, column in means.items():
            if name in self._apart or column.count(None) != unread:
                places = self._place(column, self._apart.get(name, {}))
                if places != self._of_records:
                    self._of_means[name] = places

    def _place(self, means: Sequence[float | None], apart: Mapping[int, int]) -> list[int | None]:
        return [
            None if mean is None else apart.get(position, place)
            for position, (mean, place) in enumerate(zip(means, self._of_records, strict=True))
        ]

    def count_cells(self) -> int:
        """Returns how many numbers `to_json` holds, at most."""
        return (1 + len(self._of_means)) * self._steps + 2 * len(self._counts)

    def to_json(self) -> dict[str, object]:
        """Returns the members that `series` has of a run; lists that say nothing are left out."""
        if not self._counts:
            return {}
        return codec.members(
            sample_sets=[
                {"count": count, "mark": mark}
                for mark, count in zip(self._places, self._counts, strict=True)
            ],
            record_sets=self._of_records if any(at != 0 for at in self._of_records) else None,
            mean_sets=self._of_means or None,
        )

    def _find_place(self, ids: tuple[str, ...]) -> int:
        place = self._known.get(ids)
        if place is None:
            mark = _make_mark(ids)
            place = self._places.setdefault(mark, len(self._counts))
            if place == len(self._counts):
                self._counts.append(len(ids))
            self._known[ids] = place
        return place


def _make_mark(ids: Collection[str]) -> str:
    """Returns a name for a set of ids, whatever their order."""
    return digest.shorten(digest.digest(codec.dumps(sorted(ids))))
