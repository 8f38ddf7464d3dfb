# SPDX-License-Identifier: Apache-2.0
"""Many samples, runs, tags and steps: the page fetches and draws what is seen, and stays usable."""

import json
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Route, expect

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record.digest import digest
from tests import servers
from tests.browser.board import Board
from tests.browser.contexts import new_context
from tests.browser.logs import photo
from tests.reading.logs import png

SAMPLES = 200
RUNS = [f"run-{i:04}" for i in range(1000)]
TAGS = [f"group-{i % 10}/tag-{i:03}" for i in range(500)]
STEPS = [str(10 * i) for i in range(2000)]
GREY = png(fill=257 * 77)


def test_of_200_samples_only_those_near_what_is_seen_are_fetched(
    tmp_path: Path, open_board: Callable[..., Board]
) -> None:
    ids = [f"s{i:03}" for i in range(SAMPLES)]
    truth = np.stack([photo(i) for i in range(SAMPLES)])
    pairs.summary("photos", truth, 255 - truth, 1, ids=ids, writer=tmp_path / "run")
    board = open_board(tmp_path)
    board.expect_pixels(board.pane("s000", "run"), 255 - photo(0))
    board.until_idle()
    assert len(board.queries("frames")) < 6
    assert 0 < len(board.fetched()[0]) < 30
    assert board.frame.locator("pairs-card").count() < 30
    row = board.frame.locator("[data-sample=s150]")

    row.evaluate("row => row.scrollIntoView({block: 'center'})")
    board.expect_pixels(board.pane("s150", "run"), 255 - photo(150))
    # Cards that load on the way don't carry the page away.
    expect(row).to_be_in_viewport()
    samples, _ = board.fetched()
    assert "s150" in samples
    assert len(samples) < 120
    assert board.frame.locator("pairs-card").count() < 30


def bundle(query: dict[str, list[str]]) -> bytes:
    """An answer of `frames`: one sample, whose two pictures are the same grey."""
    picture = {
        "digest": digest(GREY), "width": 4, "height": 3, "channels": 1, "bits": 8, "layout": "plain"
    }  # fmt: skip
    frames = []
    for at in query["at"]:
        step, run = at.split(":", 1)
        sample = {"id": "s", "metrics": {"iou": 0.5}, "groundTruth": 0, "prediction": 0}
        frames.append(
            {
                "run": run,
                "step": step,
                "wallTime": 1.7e9,
                "samples": [sample],
                "pictures": [picture],
            }
        )
    has = digest(GREY) in query.get("have", [])
    blobs = {} if has else {digest(GREY): [0, len(GREY)]}
    header = json.dumps({"frames": frames, "blobs": blobs, "omitted": 0}).encode()
    return b"PRS1" + struct.pack("<I", len(header)) + header + (b"" if has else GREY)


def tags() -> dict[str, Any]:
    """1,000 runs of 500 tags."""
    series = [
        {
            "runs": list(range(len(RUNS))),
            "description": "",
            "kind": {"name": "image", "bits": 8},
        }
    ]
    return {
        "runs": RUNS,
        "tags": [{"tag": tag, "series": series} for tag in TAGS],
        "skipped": [],
        "kept": {"program": "TensorBoard", "limit": 2000, "flag": "--samples_per_plugin=pairs=0"},
    }


def scores(query: dict[str, list[str]], per_sample: bool) -> dict[str, Any]:
    """The answers of `series` and `samples`: 2,000 steps of each run asked for."""
    curve = [round(0.5 + 0.4 * np.sin(i / 200), 3) for i in range(len(STEPS))]
    one: dict[str, Any] = {"steps": STEPS, "samples": ["s"]}
    if per_sample:
        one |= {"metrics": {"iou": [curve]}, "changed": {}}
    else:
        walls = [1.7e9 + i for i in range(len(STEPS))]
        one |= {"metrics": {"iou": curve}, "wallTimes": walls, "logged": len(STEPS)}
        one |= {"lowerIsBetter": [], "beforeRestart": []}
    runs = query.get("run", RUNS)
    return {"tag": query["tag"][0], "runs": dict.fromkeys(runs, one)}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scale")


@pytest.fixture(scope="module")
def module_board(browser: Browser, server: servers.Server) -> Iterator[Board]:
    """A page to which the server tells of 1,000 runs, 500 tags and 2,000 steps."""
    context = new_context(browser)
    board = Board(context.new_page(), server)

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        query = parse_qs(url.query)
        name = url.path.rsplit("/", 1)[1]
        if name == "frames":
            route.fulfill(body=bundle(query), content_type="application/octet-stream")
            return
        body = tags() if name == "tags" else scores(query, per_sample=name == "samples")
        route.fulfill(body=json.dumps(body), content_type="application/json")

    for name in ("tags", "series", "samples", "frames"):
        # `**` would not match the question mark.
        board.page.route(lambda url, name=name: f"/data/plugin/pairs/{name}" in url, answer)
    board.open()
    yield board
    context.close()


def test_1000_runs_500_tags_and_2000_steps_stay_usable(board: Board) -> None:
    board.expect_step(int(STEPS[-1]))
    grey = np.full((3, 4), 77)
    first = board.frame.locator("pairs-tag-section").first
    pane = first.locator("pairs-pane").first
    board.expect_pixels(pane, grey)
    # Only what is near is asked for and drawn.
    assert len({query["tag"][0] for query in board.queries("series")}) < 15
    assert all(len(query["run"]) <= 20 for query in board.queries("series"))
    assert board.frame.locator("pairs-card").count() < 30
    rail = board.frame.locator("pairs-rail")
    assert rail.get_by_role("listitem").count() < 200
    # Tags and runs are found by regular expressions.
    rail.get_by_role("searchbox", name="Filter tags").fill(r"group-7/.*49\d")
    expect(board.frame.locator("pairs-tag-section")).to_have_count(1)
    expect(board.frame.locator("pairs-tag-section h2")).to_have_text("group-7/tag-497")
    board.expect_pixels(pane, grey)
    rail.get_by_role("searchbox", name="Filter runs").fill("run-09(98|99)$")
    expect(rail.locator("pairs-run-list").get_by_role("checkbox")).to_have_count(2)
    rail.get_by_role("checkbox", name="run-0999").check()
    box = board.frame.locator("pairs-matrix .box").first
    box.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    cell = board.frame.locator("pairs-matrix pairs-pane[data-pane='run run-0999']")
    board.expect_pixels(cell, grey)
    # And the slider reaches every step.
    board.step_field.fill("7770")
    board.step_field.press("Enter")
    board.expect_step(7770)
    board.focus()
    board.press("ArrowRight")
    board.expect_step(7780)


def test_a_pinned_tag_comes_first(board: Board) -> None:
    board.frame.locator("pairs-rail").get_by_role("searchbox", name="Filter tags").fill("tag-3")
    board.frame.get_by_role("button", name="Pin group-1/tag-301 to the top").first.click()
    board.frame.locator("pairs-rail").get_by_role("searchbox", name="Filter tags").fill("")
    expect(board.frame.locator("pairs-tag-section h2").first).to_have_text("group-1/tag-301")
