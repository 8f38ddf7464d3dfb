# SPDX-License-Identifier: Apache-2.0
"""Strips and grids are cut where they were put together."""

import numpy as np
import pytest

from tb_pairs_plugin.importing import colors, cutting, decoding
from tb_pairs_plugin.pairing.proposals import Role, Strip
from tb_pairs_plugin.pairing.rule_file import ClassColor, Grid
from tests.importing.pictures import encoded, grid, noisy, photo

GT, PRED, INPUT, OTHER = Role.GROUND_TRUTH, Role.PREDICTION, Role.INPUT, Role.OTHER


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_a_strip_is_cut_in_panes_of_one_size(axis, count) -> None:
    made = [photo(seed) for seed in range(count)]
    strip = Strip("t", (GT, PRED, INPUT, OTHER)[:count], axis)
    whole = np.concatenate(made, axis=1 if axis == "x" else 0)
    (panes,) = cutting.cut_panes(whole, strip)
    np.testing.assert_array_equal(panes, made)


def test_a_strip_is_cut_where_a_rule_says() -> None:
    picture = photo(0, 24, 32)
    (panes,) = cutting.cut_panes(picture, Strip("t", (GT, PRED, OTHER), cuts=(0.25, 0.75)))
    assert [pane.shape[1] for pane in panes] == [8, 16, 8]


@pytest.mark.parametrize(
    ("strip", "reason"),
    [
        (Strip("t", (GT, PRED, INPUT)), "width of 32 pixels is not divided by 3 panes"),
        (Strip("t", (GT, PRED, INPUT, OTHER, OTHER), "y"), "height of 24 pixels is not divided"),
        (Strip("t", (GT, PRED), cuts=(0.001,)), "32 pixels are too few for cuts at 0.001"),
    ],
)
def test_what_cannot_be_cut_says_so(strip, reason) -> None:
    with pytest.raises(cutting.CutError, match=reason):
        cutting.cut_panes(photo(0), strip)


@pytest.mark.parametrize("samples", [1, 2, 3])
def test_a_grid_whose_rows_are_strips_is_a_sample_a_row(samples) -> None:
    made = [[photo(10 * row + column) for column in range(3)] for row in range(samples)]
    whole = grid([pane for row in made for pane in row], columns=3, padding=5)
    found = cutting.cut_panes(whole, Strip("t", (INPUT, GT, PRED)))
    np.testing.assert_array_equal(found, made)


def test_a_grid_whose_columns_are_strips_is_a_sample_a_column() -> None:
    made = [photo(seed) for seed in range(8)]
    found = cutting.cut_panes(grid(made, columns=4), Strip("t", (GT, PRED), "y"))
    np.testing.assert_array_equal(found, [[made[i], made[4 + i]] for i in range(4)])


def test_a_grid_of_more_columns_is_only_cut_where_a_rule_says_so() -> None:
    made = [photo(seed) for seed in range(8)]
    roles = (GT, PRED)
    found = cutting.cut_panes(grid(made, columns=4), Strip("t", roles))
    np.testing.assert_array_equal(found, [made[0:2], made[2:4], made[4:6], made[6:8]])
    for strip in (Strip("t", roles, must_look_alike=True), Strip("t", (GT, PRED, INPUT))):
        with pytest.raises(cutting.CutError, match="a grid of 4 × 2 pictures, not of"):
            cutting.cut_panes(grid(made, columns=4), strip)


@pytest.mark.parametrize("count", [2, 3, 7, 8, 9, 15, 16, 17])
@pytest.mark.parametrize("padding", [1, 2, 5])
def test_a_grid_is_found_by_its_lines_and_its_empty_cells_are_dropped(count, padding) -> None:
    made = [photo(seed) for seed in range(count)]
    whole = grid(made, padding=padding)
    geometry = cutting.find_grid(whole)
    assert geometry is not None
    assert cutting.count_filled([whole], geometry) == count
    np.testing.assert_array_equal(cutting.cut_cells(whole, geometry)[:count], made)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_geometry_of_one_grid_holds_for_masks_that_show_no_lines(channels) -> None:
    shown = grid([photo(seed, channels=channels) for seed in range(9)])
    masks = np.zeros_like(shown)
    geometry = cutting.find_grid(shown)
    assert geometry is not None
    assert cutting.find_grid(masks) is None
    assert cutting.fits(masks, geometry)
    assert cutting.count_filled([shown, masks], geometry) == 9
    assert not cutting.fits(masks[1:], geometry)
    assert not cutting.fits(noisy(shown), geometry)


@pytest.mark.parametrize(
    "picture",
    [
        photo(0),
        np.zeros((24, 32, 3), np.uint8),
        np.pad(photo(0), ((2, 2), (2, 2), (0, 0))),
        np.pad(photo(0), ((0, 0), (4, 4), (0, 0))),
        np.concatenate([photo(0), photo(1)], axis=1),
        np.kron(np.indices((8, 8)).sum(0)[..., None] % 2, np.ones((3, 3, 1))).astype(np.uint8),
        np.zeros((1, 1, 1), np.uint8),
        grid([photo(0), photo(1)])[:, :-1],
    ],
    ids=["photo", "black", "one", "letterbox", "strip", "checkerboard", "pixel", "cut off"],
)
def test_what_is_no_grid_is_left_whole(picture) -> None:
    assert cutting.find_grid(picture) is None


def test_a_grid_without_lines_is_cut_where_a_rule_says_how_large_its_samples_are() -> None:
    made = [photo(seed) for seed in range(4)]
    whole = grid(made, columns=4, padding=0)
    geometry = cutting.measure_grid(whole, Grid(32, 24))
    np.testing.assert_array_equal(cutting.cut_cells(whole, geometry), made)
    with pytest.raises(cutting.CutError, match="of 128 × 24 pixels is not a grid of samples of 30"):
        cutting.measure_grid(whole, Grid(30, 24))


@pytest.mark.parametrize(("count", "kept"), [(2, 3), (3, 3), (4, 4), (5, 5), (6, 6)])
def test_black_cells_at_the_end_are_dropped_without_lines_but_of_one_row_none(count, kept) -> None:
    made = [photo(seed) for seed in range(count)]
    # A single row is as wide as the others would be.
    every = [*made, *[np.zeros_like(made[0])] * (-count % 3)]
    whole = grid(every, columns=3, padding=0)
    geometry = cutting.measure_grid(whole, Grid(32, 24))
    assert cutting.count_filled([whole], geometry) == kept
    # What has the color of the first pixel is a sample all the same.
    same = np.full_like(whole, 9)
    assert cutting.count_filled([same], geometry) == len(every)


def test_of_a_single_row_no_cell_is_dropped() -> None:
    whole = grid([photo(0), np.zeros_like(photo(0))])
    geometry = cutting.measure_grid(whole, Grid(32, 24, 2))
    assert cutting.count_filled([whole], geometry) == 2


def sky_and_ground(seed: int) -> np.ndarray:
    rows = np.linspace(250, 20, 48)[:, None, None]
    return (0.8 * rows + 0.2 * photo(seed, 48, 64)).astype(np.uint8)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("axis", ["x", "y"])
def test_a_prediction_looks_like_its_ground_truth_and_halves_of_a_picture_do_not(
    axis, seed
) -> None:
    truth = photo(seed, 48, 64)
    assert cutting.measure_likeness(truth, noisy(truth, levels=40), axis) > cutting.ALIKE
    assert cutting.measure_likeness(truth, photo(seed + 100, 48, 64), axis) < cutting.ALIKE
    left, right = sky_and_ground(seed), sky_and_ground(seed + 100)
    assert cutting.measure_likeness(left, right, "x") < cutting.ALIKE


def test_panes_of_one_color_or_of_two_sizes_say_nothing() -> None:
    black = np.zeros((8, 8, 1), np.uint8)
    assert cutting.measure_likeness(black, black, "x") == 0
    assert cutting.measure_likeness(black, photo(0), "x") == 0


ROAD, CAR = ClassColor(3, "road", (128, 64, 128)), ClassColor(9, None, (0, 0, 142))


def test_colors_become_the_ids_of_their_classes_and_others_the_first_free_id() -> None:
    drawn = np.array([[[128, 64, 128], [0, 0, 142]], [[130, 60, 125], [255, 0, 0]]], np.uint8)
    ids, unrecovered = colors.to_ids(drawn, [ROAD, CAR])
    np.testing.assert_array_equal(ids, [[3, 9], [3, 0]])
    assert unrecovered == 0.25


def test_grey_values_are_ids_where_no_class_has_a_color() -> None:
    classes = [ClassColor(0, None, None), ClassColor(1, None, None), ClassColor(200, None, None)]
    grey = np.array([[[0], [1], [200], [7]]], np.uint8)
    for drawn in (grey, np.repeat(grey, 3, axis=-1)):
        ids, unrecovered = colors.to_ids(drawn, classes)
        np.testing.assert_array_equal(ids, [[0, 1, 200, 2]])
        assert unrecovered == 0.25


def test_grey_values_of_16_bits_are_ids_too_and_no_colors_of_8_bits() -> None:
    grey = np.array([[[300], [65535], [256]]], np.uint16)
    classes = [ClassColor(300, None, None), ClassColor(65535, None, None)]
    ids, unrecovered = colors.to_ids(grey, classes)
    np.testing.assert_array_equal(ids, [[300, 65535, 0]])
    assert unrecovered == pytest.approx(1 / 3)
    ids, unrecovered = colors.to_ids(grey, [ClassColor(1, None, (255, 0, 0))])
    assert unrecovered == 1


def test_colors_are_counted_up_to_a_few() -> None:
    assert colors.count(np.zeros((9, 9, 3), np.uint8), 32) == 1
    assert colors.count(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 32) is None
    late = np.zeros((64, 8, 1), np.uint8)
    late[32:] = np.arange(256).reshape(32, 8, 1)
    assert colors.count(late, 32) is None


@pytest.mark.parametrize("form", ["PNG", "GIF", "JPEG"])
def test_pictures_of_each_form_are_decoded(form) -> None:
    truth = np.full((5, 7, 3), 40, np.uint8)
    found = decoding.decode(encoded(truth, form))
    assert found.pixels.shape == (5, 7, 3)
    np.testing.assert_allclose(found.pixels, truth, atol=2)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_channels_stay_as_they_are(channels) -> None:
    truth = photo(1, channels=channels)
    np.testing.assert_array_equal(decoding.decode(encoded(truth)).pixels, truth)


def test_sixteen_bits_stay_sixteen_bits() -> None:
    truth = np.arange(0, 60_000, 1000, dtype=np.uint16).reshape(6, 10, 1)
    found = decoding.decode(encoded(truth)).pixels
    assert found.dtype == np.uint16
    np.testing.assert_array_equal(found, truth)


@pytest.mark.parametrize(
    "blob", [b"", b"GIF89a", encoded(photo(0))[:60], b"<svg/>", encoded(photo(0), "BMP")]
)
def test_what_is_no_picture_says_so(blob) -> None:
    with pytest.raises(decoding.DecodeError, match="it is not a PNG, JPEG or GIF"):
        decoding.decode(blob)


def test_a_picture_that_claims_too_many_pixels_is_not_decoded() -> None:
    blob = bytearray(encoded(photo(0)))
    blob[16:24] = (30_000).to_bytes(4, "big") * 2
    with pytest.raises(decoding.DecodeError):
        decoding.decode(bytes(blob))
