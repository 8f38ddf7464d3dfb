# SPDX-License-Identifier: Apache-2.0
"""Calls whose tensors are still on the GPU: whether their check may wait for the values.

Why they are put off is in docs/decisions/0020.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Hashable

from tb_pairs_plugin.writing import background, selection, tolerance
from tb_pairs_plugin.writing.arrays import device
from tb_pairs_plugin.writing.call import Call, to_step
from tb_pairs_plugin.writing.errors import DataError

_MOST_CHECKED = 256  # combinations of shapes and dtypes that are remembered


def is_worth_it(call: Call) -> bool:
    """Says whether a call can leave the look at its values to the thread behind it.

    It can while there is one, and an earlier call of the tag was accepted: then wrong values are a
    warning whenever they are found.
    """
    return (
        background.is_active()
        and tolerance.was_accepted(call.writer, call.tag)
        and any(map(device.has_gpu_tensor, call.tensors.values()))
    )


def check(call: Call) -> bool:
    """Checks all of a call but the values of its tensors on the GPU.

    Returns:
      Whether anything may be written at this step.

    Raises:
      ValueError: If types, ranks, dtypes or counts are not as `pairs.summary` documents.
      DataError: If the step is no int64.
    """
    is_due = device.has_gpu_tensor(call.step) or selection.is_due(call.select, to_step(call.step))
    key = _make_key(call)
    # Other threads may make room in between.
    with contextlib.suppress(KeyError):
        _checked.move_to_end(key)
        return is_due
    zeros = call.convert(device.zero_out)
    # Any id on the GPU would be zero, as would all others.
    zeros = zeros._replace(ids=None) if device.has_gpu_tensor(call.ids) else zeros
    try:
        zeros.check()
    except DataError:
        # Of zeros, or found again with the values.
        return is_due
    if is_due:
        # Else no more than the options was looked at.
        _checked[key] = None
    with contextlib.suppress(KeyError):
        while len(_checked) > _MOST_CHECKED:
            _checked.popitem(last=False)
    return is_due


_checked: OrderedDict[Hashable, None] = OrderedDict()


def _make_key(call: Call) -> Hashable:
    plain = call.tag, call.kind, call.description, call.select, call.data_format, call.preparation
    return (*map(str, plain), *map(device.make_signature, call.tensors.values()))
