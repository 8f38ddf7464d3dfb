# SPDX-License-Identifier: Apache-2.0
"""Numbers of things, as text."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Returns `1 step`, `2 steps`: the noun is given as of one, and ends in an s as of many."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
