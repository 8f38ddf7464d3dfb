# SPDX-License-Identifier: Apache-2.0
"""Values stay honest: one range for a pair, exposure and gamma, thresholds, what was clipped."""

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import STRIPE, Board
from tests.browser.logs import HEIGHT, WIDTH, level
from tests.frontend_golden.make import FALSE_NEGATIVE, FALSE_POSITIVE, TRUE_POSITIVE, ground

SHAPE = (HEIGHT, WIDTH)
DULL = np.random.default_rng(30).integers(60, 121, (*SHAPE, 3), np.uint8)
DULLER = np.random.default_rng(31).integers(40, 101, (*SHAPE, 3), np.uint8)
# Stored at the levels of a probability, so that no value is near a threshold by rounding alone.
ODDS = np.random.default_rng(32).integers(0, 20, SHAPE) / 20 + 0.025
LIKELY = (ODDS > 0.6).astype(float)
HEIGHTS = np.linspace(-1.0, 3.0, HEIGHT * WIDTH).reshape(SHAPE)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("values")
    run = logdir / "run"
    pairs.summary("dull", DULL[None], DULLER[None], 1, ids=["d"], writer=run)
    pairs.summary(
        "odds",
        LIKELY[None],
        ODDS[None],
        1,
        ids=["o"],
        kind=pairs.Heatmap(range=(0, 1), colormap="greys"),
        writer=run,
    )
    pairs.summary(
        "heights",
        HEIGHTS[None],
        HEIGHTS[None] / 2,
        1,
        ids=["h"],
        kind=pairs.Heatmap(range=(-4, 4), colormap="greys"),
        writer=run,
    )
    pairs.summary(
        "clipped",
        HEIGHTS[None],
        np.where(HEIGHTS > 2, 9.0, HEIGHTS)[None],
        1,
        ids=["c"],
        kind=pairs.Heatmap(range=(-1, 3), colormap="greys"),
        writer=run,
    )
    return logdir


def grey(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """What a linear map shows."""
    shown = (values.astype(float) - float(low)) / (float(high) - float(low))
    return level(shown)


def choose_range(board: Board, label: str) -> None:
    board.frame.get_by_role("combobox", name="Range").select_option(label=label)


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [
        ("as logged", 0, 255),
        ("min to max", 40, 120),
        (
            "1st to 99th percentile",
            *np.percentile(np.stack([DULL, DULLER]), [1, 99], method="inverted_cdf"),
        ),
    ],
    ids=["as logged", "min to max", "percentile"],
)
def test_one_range_for_both_images(board: Board, label: str, low: float, high: float) -> None:
    board.go(tags="^dull$")
    choose_range(board, label)
    board.expect_pixels(board.pane("d", "Ground truth"), grey(DULL, low, high), tolerance=1)
    board.expect_pixels(board.pane("d", "run"), grey(DULLER, low, high), tolerance=1)


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [("as logged", -4, 4), ("min to max", -1, 3), ("symmetric about 0", -3, 3)],
)
def test_one_range_for_both_heatmaps(board: Board, label: str, low: float, high: float) -> None:
    board.go(tags="^heights$")
    choose_range(board, label)
    board.expect_pixels(board.pane("h", "Ground truth"), grey(HEIGHTS, low, high), tolerance=1)
    board.expect_pixels(board.pane("h", "run"), grey(HEIGHTS / 2, low, high), tolerance=1)


def test_values_beyond_the_range_are_striped_and_said(board: Board) -> None:
    board.go(tags="^heights$")
    legend = board.card("h").locator("pairs-legend")
    expect(legend).to_contain_text("4")
    expect(legend).not_to_contain_text("above")
    choose_range(board, "1st to 99th percentile")
    both = np.concatenate([HEIGHTS.ravel(), HEIGHTS.ravel() / 2])
    low, high = np.percentile(both, [1, 99], method="inverted_cdf")
    # Storing in 8 bits over 8 m rounds heights to 8 / 252.
    beyond = (low - 0.04 > HEIGHTS) | (high + 0.04 < HEIGHTS)
    inside = (low + 0.04 < HEIGHTS) & (high - 0.04 > HEIGHTS)
    assert 0 < beyond.sum() < 10 < inside.sum()
    pane = board.pane("h", "Ground truth")

    def is_striped() -> bool:
        stripes = (board.canvas(pane)[..., :3] == STRIPE).all(2)
        if stripes.size == 0:
            return False
        # On the screen's pixels, of which each of the picture has many.
        height, width = stripes.shape
        scale = min(height / HEIGHT, width / WIDTH)
        rows, columns = (
            np.floor((np.arange(size) + 0.5 - (size - count * scale) / 2) / scale).astype(int)
            for size, count in ((height, HEIGHT), (width, WIDTH))
        )
        share = np.zeros(SHAPE)
        for y, x in np.argwhere(stripes):
            share[rows[y], columns[x]] += 1 / scale**2
        return bool((share[beyond] > 0.3).all() and (share[inside] < 0.1).all())

    board.until(is_striped, "stripes")
    for words, end in (("above", high), ("below", low)):
        expect(legend).to_contain_text(words)
        text = legend.evaluate("one => one.shadowRoot.textContent")
        shown = text.replace("\u2212", "-")
        found = re.search(rf"{words}\s(-?[\d.]+)", shown)
        assert found is not None, shown
        assert float(found[1]) == pytest.approx(end, abs=0.04)


def test_exposure_and_gamma_of_images(board: Board) -> None:
    board.go(tags="^dull$")
    pane = board.pane("d", "run")
    board.frame.get_by_role("slider", name="Exposure").fill("1")
    board.expect_pixels(pane, np.minimum(2 * DULLER.astype(int), 255))
    board.frame.get_by_role("slider", name="Gamma").fill("1")
    expected = 255 * np.minimum(2 * DULLER / 255, 1) ** 0.5
    board.expect_pixels(pane, np.floor(expected + 0.5), tolerance=1)
    board.frame.get_by_role("button", name="reset").click()
    board.expect_pixels(pane, DULLER)
    board.focus()
    board.press("e", "e")
    board.expect_pixels(pane, np.minimum(2 * DULLER.astype(int), 255))
    board.press("Shift+E", "Shift+E")
    board.expect_pixels(pane, DULLER)


def test_values_are_said_as_logged_whatever_is_shown(board: Board) -> None:
    board.go(tags="^dull$", display="minmax,,", sliders="exposure:2")
    pane = board.pane("d", "run")
    board.until(lambda: board.pixels(pane, *SHAPE)[..., 3].all(), "the picture")
    board.hover(pane, 5, 6, *SHAPE)
    said = board.tip(pane).split(" Δ ")[0]
    assert said == " ".join(map(str, DULLER[6, 5]))


def test_the_colors_of_a_heatmap_are_chosen(board: Board) -> None:
    board.go(tags="^heights$")
    pane = board.pane("h", "run")
    board.expect_pixels(pane, grey(HEIGHTS / 2, -4, 4), tolerance=1)
    board.frame.get_by_role("combobox", name="Colours").select_option("viridis")
    board.until(lambda: (np.ptp(board.pixels(pane, *SHAPE)[..., :3], axis=2) > 20).all(), "colours")


def test_a_threshold_moves_the_mask(board: Board) -> None:
    board.go(tags="^odds$")
    pane = board.pane("o", "run")
    for threshold in (0.5, 0.8):
        board.frame.get_by_role("slider", name="Threshold").fill(str(threshold))

        def is_masked(threshold: float = threshold) -> bool:
            shown = board.pixels(pane, *SHAPE)[..., :3]
            above, below = shown[threshold <= ODDS], shown[threshold > ODDS]
            return bool(
                (above == above[0]).all()
                and (below == below[0]).all()
                and (above[0] != below[0]).any()
            )

        board.until(is_masked, f"the mask at {threshold}")
    board.frame.get_by_role("button", name="0.8 ×").click()
    board.expect_pixels(pane, grey(ODDS, 0, 1), tolerance=1)


def test_a_threshold_moves_hits_and_misses(board: Board) -> None:
    board.go(tags="^odds$", mode="difference", display="fixed,0.3,")
    pane = board.pane("o", "run")
    for threshold in (0.3, 0.8):
        board.frame.get_by_role("slider", name="Threshold").fill(str(threshold))
        wanted, got = threshold <= LIKELY, threshold <= ODDS
        below = grey(LIKELY, 0, 1)[..., None]
        expected = ground(np.repeat(below, 3, axis=-1))
        for where, color in (
            (wanted & got, TRUE_POSITIVE),
            (~wanted & got, FALSE_POSITIVE),
            (wanted & ~got, FALSE_NEGATIVE),
        ):
            expected[where] = color[:3]
        board.expect_pixels(pane, expected, tolerance=1)


def test_a_threshold_moves_the_iou(board: Board) -> None:
    board.go(tags="^odds$")
    pane = board.pane("o", "run")
    for threshold in (0.3, 0.8):
        board.frame.get_by_role("slider", name="Threshold").fill(str(threshold))
        wanted, got = threshold <= LIKELY, threshold <= ODDS
        iou = (wanted & got).sum() / (wanted | got).sum()
        expect(pane).to_contain_text(f"IoU {iou:.3g}")


def test_the_share_that_was_clipped_is_said(board: Board) -> None:
    board.go(tags="^clipped$")
    share = 100 * (HEIGHTS > 2).mean()
    badge = board.pane("c", "run").get_by_text(f"{share:.0f} % clipped")
    assert "outside of the range" in (badge.get_attribute("title") or "")
    expect(board.pane("c", "Ground truth")).not_to_contain_text("clipped")
