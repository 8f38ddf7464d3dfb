# SPDX-License-Identifier: Apache-2.0
"""How long fuzzing takes: short with all other tests, long by `PAIRS_FUZZ=long` (`make fuzz`)."""

import os

SECONDS = 4 * 3600  # before a test of this folder is ended


def cases(short: int, long: int) -> int:
    """Returns how many cases to try."""
    asked = os.environ.get("PAIRS_FUZZ", "short")
    if asked not in ("short", "long"):
        raise ValueError(f"PAIRS_FUZZ is {asked!r}, want short or long")
    return long if asked == "long" else short
