# SPDX-License-Identifier: Apache-2.0
"""Compare modes: each pane's pixels against what NumPy makes of the arrays that were logged."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect
from skimage.metrics import structural_similarity

import tb_pairs_plugin as pairs
from tests.browser.board import PLAIN, Board
from tests.browser.logs import COLORS, HEIGHT, NAMES, WIDTH, Masks, blend, colored, level, photo
from tests.frontend_golden.make import (
    BOTH_WRONG,
    FALSE_NEGATIVE,
    FALSE_POSITIVE,
    ONLY_A,
    ONLY_B,
    TRUE_POSITIVE,
    contrast,
    darkened,
    ground,
)

TRUTH = Masks.truth[0]
A, B = Masks.prediction["a"][40][0], Masks.prediction["b"][40][0]
PHOTO, CLOSE = (
    photo(20),
    np.clip(photo(20) + np.int16(photo(21) // 8) - 16, 0, 255).astype(np.uint8),
)
# Off by up to 3 levels, a PSNR of 42, and up to 7, of 36.
FAINT = {
    run: np.clip(np.int16(PHOTO) + noise, 0, 255).astype(np.uint8)
    for run, noise in (
        ("a", np.random.default_rng(23).integers(-3, 4, PHOTO.shape)),
        ("b", np.random.default_rng(24).integers(-7, 8, PHOTO.shape)),
    )
}
LINES = range(101, 4096, 205)
LARGE = np.zeros((4096, 4096), np.uint8)
LARGE[:, LINES] = 1
BLACK_WHITE = pairs.Mask(classes=["no", "line"], colors=[(0, 0, 0), (255, 255, 255)])
NOISY = np.where((np.arange(WIDTH) < 8)[:, None], PHOTO, photo(22))
DEPTH = np.linspace(0.0, 10.0, HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
NEAR = np.clip(DEPTH + np.tile([-2.0, 0.0, 1.0, 3.0], (HEIGHT, WIDTH // 4)), 0, 10)
# Each class is taken for each of the others, on an input from black to white.
GREYS = [(level, level, level) for level in (128, 0, 255, 200)]
WORST_COLORS = [*GREYS, (0, 0, 142), (255, 255, 0)]
WORST = pairs.Mask(classes=["background", *"abcde"], colors=WORST_COLORS)
WORST_TRUTH = np.tile(np.repeat(np.arange(6, dtype=np.uint8), 2)[:, None], (1, WIDTH))
WORST_PREDICTION = np.tile(
    np.append(np.tile(np.arange(6, dtype=np.uint8), 2), [0] * 4), (HEIGHT, 1)
)
WORST_INPUT = np.repeat(
    np.linspace(0, 255, HEIGHT * WIDTH).astype(np.uint8).reshape(HEIGHT, WIDTH, 1), 3, axis=-1
)
METRES = pairs.Heatmap(range=(0, 10), unit="m")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("compare")
    Masks.write(logdir)
    worst = {"ids": ["w"], "kind": WORST, "writer": logdir / "a"}
    pairs.summary(
        "worst", WORST_TRUTH[None], WORST_PREDICTION[None], 40, image=WORST_INPUT[None], **worst
    )
    pairs.summary("bare", WORST_TRUTH[None], WORST_PREDICTION[None], 40, **worst)
    for run, prediction in FAINT.items():
        pairs.summary("faint", PHOTO[None], prediction[None], 40, ids=["f"], writer=logdir / run)
    large = {"ids": ["l"], "kind": BLACK_WHITE, "writer": logdir / "a"}
    pairs.summary("lines", LARGE[None], LARGE[None], 40, **large)
    specked = np.zeros((1800, 2400), np.uint8)
    wrong = specked.copy()
    wrong[901, 1203] = 1
    specks = pairs.Mask(classes=["background", "speck"])
    pairs.summary(
        "specks", specked[None], wrong[None], 40, ids=["x"], kind=specks, writer=logdir / "a"
    )
    pairs.summary("photos", PHOTO[None], CLOSE[None], 40, ids=["p"], writer=logdir / "a")
    pairs.summary(
        "enhanced", PHOTO[None], CLOSE[None], 40, image=NOISY[None], ids=["e"], writer=logdir / "a"
    )
    pairs.summary("structure", PHOTO[None], NOISY[None], 40, ids=["s"], writer=logdir / "a")
    pairs.summary("depth", DEPTH[None], NEAR[None], 40, ids=["h"], kind=METRES, writer=logdir / "a")
    return logdir


@pytest.fixture(scope="module", autouse=True)
def _masks_alone(module_board: Board) -> None:
    module_board.every_view["overlay"] = PLAIN


def painted(below: int, *cases: tuple[NDArray[np.bool_], list[int]]) -> NDArray[np.float64]:
    """Colours where conditions hold, on the input of sample `below` as ground."""
    out = ground(Masks.input[below])
    for where, color in cases:
        out[where] = color[:3]
    return out


def masks(board: Board, **view: object) -> tuple[Locator, Locator, Locator]:
    """The panes of ground truth and of both runs for one sample of masks."""
    board.go(tags="^val/masks$", **view)
    return board.pane("s0", "Ground truth"), board.pane("s0", "a"), board.pane("s0", "b")


def mode(board: Board, name: str) -> Locator:
    """The button of a compare mode."""
    return board.frame.get_by_role("radio", name=name, exact=True)


def test_modes_are_chosen_by_mouse_and_by_key(board: Board) -> None:
    masks(board)
    names = ("Side", "Blend", "Swipe", "Blink", "Diff", "Outlined")
    for key, name in zip("123456", names, strict=True):
        board.press(key)
        board.until(lambda name=name: mode(board, name).get_attribute("aria-checked") == "true")
        mode(board, "Side").click()
        board.until(lambda: mode(board, "Side").get_attribute("aria-checked") == "true")
        mode(board, name).click()
        board.until(lambda name=name: mode(board, name).get_attribute("aria-checked") == "true")
        board.focus()


def test_swipe_follows_the_pointer_over_all_panes(board: Board) -> None:
    _, a, b = masks(board, mode="swipe")
    for column in (4, 11):
        board.hover(a, column - 0.5, 3, HEIGHT, WIDTH)
        for pane, prediction in ((a, A), (b, B)):
            ids = np.where(np.arange(WIDTH) < column, TRUTH, prediction)
            board.expect_pixels(pane, colored(ids))


def test_swipe_follows_keys(board: Board) -> None:
    _, a, _ = masks(board, mode="swipe", swipe=0.5)
    board.press(*["Alt+ArrowRight"] * 5)
    board.expect_pixels(a, colored(np.where(np.arange(WIDTH) < 12, TRUTH, A)))
    board.press(*["Alt+ArrowLeft"] * 10)
    board.expect_pixels(a, colored(np.where(np.arange(WIDTH) < 4, TRUTH, A)))


def test_a_held_key_shows_the_ground_truth(board: Board) -> None:
    _, a, b = masks(board)
    board.expect_pixels(a, colored(A))
    board.page.keyboard.down("b")
    board.expect_pixels(a, colored(TRUTH))
    board.expect_pixels(b, colored(TRUTH))
    board.page.keyboard.up("b")
    board.expect_pixels(a, colored(A))


def test_blink_turns_by_itself_at_the_rate_chosen(board: Board) -> None:
    _, a, _ = masks(board, mode="blink", blinkRate=10)
    board.expect_pixels(a, colored(TRUTH))
    board.expect_pixels(a, colored(A))
    board.expect_pixels(a, colored(TRUTH))
    board.frame.get_by_role("slider", name="Rate").fill("0")
    board.expect_pixels(a, colored(A))
    # Held with the mouse.
    board.hover(a, 3, 3, HEIGHT, WIDTH)
    board.page.mouse.down()
    board.expect_pixels(a, colored(TRUTH))
    board.page.mouse.up()
    board.expect_pixels(a, colored(A))


def test_blink_stands_still_where_motion_is_not_wanted(board: Board) -> None:
    board.page.emulate_media(reduced_motion="reduce")
    try:
        _, a, _ = masks(board, mode="side")
        board.press("4")
        board.expect_pixels(a, colored(A))
        seen = [board.pixels(a, HEIGHT, WIDTH)[..., :3] for _ in range(20)]
        assert all((one == colored(A)).all() for one in seen)
    finally:
        board.page.emulate_media(reduced_motion="no-preference")


def borders(board: Board, pane: Locator) -> NDArray[np.bool_]:
    """Whether a white line runs between each picture pixel and the one to its right."""
    shown = board.canvas(pane)[..., :3].astype(int)
    height, width, _ = shown.shape
    scale = min(width / WIDTH, height / HEIGHT)
    left, top = (width - WIDTH * scale) / 2, (height - HEIGHT * scale) / 2
    rows = (top + (np.arange(HEIGHT) + 0.5) * scale).astype(int)
    columns = (left + np.arange(1, WIDTH) * scale).astype(int)
    near = columns[:, None] + np.arange(-2, 3)
    return (shown[rows[:, None, None], near] > 251).all(axis=-1).any(axis=-1)


def test_blinking_with_outlines_shows_where_both_sides_differ(board: Board) -> None:
    _, a, _ = masks(board, mode="outlined", blinkRate=0)
    wrong = A != TRUTH
    wanted = wrong[:, 1:] != wrong[:, :-1]
    assert wanted.any()
    for side in (A, TRUTH):
        # A line is thinner than half a pixel here.
        board.expect_pixels(a, colored(side))
        board.until(lambda: (borders(board, a) == wanted).all(), "the borders")
        board.hover(a, 3, 3, HEIGHT, WIDTH)
        board.page.mouse.down()
    board.page.mouse.up()
    expect(board.card("s0").locator("pairs-legend")).to_contain_text("differs in class")


def test_outlines_of_numbers_follow_the_gain(board: Board) -> None:
    """The errors of this heatmap are -2, 0, 1 and 3 m in columns, less where the range ends."""
    board.go(tags="^depth$", mode="outlined", blinkRate=0, gain=1)
    pane, legend = board.pane("h", "a"), board.card("h").locator("pairs-legend")
    for gain, least in ((1, 1.25), (2, 0.625)):
        board.frame.get_by_role("slider", name="Gain").fill(str(int(np.log2(gain))))
        expect(legend).to_contain_text(f"differs by at least {least} m")
        differs = np.abs(NEAR - DEPTH) >= least
        wanted = differs[:, 1:] != differs[:, :-1]
        board.until(lambda wanted=wanted: (borders(board, pane) == wanted).all(), f"{gain}")


def has_line(board: Board, pane: Locator, color: tuple[int, int, int]) -> bool:
    """Whether much of what a pane shows has a colour."""
    shown = board.canvas(pane)[..., :3].reshape(-1, 3).astype(int)
    return int((np.abs(shown - color).max(axis=1) < 4).sum()) > 100


def test_overlay_of_outlines_leaves_the_inside_free(board: Board) -> None:
    _, a, _ = masks(board, mode="blend", overlay="off,input,0.6,outlines")
    # At the centre of a pixel; a line is thinner than half a pixel here.
    board.expect_pixels(a, Masks.input[0])
    for color in COLORS.values():
        board.until(lambda color=color: has_line(board, a, color), f"an outline of {color}")


def test_overlay_puts_the_prediction_on_the_input(board: Board) -> None:
    _, a, _ = masks(board, mode="blend", overlay="off,input,0.5")
    board.expect_pixels(a, blend(Masks.input[0], colored(A), 0.5), tolerance=1)


def test_the_outline_of_the_ground_truth_is_seen_on_any_fill(board: Board) -> None:
    """White in black: in the colour of the class, a broken prediction looked right."""
    _, a, _ = masks(board, mode="blend", overlay="off,input,1")
    board.expect_pixels(a, colored(A))
    for grey in (255, 0):
        color = (grey, grey, grey)
        board.until(lambda color=color: has_line(board, a, color), f"an outline of {color}")


def test_an_overlay_of_heatmaps_is_a_crossfade_that_says_so(board: Board) -> None:
    board.go(tags="^depth$", mode="blend", overlay="off,input,1")
    pane, legend = board.pane("h", "a"), board.card("h").locator("pairs-legend")
    panes = (pane, board.pane("h", "Ground truth"))
    for one in panes:
        board.until(lambda one=one: board.pixels(one, HEIGHT, WIDTH)[..., 3].all(), "the picture")
    prediction, truth = (board.pixels(one, HEIGHT, WIDTH)[..., :3].astype(float) for one in panes)
    board.frame.get_by_role("slider", name="Truth ◂ 100 ▸ Prediction").fill("30")
    expect(legend).to_have_text("Truth ◂ 30 ▸ Prediction")
    expect(legend.locator(".bar")).to_have_count(0)
    board.expect_pixels(pane, blend(truth, prediction, 0.3), tolerance=2)
    # What would change nothing is not offered.
    expect(board.frame.get_by_role("combobox", name="Overlay on")).to_have_count(0)
    expect(board.frame.get_by_role("checkbox", name="Outlines only")).to_have_count(0)


def choose_difference(board: Board, label: str) -> None:
    """Chooses what a difference shows."""
    board.frame.get_by_role("combobox", name="Show", exact=True).select_option(label=label)


def test_hits_and_misses_of_a_class(board: Board) -> None:
    _, a, _ = masks(board, mode="difference", only=1)
    choose_difference(board, "Hits and misses of a class")
    wanted, got = TRUTH == 1, A == 1
    board.expect_pixels(
        a,
        painted(
            0,
            (wanted & got, TRUE_POSITIVE),
            (~wanted & got, FALSE_POSITIVE),
            (wanted & ~got, FALSE_NEGATIVE),
        ),
    )
    legend = board.card("s0").locator("pairs-legend")
    for text in (NAMES[1], "true positive", "false positive", "false negative"):
        expect(legend).to_contain_text(text)


@pytest.mark.parametrize(
    ("label", "ids"),
    [("Wrong pixels, as predicted", A), ("Wrong pixels, as they should be", TRUTH)],
    ids=["predicted", "true"],
)
def test_wrong_pixels(board: Board, label: str, ids: NDArray[np.uint8]) -> None:
    _, a, _ = masks(board, mode="difference")
    choose_difference(board, label)
    wrong = (A != TRUTH)[..., None]
    board.expect_pixels(
        a, np.where(wrong, darkened(colored(ids)), ground(Masks.input[0])), tolerance=1
    )


def test_errors_of_any_palette_stand_out_on_any_input(board: Board) -> None:
    """The worst there is: classes as black, white and dark as input and ground can be."""
    board.go(tags="^worst$", mode="difference")
    pane = board.pane("w", "a")
    legend = board.card("w").locator("pairs-legend")
    for text in ("missed", "false alarm", "right"):
        expect(legend).to_contain_text(text)
    below = ground(WORST_INPUT)
    wrong = WORST_TRUTH != WORST_PREDICTION
    missed = wrong & (WORST_TRUTH != 0)
    for label in (None, "Wrong pixels, as predicted", "Wrong pixels, as they should be"):
        if label is not None:
            choose_difference(board, label)
            expect(legend).to_contain_text("darkened")

        def stand_out(is_outcome: bool = label is None) -> bool:
            shown = board.pixels(pane, HEIGHT, WIDTH)
            ratio = contrast(shown[..., :3].astype(float), below)
            # What is right is the ground.
            holds = shown[..., 3].all() and ratio[wrong].min() >= 3 and ratio[~wrong].max() < 1.05
            if is_outcome:
                holds = holds and ratio[missed].min() > 1.2 * ratio[wrong & ~missed].min()
            return bool(holds)

        board.until(stand_out, f"errors that stand out, {label}")


def test_errors_without_an_input_stand_on_a_light_ground(board: Board) -> None:
    board.go(tags="^bare$", mode="difference")
    pane = board.pane("w", "a")
    wrong = WORST_TRUTH != WORST_PREDICTION

    def stand_out() -> bool:
        shown = board.pixels(pane, HEIGHT, WIDTH)[..., :3].astype(float)
        least = contrast(shown[wrong], np.array([200.0] * 3)).min()
        return bool((shown[~wrong] >= 200).all() and least >= 3)

    board.until(stand_out, "errors that stand out")


def test_run_a_against_run_b(board: Board) -> None:
    _, a, b = masks(board, mode="difference", difference="closer", a="run:a")
    right_a, right_b = TRUTH == A, TRUTH == B
    board.expect_pixels(a, colored(A))
    board.expect_pixels(
        b,
        painted(
            0,
            (right_a & ~right_b, ONLY_A),
            (~right_a & right_b, ONLY_B),
            (~right_a & ~right_b, BOTH_WRONG),
        ),
    )


def side(board: Board, name: str) -> Locator:
    """The choice of A or B."""
    return board.frame.get_by_role("combobox", name=name, exact=True)


def test_this_step_against_the_marked_one(board: Board) -> None:
    board.go(tags="^val/masks$", step=10, mode="difference")
    a = board.pane("s2", "a")
    board.press("m", "End")
    side(board, "A").select_option(label="Same run at step 10")
    choose_difference(board, "Which is closer to the ground truth")
    truth = Masks.truth[2]
    now, then = (truth == Masks.prediction["a"][step][2] for step in (40, 10))
    board.expect_pixels(
        a,
        painted(
            2,
            (then & ~now, ONLY_A),
            (~then & now, ONLY_B),
            (~then & ~now, BOTH_WRONG),
        ),
    )
    board.press("m")


def test_a_run_at_a_step_against_another_run_swiped(board: Board) -> None:
    """Three actions: Alt and a click on a heading, a key to stay at that step, another step."""
    _, a, _ = masks(board, mode="swipe", swipe=0.5, step=10)
    a.locator(".caption").click(modifiers=["Alt"])
    board.press("q")
    board.press("End")
    then, now = Masks.prediction["a"][10][0], Masks.prediction["b"][40][0]
    other = board.pane("s0", "b")
    board.expect_pixels(other, colored(np.where(np.arange(WIDTH) < WIDTH // 2, then, now)))
    expect(other.locator(".side")).to_have_text(["a at step 10", "b"])
    expect(other.locator(".chip").last).to_have_attribute("title", re.compile("against a at step"))
    board.until(lambda: "a=run" in board.link, "the link")
    side(board, "B").select_option(label="b")
    expect(board.card("s0").locator("pairs-pane")).to_have_count(4)
    board.press("Shift+q")
    expect(other.locator(".side")).to_have_text(["Ground truth", "b"])


def test_a_and_b_swapped(board: Board) -> None:
    masks(board, mode="side", a="run:a", b="truth")
    shown = board.card("s0").locator("pairs-pane .caption pairs-name")
    expect(shown).to_have_text(["Input", "a", "Ground truth"])
    board.press("v")
    expect(shown).to_have_text(["Input", "Ground truth", "a"])


def test_a_prediction_against_its_input(board: Board) -> None:
    board.go(tags="^enhanced$", mode="difference", difference="absolute", gain=4, a="input")
    error = np.abs(CLOSE / 255 - NOISY / 255)
    pane = board.pane("e", "a")
    board.expect_pixels(pane, level(4 * error), tolerance=1, beyond=above(0.25, error))
    expect(board.pane("e", "a").locator(".chip").last).to_have_attribute(
        "title", re.compile(r"^mean .* of full scale, against Input$")
    )


def test_two_kinds_have_no_difference_and_that_is_said(board: Board) -> None:
    _, a, _ = masks(board, mode="difference", a="input")
    expect(a).to_contain_text("Input (image) and prediction (mask) are of different kinds")
    board.press("3")
    expect(a.locator(".side.left")).to_have_text("Input")


def photos(board: Board, **view: object) -> Locator:
    """The pane of the prediction of photos."""
    board.go(tags="^photos$", mode="difference", **view)
    return board.pane("p", "a")


SIGNED = CLOSE / 255 - PHOTO / 255


def above(limit: float, error: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The pixels of which a channel is wrong by more, which is beyond the scale."""
    return np.asarray((np.abs(error) > 1.0001 * limit).any(axis=2))


@pytest.mark.parametrize(
    ("label", "expected", "limit"),
    [
        ("Absolute |Δ|", level(4 * np.abs(SIGNED)), 1 / 4),
        ("Signed Δ", level(0.5 + 2 * SIGNED), 1 / 4),
        ("Squared Δ²", level(4 * SIGNED**2), 1 / 2),
    ],
    ids=["absolute", "signed", "squared"],
)
def test_differences_of_images(
    board: Board, label: str, expected: NDArray[np.float64], limit: float
) -> None:
    pane = photos(board, gain=4)
    choose_difference(board, label)
    board.expect_pixels(pane, expected, tolerance=1, beyond=above(limit, SIGNED))


def test_lines_of_one_pixel_in_a_large_mask_are_all_seen(board: Board) -> None:
    board.go(tags="^lines$")
    for heading in ("Ground truth", "a"):
        pane = board.pane("l", heading)
        board.until(lambda pane=pane: has_lines(board, pane), f"all lines of {heading}")


def has_lines(board: Board, pane: Locator) -> bool:
    canvas = board.canvas(pane)
    # A pane may be wider than the picture.
    row = canvas[canvas.shape[0] // 2]
    shown = row[row[:, 3] > 0, 0].astype(float)
    if len(shown) == 0:
        return False
    assert len(shown) < 4096 / 5, "the picture is shrunk by more than four samples reach"
    # The picture may begin within a pixel of the pane.
    places = [int((column + 0.5) * len(shown) / 4096) for column in LINES]
    lines = [shown[at - 1 : at + 2].max() for at in places]
    return all(4 <= line < 128 for line in lines) and np.median(shown) == 0


def test_thin_errors_of_a_shrunk_picture_are_thickened_on_request(board: Board) -> None:
    board.go(tags="^specks$", mode="difference")
    pane = board.pane("x", "a")

    def whole(color: Sequence[int] = FALSE_POSITIVE) -> tuple[int, int]:
        """Columns and rows that have the colour of the error in full."""
        found = (board.canvas(pane)[..., :3] == color[:3]).all(2)
        return int(found.any(0).sum()), int(found.any(1).sum())

    board.until(lambda: board.pixels(pane, 6, 8)[..., 3].all(), "the picture")
    assert whole() == (0, 0)
    board.frame.get_by_role("checkbox", name="Thicken thin errors").check()
    board.until(lambda: whole() == (2, 2), "two pixels of the screen")
    expect(board.card("x").locator("pairs-legend")).to_contain_text("thin ones thickened")
    board.until(lambda: "on=thick" in board.link, "the link")
    # Of one class, over what is right; and outlined, where the middle of a pixel may miss it.
    board.go(tags="^specks$", mode="difference", only=0, on="thick")
    board.until(lambda: whole(FALSE_NEGATIVE) == (2, 2), "two pixels over the class")
    board.go(tags="^specks$", mode="outlined", blinkRate=0, on="thick")
    board.until(lambda: min(whole((255, 255, 255))) >= 2, "lines around it")
    legend = board.card("x").locator("pairs-legend")
    expect(legend).to_contain_text("thin ones thickened")
    # Where amounts are drawn nothing is, but what is outlined or judged by a threshold.
    switch = board.frame.get_by_role("checkbox", name="Thicken thin errors")
    closer = {"difference": "closer", "a": "run:a"}
    for tag, view, count in (
        ("photos", {"mode": "difference"}, 0),
        ("photos", {"mode": "outlined"}, 1),
        ("depth", {"mode": "difference"}, 0),
        ("depth", {"mode": "difference", "display": "fixed,5,"}, 1),
        ("depth", {"mode": "difference", "display": "fixed,5,", **closer}, 0),
    ):
        board.go(tags=f"^{tag}$", on="thick", **view)
        board.frame.locator("pairs-card pairs-pane canvas.picture").last.wait_for()
        expect(switch).to_have_count(count)
        said = board.frame.locator("pairs-card pairs-legend").get_by_text("thickened")
        expect(said).to_have_count(count)


def test_gain_follows_what_a_card_shows(board: Board) -> None:
    """At a PSNR of 37 the differences of run A were black; both runs share a gain."""
    board.go(tags="^faint$", mode="difference", difference="absolute")
    legend = board.card("f").locator("pairs-legend")
    expect(legend).to_contain_text("×32 (automatic)")
    for run, prediction in FAINT.items():
        error = np.abs(prediction / 255 - PHOTO / 255)
        pane = board.pane("f", run)
        board.expect_pixels(pane, level(32 * error), tolerance=1, beyond=above(1 / 32, error))
    board.frame.get_by_role("slider", name="Gain").fill("6")
    expect(legend).to_contain_text("×64")
    expect(legend).to_contain_text("beyond the scale")
    board.frame.get_by_role("button", name="×64 ×").click()
    expect(legend).to_contain_text("×32 (automatic)")


def test_gain_by_slider_and_by_key(board: Board) -> None:
    pane = photos(board, difference="absolute", gain=1)

    def expect_gain(gain: int) -> None:
        expected = level(gain * np.abs(SIGNED))
        board.expect_pixels(pane, expected, tolerance=1, beyond=above(1 / gain, SIGNED))

    expect_gain(1)
    board.frame.get_by_role("slider", name="Gain").fill("3")
    expect_gain(8)
    board.focus()
    board.press("g")
    expect_gain(16)
    board.press("Shift+G", "Shift+G")
    expect_gain(4)


def test_ssim_map(board: Board) -> None:
    board.go(tags="^structure$", mode="difference", difference="ssim")
    pane = board.pane("s", "a")
    expect(board.card("s").locator("pairs-legend")).to_contain_text("1 − SSIM")
    luma = np.array([0.299, 0.587, 0.114])
    mean, alike = structural_similarity(
        PHOTO / 255 @ luma,
        NOISY / 255 @ luma,
        data_range=1,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    expected = 1 - alike
    assert np.ptp(expected) > 0.5

    def grows_evenly() -> bool:
        shown = board.pixels(pane, HEIGHT, WIDTH)
        lightness = shown[..., :3].astype(float) @ luma
        if np.ptp(lightness) == 0 or not shown[..., 3].all():
            return False
        return bool(np.corrcoef(lightness.ravel(), expected.ravel())[0, 1] > 0.98)

    board.until(grows_evenly, "lightness that grows with the value, nearly evenly")
    expect(pane.locator(".chip").last).to_have_text(f"SSIM {mean:.3g}".replace("-", "−"))


def test_signed_error_of_a_heatmap_diverges_about_zero(board: Board) -> None:
    board.go(tags="^depth$", mode="difference", difference="signed")
    pane = board.pane("h", "a")
    error = NEAR - DEPTH

    def diverges() -> bool:
        """Red is too far, blue too near, nearly white is right."""
        shown = board.pixels(pane, HEIGHT, WIDTH)[..., :3].astype(int)
        redness = shown[..., 0] - shown[..., 2]
        is_right = (shown[np.abs(error) < 1e-9] > 235).all()
        ends = (redness[error > 0.5] > 10).all() and (redness[error < -0.5] < -10).all()
        return bool(is_right and ends)

    board.until(diverges, "colours of the errors")
    shown = board.pixels(pane, HEIGHT, WIDTH)[..., :3]
    # Equal errors have equal colours, whatever the depth.
    assert len(np.unique(shown[np.isclose(error, 1.0)].reshape(-1, 3), axis=0)) <= 2


@pytest.mark.parametrize("label", ["Absolute |Δ|", "Relative"])
def test_other_errors_of_a_heatmap_grow_with_the_error(board: Board, label: str) -> None:
    board.go(tags="^depth$", mode="difference", difference="signed")
    pane = board.pane("h", "a")
    board.until(lambda: board.pixels(pane, HEIGHT, WIDTH)[..., 3].all(), "the picture")
    choose_difference(board, label)
    error = NEAR - DEPTH
    right = np.abs(error) < 1e-9
    if label == "Relative":
        board.until(lambda: (board.pixels(pane, HEIGHT, WIDTH)[right][:, :3] > 235).all(), "white")
    else:
        board.until(lambda: (board.pixels(pane, HEIGHT, WIDTH)[right][:, :3] < 8).all(), "black")
        shown = board.pixels(pane, HEIGHT, WIDTH)[..., :3].astype(int).sum(-1)
        means = [shown[np.isclose(np.abs(error), size)].mean() for size in (1.0, 2.0, 3.0)]
        assert means == sorted(means)
        assert means[0] > 0


def test_the_error_of_a_heatmap_is_said_at_the_cross_hair(board: Board) -> None:
    board.go(tags="^depth$", mode="difference")
    pane = board.pane("h", "a")
    board.until(lambda: board.pixels(pane, HEIGHT, WIDTH)[..., 3].all(), "the picture")
    board.hover(pane, 7, 5, HEIGHT, WIDTH)
    board.until(lambda: "Δ " in board.tip(pane), "an error")
    said = board.tip(pane).split("Δ ")[1].replace("−", "-")
    assert float(said) == pytest.approx(NEAR[5, 7] - DEPTH[5, 7], abs=2e-3)
