# SPDX-License-Identifier: Apache-2.0
"""Kinds with what data sets and models say of their values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tb_pairs_plugin.writing.guarding import warn_on_errors


def describe(kind: Any, tag: str, **described: Any) -> Any:
    """Returns a kind with what can be used of a description; the rest is a warning, once.

    A description is not an argument of the caller's, so it is never an error, in a training or not.

    Args:
      kind: One of `writing.kinds`, without it.
      tag: Of the records.
      described: Arguments of the kind's class.
    """
    for name, value in described.items():
        with warn_on_errors(tag, True, f"the {name} that the data set or the model tells"):
            kind = replace(kind, **{name: value})
    return kind
