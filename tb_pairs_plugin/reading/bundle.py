# SPDX-License-Identifier: Apache-2.0
"""The binary answer of `frames`: a JSON header, and blobs one after another."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from tb_pairs_plugin.record import codec

_MAGIC = b"PRS1"


@dataclass(frozen=True)
class Bundle:
    """The answer; its header tells the digests of all blobs, so that names the whole."""

    header: bytes
    blobs: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        """The bytes to send."""
        return b"".join([_MAGIC, struct.pack("<I", len(self.header)), self.header, *self.blobs])


def make_bundle(header: Mapping[str, object], blobs: Mapping[str, bytes]) -> Bundle:
    """Returns the answer; a member `blobs` of its header tells by digest where each blob is."""
    places = {}
    offset = 0
    for digest, blob in blobs.items():
        places[digest] = [offset, len(blob)]
        offset += len(blob)
    return Bundle(codec.dumps({**header, "blobs": places}), tuple(blobs.values()))
