# SPDX-License-Identifier: Apache-2.0
"""Which samples of the data set a process is given, in the order of an evaluation pass."""

from __future__ import annotations

from typing import Any

from tb_pairs_plugin.writing import processes
from tb_pairs_plugin.writing.arrays import conversion


class Positions:
    """The positions in the data set of the samples of a pass, as this process is given them."""

    def __init__(self, *, is_share: bool = True) -> None:
        """Begins a pass.

        Args:
          is_share: Whether this process is given its share of the samples, not all of them.
        """
        self._is_share = is_share
        self._seen = 0
        self._is_lost = False

    def take(self, count: int, loader: Any = None, in_a_row: int = 1) -> list[int]:
        """Returns the positions of the next samples.

        Args:
          count: How many there are.
          loader: What gives them, whose data set's length tells which of them are there only
            because samplers of several processes repeat some.
          in_a_row: How many samples in a row samplers deal out to each of several processes; 1 as
            `torch.utils.data.DistributedSampler` does.

        Returns:
          Those of the first samples: the rest are repeated. None where positions are unknown, as
          after a batch whose size nothing told.
        """
        first, self._seen = self._seen, self._seen + count
        if self._is_lost:
            return []
        rank, among = processes.find_rank() if self._is_share else (0, 1)
        places = [divmod(first + i, in_a_row) for i in range(count)]
        positions = [(turn * among + rank) * in_a_row + i for turn, i in places]
        length = find_dataset_length(loader) if among > 1 else None
        return [one for one in positions if length is None or one < length]

    def skip(self, loader: Any = None) -> None:
        """Passes over a batch that could not be read, so that only the loader tells its size."""
        size = find_batch_size(loader)
        if size is None:
            self._is_lost = True
        else:
            self._seen += size


def find_dataset_length(loader: Any) -> int | None:
    """Returns how many samples the data set of a torch `DataLoader` has; None if unknown."""
    try:
        return len(loader.dataset)
    except Exception:
        # `__len__` is code of the user's, and nothing here depends on it.
        return None


def find_batch_size(loader: Any) -> int | None:
    """Returns how many samples a `DataLoader` of torch or fastai gives at once; None if unknown."""
    try:
        size = getattr(loader, "batch_size", None)
        sampler: Any = getattr(loader, "batch_sampler", None)
        if size is None and hasattr(sampler, "batch_size"):
            # accelerate deals parts of each batch out to its processes, where it is told so.
            parts = sampler.num_processes if getattr(sampler, "split_batches", False) else 1
            size = sampler.batch_size // parts
        return conversion.to_integer(size or loader.bs)
    except Exception:
        return None
