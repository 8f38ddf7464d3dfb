# SPDX-License-Identifier: Apache-2.0
"""The record of a call: its checked pairs, and where and at which step they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tb_pairs_plugin.writing import pairs, scores
from tb_pairs_plugin.writing.arrays.rasters import Copy
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.options import Options
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.types import Array
from tb_pairs_plugin.writing.warn import Place
from tb_pairs_plugin.writing.writers.writer import Writer


class Record(NamedTuple):
    """One record on its way to a writer.

    Attributes:
      tag: Of the record.
      writer: Where it goes.
      step: Of the record.
      wall_time: When it was logged, in seconds since 1970.
      options: Of the call.
      kind: What values mean: the one given, or inferred.
      pairs: All pairs that the caller gave; after `choose` those to be written, measured.
      place: The line that called.
    """

    tag: str
    writer: Writer
    step: int
    wall_time: float
    options: Options
    kind: Kind
    pairs: Sequence[Pair]
    place: Place

    @property
    def arrays(self) -> list[Array]:
        """The values of all pictures."""
        return [raster.values for pair in self.pairs for raster in pair.rasters]

    @property
    def lower_is_better(self) -> tuple[str, ...]:
        """The metrics of which a small value is good."""
        names = pairs.list_metric_names(self.options, self.kind, self.pairs)
        return tuple(name for name in names if scores.is_lower_better(name, self.kind))

    def detach(self, copy: Copy) -> Record:
        """Returns the same record with copies of the pictures, to be written later."""
        return self._replace(pairs=[pair.detach(copy) for pair in self.pairs])

    def choose(self) -> Record | None:
        """Returns the record with the selected pairs, measured; None where there are none.

        Raises:
          ValueError: As `pairs.select_and_measure`.
        """
        chosen = pairs.select_and_measure(self.options, self.kind, self.pairs)
        return None if chosen is None else self._replace(pairs=chosen)
