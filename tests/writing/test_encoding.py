# SPDX-License-Identifier: Apache-2.0
"""PNG and CRC-32C against other implementations of them."""

import io
import os

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis.extra import numpy as hnp
from PIL import Image
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import crc32c as slow_crc32c

from tb_pairs_plugin.writing.pictures import neighbors, png
from tb_pairs_plugin.writing.writers import crc32c
from tests.stored import stored_values

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 4))


EFFORTS = pytest.mark.parametrize("effort", [png.FAST, png.RUNS, png.SMALL])


@EFFORTS
@settings(max_examples=100)
@given(pixels=SHAPES.flatmap(lambda shape: hnp.arrays(np.uint8, shape)))
def test_pillow_decodes_what_was_encoded(effort, pixels):
    decoded = Image.open(io.BytesIO(png.encode(pixels, effort)))
    assert decoded.mode == {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[pixels.shape[2]]
    np.testing.assert_array_equal(np.asarray(decoded).reshape(pixels.shape), pixels)


@EFFORTS
def test_large_smooth_and_noisy_pictures_decode(effort):
    rows, columns = np.mgrid[:700, :900]
    smooth = np.stack([rows // 3, columns // 4, rows ^ columns], -1).astype(np.uint8)
    noise = np.random.default_rng(0).integers(0, 256, smooth.shape, np.uint8)
    for pixels in (smooth, noise, smooth[..., :1].copy(), smooth + noise // 64):
        decoded = np.asarray(Image.open(io.BytesIO(png.encode(pixels, effort))))
        np.testing.assert_array_equal(decoded.reshape(pixels.shape), pixels)


@settings(max_examples=200)
@given(
    values=st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 6)).flatmap(
        lambda size: hnp.arrays(np.uint8, (*size[:2], 1), elements=st.integers(0, size[2] - 1))
    )
)
def test_neighbors_tell_every_value(values):
    height, width, _ = values.shape
    packed = neighbors.pack(values)
    assume(packed is not None)
    pixels, literals = packed
    entry = {"layout": "neighbors", "bits": 8, "channels": 1, "literals": literals}
    entry |= {"width": width, "height": height}
    decoded = stored_values(png.encode(pixels, png.RUNS), entry)
    np.testing.assert_array_equal(decoded, values)


def test_neighbors_tell_pictures_of_several_bands(monkeypatch):
    monkeypatch.setattr(neighbors, "_CACHED", 64)
    rng = np.random.default_rng(0)
    for height, width in ((33, 17), (40, 16), (7, 90), (34, 1)):
        values = np.kron(rng.integers(0, 5, (6, 12)), np.ones((8, 8))).astype(np.uint8)
        values = values[:height, :width, None].copy()
        pixels, literals = neighbors.pack(values)
        entry = {"layout": "neighbors", "bits": 8, "channels": 1, "literals": literals}
        entry |= {"width": values.shape[1], "height": values.shape[0]}
        decoded = stored_values(png.encode(pixels, png.RUNS), entry)
        np.testing.assert_array_equal(decoded, values)


def test_noise_is_not_told_by_neighbors():
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 1), np.uint8)
    assert neighbors.pack(noise) is None


LANES = [64, 256, 1024, 1 << 14, 1 << 18]


@pytest.mark.parametrize("length", [*range(70), *(n + d for n in LANES for d in (-1, 0, 1))])
def test_crc32c_is_tensorboards(length):
    data = os.urandom(length)
    assert crc32c.crc32c(data) == slow_crc32c(data)


def test_crc32c_of_the_standard():
    assert crc32c.crc32c(b"123456789") == 0xE3069283
