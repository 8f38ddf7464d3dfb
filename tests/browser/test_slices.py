# SPDX-License-Identifier: Apache-2.0
"""The slices of the table: scores of the samples that share an attribute, and a filter by them."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board, link_of
from tests.browser.logs import MASK, mask, spoiled
from tests.browser.test_access import serious, set_theme

COUNT = 12
IDS = [f"s{i:02}" for i in range(COUNT)]
WEATHER = [("rain", "sun", "late rain", None)[i % 4] for i in range(COUNT)]
BRIGHTNESS = [i / 16 for i in range(COUNT)]
TRUTH = np.stack([mask(seed) for seed in range(COUNT)])
SCORES = {
    "a": np.linspace(0.1, 0.9, COUNT),
    # Of one sample of rain nothing is known.
    "b": np.where(np.arange(COUNT) == 4, np.nan, np.linspace(0.8, 0.2, COUNT)),
}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("slices")
    known = {"weather": WEATHER, "brightness": BRIGHTNESS}
    for run, scores in SCORES.items():
        prediction = np.stack([spoiled(one, 0.2, i) for i, one in enumerate(TRUTH)])
        pairs.summary(
            "seg",
            TRUTH,
            prediction,
            1,
            ids=IDS,
            kind=MASK,
            attributes=known,
            metrics={"score": scores},
            writer=logdir / run,
        )
    return logdir


def slices(board: Board) -> Locator:
    return board.frame.locator("pairs-slice-rows").get_by_role("row")


def open_table(board: Board) -> None:
    board.go(layouts="seg,table,", sort="dataset:score")
    expect(slices(board)).to_have_count(5)


def expect_slice(row: Locator, members: list[int]) -> None:
    """Waits until a row says how many samples it is of, and the mean of each run over them."""
    numbers = row.locator("data")
    wanted: list[tuple[str, float]] = [("count", len(members))]
    for scores in SCORES.values():
        values = scores[members]
        measured = values[np.isfinite(values)]
        wanted.append(("mean", float(measured.mean())))
        if len(measured) < len(members):
            wanted.append(("count", len(measured)))
    expect(numbers).to_have_count(len(wanted))
    for place, (what, value) in enumerate(wanted):
        one = numbers.nth(place)
        assert json.loads(one.get_attribute("data-scope") or "")["what"] == what
        assert scoped_numbers.agrees(one.inner_text(), value, what)


def test_each_run_has_its_mean_over_the_samples_of_a_value(board: Board) -> None:
    open_table(board)
    for place, value in enumerate(("late rain", "rain", "sun", None), 1):
        row = slices(board).nth(place)
        expect(row).to_contain_text(value or "without weather")
        expect_slice(row, [i for i in range(COUNT) if WEATHER[i] == value])


def test_many_numbers_are_cut_into_quarters(board: Board) -> None:
    open_table(board)
    board.frame.get_by_role("combobox", name="Attribute of the slices").select_option("brightness")
    for quarter in range(4):
        expect_slice(slices(board).nth(1 + quarter), list(range(3 * quarter, 3 * quarter + 3)))


def test_a_click_shows_the_samples_of_a_slice_and_a_second_one_all(board: Board) -> None:
    open_table(board)
    rows = board.frame.locator("pairs-sample-table .row")

    def shown() -> list[str]:
        ids = rows.evaluate_all("rows => rows.map(row => row.dataset.sample)")
        return [str(one) for one in ids]

    button = slices(board).get_by_role("button", name="late rain")
    button.click()
    late = [IDS[i] for i in range(COUNT) if WEATHER[i] == "late rain"]
    board.until(lambda: shown() == late, "the samples of late rain")
    # The other slices stay, to go from one to the next.
    expect(slices(board)).to_have_count(5)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    board.until(lambda: shown() == IDS, "all samples")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(board: Board, theme: str) -> None:
    set_theme(board, theme)
    open_table(board)
    slices(board).get_by_role("button", name="sun").click()
    board.until_idle()
    assert serious(board) == []
    set_theme(board, "light")


def test_each_slice_has_a_cell_in_each_column(
    open_board: Callable[..., Board], tmp_path: Path
) -> None:
    for step in range(2):
        prediction = np.stack([spoiled(one, 0.2, 20 * step + i) for i, one in enumerate(TRUTH)])
        pairs.summary(
            *("seg", TRUTH, prediction, step),
            ids=IDS,
            kind=MASK,
            attributes={"weather": WEATHER},
            writer=tmp_path / "run",
        )
    board = open_board(tmp_path, link_of(layouts="seg,table,"))
    # With a column for instability, as there is a record before.
    expect(board.frame.get_by_role("columnheader", name="instability")).to_have_count(1)
    rows = slices(board)
    expect(rows).to_have_count(5)
    counts = rows.evaluate_all("rows => rows.map(row => row.children.length)")
    assert set(counts) == {counts[0]}


def test_a_collapsed_tag_is_not_said_to_load(open_page: Callable[..., Board]) -> None:
    board = open_page(link_of(collapsed="seg"))
    heading = board.frame.get_by_role("button", name="seg").first
    expect(heading).to_have_attribute("aria-expanded", "false")
    board.until_idle()
    expect(board.frame.locator("pairs-tag-section")).not_to_contain_text("loading")
