# SPDX-License-Identifier: Apache-2.0
"""Exports of the Pairs tab, as the files that a user gets."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board, still_box
from tests.browser.contexts import new_context
from tests.browser.exported import save
from tests.servers import Server

TAG = "val/masks"
IDS = ["one", "two", "three"]
COLORS = {0: "#202020", 1: "#e69f00", 2: "#56b4e9"}
STEPS = [0, 10, 20]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'& \u202eabc 😀"

TRUTH = np.zeros((len(IDS), 16, 24), np.uint8)
TRUTH[:, 4:12, 4:12] = 1


def predictions(step: int) -> np.ndarray:
    """Returns `[k, 16, 24]`: the square moves, and has class 2 at the last step."""
    moved = np.roll(TRUTH, step // 10, axis=2)
    return moved * 2 if step == STEPS[-1] else moved


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of masks over three steps."""
    logdir = tmp_path_factory.mktemp("export")
    for run in ("dice", "xent"):
        for step in STEPS:
            pairs.summary(
                TAG,
                TRUTH,
                predictions(step),
                step,
                kind=pairs.Mask(classes={0: "ground", 1: "tree", 2: "sky"}, colors=COLORS),
                ids=IDS,
                writer=str(logdir / run),
            )
    return logdir


def export(board: Board, sample: str, item: str, *, steps: int | None = None) -> tuple[str, bytes]:
    """Chooses an item of a card's menu and saves; returns the name and the bytes of the file."""
    choose(board, sample, item)
    if steps is not None:
        dialog = board.frame.get_by_role("dialog", name="Export")
        dialog.get_by_label("Steps, of").fill(str(steps))
    return save(board)


def choose(board: Board, sample: str, item: str) -> None:
    """Chooses an item of a card's menu."""
    board.card(sample).get_by_role("button", name="More about").click()
    board.frame.get_by_role("menuitem", name=item).click()


def color(text: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(text[1:]))


def colors_of(picture: Image.Image) -> dict[tuple[int, ...], int]:
    found = picture.convert("RGB").getcolors(2**24) or []
    return {pixel: count for count, pixel in found}  # type: ignore[misc]


def test_a_card_is_saved_as_png_with_its_pictures(board: Board) -> None:
    expect(board.pane("one", "dice")).to_be_visible()
    with board.page.expect_download() as download:
        choose(board, "one", "Save as PNG")
    assert download.value.suggested_filename == "val-masks_one_step-20.png"
    counts = colors_of(Image.open(io.BytesIO(Path(download.value.path()).read_bytes())))
    # Small pictures are magnified by a whole number; 64 pixels are the square. The legend has
    # a swatch too.
    scale, swatch = 10**2, 10**2
    assert counts[color(COLORS[1])] == 64 * scale + swatch
    assert counts[color(COLORS[2])] == 2 * 64 * scale + swatch


def test_the_key_saves_the_card_that_has_the_focus(board: Board) -> None:
    board.card("two").get_by_role("button", name="Open full view").focus()
    with board.page.expect_download() as download:
        board.page.keyboard.press("Shift+S")
    assert download.value.suggested_filename == "val-masks_two_step-20.png"


def test_steps_are_exported_as_gif_with_exact_class_colors(board: Board) -> None:
    name, data = export(board, "one", "Export steps as GIF")
    assert name == "val-masks_one_steps-0-20.gif"
    gif = Image.open(io.BytesIO(data))
    assert sum(1 for _ in ImageSequence.Iterator(gif)) == len(STEPS)
    assert gif.info["duration"] == 250
    for frame, drawn in [(0, {1}), (1, {1}), (2, {1, 2})]:
        gif.seek(frame)
        counts = colors_of(gif)
        assert {id for id in (1, 2) if counts.get(color(COLORS[id]), 0) > 1000} == drawn


def test_steps_are_exported_as_video_that_plays(board: Board, context: BrowserContext) -> None:
    name, data = export(board, "one", "Export steps as video")
    assert name == "val-masks_one_steps-0-20.mp4"
    # TensorBoard's own page plays no video.
    length = context.new_page().evaluate(
        """async bytes => {
          const video = document.createElement('video');
          video.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
          await new Promise((done, failed) => {
            video.onloadedmetadata = done;
            video.onerror = () => failed(video.error.message);
          });
          return [video.duration, video.videoWidth];
        }""",
        list(data),
    )
    assert length[0] == pytest.approx(len(STEPS) / 4, abs=0.06)
    assert length[1] > 3 * 240


def test_where_nothing_encodes_video_the_dialog_says_so(
    server: Server, context: BrowserContext
) -> None:
    context.add_init_script("delete globalThis.VideoEncoder")
    board = Board(context.new_page(), server)
    board.open()
    choose(board, "one", "Export steps as video")
    dialog = board.frame.get_by_role("dialog", name="Export")
    expect(dialog.get_by_text("This browser encodes video only on pages")).to_be_visible()
    expect(dialog.get_by_role("button", name="Export", exact=True)).to_be_disabled()


def open_export(browser: Browser, tmp_path: Path, data: bytes) -> tuple[Page, list[str]]:
    """Opens an exported page from disk, without a network; collects what it does wrong."""
    path = tmp_path / "export.html"
    path.write_bytes(data)
    page = new_context(browser, offline=True, viewport={"width": 1200, "height": 800}).new_page()
    wrong: list[str] = []

    def hear(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", hear)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("data:", "file:")) else wrong.append(asked.url),
    )
    page.goto(path.as_uri())
    return page, wrong


def test_a_page_shows_all_samples_offline_and_swipes_and_zooms(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    choose(board, "one", "Export as HTML page")
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_label("All 3 samples shown").check()
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    assert download.value.suggested_filename == "val-masks_3-samples_steps-0-20.html"
    page, wrong = open_export(browser, tmp_path, Path(download.value.path()).read_bytes())
    try:
        expect(page.get_by_role("article")).to_have_count(3)
        expect(page.get_by_text("Step 20")).to_be_visible()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_text("Step 10")).to_be_visible()
        prediction = page.get_by_role("img", name="dice of one")
        pixels = prediction.evaluate(
            """async image => {
              await image.decode();
              const canvas = document.createElement('canvas');
              canvas.width = image.naturalWidth;
              canvas.height = image.naturalHeight;
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              return [...context.getImageData(0, 0, canvas.width, canvas.height).data];
            }"""
        )
        shown = np.array(pixels, np.uint8).reshape(16, 24, 4)[:, :, :3]
        table = np.array([color(COLORS[id]) for id in range(3)], np.uint8)
        np.testing.assert_array_equal(shown, table[predictions(10)[0]])

        page.get_by_role("button", name="Swipe").click()
        stage = page.locator(".swipes .stage.run").first
        box = still_box(stage)
        page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
        divider = stage.locator(".divider").bounding_box()
        assert divider is not None
        middle = divider["x"] + divider["width"] / 2
        assert middle == pytest.approx(box["x"] + box["width"] / 4, abs=2)
        width = prediction.evaluate("image => image.getBoundingClientRect().width")
        page.keyboard.press("+")
        larger = prediction.evaluate("image => image.getBoundingClientRect().width")
        assert larger == pytest.approx(2 * width)
        # In a narrow window modes and zoom share a line.
        page.set_viewport_size({"width": 800, "height": 900})
        tools = [still_box(page.get_by_role("button", name=one)) for one in ("Swipe", "Zoom in")]
        assert tools[0]["y"] == pytest.approx(tools[1]["y"], abs=2)
        assert still_box(page.get_by_role("slider", name="Step"))["y"] < tools[0]["y"] - 20
        assert wrong == []
    finally:
        page.context.close()


def test_a_page_shows_those_that_come_first_or_are_flagged(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    board.go(sort="id", flags=f"{TAG.replace('/', '%2F')},two")
    choose(board, "one", "Export as HTML page")
    dialog = board.frame.get_by_role("dialog", name="Export")
    words = dialog.get_by_text("The first", exact=True).bounding_box()
    count = dialog.get_by_label("How many samples").bounding_box()
    order = dialog.locator(".choice .muted").bounding_box()
    assert words is not None
    assert count is not None
    assert order is not None
    # On one line, beside each other.
    assert words["x"] + words["width"] <= count["x"]
    assert count["x"] + count["width"] <= order["x"]
    assert abs((words["y"] + words["height"] / 2) - (count["y"] + count["height"] / 2)) < 4
    dialog.get_by_label("How many samples").fill("2")
    dialog.get_by_label("How many samples").blur()
    expect(dialog.get_by_label("The first")).to_be_checked()
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    page, wrong = open_export(browser, tmp_path, Path(download.value.path()).read_bytes())
    try:
        expect(page.get_by_role("article").get_by_role("heading")).to_have_text(["one", "three"])
        expect(page.get_by_text("by id", exact=True)).to_be_visible()
        expect(page.get_by_role("list", name="Classes")).to_contain_text("tree")
        assert wrong == []
    finally:
        page.context.close()
    choose(board, "one", "Export as HTML page")
    dialog.get_by_label("The 1 flagged sample").check()
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    page, wrong = open_export(browser, tmp_path, Path(download.value.path()).read_bytes())
    try:
        expect(page.get_by_role("article").get_by_role("heading")).to_have_text(["two"])
        expect(page.get_by_role("article").get_by_text("Flagged", exact=True)).to_be_visible()
        assert wrong == []
    finally:
        page.context.close()


def test_text_of_a_log_stays_text_in_an_exported_page(
    open_board: Callable[..., Board], browser: Browser, tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    pairs.summary(
        "tag",
        TRUTH[:1],
        predictions(0)[:1],
        0,
        kind=pairs.Mask(classes={0: HOSTILE, 1: "tree"}),
        ids=[HOSTILE],
        captions=[HOSTILE],
        writer=str(logs / "<script>alert(3)< & 'run'"),
    )
    board = open_board(logs)
    board.frame.locator("pairs-card").get_by_role("button", name="More about").click()
    board.frame.get_by_role("menuitem", name="Export as HTML page").click()
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_role("button", name="Export", exact=True).click()
    with board.page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    page, wrong = open_export(browser, tmp_path, Path(download.value.path()).read_bytes())
    try:
        expect(page.get_by_role("heading", name=HOSTILE)).to_have_text(HOSTILE)
        expect(page.locator(".caption")).to_have_text(HOSTILE)
        expect(page.locator(".classes li").first).to_have_text(HOSTILE)
        expect(page.get_by_text("<script>alert(3)< & 'run'").first).to_be_visible()
        assert page.locator("script").count() == 2
        assert page.locator("img[onerror]").count() == 0
        page.get_by_role("button", name="Swipe").click()
        expect(page.locator(".swipes .stage.run")).to_have_count(1)
        assert wrong == []
    finally:
        page.context.close()


def test_an_injected_script_does_not_run_in_an_exported_page(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    _, data = export(board, "one", "Export as HTML page", steps=1)
    page, _ = open_export(browser, tmp_path, data + b"<script>document.title = 'ran'</script>")
    try:
        expect(page.get_by_role("article")).to_have_count(1)
        assert page.title() == "val/masks · Pairs"
    finally:
        page.context.close()
