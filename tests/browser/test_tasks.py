# SPDX-License-Identifier: Apache-2.0
"""The tasks of `docs/tasks.md`, done from the opened tab and counted in actions.

An action is one click (or double click), one drag, one key or chord, one gesture of the wheel, or
one field filled in. Looking and pointing are free.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, expect

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board, still_box
from tests.browser.logs import HEIGHT, MASK, NAMES, WIDTH, colored, mask, mean_iou, spoiled

STEPS = range(0, 2000, 50)
WENT_WRONG = 1250
SAMPLES = [f"image_{i:03}" for i in range(24)]
SAD = 17
DOC = Path(__file__).parents[2] / "docs" / "tasks.md"

TRUTH = np.stack([mask(seed) for seed in range(len(SAMPLES))])


def predictions(run: str, step: int) -> np.ndarray:
    """Better with time, but for one sample, which breaks and stays broken."""
    better = 0.5 - step / 5000
    shares = [better + 0.01 * (i % 7) for i in range(len(SAMPLES))]
    if run == "second":
        shares = [share / 2 for share in shares]
    if step >= WENT_WRONG:
        shares[SAD] = 0.7
    return np.stack([spoiled(TRUTH[i], share, 50 + i) for i, share in enumerate(shares)])


class Actions:
    """Does what a user does, and counts it."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.count = 0

    def press(self, key: str) -> None:
        self.count += 1
        self._board.press(key)

    def click(self, x: float, y: float) -> None:
        self.count += 1
        self._board.page.mouse.click(x, y)

    def double_click(self, x: float, y: float) -> None:
        self.count += 1
        self._board.page.mouse.dblclick(x, y)

    def drag(self, start: FloatRect, end: FloatRect) -> None:
        self.count += 1
        mouse = self._board.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 3)
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 3, steps=4)
        mouse.up()

    def fill(self, field: Locator, text: str) -> None:
        self.count += 1
        field.fill(text)
        field.press("Enter")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("tasks")
    for run in ("first", "second"):
        for step in STEPS:
            pairs.summary(
                "val/masks",
                TRUTH,
                predictions(run, step),
                step,
                ids=SAMPLES,
                kind=MASK,
                writer=logdir / run,
            )
    return logdir


@pytest.fixture
def actions(board: Board) -> Actions:
    board.expect_step(STEPS[-1])
    return Actions(board)


def documented(task: str) -> int:
    """The number of actions that the docs tell of a task."""
    found = re.search(rf"^\| {task} \|[^|]*\| (\d+) ", DOC.read_text(), re.M)
    assert found, f"{task} is not in {DOC.name}"
    return int(found.group(1))


def test_t1_see_a_sample_at_a_step(board: Board, actions: Actions) -> None:
    step, sample = 850, 20
    actions.fill(board.step_field, str(step))
    actions.fill(board.frame.get_by_role("searchbox", name="Show"), SAMPLES[sample])
    board.expect_step(step)
    name = SAMPLES[sample]
    board.expect_pixels(board.pane(name, "Ground truth"), colored(TRUTH[sample]))
    for run in ("first", "second"):
        shown = colored(predictions(run, step)[sample])
        board.expect_pixels(board.pane(name, run), shown)
    assert actions.count == documented("T1") <= 2


def test_t2_find_the_worst_sample_of_the_last_step(board: Board, actions: Actions) -> None:
    actions.press("w")
    board.until(lambda: board.samples[0] == SAMPLES[SAD], "the worst sample")
    expect(board.card(SAMPLES[SAD])).to_be_in_viewport()
    expect(board.pane(SAMPLES[SAD], "first")).to_contain_text(re.compile(r"0\.\d\d"))
    assert actions.count == documented("T2") <= 1


def test_t3_find_the_first_step_at_which_a_sample_went_wrong(
    board: Board, actions: Actions
) -> None:
    # The task begins where T2 ended: the sample is in sight.
    board.press("w")
    card = board.card(SAMPLES[SAD])
    expect(card).to_be_in_viewport()
    box = still_box(card.get_by_role("button", name="Open full view"))
    actions.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(board.slider).to_contain_text(SAMPLES[SAD])
    dip = still_box(board.slider.locator(".dip").first)
    actions.click(dip["x"] + dip["width"] / 2, dip["y"] + dip["height"] / 2)
    board.expect_step(WENT_WRONG)
    assert actions.count == documented("T3") <= 2
    board.press("Escape")


def test_t4_compare_two_runs_at_a_pixel_with_values(board: Board, actions: Actions) -> None:
    name, now = SAMPLES[0], STEPS[-1]
    first, second = (board.pane(name, run) for run in ("first", "second"))
    got = {run: predictions(run, now)[0] for run in ("first", "second")}
    board.expect_pixels(second, colored(got["second"]))
    y, x = np.argwhere(got["first"] != got["second"])[0]
    board.hover(first, x, y, HEIGHT, WIDTH)
    actions.double_click(*board.place(first, x, y, HEIGHT, WIDTH))
    for pane, run in ((first, "first"), (second, "second")):
        board.until(
            lambda pane=pane: pane.locator("canvas.values").evaluate(
                """canvas => canvas.getContext('2d')
                  .getImageData(0, 0, canvas.width, canvas.height).data
                  .some((value, i) => i % 4 === 3 && value > 200)"""
            ),
            "values on the pixels",
        )
        board.until(
            lambda pane=pane, run=run: board.tip(pane).split(" ")[0] == NAMES[got[run][y, x]],
            "the value",
        )
    assert actions.count == documented("T4") <= 2


def test_t5_get_a_link_to_exactly_this_view(board: Board, actions: Actions) -> None:
    board.go(step=600, sort="worst:iou", mode="swipe", zoom="2,0.3,0.4")
    board.expect_step(600)
    actions.press("y")
    board.frame.get_by_text("The link to this view is on the clipboard").first.wait_for()
    link = board.page.evaluate("navigator.clipboard.readText()")
    for part in ("step=600", "sort=worst", "mode=swipe", "zoom=2%2C0.3%2C0.4"):
        assert part in link
    assert actions.count == documented("T5") <= 1


def iou(run: str, step: int, sample: int) -> float:
    """The mean IoU over the classes present."""
    return mean_iou(TRUTH[sample], predictions(run, step)[sample])


def test_t6_find_what_regressed_most_since_a_step_and_by_how_much(
    board: Board, actions: Actions
) -> None:
    since = 1200
    actions.press("d")
    field = board.frame.get_by_role("textbox", name="Compare with step")
    actions.fill(field, str(since))
    changes = [
        min(iou(run, STEPS[-1], i) - iou(run, since, i) for run in ("first", "second"))
        for i in range(len(SAMPLES))
    ]
    worst = np.argsort(changes, kind="stable")[:3]
    board.until(
        lambda: board.samples[:3] == [SAMPLES[i] for i in worst], "the three that regressed most"
    )
    for i in worst[:2]:
        note = board.card(SAMPLES[i]).locator(".note data").first
        board.until(
            lambda note=note, i=i: scoped_numbers.agrees(note.inner_text(), changes[i], "change"),
            "by how much",
        )
    assert actions.count == documented("T6") <= 2


def test_t9_compare_a_run_at_a_step_with_another_run_at_another_swiped(
    board: Board, actions: Actions
) -> None:
    name, then, now = SAMPLES[3], 1800, 1900
    open_it = board.card(name).get_by_role("button", name="Open full view")
    open_it.scroll_into_view_if_needed()
    box = still_box(open_it)
    actions.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    strip = board.frame.locator("pairs-full-view pairs-film-strip")
    frames = [
        strip.get_by_role("group", name=f"Steps of {run}").locator(f"[data-step='{step}']")
        for run, step in (("first", then), ("second", now))
    ]
    for frame in frames:
        frame.wait_for()
    actions.drag(*(still_box(frame) for frame in frames))
    full = board.frame.locator("pairs-full-view")
    left, right = predictions("first", then)[3], predictions("second", now)[3]
    swiped = np.where(np.arange(WIDTH) < WIDTH // 2, left, right)
    pane = full.locator("pairs-pane[data-pane^='run']").last
    expect(pane.locator(".side")).to_have_text(["first at step 1800", "second at step 1900"])
    board.expect_pixels(pane, colored(swiped))
    assert actions.count == documented("T9") <= 3
    board.press("Escape")


def test_t8_find_which_class_is_most_confused_and_the_sample_that_shows_it_best(
    board: Board, actions: Actions
) -> None:
    # The rail names the most confused pair; a click shows its samples, the best one first.
    worst = board.frame.get_by_role("list", name="Most confused classes").first.get_by_role(
        "button"
    )
    worst.wait_for()
    box = still_box(worst)
    prediction = predictions("first", STEPS[-1])
    counted = {
        (was, got): (was == TRUTH) & (prediction == got)
        for was in NAMES
        for got in NAMES
        if was != got
    }
    was, got = max(counted, key=lambda pair: counted[pair].sum())
    expect(worst).to_contain_text(re.compile(f"{NAMES[was]}.*taken for.*{NAMES[got]}", re.S))
    actions.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    best = int(np.argmax(counted[was, got].sum(axis=(1, 2))))
    board.until(lambda: board.samples[0] == SAMPLES[best], "the sample that shows it best")
    expect(board.card(SAMPLES[best])).to_be_in_viewport()
    assert actions.count == documented("T8") <= 2
