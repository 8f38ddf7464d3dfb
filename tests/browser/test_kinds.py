# SPDX-License-Identifier: Apache-2.0
"""A training that went on with another `kind=`: each step is shown as what it is."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import MASK, Masks, colored, mask, spoiled

TRUTH = mask(5)
PREDICTION = spoiled(TRUTH, 0.2, 6)

_FIRST = """
import sys
import numpy as np
import tb_pairs_plugin as pairs
truth, prediction = np.load(sys.argv[1])
for step in (0, 10):
    assert pairs.summary("seg", truth[None], prediction[None], step, ids=["s"], writer=sys.argv[2])
"""


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("kinds")
    arrays = tmp_path_factory.mktemp("arrays") / "pair.npy"
    np.save(arrays, np.stack([TRUTH, PREDICTION]))
    # Inferred: uint8 is an image.
    command = [sys.executable, "-c", _FIRST, str(arrays), str(logdir / "run")]
    subprocess.run(command, check=True, timeout=300)
    # A restart is later by more than the second that names of files tell apart.
    (first,) = (logdir / "run").iterdir()
    stamp = first.name.split(".")[3]
    first.rename(first.with_name(first.name.replace(stamp, str(int(stamp) - 60))))
    for step in (20, 30):
        pairs.summary(
            "seg", TRUTH[None], PREDICTION[None], step, ids=["s"], kind=MASK, writer=logdir / "run"
        )
    Masks.write(logdir)
    return logdir


def test_each_step_is_shown_by_its_own_kind(board: Board) -> None:
    board.go(tags="^seg$", step=30)
    board.expect_pixels(board.pane("s", "Ground truth"), colored(TRUTH))
    board.expect_pixels(board.pane("s", "run"), colored(PREDICTION))
    right = np.mean([_iou(one) for one in range(4)])
    expect(board.card("s")).to_contain_text(f"{float(f'{right:.3g}'):g}")
    board.go(tags="^seg$", step=10)
    board.expect_pixels(board.pane("s", "Ground truth"), TRUTH)
    board.go(tags="^seg$", step=20)
    board.expect_pixels(board.pane("s", "run"), colored(PREDICTION))
    board.check_console()


def test_the_page_says_that_the_kind_changed(board: Board) -> None:
    board.go(tags="^seg$", step=30)
    note = board.frame.locator("pairs-tag-section").get_by_role("note")
    expect(note).to_contain_text(
        "changed the kind of this tag: image (8 bits) before step 20, mask (4 classes) from there"
    )
    board.go(tags="^val/masks$", step=30)
    expect(note).to_have_count(0)


def test_a_row_of_the_matrix_says_its_gain_as_a_card_does(board: Board) -> None:
    shown = {"tags": "^seg$", "step": 10, "mode": "difference", "difference": "absolute"}
    board.go(**shown)
    of_card = board.card("s").locator("pairs-legend")
    expect(of_card).to_contain_text(re.compile(r"×\d+ \(automatic\)"))
    said = of_card.inner_text()
    board.go(**shown, layouts="seg,matrix,S")
    of_row = board.frame.locator("pairs-matrix-title pairs-legend")
    expect(of_row).to_have_text(said, use_inner_text=True)
    # Colours of classes and outcomes are the same in all rows.
    board.go(**shown | {"step": 30}, layouts="seg,matrix,S")
    board.until(lambda: board.step == "30", "the step")
    expect(of_row).to_have_count(0)


@pytest.mark.parametrize("difference", ["auto", "closer", "ssim", "outcome"])
@pytest.mark.parametrize("step", [10, 30])
def test_differences_of_a_tag_of_two_kinds_complain_of_nothing(
    board: Board, difference: str, step: int
) -> None:
    board.go(tags="^seg$", step=step, mode="difference", difference=difference, marked=0)
    expect(board.pane("s", "run")).to_be_visible()
    board.page.wait_for_timeout(300)
    board.go(tags="^seg$", step=40 - step, mode="difference", difference=difference, marked=30)
    expect(board.pane("s", "run")).to_be_visible()
    board.page.wait_for_timeout(300)
    board.check_console()


def test_classes_are_listed_at_the_steps_that_have_some(board: Board) -> None:
    classes = board.frame.locator("pairs-class-list")
    board.go(tags="^seg$", step=30)
    expect(classes.locator(".scope")).to_contain_text("IoU of all 1 sample of step 30")
    expect(classes.locator("[role=listitem]")).to_have_count(4)
    board.go(tags="^seg$", step=0)
    expect(classes.locator("[role=listitem]")).to_have_count(0)


def _iou(one: int) -> float:
    truth, prediction = one == TRUTH, one == PREDICTION
    return float((truth & prediction).sum() / (truth | prediction).sum())
