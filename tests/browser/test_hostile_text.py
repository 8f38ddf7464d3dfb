# SPDX-License-Identifier: Apache-2.0
"""Text of a log is only ever text: nothing of it becomes an element, runs, or asks anybody."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.logs import mask, photo
from tests.reading.logs import Log, value

# Each part is a way by which text has become something else somewhere.
ATTACK = (
    "<x-hostile onclick=top.hacked=1>{{x}}${top.hacked=2}<img src=x onerror=top.hacked=3>"
    "</title></style></script><script>top.hacked=4</script><svg onload=top.hacked=5>"
    "[a](javascript:top.hacked=6)&lt;'\u202eabc\u2028"
)
# What cannot stand in a tag or the name of a folder can in all other names,
# but for control characters;
NAME = f'"{ATTACK}\\ "onfocus="top.hacked=7" autofocus="\U0001f480'
# and those can in all other text.
MORE = f"{NAME}\0"
TAG = f"tag {ATTACK}"
RUN = "run " + ATTACK.replace("/", "")
LONG = "a" * 10_000

# All elements of a page, also those within shadow roots.
COUNT = """selector => {
  const count = root => [...root.querySelectorAll('*')].reduce(
    (sum, one) => sum + (one.shadowRoot ? count(one.shadowRoot) : 0),
    root.querySelectorAll(selector).length);
  return count(document);
}"""
HOSTILE = "x-hostile, [onerror], [onload], [onclick], [onfocus], img, iframe, [href^='javascript:']"


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("hostile")
    kind = pairs.Mask(classes={0: NAME, 1: LONG, 2: "__proto__", 3: "constructor"})
    for step in (1, 2):
        pairs.summary(
            TAG,
            [mask(1), mask(2), mask(3)],
            [mask(4 + step), mask(5), mask(6)],
            step,
            image=[photo(1), photo(2), photo(3)],
            ids=[NAME, "__proto__", "constructor"],
            captions=[MORE, LONG, "hasOwnProperty"],
            metrics={NAME: [0.5] * 3, "__proto__": [1.0] * 3, "toString": [2.0] * 3},
            description=MORE,
            kind=kind,
            writer=logdir / RUN,
        )
    pairs.summary(
        f"heat {ATTACK}",
        photo(7)[None, :, :, 0].astype("float32"),
        photo(8)[None, :, :, 0].astype("float32"),
        1,
        kind=pairs.Heatmap(unit=MORE),
        writer=logdir / RUN,
    )
    with Log(logdir / f"other {RUN}") as log:
        log.values(1, value(f"skipped {ATTACK}", [b"{}"], b'{"format": 1, "role": "<x-hostile>"}'))
    return logdir


def check(page: Page) -> None:
    """Fails if any of the text did something."""
    assert page.evaluate("window.hacked") is None
    for frame in page.frames:
        if frame is not page.main_frame or not frame.url.startswith("http"):
            assert frame.evaluate(COUNT, HOSTILE) == 0
        assert "hostile" not in frame.evaluate("document.title") or frame is not page.main_frame


def test_hostile_text_is_shown_as_text_everywhere(board: Board) -> None:
    cards = board.frame.locator("pairs-card")
    # Only cards near what is in sight are made.
    cards.first.locator("canvas.picture").first.scroll_into_view_if_needed()
    expect(cards.filter(has_text="__proto__")).not_to_have_count(0)
    check(board.page)
    board.focus()
    # Modes, list of commands, help, full view, and what each of them says of the log.
    for key in "12345o":
        board.press(key)
        board.page.wait_for_timeout(100)
        check(board.page)
    for key, dialog in (("p", "pairs-palette"), ("?", "pairs-help")):
        board.press(key)
        board.frame.locator(f"{dialog} dialog[open]").wait_for()
        if dialog == "pairs-palette":
            board.press("x")
        check(board.page)
        board.press("Escape")
        # The page hears of it a frame later, and until then takes no keys.
        expect(board.frame.locator("dialog")).to_have_count(0)
    card = board.frame.locator("pairs-card").first
    card.get_by_role("button", name="Open full view").click()
    board.press("Shift+I")
    board.frame.locator("pairs-sample-details").wait_for()
    board.page.wait_for_timeout(500)
    check(board.page)
    board.press("Escape")
    pane = board.frame.locator("pairs-pane canvas.picture").first
    pane.hover()
    board.page.wait_for_timeout(200)
    check(board.page)


def test_an_exported_page_is_as_safe(board: Board, context: BrowserContext) -> None:
    card = board.frame.locator("pairs-card").filter(has_text="Input").first
    card.get_by_role("button", name="More about").click()
    card.get_by_role("menuitem", name="Export as HTML page").click()
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    saved = Path(download.value.path())
    assert "/" not in download.value.suggested_filename
    assert "<" not in download.value.suggested_filename
    asked: list[str] = []
    console_errors: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: console_errors.append(str(error)))
    page.on("console", lambda message: console_errors.append(message.text))
    local = saved.with_suffix(".html")
    saved.rename(local)
    page.goto(local.as_uri())
    assert page.get_by_role("heading", level=2).text_content() == NAME
    assert page.evaluate("window.hacked") is None
    selector = "x-hostile, [onerror], [onload], [onclick], [onfocus], svg, iframe, a"
    assert page.evaluate(COUNT, selector) == 0
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert console_errors == []
