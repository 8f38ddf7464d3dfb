# SPDX-License-Identifier: Apache-2.0
"""What a user says of pictures whose names say nothing: cuts, roles, grids, classes, rule files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect
from sklearn.metrics import jaccard_score

from tests.browser.board import Board
from tests.importing import logs
from tests.importing.pictures import noisy, photo

RUN = "run"
PANES = ["groundTruth", "prediction"]
LEGEND, TRUTH = photo(1, 24, 16), photo(2)
PREDICTION = noisy(TRUTH)
BATCH = [photo(seed) for seed in range(3, 7)]
PREDICTIONS = [noisy(one) for one in BATCH]
STRIPS = [np.concatenate(pair, axis=1) for pair in zip(BATCH, PREDICTIONS, strict=True)]
COLORS = np.array([[0, 0, 0], [128, 64, 128], [47, 107, 216]], np.uint8)
IDS = np.arange(24 * 32).reshape(24, 32) // 100 % 3
PREDICTED_IDS = np.roll(IDS, 3, axis=1)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("split")
    tags = {
        "wide": np.concatenate([LEGEND, TRUTH, PREDICTION], axis=1),
        "tall": np.concatenate([PREDICTION, TRUTH], axis=0),
        # As `add_images` of torch makes them: without lines between them.
        "many": np.concatenate(
            [np.concatenate(STRIPS[row : row + 2], axis=1) for row in (0, 2)], axis=0
        ),
        "copied": np.concatenate([TRUTH, PREDICTION], axis=1),
        "drawn": np.concatenate(
            [COLORS[np.roll(IDS, shift, axis=1)] for shift in (0, 3, 5, 9)], axis=1
        ),
        "day": TRUTH,
        "night": PREDICTION,
        "masks/gt": COLORS[IDS],
        "masks/pred": COLORS[PREDICTED_IDS],
    }
    logs.write_torch(logdir / RUN, tags, range(1))
    rules = [{"strip": "copied", "panes": ["prediction"]}, {"strip": "(a+)+", "panes": PANES}]
    (logdir / "pairs.json").write_text(json.dumps({"rules": rules}))
    return logdir


def split(board: Board, tag: str) -> Locator:
    """Opens the panel of a tag that is in no pair; returns it with its picture loaded."""
    opens = board.frame.get_by_role("button", name=f"Split {tag}", exact=True)
    summary = board.frame.get_by_text("of pictures in no pair")
    expect(summary).to_be_visible()
    if not opens.is_visible():
        summary.click()
    opens.click()
    panel = board.frame.get_by_role("dialog", name=f"Split {tag}")
    expect(panel.get_by_role("slider", name="Cut 1")).to_be_visible()
    return panel


def test_the_list_says_what_it_is_and_what_to_do(board: Board) -> None:
    board.frame.get_by_text("of pictures in no pair").wait_for()
    said = board.frame.locator("pairs-existing details p", has_text="No ground truth and")
    if not said.is_visible():
        board.frame.get_by_text("of pictures in no pair").click()
    expect(said).to_contain_text("press Split…")
    expect(said).to_be_visible()


def press(panel: Locator, *names: str) -> None:
    for name in names:
        panel.get_by_role("button", name=name, exact=True).click()


def drag(board: Board, panel: Locator, number: int, axis: str, share: float) -> None:
    """Drags a cut to a share of the picture by the mouse."""
    cut = panel.get_by_role("slider", name=f"Cut {number}").bounding_box()
    picture = panel.get_by_role("img").bounding_box()
    assert cut is not None and picture is not None
    x, y = cut["x"] + cut["width"] / 2, cut["y"] + cut["height"] / 2
    board.page.mouse.move(x, y)
    board.page.mouse.down()
    if axis == "x":
        x = picture["x"] + share * picture["width"]
    else:
        y = picture["y"] + share * picture["height"]
    board.page.mouse.move(x, y, steps=3)
    board.page.mouse.up()


def expect_pair(
    board: Board, tag: str, sample: str, truth: np.ndarray, prediction: np.ndarray
) -> None:
    """Waits until a sample of a tag, which is shown alone, has these panes."""
    board.go(tags=f"^{tag}$", samples=f"{sample};;;")
    expect(board.frame.get_by_role("heading", level=2, name=tag)).to_be_visible()
    board.expect_pixels(board.pane(sample, "Ground truth"), truth)
    board.expect_pixels(board.pane(sample, RUN), prediction)


def test_cuts_are_dragged_and_roles_chosen(board: Board) -> None:
    panel = split(board, "wide")
    press(panel, "3 panes")
    # Thirds of 80 pixels; the panes are 16, 32 and 32 wide.
    drag(board, panel, 1, "x", 16 / 80)
    drag(board, panel, 2, "x", 48 / 80)
    for number, at in ((1, "16"), (2, "48")):
        cut = panel.get_by_role("slider", name=f"Cut {number}")
        expect(cut).to_have_attribute("aria-valuenow", at)
    panel.get_by_label("Pane 1").select_option("Not shown")
    press(panel, "Show as pair")
    expect_pair(board, "wide", "0", TRUTH, PREDICTION)
    expect(board.pane("0", "Input")).to_have_count(0)


def test_a_cut_moves_by_keys_and_not_past_another(board: Board) -> None:
    panel = split(board, "many")
    press(panel, "3 panes")
    cut = panel.get_by_role("slider", name="Cut 1")
    before = int(cut.get_attribute("aria-valuenow") or "")
    cut.press("ArrowRight")
    expect(cut).to_have_attribute("aria-valuenow", str(before + 1))
    cut.press("Shift+ArrowLeft")
    expect(cut).to_have_attribute("aria-valuenow", str(before - 9))
    drag(board, panel, 1, "x", 1)
    second = int(panel.get_by_role("slider", name="Cut 2").get_attribute("aria-valuenow") or "")
    expect(cut).to_have_attribute("aria-valuenow", str(second - 1))
    press(panel, "Close")
    expect(panel).to_have_count(0)


def test_panes_below_each_other_whose_roles_are_swapped(board: Board) -> None:
    panel = split(board, "tall")
    expect(panel.get_by_role("button", name="One below another")).to_have_attribute(
        "aria-pressed", "true"
    )
    drag(board, panel, 1, "y", 30 / 48)
    drag(board, panel, 1, "y", 24 / 48)
    press(panel, "Swap", "Show as pair")
    expect_pair(board, "tall", "0", TRUTH, PREDICTION)


def test_two_tags_whose_names_say_nothing_are_a_pair(board: Board) -> None:
    panel = split(board, "night")
    panel.get_by_label("Its pair is").select_option("the picture of day")
    expect(panel.get_by_role("img", name="The last picture of day")).to_be_visible()
    expect(panel.get_by_role("slider")).to_have_count(0)
    press(panel, "Swap", "Show as pair")
    expect_pair(board, "night", "0", TRUTH, PREDICTION)


def test_a_pane_without_a_ground_truth_is_refused_with_the_reason(board: Board) -> None:
    panel = split(board, "many")
    panel.get_by_label("Pane 1").select_option("Not shown")
    expect(panel.get_by_role("alert")).to_have_text("One pane must be the ground truth.")
    expect(panel.get_by_role("button", name="Show as pair")).to_be_disabled()
    press(panel, "Close")
    expect(panel).to_have_count(0)


def test_a_grid_without_lines_is_cut_by_the_size_of_its_samples(board: Board) -> None:
    panel = split(board, "many")
    panel.get_by_label("A grid of many, each cut so").check()
    panel.get_by_label("width").fill("64")
    panel.get_by_label("height").fill("24")
    panel.get_by_label("Between them").fill("0")
    press(panel, "Show as pair")
    board.go(tags="^many$")
    board.until(lambda: board.samples == ["0", "1", "2", "3"], "four samples")
    for sample in (0, 3):
        expect_pair(board, "many", str(sample), BATCH[sample], PREDICTIONS[sample])


def test_the_panel_makes_a_rule_file(board: Board) -> None:
    panel = split(board, "copied")
    press(panel, "Swap", "Copy as pairs.json")
    said = "Copied: save it as pairs.json in the log directory"
    expect(board.frame.get_by_text(said).first).to_be_attached()
    copied = json.loads(board.page.evaluate("navigator.clipboard.readText()"))
    rule = {"strip": "copied", "panes": ["prediction", "groundTruth"], "axis": "x"}
    assert copied == {"rules": [rule]}
    press(panel, "Close")
    expect(panel).to_have_count(0)


def test_a_rule_that_is_removed_takes_its_pair_along(open_page: Callable[..., Board]) -> None:
    board = open_page()
    press(split(board, "copied"), "Show as pair")
    heading = board.frame.get_by_role("heading", level=2, name="copied")
    expect(heading).to_be_visible()
    own = board.frame.locator("pairs-existing details").filter(has_text="1 rule of your own")
    own.evaluate("one => { one.open = true; }")
    own.get_by_role("button", name="Remove").click()
    expect(heading).to_have_count(0)
    split(board, "copied")


def test_mistakes_of_the_rule_file_are_said_and_stop_nothing(board: Board) -> None:
    alert = board.frame.get_by_role("alert").filter(has_text="2 mistakes")
    expect(alert.get_by_role("listitem")).to_have_text(
        [
            'pairs.json: rules[0].panes has "groundTruth" 0 times, want it once',
            "pairs.json: rules[1].strip repeats a group that has a repetition or a choice within "
            "it, which may take for ever; want the repetition once",
        ]
    )
    expect_pair(board, "masks/pred", "0", COLORS[IDS], COLORS[PREDICTED_IDS])


def test_colors_become_classes_with_an_iou(board: Board) -> None:
    board.go(tags="^masks/pred$")
    board.frame.get_by_role("button", name="As classes").click()
    expect(board.frame.get_by_text("classes recovered from colours")).to_be_visible()
    board.go(tags="^masks/pred$", open="masks%2Fpred,0", details=1)
    rows = board.frame.locator("pairs-full-view pairs-class-table tbody tr")
    expect(rows).to_have_count(3)
    iou = jaccard_score(IDS.ravel(), PREDICTED_IDS.ravel(), average=None)
    # Ids are given in the order of the colors.
    for row, id in enumerate(np.argsort(COLORS @ [65536, 256, 1])):
        expect(rows.nth(row).locator("td").nth(1)).to_have_text(f"{iou[id]:.3g}")


def test_a_grid_stays_one_when_its_colors_become_classes(board: Board) -> None:
    grid = {"width": 64, "height": 24, "padding": 0}
    rules = {"rules": [{"strip": "drawn", "panes": PANES, "grid": grid}]}
    board.go(tags="^drawn$", rules=json.dumps(rules))
    board.until(lambda: board.samples == ["0", "1"], "two samples")
    board.frame.get_by_role("button", name="As classes").click()
    expect(board.frame.get_by_text("classes recovered from colours")).to_be_visible()
    board.until(lambda: board.samples == ["0", "1"], "two samples")
