# SPDX-License-Identifier: Apache-2.0
"""Panes show the pixels that were logged, of each kind, and say what they are."""

import re
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import PLAIN, Board
from tests.browser.exported import holds
from tests.browser.logs import (
    COLORS,
    HEIGHT,
    MASK,
    NAMES,
    WIDTH,
    blend,
    colored,
    mask,
    photo,
    spoiled,
)

CITYSCAPES = np.concatenate([np.arange(19), [255]]).astype(np.uint8)
MANY = np.resize(CITYSCAPES, (4, 5))
DEEP = (np.arange(HEIGHT * WIDTH * 3, dtype=np.uint32) * 113 % 65536).astype(np.uint16)
DEEP = DEEP.reshape(HEIGHT, WIDTH, 3)
TRUTH, WRONG, INPUT = mask(1), spoiled(mask(1), 0.3, 2), photo(3)
# Most is a road at the first step, and a tree at the next one.
FILLED = {
    step: np.repeat(np.where(np.arange(HEIGHT) < roads, 0, 2).astype(np.uint8)[:, None], WIDTH, 1)
    for step, roads in ((1, 8), (2, 3))
}
# Where nothing is drawn.
GROUND = (17, 21, 26)
# Where a heatmap reaches its threshold.
THRESHOLDED = (0xF5, 0x7C, 0x00)
DEPTH = np.linspace(-2.0, 6.0, HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
FAR = np.where(np.arange(WIDTH) < 4, np.nan, np.flip(DEPTH))


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tag of each kind."""
    logdir = tmp_path_factory.mktemp("pixels")
    run = logdir / "run"
    pairs.summary(
        "masks", TRUTH[None], WRONG[None], 1, image=INPUT[None], ids=["m"], kind=MASK, writer=run
    )
    objects = pairs.Mask(classes=NAMES | {0: "background"}, colors=COLORS)
    pairs.summary(
        "objects",
        TRUTH[None],
        WRONG[None],
        1,
        image=INPUT[None],
        ids=["o"],
        kind=objects,
        writer=run,
    )
    for step, truth in FILLED.items():
        wrong = spoiled(truth, 0.2, step)
        pairs.summary(
            "filled",
            truth[None],
            wrong[None],
            step,
            image=INPUT[None],
            ids=["f"],
            kind=MASK,
            writer=run,
        )
    pairs.summary("photos", photo(5)[None], photo(6)[None], 1, ids=["p"], writer=run)
    pairs.summary(
        "deep", DEEP[None], DEEP[None, ::-1], 1, ids=["d"], kind=pairs.Image(bits=16), writer=run
    )
    pairs.summary(
        "cityscapes",
        MANY[None],
        np.flip(MANY)[None],
        1,
        ids=["c"],
        kind=pairs.Mask(ignore=255),
        writer=run,
    )
    pairs.summary(
        "depth",
        DEPTH[None],
        FAR[None],
        1,
        image=INPUT[None],
        ids=["h"],
        kind=pairs.Heatmap(range=(-2, 6), colormap="greys", unit="m"),
        writer=run,
    )
    pairs.summary(
        "sizes",
        [photo(8, 8, 12)],
        [np.kron(photo(8, 8, 12), np.ones((2, 2, 1), np.uint8))],
        1,
        ids=["z"],
        metrics=False,
        writer=run,
    )
    return logdir


def test_an_rgb_picture(board: Board) -> None:
    board.go(tags="photos")
    board.expect_pixels(board.pane("p", "Ground truth"), photo(5))
    board.expect_pixels(board.pane("p", "run"), photo(6))


def test_magnified_pictures_show_pixels_unless_they_are_to_be_smooth(board: Board) -> None:
    board.go(tags="photos")
    pane = board.pane("p", "run")
    board.expect_pixels(pane, photo(6))

    def colors() -> int:
        return len(np.unique(board.canvas(pane).reshape(-1, 4), axis=0))

    # With what is beside the picture.
    assert colors() <= HEIGHT * WIDTH + 1
    switch = board.frame.get_by_role("checkbox", name="Smooth when magnified")
    switch.check()
    # Sixty-four shades between any four pixels.
    board.until(lambda: colors() > 8 * HEIGHT * WIDTH, "shades")
    board.until(lambda: "on=smooth" in board.link, "the link")
    # In the middle of a pixel it has its own colour, but for a sample or two of the next one.
    board.expect_pixels(pane, photo(6), tolerance=64)
    board.focus()
    with board.page.expect_download() as download:
        board.press("Shift+S")
    with PIL.Image.open(download.value.path()) as saved:
        shades = np.unique(np.asarray(saved.convert("RGB")).reshape(-1, 3), axis=0)
    assert len(shades) > 8 * HEIGHT * WIDTH
    switch.uncheck()
    board.expect_pixels(pane, photo(6))


def test_a_16_bit_picture_at_8_bits(board: Board) -> None:
    board.go(tags="deep")
    expected = np.floor(DEEP / 65535 * 255 + 0.5)
    board.expect_pixels(board.pane("d", "Ground truth"), expected)
    board.expect_pixels(board.pane("d", "run"), expected[::-1])


def test_a_16_bit_value_is_said_exactly(board: Board) -> None:
    board.go(tags="deep")
    truth = board.pane("d", "Ground truth")
    board.expect_pixels(truth, np.floor(DEEP / 65535 * 255 + 0.5))
    board.hover(truth, 3, 2, HEIGHT, WIDTH)
    assert board.tip(truth) == "3,2 · " + " ".join(map(str, DEEP[2, 3]))


def test_a_mask_in_the_colors_of_its_classes(board: Board) -> None:
    board.go(tags="masks", overlay=PLAIN)
    board.expect_pixels(board.pane("m", "Input"), INPUT)
    board.expect_pixels(board.pane("m", "Ground truth"), colored(TRUTH))
    board.expect_pixels(board.pane("m", "run"), colored(WRONG))


def test_ids_0_to_18_and_255_are_each_said_exactly(board: Board) -> None:
    board.go(tags="cityscapes")
    truth, prediction = board.pane("c", "Ground truth"), board.pane("c", "run")
    board.until(lambda: board.pixels(truth, 4, 5)[..., 3].all(), "the picture")
    said = np.full(MANY.shape, "", object)
    also = np.full(MANY.shape, "", object)
    for y in range(4):
        for x in range(5):
            board.hover(truth, x, y, 4, 5)
            at = f"{x},{y} · "
            board.until(lambda at=at: board.tip(truth).startswith(at), at)
            said[y, x] = board.tip(truth).removeprefix(at)
            also[y, x] = board.tip(prediction).split(" ")[0]
    expected = np.where(MANY == 255, "255 (ignored)", MANY.astype(str).astype(object))
    np.testing.assert_array_equal(said, expected)
    np.testing.assert_array_equal(also, np.flip(MANY).astype(str))


def test_ids_0_to_18_and_255_each_have_a_color_of_their_own(board: Board) -> None:
    board.go(tags="cityscapes")
    truth = board.pane("c", "Ground truth")
    board.until(lambda: board.pixels(truth, 4, 5)[..., 3].all(), "the picture")
    shown = board.pixels(truth, 4, 5)[..., :3]
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) == 20


def test_where_no_one_chose_masks_lie_on_the_input_and_all_else_on_nothing(board: Board) -> None:
    board.go(tags="objects|depth")
    switch = board.frame.get_by_role("checkbox", name="Overlay on")
    for name, ids in (("run", WRONG), ("Ground truth", TRUTH)):
        over = np.where((ids == 0)[..., None], INPUT, blend(INPUT, colored(ids), 0.6))
        board.expect_pixels(board.pane("o", name), over, tolerance=1)
    expect(switch).to_be_checked()
    grey = np.floor((DEPTH + 2) / 8 * 255 + 0.5)
    # With a threshold, from which on there is one colour and below which nothing is drawn, too.
    above = np.where((DEPTH >= 1)[..., None], THRESHOLDED, GROUND)
    for display, shown in (("fixed,,", grey), ("fixed,1,", above)):
        board.go(tags="depth", display=display)
        board.expect_pixels(board.pane("h", "Ground truth"), shown, tolerance=1)
        expect(switch).not_to_be_checked()
    board.go(tags="cityscapes")
    board.until(lambda: board.pixels(board.pane("c", "run"), 4, 5)[..., 3].all(), "the picture")
    expect(switch).not_to_be_checked()


@pytest.mark.parametrize("opacity", [0.25, 0.6])
def test_an_overlay_on_the_input(board: Board, opacity: float) -> None:
    board.go(tags="masks", overlay=f"on,input,{opacity}")
    board.expect_pixels(board.pane("m", "run"), blend(INPUT, colored(WRONG), opacity), tolerance=1)
    board.expect_pixels(
        board.pane("m", "Ground truth"), blend(INPUT, colored(TRUTH), opacity), tolerance=1
    )
    board.expect_pixels(board.pane("m", "Input"), INPUT)


def test_an_overlay_leaves_the_background_of_the_input_free(board: Board) -> None:
    board.go(tags="objects", overlay="on,input,0.6")
    for name, ids in (("run", WRONG), ("Ground truth", TRUTH)):
        over = np.where((ids == 0)[..., None], INPUT, blend(INPUT, colored(ids), 0.6))
        board.expect_pixels(board.pane("o", name), over, tolerance=1)
    board.go(tags="objects", overlay="on,groundTruth,0.6")
    over = blend(colored(TRUTH), colored(WRONG), 0.6)
    board.expect_pixels(board.pane("o", "run"), over, tolerance=1)


def test_the_class_that_fills_the_frame_is_the_background_until_another_one_is(
    board: Board,
) -> None:
    pane = board.pane("f", "Ground truth")

    def expect_free(step: int, background: int | None) -> None:
        ids = FILLED[step]
        over = np.where((ids == background)[..., None], INPUT, blend(INPUT, colored(ids), 0.6))
        board.expect_pixels(pane, over, tolerance=1)
        marked = board.frame.locator("pairs-class-list .row", has_text="see-through")
        names = [] if background is None else [re.compile(NAMES[background])]
        expect(marked).to_have_text(names)
        legend = board.card("f").locator("pairs-legend")
        for one, name in NAMES.items():
            said = expect(legend.get_by_text(f"{name} is see-through"))
            said.to_have_count(int(one == background))

    # As at its first step at each of them.
    for step in FILLED:
        board.go(tags="filled", step=step)
        expect_free(step, 0)
    choice = board.frame.get_by_role("combobox", name="Background")
    choice.select_option("none")
    expect_free(2, None)
    board.until(lambda: "background=none" in board.link, "the link")
    board.go(tags="filled", step=1, background=2)
    expect(choice).to_have_value("2")
    expect_free(1, 2)
    board.go(tags="filled", step=1, background=77)
    expect(choice.locator("option:checked")).to_have_text("class 77, not listed")
    expect_free(1, None)
    # What is taken for an object that is none is a false alarm, in all that is saved too.
    board.go(tags="filled", step=2, mode="difference")
    legend = board.card("f").locator("pairs-legend")
    expect(legend.get_by_text("false alarm")).to_have_count(1)
    board.go(tags="filled", step=2)
    expect_free(2, 0)
    with board.page.expect_download() as download:
        board.press("Shift+S")
    with PIL.Image.open(download.value.path()) as saved:
        shown = blend(INPUT, colored(FILLED[2]), 0.6)
        over = np.where((FILLED[2] == 0)[..., None], INPUT, shown)
        assert holds(np.asarray(saved.convert("RGB")), over, 1)


def test_an_overlay_on_the_ground_truth(board: Board) -> None:
    board.go(tags="masks", overlay="on,groundTruth,0.4")
    board.expect_pixels(
        board.pane("m", "run"), blend(colored(TRUTH), colored(WRONG), 0.4), tolerance=1
    )
    board.expect_pixels(board.pane("m", "Ground truth"), colored(TRUTH))


def test_a_class_that_is_off_shows_what_is_under_it(board: Board) -> None:
    board.go(tags="masks", overlay="on,input,1")
    board.frame.get_by_role("checkbox", name="Show car").uncheck()
    expected = np.where((WRONG == 1)[..., None], INPUT, colored(WRONG))
    board.expect_pixels(board.pane("m", "run"), expected)
    board.frame.get_by_role("checkbox", name="Show car").check()
    board.expect_pixels(board.pane("m", "run"), colored(WRONG))


def test_a_class_alone(board: Board) -> None:
    board.go(tags="masks", overlay="on,input,1")
    board.frame.get_by_role("button", name="tree", exact=True).click()
    expected = np.where((WRONG == 2)[..., None], COLORS[2], INPUT)
    board.expect_pixels(board.pane("m", "run"), expected)


def test_the_overlay_is_switched_by_key_and_by_mouse(board: Board) -> None:
    board.go(tags="masks")
    pane = board.pane("m", "run")
    over = blend(INPUT, colored(WRONG), 0.6)
    for shown in (over, colored(WRONG), over):
        board.expect_pixels(pane, shown, tolerance=1)
        board.press("o")
    board.expect_pixels(pane, colored(WRONG))
    board.press("o")
    board.expect_pixels(pane, over, tolerance=1)
    board.frame.get_by_role("checkbox", name="Overlay on").uncheck()
    board.expect_pixels(pane, colored(WRONG))
    board.frame.get_by_role("checkbox", name="Overlay on").check()
    board.expect_pixels(pane, over, tolerance=1)


def test_opacity_by_slider_and_by_key(board: Board) -> None:
    board.go(tags="masks", overlay="on,input,0.6")
    pane = board.pane("m", "run")
    board.frame.get_by_role("slider", name="Opacity").fill("30")
    board.expect_pixels(pane, blend(INPUT, colored(WRONG), 0.3), tolerance=1)
    board.focus()
    board.press("]", "]")
    board.expect_pixels(pane, blend(INPUT, colored(WRONG), 0.5), tolerance=1)
    board.press("[")
    board.expect_pixels(pane, blend(INPUT, colored(WRONG), 0.4), tolerance=1)


def test_a_heatmap_in_its_colors_over_its_range(board: Board) -> None:
    board.go(tags="depth")
    grey = np.floor((DEPTH + 2) / 8 * 255 + 0.5)
    board.expect_pixels(board.pane("h", "Ground truth"), grey, tolerance=1)
    other = np.floor((np.flip(DEPTH) + 2) / 8 * 255 + 0.5)

    def are_near() -> bool:
        shown = board.pixels(board.pane("h", "run"), HEIGHT, WIDTH)[..., 0]
        return bool(np.abs(shown[:, 4:] - other[:, 4:]).max() <= 1)

    board.until(are_near, "the prediction")


def test_values_of_a_heatmap_are_said_in_its_unit(board: Board) -> None:
    board.go(tags="depth")
    truth, prediction = board.pane("h", "Ground truth"), board.pane("h", "run")
    board.until(lambda: board.pixels(prediction, HEIGHT, WIDTH)[..., 3].all(), "the picture")
    board.hover(truth, 8, 1, HEIGHT, WIDTH)
    step = 8 / 65532
    said = board.tip(truth).removeprefix("8,1 · ").removesuffix(" m").replace("−", "-")
    assert float(said) == pytest.approx(DEPTH[1, 8], abs=step)
    words = board.tip(prediction).replace("−", "-").split(" ")
    assert float(words[0]) == pytest.approx(FAR[1, 8], abs=step)
    assert words[1:3] == ["m", "Δ"]
    assert float(words[3]) == pytest.approx(FAR[1, 8] - DEPTH[1, 8], abs=2 * step)
    board.hover(truth, 1, 1, HEIGHT, WIDTH)
    board.until(lambda: board.tip(prediction).startswith("NaN"), "NaN")


def test_pictures_of_different_size_lie_on_each_other(board: Board) -> None:
    board.go(tags="sizes")
    large = np.kron(photo(8, 8, 12), np.ones((2, 2, 1), np.uint8))
    board.expect_pixels(board.pane("z", "Ground truth"), large)
    board.expect_pixels(board.pane("z", "run"), large)
    board.go(tags="sizes", mode="difference")
    board.expect_pixels(board.pane("z", "run"), np.zeros((16, 24), np.uint8))
