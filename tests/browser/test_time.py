# SPDX-License-Identifier: Apache-2.0
"""The time bar: one slider over the steps of all runs, curves, playback, what was kept."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Route, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, link_of, still_box
from tests.browser.logs import STEPS, Masks, photo

SCRUBBED = 40


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("time")
    Masks.write(logdir)
    picture = photo(0)[None]
    for step in range(0, 1000, 100):
        iou = {"score": [0.1 if step == 600 else step / 1000]}
        pairs.summary("dip", picture, picture, step, metrics=iou, writer=logdir / "dipping")
    for step in range(SCRUBBED):
        pairs.summary("scrub", picture, shade(step)[None], step, ids=["s"], writer=logdir / "run")
    huge = 2**53
    for step in (-7, huge, huge + 1, huge + 2):
        pairs.summary(
            "huge", picture, picture, step, ids=["h"], captions=[f"at {step}"], writer=logdir / "h"
        )
    return logdir


def shade(step: int) -> np.ndarray:
    """The prediction of the tag whose steps are passed by."""
    return np.full_like(photo(0), 5 * step)


def masks(board: Board, **view: object) -> None:
    """Shows the tag of masks."""
    board.go(tags="^val/masks$", **view)
    board.until(lambda: board.slider.get_attribute("aria-valuemax") == "4", "the steps")


def test_it_begins_at_the_newest_step(board: Board) -> None:
    masks(board)
    board.expect_step(40)


def test_arrows_home_and_end(board: Board) -> None:
    masks(board)
    board.expect_step(40)
    for key, step in (
        ("ArrowLeft", 30),
        ("ArrowLeft", 20),
        ("ArrowRight", 30),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("End", 40),
        ("ArrowRight", 40),
        ("Shift+ArrowLeft", 0),
        ("Shift+ArrowRight", 40),
    ):
        board.press(key)
        board.expect_step(step)


def test_arrows_on_the_focused_slider(board: Board) -> None:
    masks(board)
    board.slider.focus()
    board.press("ArrowLeft")
    board.expect_step(30)
    expect(board.slider).to_have_attribute("aria-valuenow", "3")
    expect(board.slider).to_have_attribute("aria-valuetext", "step 30 of 40")
    board.press("Home")
    board.expect_step(0)
    board.press("ArrowRight")
    board.expect_step(10)


def test_a_click_and_a_drag_on_the_slider(board: Board) -> None:
    masks(board)
    box = still_box(board.slider)
    low = box["y"] + box["height"] - 7

    def at(fraction: float) -> float:
        return box["x"] + 7 + fraction * (box["width"] - 14)

    board.page.mouse.click(at(0.25), low)
    board.expect_step(10)
    board.page.mouse.move(at(0.25), low)
    board.page.mouse.down()
    board.page.mouse.move(at(0.5), low)
    board.expect_step(20)
    board.page.mouse.move(at(1), low)
    board.expect_step(40)
    board.page.mouse.up()
    board.page.mouse.move(at(0), low)
    board.expect_step(40)


def test_a_typed_step_goes_to_the_nearest_there_is(board: Board) -> None:
    masks(board)
    for typed, step in (("20", 20), ("12", 10), ("-5", 0), ("1,000,000", 40)):
        board.step_field.fill(typed)
        board.step_field.press("Enter")
        board.expect_step(step)


def test_what_is_no_step_is_refused_where_it_is_typed(board: Board) -> None:
    masks(board, step=10)
    board.step_field.fill("soon")
    board.step_field.press("Enter")
    expect(board.step_field).to_have_attribute("aria-invalid", "true")
    board.step_field.press("Escape")
    board.expect_step(10)


def test_previous_next_and_play_by_mouse(board: Board) -> None:
    masks(board, step=10, playRate=16)
    board.frame.get_by_role("button", name="Next step").click()
    board.expect_step(20)
    board.frame.get_by_role("button", name="Previous step").click()
    board.expect_step(10)
    board.frame.get_by_role("button", name="Play", exact=True).click()
    board.expect_step(40)
    board.frame.get_by_role("button", name="Play", exact=True).wait_for()


def test_space_plays_to_the_end_and_stops(board: Board) -> None:
    masks(board, step=0, playRate=16)
    board.expect_step(0)
    board.press("Space")
    board.expect_step(40)
    board.frame.get_by_role("button", name="Play", exact=True).wait_for()
    board.expect_step(40)


def test_playback_loops_until_it_is_stopped(board: Board) -> None:
    masks(board, step=30, playRate=16)
    board.press("l")
    expect(board.frame.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    board.press("Space")
    board.frame.get_by_role("button", name="Stop").wait_for()
    board.expect_step(10)
    board.expect_step(40)
    board.expect_step(0)
    board.press("Space")
    board.frame.get_by_role("button", name="Play", exact=True).wait_for()
    stood = board.step
    board.page.wait_for_timeout(300)
    assert board.step == stood


def test_the_rate_of_playback_is_chosen(board: Board) -> None:
    masks(board, step=0)
    rate = board.frame.get_by_role("combobox", name="Steps per second")
    expect(rate).to_have_value("4")
    board.press(">")
    expect(rate).to_have_value("8")
    board.press("<", "<")
    expect(rate).to_have_value("2")
    rate.select_option("30")
    board.until(lambda: "p.pairs.playRate=30" in board.link)


def test_each_step_shows_its_own_prediction(board: Board) -> None:
    masks(board, step=0)
    pane = board.pane("s2", "a")
    for step in STEPS:
        board.expect_pixels(pane, Masks.on_input(Masks.prediction["a"][step][2], 2), tolerance=1)
        board.press("ArrowRight")


def test_steps_that_the_slider_passed_by_are_seen_when_they_come(
    open_page: Callable[..., Board],
) -> None:
    board = open_page(link_of(tags="^scrub$", step=0))
    pane = board.pane("s", "run")
    board.expect_pixels(pane, shade(0))
    board.until_idle()
    held: list[Route] = []
    board.page.route("**/plugin/pairs/frames?*", lambda route: held.append(route))
    for count, step in enumerate((20, 30), start=1):
        board.step_field.fill(str(step))
        board.step_field.press("Enter")
        board.until(lambda count=count: len(held) == count, f"a request of step {step}")
    board.expect_pixels(pane, shade(0))
    held[0].continue_()
    board.expect_pixels(pane, shade(20))
    board.expect_step(30)
    held[1].continue_()
    board.expect_pixels(pane, shade(30))


def test_scrubbing_ends_in_the_pixels_of_the_last_step(open_page: Callable[..., Board]) -> None:
    board = open_page(link_of(tags="^scrub$", step=0))
    pane = board.pane("s", "run")
    board.expect_pixels(pane, shade(0))
    for step in range(1, SCRUBBED):
        board.press("ArrowRight")
        board.expect_step(step)
    board.expect_pixels(pane, shade(SCRUBBED - 1))
    expect(pane.locator("[part=stage]")).to_have_attribute("aria-busy", "false")


def test_counts_of_classes_wait_for_pictures(open_page: Callable[..., Board]) -> None:
    board = open_page(link_of(tags="^val/masks$", step=0))
    shown = Masks.on_input(Masks.prediction["a"][0][2], 2)
    board.expect_pixels(board.pane("s2", "a"), shown, tolerance=1)
    board.until_idle()
    held: list[Route] = []
    board.page.route("**/plugin/pairs/frames?*", lambda route: held.append(route))
    board.forget()
    for count, key in enumerate(("End", "ArrowLeft"), start=1):
        board.press(key)
        board.until(lambda count=count: len(held) == count, "a request of another step")
    assert board.queries("counts") == []
    for route in held:
        route.continue_()
    board.until(lambda: board.queries("counts"), "counts")


def test_a_run_without_the_step_shows_its_nearest_with_a_badge(board: Board) -> None:
    masks(board, step=20)
    b = board.pane("s0", "b")
    board.expect_pixels(b, Masks.on_input(Masks.prediction["b"][10][0], 0), tolerance=1)
    board.expect_pixels(
        board.pane("s0", "a"), Masks.on_input(Masks.prediction["a"][20][0], 0), tolerance=1
    )
    badge = b.get_by_text("10 (\u221210)")
    assert "no step 20" in (badge.get_attribute("title") or "")
    assert board.pane("s0", "a").get_by_text(re.compile(r"\(\u2212")).count() == 0


def test_a_curve_per_run_with_its_values_on_hover(board: Board) -> None:
    masks(board)
    expect(board.slider.locator("svg path")).to_have_count(2)
    box = still_box(board.slider)
    board.page.mouse.move(box["x"] + 7 + 0.75 * (box["width"] - 14), box["y"] + 45)
    tip = board.slider.locator(".tip")
    expect(tip).to_contain_text("Step 30")
    for run in ("a", "b"):
        mean = np.mean([Masks.iou(run, 30, sample) for sample in range(4)])
        expect(tip).to_contain_text(f"{run}{mean:.3g}", use_inner_text=False)


def test_a_click_near_a_dip_goes_to_it(board: Board) -> None:
    board.go(tags="^dip$", sort="dataset:score")
    board.until(lambda: board.slider.get_attribute("aria-valuemax") == "9", "the steps")
    dips = board.slider.locator(".dip")
    expect(dips).to_have_count(1)

    def click_beside_it() -> bool:
        # The line is drawn anew as curves of the shared page come and go.
        box = dips.bounding_box()
        assert box is not None
        board.page.mouse.click(box["x"] - 1, box["y"])
        return board.step == "600"

    board.until(click_beside_it, "step 600")


def test_keys_go_from_dip_to_dip(board: Board) -> None:
    board.go(tags="^dip$", sort="dataset:score", step=0)
    board.expect_step(0)
    board.press("n")
    board.expect_step(600)
    board.press("End", "Shift+N")
    board.expect_step(600)


def test_steps_above_2_to_the_53_are_told_apart(board: Board) -> None:
    huge = 2**53
    board.go(tags="^huge$")
    board.expect_step(huge + 2)
    board.press("ArrowLeft")
    board.expect_step(huge + 1)
    board.card("h").get_by_text(f"at {huge + 1}").wait_for()
    board.press("ArrowLeft", "ArrowLeft")
    board.expect_step(-7)
    board.card("h").get_by_text("at -7").wait_for()
    board.step_field.fill(str(huge + 1))
    board.step_field.press("Enter")
    board.expect_step(huge + 1)
    board.until(lambda: link_of(step=huge + 1) in board.link)
