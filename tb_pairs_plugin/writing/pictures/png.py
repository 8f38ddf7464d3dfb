# SPDX-License-Identifier: Apache-2.0
"""PNG, as fast as NumPy and deflate go.

Deflate searches for runs only, or is ISA-L's where that is installed: for photographs a tenth and a
thirtieth of the time of the usual search, at about the same bytes. What makes up for the search is
the right filter (https://www.w3.org/TR/png-3/#9Filters), so those that are a few array operations
each are tried on a few rows; see docs/decisions/0021.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing.types import Bytes8

Deflate: TypeAlias = Callable[[Bytes8], bytes]


@dataclass(frozen=True)
class Effort:
    """How much is tried to make a PNG small.

    Attributes:
      deflate: Compresses.
      filters: The numbers of the filters to choose from.
    """

    deflate: Deflate
    filters: Sequence[int]


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_SAMPLE = 32  # one row in so many is tried
_LEAST_SAMPLED = 4  # rows
_CACHED = 131_072  # bytes worked on at a time, so that they stay in the processor's cache


def encode(pixels: Bytes8, effort: Effort, bands: int = 1) -> bytes:
    """Returns a PNG of 8 bits per channel.

    Args:
      pixels: `[h, w, c]`, c 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA).
      effort: Such as `FAST`.
      bands: Of how many parts, one above the other, the picture is made; each gets a filter.
    """
    height, width, channels = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            *_chunk(b"IHDR", header),
            *_chunk(b"IDAT", effort.deflate(_filter_bands(pixels, effort, bands))),
            *_chunk(b"IEND", b""),
        )
    )


def _filter_bands(pixels: Bytes8, effort: Effort, bands: int) -> Bytes8:
    height, width, channels = pixels.shape
    # Pixels above and left of the picture count as zero.
    framed = np.zeros((1 + height, channels + width * channels), np.uint8)
    framed[1:, channels:] = pixels.reshape(height, width * channels)
    lines = np.empty((height, 1 + width * channels), np.uint8)
    at_once = max(1, _CACHED // lines.shape[1])
    for band in range(bands):
        first, end = (height * edge // bands for edge in (band, band + 1))
        number = _best_filter(framed, slice(first, end), channels, effort)
        for start in range(first, end, at_once):
            rows = slice(start, min(end, start + at_once))
            _filter(number, framed, rows, channels, lines[rows])
    return lines


def _best_filter(framed: Bytes8, rows: slice, channels: int, effort: Effort) -> int:
    """Returns the filter that makes `rows` smallest, as far as some of them tell."""
    if len(effort.filters) == 1:
        return effort.filters[0]
    count = rows.stop - rows.start
    step = max(1, min(_SAMPLE, count // _LEAST_SAMPLED))
    sampled = slice(rows.start + step // 2, rows.stop, step)
    lines = np.empty((len(range(rows.stop)[sampled]), 1 + framed.shape[1] - channels), np.uint8)

    def size(number: int) -> int:
        _filter(number, framed, sampled, channels, lines)
        return len(effort.deflate(lines))

    return min(effort.filters, key=size)


def _filter(number: int, framed: Bytes8, rows: slice, channels: int, lines: Bytes8) -> None:
    below = slice(rows.start + 1, rows.stop + 1, rows.step)
    here, left, above = framed[below, channels:], framed[below, :-channels], framed[rows, channels:]
    lines[:, 0] = number
    filtered = lines[:, 1:]
    if number == _NONE:
        filtered[:] = here
    elif number == _SUB:
        np.subtract(here, left, out=filtered)
    elif number == _UP:
        np.subtract(here, above, out=filtered)
    elif number == _AVERAGE:
        np.subtract(here, _average(left, above), out=filtered)
    else:
        np.subtract(here, _paeth(left, above, framed[rows, :-channels]), out=filtered)


def _average(left: Bytes8, above: Bytes8) -> Bytes8:
    # (left + above) // 2 without a ninth bit.
    half = np.bitwise_xor(left, above)
    np.right_shift(half, 1, out=half)
    half += left & above
    return half


def _paeth(left: Bytes8, above: Bytes8, corner: Bytes8) -> Bytes8:
    # How far left + above - corner is from each of the three.
    from_left = above.astype(np.int16)
    from_left -= corner
    from_above = left.astype(np.int16)
    from_above -= corner
    from_corner = np.abs(from_left + from_above)
    np.abs(from_left, out=from_left)
    np.abs(from_above, out=from_above)
    expected = np.where(from_above <= from_corner, above, corner)
    is_left = (from_left <= from_above) & (from_left <= from_corner)
    np.copyto(expected, left, where=is_left)
    return expected


def _chunk(name: bytes, data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    return (
        struct.pack(">I", len(data)),
        name,
        data,
        struct.pack(">I", zlib.crc32(data, zlib.crc32(name))),
    )


def zlib_deflate(level: int, memory: int, strategy: int) -> Deflate:
    """Returns zlib's deflate with these settings; see `zlib.compressobj`."""

    def deflate(data: Bytes8) -> bytes:
        compressor = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, memory, strategy)
        return compressor.compress(data.data) + compressor.flush()

    return deflate


def _fastest() -> Deflate:
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib_deflate(1, 9, zlib.Z_RLE)
    return lambda data: bytes(isal_zlib.compress(data, 1))


_NONE, _SUB, _UP, _AVERAGE, _PAETH = range(5)

FAST = Effort(_fastest(), (_NONE, _SUB, _UP, _AVERAGE))
# For bytes that are mostly runs already. Deflate's tables hold for fewer bytes with less memory,
# which is of use where the bytes change their nature.
RUNS = Effort(zlib_deflate(1, 7, zlib.Z_RLE), (_NONE,))
# A third smaller, at fifteen times the time. Paeth's filter takes ten times as long as the others.
SMALL = Effort(zlib_deflate(7, 8, zlib.Z_FILTERED), (_SUB, _UP, _AVERAGE, _PAETH))
