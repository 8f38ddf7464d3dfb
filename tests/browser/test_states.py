# SPDX-License-Identifier: Apache-2.0
"""What the tab says when there is nothing, something is broken, or the server is gone."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, expect

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record import kinds, metadata
from tb_pairs_plugin.record.metrics import extract_metrics
from tests import servers
from tests.browser.board import Board
from tests.browser.logs import photo
from tests.reading.logs import Log, Pair, png, record, value


def write(logdir: Path, step: int = 1) -> None:
    """Writes one sample."""
    pairs.summary(
        "photos", photo(1)[None], photo(2 + step)[None], step, ids=["s"], writer=logdir / "run"
    )


def test_an_empty_log_says_how_to_write_and_fills_when_written(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    board = open_board(tmp_path)
    board.frame.get_by_text("No pairs yet").wait_for()
    board.frame.get_by_role("button", name="Copy", exact=True).click()
    board.frame.get_by_text("on the clipboard").first.wait_for()
    example = board.page.evaluate("navigator.clipboard.readText()")
    assert "import tb_pairs_plugin as pairs" in example
    write(tmp_path)
    board.server.wait_for_reload()
    board.frame.get_by_role("button", name="Look now").click()
    board.expect_pixels(board.pane("s", "run"), photo(3))


def test_a_record_of_before_a_restart_is_marked_where_it_is_shown(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    for process, steps in enumerate((range(6), range(3, 4))):
        with Log(tmp_path / "run", process) as log:
            for step in steps:
                log.pairs(step, [Pair("s", png(fill=7), png(fill=100 * process + step))])
    # Only TensorBoard's own loader keeps what was written before a restart.
    board = open_board(tmp_path, load_fast=False)
    board.expect_step(5)
    badge = board.pane("s", "run").get_by_text("before restart")
    expect(badge).to_be_visible()
    expect(badge).to_have_attribute("title", re.compile("^Step 5 was written before the run"))
    board.go(step="2")
    board.expect_step(2)
    expect(board.pane("s", "run")).to_be_visible()
    expect(badge).to_have_count(0)


def test_a_server_that_stopped_is_told_and_what_was_loaded_stays(
    tmp_path: Path, context: BrowserContext
) -> None:
    write(tmp_path)
    with servers.tensorboard(tmp_path, load_fast=True) as server:
        board = Board(context.new_page(), server)
        board.open()
        board.expect_pixels(board.pane("s", "run"), photo(3))
    board.focus()
    board.press("r")
    alert = board.frame.get_by_role("alert")
    expect(alert).to_contain_text("What was loaded before is still shown")
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    board.expect_pixels(board.pane("s", "run"), photo(3))


def test_a_page_that_gets_no_answer_offers_to_try_again(
    tmp_path: Path, context: BrowserContext, tensorboard: Callable[..., servers.Server]
) -> None:
    write(tmp_path)
    board = Board(context.new_page(), tensorboard(tmp_path, load_fast=True))
    tags = re.compile(r"data/plugin/pairs/tags")
    board.page.route(tags, lambda route: route.abort())
    board.open()
    board.frame.get_by_text("The pairs could not be loaded").wait_for()
    board.page.unroute(tags)
    board.frame.get_by_role("button", name="Try again").click()
    board.expect_pixels(board.pane("s", "run"), photo(3))


def test_one_missing_and_one_damaged_picture_leave_the_rest_as_it_is(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    fine, lost, torn, other = (png(fill=257 * level) for level in (10, 20, 30, 40))
    with Log(tmp_path / "run") as log:
        shown = [Pair("whole", fine, other), Pair("lost", fine, lost), Pair("torn", torn, other)]
        manifest, elements = record(shown, elsewhere=[lost])
        # As after a bad disk: bytes other than those that were written.
        damaged = [element.replace(torn, torn[:-20] + bytes(20)) for element in elements]
        assert damaged != elements
        log.values(
            1,
            value("grey", damaged, metadata.RecordRole(kinds.ImageKind()).to_bytes()),
            value(
                metadata.make_metrics_tag("grey"),
                extract_metrics(manifest).to_bytes(),
                metadata.MetricsRole("grey").to_bytes(),
            ),
        )
    board = open_board(tmp_path)
    board.expect_pixels(board.pane("whole", "Ground truth"), np.full((3, 4), 10))
    board.expect_pixels(board.pane("whole", "run"), np.full((3, 4), 40))
    board.expect_pixels(board.pane("lost", "Ground truth"), np.full((3, 4), 10))
    says_why(board.pane("lost", "run"))
    says_why(board.pane("torn", "Ground truth"))
    board.expect_pixels(board.pane("torn", "run"), np.full((3, 4), 40))


def says_why(pane: Locator) -> None:
    """Waits until a pane says that its picture can't be shown, and why."""
    state = pane.locator(".state")
    expect(state).to_contain_text("This picture could not be loaded")
    assert len(state.locator("span").inner_text()) > 20


def test_a_tag_of_a_newer_format_is_named_and_the_others_are_shown(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    write(tmp_path)
    board = open_board(tmp_path)
    answer = board.server.json("data/plugin/pairs/tags")
    answer["skipped"] = [{"run": "run", "tag": "new", "reason": "format 2 is newer than this"}]
    body = json.dumps(answer)
    board.page.route(
        re.compile(r"data/plugin/pairs/tags"),
        lambda route: route.fulfill(body=body, content_type="application/json"),
    )
    board.focus()
    board.press("r")
    board.frame.get_by_text("1 series can't be shown").click()
    board.frame.get_by_text("new (run): format 2 is newer than this").wait_for()
    board.expect_pixels(board.pane("s", "run"), photo(3))


@pytest.mark.parametrize(("bundle", "said"), [("missing", "missing"), ("broken", "damaged")])
def test_without_a_bundle_the_tab_says_so(
    tmp_path: Path, context: BrowserContext, bundle: str, said: str
) -> None:
    package = Path(pairs.__file__).parent
    copy = tmp_path / "site"
    shutil.copytree(
        package, copy / package.name, ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    if bundle == "broken":
        (copy / package.name / "static").mkdir()
        (copy / package.name / "static" / "index.js").write_bytes(b"")
    logdir = tmp_path / "logs"
    write(logdir)
    # Away from the checkout, whose package Python would find first.
    elsewhere = ("env", "-C", str(tmp_path), sys.executable)
    with servers.tensorboard(
        logdir, load_fast=True, environ={"PYTHONPATH": str(copy)}, python=elsewhere
    ) as server:
        page = context.new_page()
        page.goto(f"{server.url}#pairs")
        note = page.frame_locator("iframe[src*='name=pairs']").get_by_role("alert")
        expect(note).to_contain_text(f"page of the Pairs plugin is {said}")
        assert server.json("data/environment")


def test_the_theme_follows_tensorboards_own_switch(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    write(tmp_path)
    board = open_board(tmp_path)
    app = board.frame.locator("pairs-app")
    board.expect_pixels(board.pane("s", "run"), photo(3))

    def lightness() -> float:
        color = app.evaluate("app => getComputedStyle(app).backgroundColor")
        return float(np.mean([int(part) for part in re.findall(r"\d+", color)[:3]]))

    assert lightness() > 200
    for theme, is_right in (
        ("Dark", lambda: lightness() < 60),
        ("Light", lambda: lightness() > 200),
    ):
        board.page.get_by_role("button", name=re.compile("dark theme", re.I)).click()
        board.page.get_by_role("menuitem", name=re.compile(theme)).click()
        board.until(is_right, theme)
        # Pictures are not themed.
        board.expect_pixels(board.pane("s", "run"), photo(3))
