# SPDX-License-Identifier: Apache-2.0
"""How much of each prediction changed since the record before; why here: docs/decisions/0050."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tb_pairs_plugin.writing import workers
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.kinds.kind import INSTABILITY
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.pictures.quantize import Quantized
from tb_pairs_plugin.writing.recording.draft import Draft

# Of the values kept for one file.
MAX_BYTES = 128 << 20


class LastPredictions:
    """The predictions of the last record of each tag, as they were stored."""

    def __init__(self) -> None:
        """Begins a file."""
        self._by_tag: dict[str, dict[str, Quantized]] = {}
        self._bytes = 0

    def measure(
        self, tag: str, kind: Kind, pairs: Sequence[Pair], drafts: Sequence[Draft]
    ) -> list[Pair]:
        """Returns `pairs` with their instability, as far as the tag's last record tells.

        A metric of that name which the caller gave stays.

        Args:
          tag: Of the record.
          kind: What its values mean.
          pairs: Those that are written.
          drafts: The encoded prediction of each.
        """
        last = self._by_tag.get(tag, {})

        def measure(place: int) -> Pair:
            pair = pairs[place]
            before, now = last.get(pair.id), drafts[place].quantized
            if now is None or INSTABILITY in pair.metrics:
                return pair
            is_alike = before is not None and before.values.shape == now.values.shape
            share = (
                kind.measure_change(before, now, drafts[place].shown)
                if before is not None and is_alike
                else None
            )
            return replace(pair, metrics={**pair.metrics, INSTABILITY: share})

        if not any(pair.id in last for pair in pairs):
            return list(pairs)
        work = sum(draft.raster.values.size for draft in drafts)
        with np.errstate(all="ignore"):
            return workers.map_all(measure, range(len(pairs)), work)

    def keep(self, tag: str, predictions: Mapping[str, Quantized]) -> None:
        """Keeps the predictions of a record by sample, as many of the first as there is room."""
        self._bytes -= sum(one.values.nbytes for one in self._by_tag.pop(tag, {}).values())
        kept: dict[str, Quantized] = {}
        for sample, one in predictions.items():
            if self._bytes + one.values.nbytes > MAX_BYTES:
                break
            self._bytes += one.values.nbytes
            # The values may be the caller's own array, or memory that the next call uses.
            kept[sample] = replace(one, values=one.values.copy())
        if kept:
            self._by_tag[tag] = kept
