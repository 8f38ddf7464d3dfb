# SPDX-License-Identifier: Apache-2.0
"""The page works in Firefox and WebKit as in Chromium, in which the other tests run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from tests import servers
from tests.browser import engines
from tests.browser.board import PLAIN
from tests.browser.engines import Look, Tab
from tests.browser.logs import HEIGHT, WIDTH, Masks, colored

# Views as links hold them.
VIEWS: dict[str, dict[str, object]] = {
    "first": {},
    "step": {"step": 10},
    "overlay": {"overlay": "on,input,0.6"},
    "outlines": {"overlay": "on,input,0.6,outlines"},
    "swipe": {"mode": "swipe", "swipe": 0.3},
    "difference": {"mode": "difference", "difference": "wrongByTruth"},
    "full": {"open": f"{Masks.tag},s1"},
}
BOX_TOLERANCE = 2  # CSS pixels
COLOR_TOLERANCE = 1  # levels: painters round differently


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("engines")
    Masks.write(logdir)
    return logdir


@pytest.fixture(scope="module")
def reference(
    browser: Browser, server: servers.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tab]:
    """The tab in Chromium."""
    with engines.window("chromium", browser, tmp_path_factory.mktemp("profile")) as window:
        opened = Tab(window, server)
        opened.open()
        yield opened


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def tab(
    request: pytest.FixtureRequest,
    browser: Browser,
    server: servers.Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Tab]:
    """The tab in another browser."""
    with engines.window(request.param, browser, tmp_path_factory.mktemp("profile")) as window:
        opened = Tab(window, server)
        opened.open()
        yield opened


# The time line takes what the texts beside it leave, and fonts differ by browser.
FLEXIBLE = ("pairs-timeline",)


def differences(look: Look, wanted: Look) -> list[str]:
    """What differs, in words."""
    found = []
    if look.step != wanted.step:
        found.append(f"step {look.step}, want {wanted.step}")
    for selector, boxes in wanted.boxes.items():
        got = look.boxes[selector]
        if selector in FLEXIBLE:
            continue
        if len(got) != len(boxes) or np.abs(np.subtract(got, boxes)).max(initial=0) > BOX_TOLERANCE:
            found.append(f"{selector}: {got}, want {boxes}")
    if [heading for heading, _ in look.panes] != [heading for heading, _ in wanted.panes]:
        return [*found, f"panes {look.panes}, want {wanted.panes}"]
    for (heading, got), (_, pixels) in zip(look.panes, wanted.panes, strict=True):
        if got is None or pixels is None:
            found.append(f"pane {heading} is blank")
        elif np.abs(np.subtract(got, pixels)).max() > COLOR_TOLERANCE:
            found.append(f"pane {heading}: other pixels")
    return found


def expect_same(tab: Tab, reference: Tab, wanted: Callable[[Look], bool]) -> None:
    """Waits until both show the same, and that is what is wanted."""
    last: list[str] = []

    def same() -> bool:
        looks = [one.look(HEIGHT, WIDTH) for one in (tab, reference)]
        last[:] = differences(*looks)
        # On the way there both may show the same too, such as nothing yet.
        if not last and not wanted(looks[0]):
            last[:] = [f"not what is wanted: {looks[0]}"]
        return not last

    try:
        tab.until(same, "the same page")
    except AssertionError:
        pytest.fail("\n".join(last))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_looks_the_same_in_every_browser(tab: Tab, reference: Tab, view: str) -> None:
    for one in (tab, reference):
        one.go(**VIEWS[view])
    expect_same(tab, reference, lambda seen: len(seen.panes) >= 4)


def test_a_link_is_followed_when_it_is_opened(tab: Tab, reference: Tab) -> None:
    opened = f"{Masks.tag},s2"
    tab.open(step=20, mode="blend", open=opened)
    reference.go(step=20, mode="blend", open=opened)
    expect_same(
        tab, reference, lambda seen: (seen.step, len(seen.boxes["pairs-full-view"])) == ("20", 1)
    )


def test_the_pixels_are_those_that_were_logged(tab: Tab) -> None:
    tab.go(overlay=PLAIN)
    wanted = colored(Masks.prediction["a"][40][0]).reshape(-1, 3)

    def painted() -> bool:
        panes = dict(reversed(tab.look(HEIGHT, WIDTH).panes))
        return np.array_equal(np.array(panes.get("a") or 0)[..., :3], wanted)

    tab.until(painted, "the prediction of the first sample")


def test_keys_step_and_compare(tab: Tab, reference: Tab) -> None:
    for one in (tab, reference):
        one.go()
    expect_same(tab, reference, lambda seen: seen.step == "40")
    for key, step in [("ArrowLeft", "30"), ("2", "30"), ("5", "30"), ("Home", "0")]:
        for one in (tab, reference):
            one.press(key)
        expect_same(tab, reference, lambda seen, step=step: seen.step == step)


def test_the_time_line_is_clicked_and_escape_leaves_the_full_view(tab: Tab, reference: Tab) -> None:
    for one in (tab, reference):
        one.go(open=f"{Masks.tag},s3")
    expect_same(tab, reference, lambda seen: seen.boxes["pairs-full-view"] != [])
    for one in (tab, reference):
        one.click("pairs-timeline", along=0.5)
    expect_same(tab, reference, lambda seen: seen.step == "20")
    for one in (tab, reference):
        one.press("Escape")
    expect_same(tab, reference, lambda seen: seen.boxes["pairs-full-view"] == [])
