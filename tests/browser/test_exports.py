# SPDX-License-Identifier: Apache-2.0
"""What leaves the page: a card as PNG, steps as GIF and video, samples as a page of its own."""

import base64
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, expect

from tests.browser.board import PLAIN, Board
from tests.browser.contexts import new_context
from tests.browser.exported import holds, picture_of, save
from tests.browser.logs import STEPS, Masks, blend, colored


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("exports")
    Masks.write(logdir)
    return logdir


@pytest.fixture(autouse=True)
def _shown(board: Board) -> None:
    board.expect_pixels(
        board.pane("s0", "a"), Masks.on_input(Masks.prediction["a"][40][0], 0), tolerance=1
    )


def test_a_card_as_a_png_of_what_is_seen(board: Board) -> None:
    board.go(runs="a", step=30, overlay="on,input,0.5")
    expected = blend(Masks.input[0], colored(Masks.prediction["a"][30][0]), 0.5)
    board.expect_pixels(board.pane("s0", "a"), expected, tolerance=1)
    with board.page.expect_download() as download:
        board.press("Shift+S")
    assert download.value.suggested_filename == "val-masks_s0_step-30.png"
    picture = np.asarray(Image.open(download.value.path()).convert("RGB"))
    assert holds(picture, Masks.input[0], 0)
    assert holds(picture, expected, 1)


def test_steps_as_a_gif(board: Board) -> None:
    board.go(runs="a", playRate=8, overlay=PLAIN)
    board.press("Shift+X")
    name, data = save(board)
    assert name == "val-masks_s0_steps-0-40.gif"
    gif = Image.open(BytesIO(data))
    assert gif.format == "GIF"
    frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(gif)]
    assert len(frames) == len(STEPS)
    for frame, step in zip(frames, STEPS, strict=True):
        assert holds(frame, colored(Masks.prediction["a"][step][0]), 24), f"step {step}"
    durations = [frame.info["duration"] for frame in ImageSequence.Iterator(gif)]
    assert durations[0] in (120, 125, 130)
    # The step is written where no picture is.
    assert (frames[0][:30] != frames[1][:30]).any()


def test_steps_as_a_video_that_plays(board: Board, browser: Browser) -> None:
    board.go(runs="a", playRate=4, overlay=PLAIN)
    board.press("Shift+V")
    name, data = save(board)
    assert name == "val-masks_s0_steps-0-40.mp4"
    player = new_context(browser).new_page()
    player.set_content("<video muted></video>")
    seconds, frames = player.evaluate(
        """async ([count, text]) => {
          const bytes = Uint8Array.from(atob(text), one => one.charCodeAt(0));
          const video = document.querySelector('video');
          video.src = URL.createObjectURL(new Blob([bytes], {type: 'video/mp4'}));
          await new Promise((resolve, reject) => {
            video.onloadeddata = resolve;
            video.onerror = () => reject(new Error(video.error.message));
          });
          const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
          const frames = [];
          for (let i = 0; i < count; i++) {
            // On a busy machine the frame may come only after `seeked`.
            const shown = new Promise(resolve => {
              const look = (_, {mediaTime}) => Math.floor(mediaTime * 4 + 0.01) === i
                ? resolve() : video.requestVideoFrameCallback(look);
              video.requestVideoFrameCallback(look);
            });
            video.currentTime = (i + 0.5) / 4;
            await shown;
            canvas.getContext('2d').drawImage(video, 0, 0);
            const blob = await canvas.convertToBlob();
            frames.push([...new Uint8Array(await blob.arrayBuffer())]);
          }
          return [video.duration, frames];
        }""",
        [len(STEPS), base64.b64encode(data).decode()],
    )
    player.context.close()
    assert seconds == pytest.approx(len(STEPS) / 4, abs=0.01)
    # A video has a color for four pixels, and codecs lose some of it.
    for frame, step in zip(frames, STEPS, strict=True):
        picture = np.asarray(Image.open(BytesIO(bytes(frame))).convert("RGB"))
        assert holds(picture, colored(Masks.prediction["a"][step][0]), 40), f"step {step}"


def test_samples_as_a_page_that_works_offline(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    board.press("Shift+H")
    board.frame.get_by_role("radio", name="All 4 samples").check()
    name, data = save(board)
    assert name == "val-masks_4-samples_steps-0-40.html"
    path = tmp_path / name
    path.write_bytes(data)
    context = new_context(browser, offline=True)
    page = context.new_page()
    console_errors: list[str] = []
    page.on("console", lambda message: console_errors.append(message.text))
    page.on("pageerror", lambda error: console_errors.append(str(error)))
    page.on(
        "request",
        lambda request: (
            console_errors.append(request.url[:80]) if request.url.startswith("http") else None
        ),
    )
    page.goto(path.as_uri())
    for sample in Masks.ids:
        page.get_by_role("heading", name=sample, exact=True).wait_for()
    slider = page.get_by_role("slider", name="Step")
    for at, step in ((4, 40), (1, 10)):
        slider.fill(str(at))
        shown = colored(Masks.prediction["a"][step][2])
        board.until(
            lambda shown=shown: holds(
                picture_of(page.get_by_alt_text("a of s2", exact=True)), shown, 0
            ),
            f"step {step}",
        )
    truth = page.get_by_alt_text("Ground truth of s2", exact=True).first
    assert holds(picture_of(truth), colored(Masks.truth[2]), 0)
    page.get_by_role("button", name="Swipe", exact=True).click()
    expect(page.get_by_role("slider", name="Swipe")).to_be_visible()
    assert console_errors == []
    context.close()


def test_an_export_can_be_cancelled(board: Board) -> None:
    board.press("Shift+X")
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
