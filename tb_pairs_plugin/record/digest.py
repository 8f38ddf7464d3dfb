# SPDX-License-Identifier: Apache-2.0
"""Names of bytes by their content."""

from __future__ import annotations

import hashlib
import re

from tb_pairs_plugin.record import codec

MARK_DIGITS = 8  # of digests that only tell apart the content of one log

_DIGEST = re.compile(r"[0-9a-f]{32}\Z")


def digest(*parts: bytes | memoryview) -> str:
    """Returns the first 32 hexadecimal digits of the SHA-256 of `parts`, one after another."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part)
    return hashed.hexdigest()[:32]


def shorten(whole: str) -> str:
    """Returns the first digits of a digest, enough to tell apart the content of one log."""
    return whole[:MARK_DIGITS]


def parse(value: object, name: str) -> str:
    """Returns `value` if it is a digest.

    Raises:
      RecordError: If it is not.
    """
    if not isinstance(value, str) or not _DIGEST.match(value):
        raise codec.wrong(value, name, "32 hexadecimal digits in lower case")
    return value
