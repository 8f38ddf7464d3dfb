# SPDX-License-Identifier: Apache-2.0
"""`pairs.normalize` and `pairs.channel_grid`."""

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.writing import event_files

MAPS = np.random.default_rng(0).normal(3, 9, (2, 4, 5, 6)).astype(np.float32)


@pytest.mark.parametrize(
    ("per", "axes"), [("channel", (1, 2)), ("picture", (1, 2, 3)), ("batch", (0, 1, 2, 3))]
)
def test_normalize_stretches_to_0_and_1(per, axes):
    out = pairs.normalize(MAPS, per=per)
    assert out.dtype == np.float32
    np.testing.assert_allclose(out.min(axis=axes), 0)
    np.testing.assert_allclose(out.max(axis=axes), 1)
    ranks = np.argsort(MAPS[0, ..., 0].ravel())
    np.testing.assert_array_equal(np.argsort(out[0, ..., 0].ravel()), ranks)


def test_normalize_with_channels_first():
    moved = MAPS.transpose(0, 3, 1, 2)
    out = pairs.normalize(moved, per="channel", data_format="channels_first")
    np.testing.assert_array_equal(out.transpose(0, 2, 3, 1), pairs.normalize(MAPS, per="channel"))


@pytest.mark.parametrize("value", [0, 7, -1e30])
def test_normalize_makes_what_is_constant_0(value):
    np.testing.assert_array_equal(pairs.normalize(np.full((1, 2, 2, 1), value)), 0)


def test_normalize_leaves_nan_and_sets_infinities_to_the_ends():
    x = np.array([np.nan, -np.inf, 2, 4, np.inf]).reshape(1, 1, 5, 1)
    np.testing.assert_array_equal(pairs.normalize(x).ravel(), [np.nan, 0, 0, 1, 1])


def test_normalize_of_nothing_finite():
    x = np.full((1, 2, 2, 1), np.nan)
    np.testing.assert_array_equal(pairs.normalize(x), x)


def test_channel_grid_lays_channels_out_in_rows():
    grid = pairs.channel_grid(MAPS, columns=4, gap=2, fill=-1)
    assert grid.shape == (2, 2 * 4 + 2, 4 * 5 + 3 * 2, 1)
    np.testing.assert_array_equal(grid[1, 6:10, 7:12, 0], MAPS[1, ..., 5])
    np.testing.assert_array_equal(grid[1, 6:10, 14:, 0], -1)
    np.testing.assert_array_equal(grid[:, 4:6], -1)


def test_channel_grid_is_about_square_and_keeps_the_dtype():
    grid = pairs.channel_grid(np.ones((1, 3, 3, 16), np.uint8), gap=0)
    assert grid.shape == (1, 12, 12, 1)
    assert grid.dtype == np.uint8


def test_channel_grid_of_channels_first():
    np.testing.assert_array_equal(
        pairs.channel_grid(MAPS.transpose(0, 3, 1, 2), data_format="channels_first"),
        pairs.channel_grid(MAPS),
    )


def test_sixteen_feature_maps_with_a_dead_one_come_out_as_they_are():
    maps = np.random.default_rng(0).random((1, 4, 4, 16), np.float32)
    maps[..., 3] = 0
    grid = pairs.channel_grid(pairs.normalize(maps, per="channel"))
    proto = pairs.summary_pb("t", grid, grid)
    (sample,) = event_files.of_summary(proto).samples
    np.testing.assert_allclose(sample.ground_truth.values, grid[0], atol=0.5 / 255 + 1e-6)
