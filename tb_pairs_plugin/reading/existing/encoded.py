# SPDX-License-Identifier: Apache-2.0
"""What an encoded picture says of itself in its header; no pixel is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tb_pairs_plugin.reading import png
from tb_pairs_plugin.record.manifest import MAX_PICTURE_PIXELS

_PNG_CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}  # by colour type; 3 is a palette
_GIF_HEADER = struct.Struct("<6sHHBBB")
_GIF_EXTENSION, _GIF_IMAGE = 0x21, 0x2C
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_MOST_FRAMES = 9999


class EncodedError(ValueError):
    """A picture that can't be shown; the message says why."""


@dataclass(frozen=True)
class PictureHeader:
    """What a picture is.

    Attributes:
      media_type: Such as `image/png`.
      width: In pixels.
      height: In pixels.
      channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
      depth: Bits of a channel.
      frames: More than 1 for an animated GIF, of which the first is shown.
    """

    media_type: str
    width: int
    height: int
    channels: int
    depth: int = 8
    frames: int = 1


def read_picture_header(blob: bytes) -> PictureHeader:
    """Returns what the header of a PNG, JPEG or GIF says.

    Raises:
      EncodedError: If it is none of these, is cut off, or has more than 2^28 pixels.
    """
    if png.is_png(blob):
        header = _read_png(blob)
    elif blob.startswith((b"GIF87a", b"GIF89a")):
        header = _read_gif(blob)
    elif blob.startswith(b"\xff\xd8"):
        header = _read_jpeg(blob)
    else:
        raise EncodedError("the picture is no PNG, JPEG or GIF")
    pixels = header.width * header.height
    if not 0 < pixels <= MAX_PICTURE_PIXELS:
        raise EncodedError(
            f"the picture has {header.width} x {header.height} pixels, "
            f"want 1 to {MAX_PICTURE_PIXELS} in all"
        )
    return header


def _read_png(blob: bytes) -> PictureHeader:
    try:
        found = png.read_header(blob)
    except png.PngError as error:
        raise EncodedError(str(error)) from None
    if found.color_type not in _PNG_CHANNELS:
        raise EncodedError("the PNG has no header")
    channels = _PNG_CHANNELS[found.color_type]
    return PictureHeader("image/png", found.width, found.height, channels, found.depth)


def _read_gif(blob: bytes) -> PictureHeader:
    if len(blob) < _GIF_HEADER.size:
        raise EncodedError("the GIF ends within its header")
    _, width, height, flags, _, _ = _GIF_HEADER.unpack_from(blob)
    return PictureHeader("image/gif", width, height, 3, frames=max(1, _count_frames(blob, flags)))


def _count_frames(blob: bytes, flags: int) -> int:
    """Returns how many images follow the header; those of a damaged rest are not counted."""
    place, frames = _GIF_HEADER.size + _table_size(flags), 0
    while place + 1 < len(blob) and frames < _MOST_FRAMES:
        if blob[place] == _GIF_EXTENSION:
            place = _after_blocks(blob, place + 2)
        elif blob[place] == _GIF_IMAGE and place + 9 < len(blob):
            frames += 1
            # The descriptor has 10 bytes; its table and one byte more stand before the data.
            place = _after_blocks(blob, place + 11 + _table_size(blob[place + 9]))
        else:
            break
    return frames


def _table_size(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(blob: bytes, place: int) -> int:
    while place < len(blob) and blob[place]:
        place += blob[place] + 1
    return place + 1


def _read_jpeg(blob: bytes) -> PictureHeader:
    place = 2
    while place + 9 < len(blob):
        if blob[place] != 0xFF:
            break
        marker = blob[place + 1]
        if marker == 0xFF:  # padding
            place += 1
        elif marker in _JPEG_BARE:
            place += 2
        elif marker in _JPEG_SIZES:
            depth, height, width, components = struct.unpack_from(">BHHB", blob, place + 4)
            return PictureHeader("image/jpeg", width, height, 1 if components == 1 else 3, depth)
        else:
            (length,) = struct.unpack_from(">H", blob, place + 2)
            place += 2 + length
    raise EncodedError("the JPEG says no size")
