# SPDX-License-Identifier: Apache-2.0
"""axe-core finds nothing serious in any state of the page, light and dark."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

import tb_pairs_plugin as pairs
from tests import servers
from tests.browser.board import Board
from tests.browser.logs import Masks, photo

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="run npm ci in frontend/ first")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("access")
    Masks.write(logdir)
    pairs.summary("photos", photo(1)[None], photo(2)[None], 40, ids=["p"], writer=logdir / "a")
    depth = photo(3)[None, ..., 0] / 255
    heatmap = pairs.Heatmap(range=(0, 1), unit="m")
    pairs.summary("depth", depth, depth, 40, ids=["h"], kind=heatmap, writer=logdir / "a")
    return logdir


def set_theme(board: Board, theme: str) -> None:
    """As TensorBoard's own switch does."""
    board.page.evaluate(
        "dark => document.body.classList.toggle('dark-mode', dark)", theme == "dark"
    )
    board.page.emulate_media(reduced_motion="reduce")


def serious(board: Board) -> list[str]:
    """What axe-core finds serious or critical in the plugin's own page."""
    [frame] = [one for one in board.page.frames if "name=pairs" in one.url]
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = frame.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
    )
    return [
        f"{one['id']}: {one['help']}: {node['target']} {node.get('failureSummary')}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


STATES = {
    "side by side": ({}, ()),
    "a step that one run lacks": ({"step": 20, "marked": 0, "sort": "regressed:iou"}, ()),
    "blend": ({"mode": "blend"}, ()),
    "table": (
        {"layouts": "val%2Fmasks,table,", "sort": "regressed", "flags": "val%2Fmasks,s1"},
        (),
    ),
    "swipe": ({"mode": "swipe"}, ()),
    "blink": ({"mode": "blink"}, ()),
    "outlined": ({"mode": "outlined"}, ()),
    "difference": ({"mode": "difference"}, ()),
    "run against run": ({"mode": "difference", "difference": "closer", "a": "run:a"}, ()),
    "run at a step": ({"mode": "swipe", "a": "run:a@10", "b": "run:b"}, ()),
    "zoomed": ({"zoom": "4,0.5,0.5"}, ()),
    "photos": ({"tags": "photos|depth", "display": "minmax,0.5,", "sliders": "exposure:1"}, ()),
    "no tag matches": ({"tags": "nothing"}, ()),
    "a wrong filter": ({"tags": "["}, ()),
    "no sample passes": ({"tags": "masks", "samples": "nothing;;;"}, ()),
    "full view": ({"open": "val%2Fmasks,s2", "step": 30, "details": 1}, ()),
    "full view, one large": ({"open": "val%2Fmasks,s2", "step": 20, "large": "run:a"}, ()),
    "full view of a photo": ({"open": "photos,p", "details": 1}, ()),
    "help": ({}, ("?",)),
    "palette": ({}, ("Control+k",)),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(board: Board, state: str, theme: str) -> None:
    view, keys = STATES[state]
    set_theme(board, theme)
    board.go(**view)
    board.frame.locator("pairs-card, pairs-full-view, pairs-notice").first.wait_for()
    if state != "no tag matches":
        board.until_idle()
    board.press(*keys)
    if keys:
        board.frame.locator("dialog[open]").wait_for()
    assert serious(board) == []
    set_theme(board, "light")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_nothing_is_or_nothing_answers(
    tmp_path: Path,
    context: BrowserContext,
    tensorboard: Callable[..., servers.Server],
    theme: str,
) -> None:
    board = Board(context.new_page(), tensorboard(tmp_path, load_fast=True))
    board.open()
    set_theme(board, theme)
    board.frame.get_by_text("No pairs yet").wait_for()
    assert serious(board) == []
    board.page.route(re.compile("data/plugin/pairs/tags"), lambda route: route.abort())
    board.page.reload()
    board.frame.get_by_text("The pairs could not be loaded").wait_for()
    set_theme(board, theme)
    assert serious(board) == []
