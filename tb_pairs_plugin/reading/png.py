# SPDX-License-Identifier: Apache-2.0
"""The header of a PNG, and whether it is as the manifest says."""

from __future__ import annotations

import struct
from typing import NamedTuple

from tb_pairs_plugin.record.manifest import MAX_PICTURE_PIXELS, Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Length and name of the first chunk, width, height, bit depth, colour type, then three methods.
_HEADER = struct.Struct(">8sI4sIIBBBBB")
_COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}  # by number of channels


class PngError(ValueError):
    """A PNG without a whole header; the message says so."""


class Header(NamedTuple):
    """What the header says, in the numbers of the PNG specification."""

    width: int
    height: int
    depth: int
    color_type: int
    compression: int
    filtering: int
    interlace: int


def is_png(blob: bytes) -> bool:
    """Tells whether `blob` begins as a PNG does."""
    return blob.startswith(_SIGNATURE)


def read_header(blob: bytes) -> Header:
    """Returns the header of a blob that begins as a PNG does.

    Raises:
      PngError: If it is cut off, or is another chunk.
    """
    if len(blob) < _HEADER.size:
        raise PngError("the PNG ends within its header")
    _, length, name, *found = _HEADER.unpack_from(blob)
    if length != 13 or name != b"IHDR":
        raise PngError("the PNG has no header")
    return Header(*found)


def find_size_fault(picture: Picture) -> str | None:
    """Returns why a picture is too large to be read at all, or None."""
    pixels = picture.width * picture.height
    if pixels <= MAX_PICTURE_PIXELS:
        return None
    return f"the picture has {pixels} pixels, more than are read ({MAX_PICTURE_PIXELS})"


def find_fault(blob: bytes, picture: Picture) -> str | None:
    """Returns why `blob` is not the PNG that `picture` speaks of, or None."""
    if not is_png(blob):
        return "the blob is not a PNG"
    try:
        width, height, depth, color, compression, filtering, interlace = read_header(blob)
    except PngError as error:
        return str(error)
    if (width, height) != picture.png_size:
        want_width, want_height = picture.png_size
        return f"the PNG has {width} x {height} pixels, want {want_width} x {want_height}"
    if (depth, color) != (8, _COLOR_TYPES[picture.channels]):
        return (
            f"the PNG has bit depth {depth} and colour type {color}, "
            f"want 8 and {_COLOR_TYPES[picture.channels]}"
        )
    if (compression, filtering, interlace) != (0, 0, 0):
        return "the PNG is interlaced or of an unknown method"
    return None
