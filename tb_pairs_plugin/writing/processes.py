# SPDX-License-Identifier: Apache-2.0
"""The processes of a distributed training, as `torch.distributed` knows them."""

from __future__ import annotations

import sys
from typing import Any


def find_rank() -> tuple[int, int]:
    """Returns the number of this process and how many there are."""
    distributed = _distributed()
    if distributed is None:
        return 0, 1
    return distributed.get_rank(), distributed.get_world_size()


def gather(value: Any) -> list[Any] | None:
    """Returns the values of all processes on the first of them, and None on the others.

    All processes must call it.
    """
    rank, count = find_rank()
    if count == 1:
        return [value]
    values: list[Any] | None = [None] * count if rank == 0 else None
    _distributed().gather_object(value, values)
    return values


def _distributed() -> Any:
    torch = sys.modules.get("torch")
    distributed = getattr(torch, "distributed", None)
    if distributed is None or not distributed.is_available() or not distributed.is_initialized():
        return None
    return distributed
