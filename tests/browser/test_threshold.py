# SPDX-License-Identifier: Apache-2.0
"""Ranges and thresholds are set on the histogram, and what a threshold makes of a prediction."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import HEIGHT, WIDTH, level, photo

SAMPLES = 3
IDS = [f"o{i}" for i in range(SAMPLES)]
RUNS = ("a", "b")
RNG = np.random.default_rng(40)
TRUTHS = (RNG.random((SAMPLES, HEIGHT, WIDTH)) > 0.6).astype(float)
# Twentieths and a bit, so that none is near a candidate by rounding alone.
ODDS = {
    run: np.clip(np.round(0.35 * TRUTHS + RNG.random(TRUTHS.shape) * 0.6, 2), 0, 0.99) // 0.05 / 20
    + 0.0125
    for run in RUNS
}
PHOTO, OTHER = photo(1), photo(2)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("threshold")
    for run in RUNS:
        kind = pairs.Heatmap(range=(0, 1), bits=16)
        pairs.summary("odds", TRUTHS, ODDS[run], 1, ids=IDS, kind=kind, writer=logdir / run)
    depths = TRUTHS + ODDS["a"]
    pairs.summary(
        "depth", depths, depths, 1, ids=IDS, kind=pairs.Heatmap(bits=32), writer=logdir / "a"
    )
    pairs.summary("photo", PHOTO[None], OTHER[None], 1, ids=["p"], writer=logdir / "a")
    return logdir


def rows(board: Board) -> dict[str, list[str]]:
    """The table of the threshold: a number for each run."""
    found = board.frame.locator("pairs-threshold tbody tr")
    return {
        cells[0]: cells[1:]
        for cells in found.evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        )
    }


def expect_rows(board: Board, wanted: dict[str, list[str]]) -> None:
    """Waits until the table has these rows: it is there before the pictures are, with dashes."""
    board.until(lambda: wanted.items() <= rows(board).items(), f"{wanted} in the table")


def text(value: float) -> str:
    """Three significant digits, without zeros at the end."""
    return f"{float(f'{value:.3g}'):g}"


def scores(wanted: NDArray[np.bool_], got: NDArray[np.bool_]) -> list[str]:
    hits, false, missed = (wanted & got).sum(), (got & ~wanted).sum(), (wanted & ~got).sum()
    ratios = [
        hits / (hits + false),
        hits / (hits + missed),
        hits / (hits + false + missed),
        2 * hits / (2 * hits + false + missed),
    ]
    return [str(hits), str(false), str(missed), *map(text, ratios)]


def best(truth: NDArray[np.float64], odds: NDArray[np.float64]) -> tuple[float, float]:
    """The lowest of the thresholds with the best IoU, and that."""
    wanted = truth > 0.5
    grid = np.arange(1, 201) / 200
    ious = [(wanted & (odds >= one)).sum() / (wanted | (odds >= one)).sum() for one in grid]
    return float(grid[int(np.argmax(ious))]), max(ious)


def test_counts_and_scores_at_the_threshold(board: Board) -> None:
    board.go(tags="^odds$", open="odds,o1", details=1, display="fixed,0.5,")
    names = ["Hits", "False alarms", "Missed", "Precision", "Recall", "IoU", "Dice"]
    wanted = TRUTHS[1] >= 0.5
    columns = [scores(wanted, ODDS[run][1] >= 0.5) for run in RUNS]
    expect_rows(board, dict(zip(names, map(list, zip(*columns, strict=True)), strict=True)))


def test_the_best_threshold_here_and_over_all_samples(board: Board) -> None:
    board.go(tags="^odds$", open="odds,o0", details=1, display="fixed,0.9,")
    here = [best(TRUTHS[0], ODDS[run][0]) for run in RUNS]
    expect_rows(
        board,
        {
            "Best here": [text(threshold) for threshold, _ in here],
            "IoU there": [text(iou) for _, iou in here],
        },
    )
    button = board.full_view.get_by_role("button", name="Best threshold over all 3 samples")
    button.click()
    everywhere = [best(TRUTHS, ODDS[run]) for run in RUNS]
    expect_rows(board, {"Best over all": [text(threshold) for threshold, _ in everywhere]})
    board.full_view.get_by_role("button", name=text(everywhere[1][0]), exact=True).last.click()
    expected = f"fixed,{everywhere[1][0]:g},"
    board.until(lambda: expected in board.link.replace("%2C", ","), "the threshold in the link")


def test_no_threshold_is_best_where_a_ground_truth_has_more_than_two_values(board: Board) -> None:
    board.go(tags="^depth$", open="depth,o0", details=1, display="fixed,0.5,")
    # Until both pictures are there, there is a dash, and no best threshold in any case.
    expect_rows(board, {"IoU": ["1"]})
    assert "Best here" not in rows(board)
    expect(board.full_view.get_by_role("button", name="Best threshold")).to_have_count(0)


def test_the_threshold_is_moved_on_the_histogram(board: Board) -> None:
    board.go(tags="^odds$", open="odds,o0", details=1)
    board.full_view.get_by_role("checkbox", name="Threshold").check()
    board.until(lambda: "0.5" in board.link, "a threshold in the middle")
    board.full_view.get_by_role("slider", name="Threshold on the histogram").fill("0.8")
    wanted = scores(TRUTHS[0] >= 0.8, ODDS["a"][0] >= 0.8)[0]
    board.until(lambda: rows(board).get("Hits", [""])[0] == wanted, "the hits at 0.8")
    board.full_view.get_by_role("checkbox", name="Threshold").uncheck()
    expect(board.frame.locator("pairs-threshold")).to_have_count(0)
    ends = board.full_view.get_by_role("slider", name="end of the colours")
    expect(ends).to_have_count(2)


def test_the_range_of_an_image_is_set_on_its_histogram_in_the_units_of_its_pixels(
    board: Board,
) -> None:
    board.go(tags="^photo$", open="photo,p", details=1)
    histogram = board.full_view.locator("pairs-histogram")
    expect(histogram.locator(".ends")).to_have_text("0255")
    lower = board.full_view.get_by_role("slider", name="Lower end of the colours")
    lower.fill(str(51 / 255))
    board.full_view.get_by_role("slider", name="Upper end of the colours").fill(str(204 / 255))
    expect(histogram).to_contain_text("Colours from 51 to 204")
    pane = board.full_view.locator("pairs-pane[data-pane=truth]")
    shown = level((PHOTO.astype(float) - 51) / (204 - 51))
    board.expect_pixels(pane, shown, tolerance=1)
    link = board.until(lambda: board.link if "image%3A0.2%3A0.8" in board.link else "", "a link")
    board.go()
    board.page.evaluate("link => { location.hash = link; }", link)
    expect(histogram).to_contain_text("Colours from 51 to 204")
    histogram.get_by_role("button", name="reset").click()
    expect(histogram).not_to_contain_text("Colours from")
    board.expect_pixels(pane, PHOTO)


def test_rare_values_are_seen_with_logarithms(board: Board) -> None:
    board.go(tags="^odds$", open="odds,o0", details=1)
    path = board.full_view.locator("pairs-histogram path").first
    before = board.until(lambda: path.get_attribute("d"), "a histogram")
    board.full_view.get_by_role("checkbox", name="Log").check()
    board.until(lambda: path.get_attribute("d") != before, "another scale")
    board.until(lambda: "log" in board.link, "the scale in the link")


def test_another_rule_ends_a_range_that_was_set_by_hand(board: Board) -> None:
    board.go(tags="^photo$", display="fixed,,,image:0.2:0.8,")
    pane = board.pane("p", "Ground truth")
    board.expect_pixels(pane, level((PHOTO.astype(float) / 255 - 0.2) / 0.6), tolerance=1)
    choice = board.frame.get_by_role("combobox", name="Range")
    assert choice.evaluate("one => one.selectedOptions[0].text") == "by hand"
    choice.select_option("fixed")
    board.expect_pixels(pane, PHOTO)
    assert choice.evaluate("one => one.selectedOptions[0].text") == "as logged"


def test_a_range_of_images_set_by_hand_is_not_reset_on_a_heatmap(board: Board) -> None:
    board.go(tags="^odds$", open="odds,o0", details=1, display="symmetric,,,image:0.2:0.8,")
    histogram = board.full_view.locator("pairs-histogram")
    expect(histogram).to_contain_text("Colours from")
    expect(histogram.get_by_role("button", name="reset")).to_have_count(0)
