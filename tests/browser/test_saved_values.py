# SPDX-License-Identifier: Apache-2.0
"""The values of one pane by themselves, as NumPy and Pillow read them from its menu's files."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import MASK, colored, mask, photo

STEP = 7
SHAPE = (12, 16)
LOW, HIGH = -3.0, 9.0

Array = NDArray[Any]


def numbers(seed: int) -> NDArray[np.float32]:
    """Numbers of LOW to HIGH, `[12, 16]`, with all that is no number."""
    found = np.random.default_rng(seed).uniform(LOW, HIGH, SHAPE).astype(np.float32)
    found[0, :2] = LOW, HIGH
    found[1, :3] = np.nan, np.inf, -np.inf
    return found


def vectors(seed: int) -> NDArray[np.float32]:
    """Displacements of up to 20 pixels, unknown at one place, `[12, 16, 2]`."""
    found = np.random.default_rng(seed).uniform(-20, 20, (*SHAPE, 2)).astype(np.float32)
    found[2, 3] = np.nan
    return found


FAR_IDS = np.array([-5, 7, 2**40])
WIDE_IDS = np.array([0, 300, 65_535])

# Each of a tag: its kind, its ground truth and its prediction.
LOGGED: dict[str, tuple[Any, Array, Array]] = {
    "color": (pairs.Image(), photo(1), photo(2)),
    "deep": (
        pairs.Image(bits=16),
        photo(3).astype(np.uint16) * 257 + 1,
        photo(4).astype(np.uint16),
    ),
    "masks": (MASK, mask(5), mask(6)),
    "wide": (pairs.Mask(), WIDE_IDS[mask(7, 3)], WIDE_IDS[mask(8, 3)]),
    "far": (pairs.Mask(), FAR_IDS[mask(9, 3)], FAR_IDS[mask(10, 3)]),
    "levels8": (pairs.Heatmap(bits=8, unit="m"), numbers(11), numbers(12)),
    "levels16": (pairs.Heatmap(unit="m"), numbers(13), numbers(14)),
    "exact": (pairs.Heatmap(bits=32), numbers(15), numbers(16)),
    "flow": (pairs.Flow(), vectors(17), vectors(18)),
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("values")
    for tag, (kind, truth, prediction) in LOGGED.items():
        pairs.summary(
            tag, truth[None], prediction[None], STEP,
            kind=kind, ids=["s"], writer=logdir / "run", image=photo(99)[None],
        )  # fmt: skip
    return logdir


def show(board: Board, tag: str, **view: object) -> None:
    board.go(tags=f"^{tag}$", **view)
    board.frame.locator(f"pairs-tag-section[data-tag='{tag}']").wait_for()


def choose(board: Board, heading: str, item: str) -> tuple[str, Path]:
    """The name and the place of the file that an item of a pane's menu saves."""
    pane = board.pane("s", heading)
    pane.hover()
    pane.get_by_role("button", name=f"Values of {heading}").click()
    with board.page.expect_download() as download:
        board.frame.get_by_role("menuitem", name=item).click()
    return download.value.suggested_filename, Path(download.value.path())


def is_within(got: Array, wanted: Array, resolution: float) -> bool:
    """Whether numbers are the logged ones to what the record keeps, and the others the same."""
    known = np.isfinite(wanted)
    same = np.array_equal(got[~known], wanted[~known], equal_nan=True)
    return same and bool((np.abs(got[known] - wanted[known]) <= resolution).all())


@pytest.mark.parametrize("tag", LOGGED)
def test_npy_holds_what_was_logged(board: Board, tag: str) -> None:
    show(board, tag)
    _, *logged = LOGGED[tag]
    for heading, role, wanted in zip(
        ("Ground truth", "run"), ("ground-truth", "prediction"), logged, strict=True
    ):
        name, path = choose(board, heading, "Save values as .npy")
        assert name == f"{tag}_s_run_step-{STEP}_{role}.npy"
        got = np.load(path)
        assert got.shape == wanted.shape
        if tag.startswith("levels"):
            assert got.dtype == np.float32
            steps = 252 if tag == "levels8" else 65_532
            # And half a unit in the last place of float32.
            assert is_within(got, wanted, 0.51 * (HIGH - LOW) / steps + 5e-7)
        elif tag == "flow":
            assert got.dtype == np.float32
            assert is_within(got, wanted, 0.51 * 20 / 32_766 + 1e-6)
        else:
            assert got.dtype == DTYPES[tag]
            np.testing.assert_array_equal(got, wanted)


DTYPES = {
    "color": np.uint8,
    "deep": np.uint16,
    "masks": np.uint8,
    "wide": np.uint16,
    "far": np.int64,
    "exact": np.float32,
}


def test_a_png_of_an_image_holds_its_pixels_whatever_is_shown(board: Board) -> None:
    show(
        board,
        "color",
        mode="difference",
        zoom="4,0.5,0.5",
        display="minmax,,",
        sliders="exposure:1,gamma:2",
    )
    name, path = choose(board, "run", "Save values as PNG")
    assert name == f"color_s_run_step-{STEP}_prediction.png"
    np.testing.assert_array_equal(np.asarray(Image.open(path)), LOGGED["color"][2])
    _, path = choose(board, "Input", "Save values as PNG")
    np.testing.assert_array_equal(np.asarray(Image.open(path)), photo(99))


def test_a_png_of_a_mask_holds_ids_and_the_colors_of_classes(board: Board) -> None:
    show(board, "masks", overlay="on,input,0.5")
    _, path = choose(board, "run", "Save values as PNG")
    picture = Image.open(path)
    assert picture.mode == "P"
    wanted = LOGGED["masks"][2]
    np.testing.assert_array_equal(np.asarray(picture), wanted)
    np.testing.assert_array_equal(np.asarray(picture.convert("RGB")), colored(wanted))
    show(board, "wide")
    _, path = choose(board, "run", "Save values as PNG")
    np.testing.assert_array_equal(np.asarray(Image.open(path)), LOGGED["wide"][2])


def test_a_png_of_a_heatmap_holds_its_levels_of_16_bits_and_what_they_mean(board: Board) -> None:
    show(board, "levels16")
    _, path = choose(board, "run", "Save values as PNG")
    picture = Image.open(path)
    assert picture.mode == "I;16"
    levels = np.asarray(picture)
    codes = "65533 is -inf, 65534 inf, 65535 NaN"
    assert picture.info["Description"] == f"value = -3 + v / 65532 * (9 - -3) m; {codes}"
    assert levels[1, :3].tolist() == [65_535, 65_534, 65_533]
    known = levels <= 65_532
    values = LOW + levels / 65_532 * (HIGH - LOW)
    errors = np.abs(values[known] - LOGGED["levels16"][2][known])
    assert errors.max() <= 0.51 * (HIGH - LOW) / 65_532


@pytest.mark.parametrize("tag", ["far", "exact", "flow"])
def test_what_a_png_does_not_hold_is_not_offered_as_one(board: Board, tag: str) -> None:
    show(board, tag)
    pane = board.pane("s", "run")
    pane.hover()
    pane.get_by_role("button", name="Values of run").click()
    expect(board.frame.get_by_role("menuitem")).to_have_text(["Save values as .npy"])
    board.press("Escape")


def test_the_menu_opens_by_keys_in_the_full_view(board: Board) -> None:
    show(board, "masks", open="masks,s")
    full = board.frame.locator("pairs-full-view")
    full.get_by_role("group", name="Pictures of s").focus()
    for pane in ("input", "truth"):
        board.press("Tab")
        expect(full.locator(f"pairs-pane[data-pane={pane}]")).to_have_attribute("on-stage", "large")
    # A picture that is not there yet has no values.
    expect(full.locator("pairs-pane[data-pane=truth] canvas.picture")).to_be_visible()
    board.press("Shift+F10")
    expect(board.frame.get_by_role("menuitem").first).to_be_focused()
    with board.page.expect_download() as download:
        board.press("ArrowDown", "Enter")
    assert download.value.suggested_filename == f"masks_s_run_step-{STEP}_ground-truth.npy"
    np.testing.assert_array_equal(np.load(download.value.path()), LOGGED["masks"][1])
