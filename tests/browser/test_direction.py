# SPDX-License-Identifier: Apache-2.0
"""Text of a log that turns the direction of writing turns its own, not that of its neighbours."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import HEIGHT, WIDTH, mask, photo

# RIGHT-TO-LEFT OVERRIDE, which holds until something ends it.
TURN = "\u202e"
TAG, RUN, OTHER, SAMPLE, CAPTION, CLASS, METRIC = TEXTS = [
    f"{name}{TURN}xyz" for name in ("tag", "run", "other", "sample", "caption", "class", "metric")
]

# Of all text of a page: what stands from right to left, and what has the mark in it.
LOOK = """() => {
  const turned = [], marked = new Set();
  const check = text => {
    if (/\u202e/.test(text.data)) {
      marked.add(text.data.trim());
      return;
    }
    const range = document.createRange();
    let before;
    for (let i = 0; i < text.length; i++) {
      if (/\\s/.test(text.data[i])) continue;
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const box = range.getBoundingClientRect();
      if (box.width === 0) continue;
      if (before && Math.abs(before.top - box.top) < 2 && box.left < before.left - 0.5) {
        turned.push(text.data.trim());
        return;
      }
      before = box;
    }
  };
  const walk = root => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) check(node);
      if (node.shadowRoot) walk(node.shadowRoot);
      walk(node);
    }
  };
  walk(document);
  return [turned, [...marked]];
}"""


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("direction")
    for seed, run in enumerate((RUN, OTHER)):
        for step in (1, 2):
            pairs.summary(
                TAG,
                mask(1)[None],
                mask(2 + seed)[None],
                step,
                image=photo(1)[None],
                ids=[SAMPLE],
                captions=[CAPTION],
                metrics={METRIC: [0.25 * step + 0.1 * seed]},
                kind=pairs.Mask(classes={0: CLASS, 1: "b", 2: "c", 3: "d"}),
                writer=logdir / run,
            )
    return logdir


def check(board: Board) -> None:
    """Fails if any text of the page is turned, or ends up in one piece with what turns it."""
    turned, marked = board.frame.locator("pairs-app").evaluate(LOOK)
    assert turned == []
    assert set(marked) - set(TEXTS) == set()


def test_text_beside_a_turning_tag_and_caption_is_not_turned(
    logdir: Path, open_board: Callable[..., Board]
) -> None:
    board = open_board(logdir)
    card = board.frame.locator("pairs-card").first
    expect(card.locator("header")).to_contain_text(CAPTION)
    expect(board.frame.locator("pairs-tag-section h2")).to_contain_text(TAG)
    check(board)
    board.frame.get_by_role("button", name="Metric and range").click()
    board.frame.get_by_label("Metric", exact=True).select_option(METRIC)
    expect(card.locator(".chip.note")).to_contain_text(METRIC)
    check(board)
    pane = card.locator("pairs-pane").filter(has_text="Ground truth")
    board.hover(pane, 5, 5, HEIGHT, WIDTH)
    expect(pane.locator(".tip")).not_to_have_text("")
    check(board)
    for mode in ("2", "3", "4", "5"):
        board.focus()
        board.press(mode)
        board.page.wait_for_timeout(100)
        check(board)
    card.get_by_role("button", name="Open full view").click()
    line = board.frame.locator("pairs-full-view header .muted")
    expect(line).to_contain_text("1 of 1")
    board.press("Shift+I")
    board.frame.locator("pairs-sample-details").wait_for()
    check(board)
