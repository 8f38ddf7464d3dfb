# SPDX-License-Identifier: Apache-2.0
"""CRC-32C (Castagnoli, RFC 3720), which guards each record of an event file.

The standard library has another polynomial, and TensorBoard's own is pure Python: 11 MB/s, holding
the GIL. Here NumPy runs over many lanes at once and folds their checksums together.
"""

from __future__ import annotations

import struct
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_POLYNOMIAL = 0x82F63B78
_MASK_DELTA = 0xA282EAD8
_Words = NDArray[np.uint32]


def compute_masked(data: bytes) -> int:
    """Returns the checksum of `data` as an event file stores it: rotated, plus a constant."""
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + _MASK_DELTA) & 0xFFFFFFFF


def frame(data: bytes) -> bytes:
    """Returns `data` as a record of an event file: its length before it, a checksum after each."""
    length = struct.pack("<Q", len(data))
    checksums = (struct.pack("<I", compute_masked(part)) for part in (length, data))
    return b"".join((length, next(checksums), data, next(checksums)))


def crc32c(data: bytes) -> int:
    """Returns the CRC-32C of `data`."""
    lane = 64 if len(data) < 1 << 14 else 256 if len(data) < 1 << 18 else 1024
    if len(data) < 4:
        return _small(data)
    lanes = -(-len(data) // lane)
    # Leading zeros don't change a checksum that begins at zero; the standard's beginning at all
    # ones is the same as inverting the first four bytes.
    buffer = np.zeros(lanes * lane, np.uint8)
    buffer[-len(data) :] = np.frombuffer(data, np.uint8)
    start = len(buffer) - len(data)
    buffer[start : start + 4] ^= 0xFF
    columns = np.ascontiguousarray(buffer.view("<u4").reshape(lanes, lane // 4).T)
    return _fold(_run(columns), lane) ^ 0xFFFFFFFF


def _small(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = int(_byte_table()[(crc ^ byte) & 0xFF]) ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def _run(columns: _Words) -> _Words:
    """Returns the checksum of each lane; the lanes are the columns of `[words, lanes]`."""
    low, high = _half_word_tables()
    crc = np.zeros(columns.shape[1], "<u4")
    halves = crc.view("<u2").reshape(-1, 2)
    after_low, after_high = np.empty_like(crc), np.empty_like(crc)
    for words in columns:
        crc ^= words
        # "clip" only spares the check: 16 bits can't be out of bounds.
        low.take(halves[:, 0], out=after_low, mode="clip")
        high.take(halves[:, 1], out=after_high, mode="clip")
        np.bitwise_xor(after_low, after_high, out=crc)
    return crc


def _fold(crcs: _Words, lane: int) -> int:
    """Returns the checksum of neighboring lanes of `lane` bytes each as one."""
    while len(crcs) > 1:
        if len(crcs) % 2:
            crcs = np.concatenate([np.zeros(1, np.uint32), crcs])
        low, high = _shift_tables(lane)
        left, right = crcs[0::2], crcs[1::2]
        crcs = low[left & 0xFFFF] ^ high[left >> 16] ^ right
        lane *= 2
    return int(crcs[0])


@lru_cache(maxsize=1)
def _byte_table() -> _Words:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(_POLYNOMIAL), table >> 1)
    return table


@lru_cache(maxsize=1)
def _half_word_tables() -> tuple[_Words, _Words]:
    """Returns what the low and the high 16 bits of a word become after its four bytes."""
    return _tables(_after_bytes(4))


@lru_cache(maxsize=64)
def _shift_tables(count: int) -> tuple[_Words, _Words]:
    """Returns what the two halves of a checksum become after `count` zero bytes, a power of two."""
    return _tables(_after_bytes(count))


@lru_cache(maxsize=64)
def _after_bytes(count: int) -> tuple[int, ...]:
    """Returns what each of the 32 bits becomes after `count` zero bytes, a power of two."""
    if count > 1:
        half = _after_bytes(count // 2)
        return tuple(_apply(half, bits) for bits in half)
    table = _byte_table()
    return tuple(int(table[(1 << i) & 0xFF]) ^ ((1 << i) >> 8) for i in range(32))


def _apply(columns: tuple[int, ...], bits: int) -> int:
    result = 0
    for i, column in enumerate(columns):
        if bits >> i & 1:
            result ^= column
    return result


def _tables(columns: tuple[int, ...]) -> tuple[_Words, _Words]:
    return _table(columns[:16]), _table(columns[16:])


def _table(columns: tuple[int, ...]) -> _Words:
    table = np.zeros(1, np.uint32)
    for column in columns:
        table = np.concatenate([table, table ^ np.uint32(column)])
    return table
