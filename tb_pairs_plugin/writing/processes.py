# SPDX-License-Identifier: Apache-2.0
"""The processes of a distributed training, as `torch.distributed` knows them."""

from __future__ import annotations

import pickle
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

    All processes must call it. One whose value can't be pickled raises only once it has met the
    others: they would wait for it, and take what it sends next for an answer. The first leaves out
    its value.

    Raises:
      Exception: Whatever pickling this process's value meets.
    """
    rank, count = find_rank()
    if count == 1:
        return [value]
    sent: bytes | None = None
    error: Exception | None = None
    if rank:
        try:
            sent = pickle.dumps(value)
        except Exception as met:
            error = met
    values: list[Any] | None = None if rank else [None] * count
    _distributed().gather_object(sent, values)
    if error is not None:
        raise error
    if values is None:
        return None
    return [value, *(pickle.loads(one) for one in values[1:] if one is not None)]


def _distributed() -> Any:
    torch = sys.modules.get("torch")
    distributed = getattr(torch, "distributed", None)
    if distributed is None or not distributed.is_available() or not distributed.is_initialized():
        return None
    return distributed
