# SPDX-License-Identifier: Apache-2.0
"""What exported pictures say of their colours."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, expect

import tb_pairs_plugin as pairs
from tests.browser.board import Board
from tests.browser.exported import open_page, save
from tests.browser.test_access import set_theme

SWATCH = 10
BAR = 96
# Of one row, with the margin below it.
LEGEND_HEIGHT = 30
MARGIN = 10
VIRIDIS = (68, 1, 84), (253, 231, 37)
BLUE, RED = (5, 48, 97), (103, 0, 31)
MASK_COLORS = {0: (16, 32, 48), 1: (86, 180, 233), 3: (213, 94, 0), 4: (230, 159, 0)}
MASK_NAMES = {0: "road", 1: "car", 3: "never seen", 4: "sky"}
MANY = 300
# What the values of each sample reach at each step.
SPANS = {0: {"p": 11.0, "q": 21.0}, 10: {"p": 12.0, "q": 22.0}}

Pixels = NDArray[np.uint8]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Masks in which class 1 is predicted at the last step only, masks of 300 classes, depth."""
    logdir = tmp_path_factory.mktemp("legends")
    truth = np.zeros((1, 16, 24), np.uint8)
    truth[:, :8] = 4
    for step, wrong in ((0, 4), (10, 1)):
        prediction = truth.copy()
        prediction[:, 8:, :4] = wrong
        kind = pairs.Mask(classes=MASK_NAMES, colors=MASK_COLORS)
        pairs.summary("masks", truth, prediction, step, kind=kind, ids=["m"], writer=logdir / "a")
    ids = np.arange(MANY, dtype=np.uint16).repeat(4).reshape(1, 30, 40)
    names = {one: f"class number {one}" for one in range(MANY)}
    many = pairs.Mask(classes=names)
    pairs.summary("many", ids, ids, 10, kind=many, ids=["n"], writer=logdir / "a")
    depth = np.linspace(0, 5, 16 * 24, dtype=np.float32).reshape(1, 16, 24)
    heatmap = pairs.Heatmap(unit="m", range=(0, 5))
    pairs.summary("depth", depth, depth[:, ::-1], 10, kind=heatmap, ids=["d"], writer=logdir / "a")
    for step, ends in SPANS.items():
        unit = np.linspace(0, 1, 16 * 24).reshape(16, 24)
        spans = np.stack([unit * end for end in ends.values()])
        pairs.summary(
            "spans", spans, spans / 2, step, kind=pairs.Heatmap(), ids=[*ends], writer=logdir / "a"
        )
    flow = np.random.default_rng(1).normal(0, 9, (1, 16, 24, 2)).astype(np.float32)
    pairs.summary("flow", flow, flow * 0.9, 10, kind=pairs.Flow(), ids=["f"], writer=logdir / "a")
    grey = np.random.default_rng(2).integers(0, 256, (1, 16, 24, 1), np.uint8)
    pairs.summary("grey", grey, grey[:, ::-1], 10, ids=["g"], writer=logdir / "a")
    return logdir


def png(board: Board, tag: str, sample: str, **view: object) -> Pixels:
    """Saves a card as PNG, `[h, w, 3]`."""
    board.go(tags=tag, **view)
    board.until(lambda: board.samples == [sample], "the tag alone")
    board.card(sample).locator("pairs-pane canvas.picture").last.wait_for()
    with board.page.expect_download() as download:
        board.press("Shift+S")
    return np.asarray(Image.open(download.value.path()).convert("RGB"))


def swatches(picture: Pixels, colors: dict[int, tuple[int, int, int]]) -> list[int]:
    """The classes whose colours stand in a square of ten pixels, in the order of reading."""
    found = []
    for one, color in colors.items():
        padded = np.pad((picture == color).all(2), 1)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (SWATCH + 2, SWATCH + 2))
        inner = windows[..., 1:-1, 1:-1].all((2, 3))
        framed = windows.sum((2, 3)) == SWATCH**2
        found += [(y, x, one) for y, x in np.argwhere(inner & framed)]
    return [one for *_, one in sorted(found)]


def bars(picture: Pixels, low: tuple[int, ...], high: tuple[int, ...]) -> int:
    """How many bars of colours begin and end with these, about."""
    begins, ends = (np.abs(picture.astype(int) - end).max(2) <= 6 for end in (low, high))
    rows = (begins[:, : -BAR + 1] & ends[:, BAR - 1 :]).any(1)
    return int((np.diff(rows.astype(int)) == 1).sum())


def has_rows(picture: Pixels, rows: Pixels) -> bool:
    """Whether rows are somewhere in a picture as wide, but for the few colours that a GIF has."""
    found = np.lib.stride_tricks.sliding_window_view(picture, len(rows), axis=0).astype(int)
    differs = np.abs(found - np.moveaxis(rows, 0, -1)).max(axis=(1, 2, 3))
    return bool((differs < 32).any())


def luminance(pixel: NDArray[np.uint8]) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    part = pixel / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def test_a_png_names_the_classes_that_are_seen_in_the_order_of_the_tag(board: Board) -> None:
    assert swatches(png(board, "masks", "m", step=0), MASK_COLORS) == [0, 4]
    assert swatches(png(board, "masks", "m", step=10), MASK_COLORS) == [0, 1, 4]
    assert swatches(png(board, "masks", "m", step=10, hidden=4), MASK_COLORS) == [0, 1]


def test_all_frames_of_a_gif_name_the_classes_of_all_of_them(board: Board) -> None:
    png(board, "masks", "m", step=10)
    board.press("Shift+X")
    _, data = save(board)
    frames = list(ImageSequence.Iterator(Image.open(io.BytesIO(data))))
    assert len(frames) == 2
    for frame in frames:
        assert swatches(np.asarray(frame.convert("RGB")), MASK_COLORS) == [0, 1, 4]


def test_a_difference_explains_its_colors_and_those_of_the_ground_truth(board: Board) -> None:
    picture = png(board, "masks", "m", step=10, mode="difference")
    assert swatches(picture, MASK_COLORS) == [0, 4]
    picture = png(board, "depth", "d", mode="difference")
    assert bars(picture, BLUE, RED) == 1
    assert bars(picture, *VIRIDIS) == 1


def test_many_classes_take_a_few_rows(board: Board) -> None:
    picture = png(board, "many", "n")
    # 40 x 30 pixels, magnified to 240 x 180, and at most six rows of text.
    assert picture.shape[0] < 400


def test_a_heatmap_has_its_scale(board: Board) -> None:
    picture = png(board, "depth", "d")
    assert bars(picture, *VIRIDIS) == 1
    assert bars(picture, BLUE, RED) == 0


@pytest.mark.parametrize(
    ("tag", "sample", "mark", "said"),
    [("depth", "d", "scale", "0[^5]*5.*m"), ("flow", "f", "disc", "px")],
)
def test_a_page_says_what_its_colors_mean(
    board: Board, browser: Browser, tmp_path: Path, tag: str, sample: str, mark: str, said: str
) -> None:
    png(board, tag, sample)
    board.press("Shift+H")
    with open_page(board, browser, tmp_path) as page:
        legend = page.get_by_role("list", name="Colours")
        expect(legend).to_have_count(1)
        expect(legend).to_contain_text(re.compile(said))
        box = legend.locator(f".mark.{mark}").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 8


def test_a_page_says_of_each_sample_and_step_what_its_colors_span(
    board: Board, browser: Browser, tmp_path: Path
) -> None:
    board.go(tags="spans", display="minmax,,", step=10)
    board.until(lambda: board.samples == ["p", "q"], "the samples")
    board.card("p").locator("pairs-pane canvas.picture").last.wait_for()
    board.press("Shift+H")
    dialog = board.frame.get_by_role("dialog", name="Export")
    dialog.get_by_label("All 2 samples shown").check()
    with open_page(board, browser, tmp_path) as page:
        for step, key in ((10, "End"), (0, "ArrowLeft"), (10, "ArrowRight")):
            page.keyboard.press(key)
            expect(page.get_by_text(f"Step {step}")).to_be_visible()
            # None that would be of all of them.
            expect(page.get_by_role("list", name="Colours")).to_have_count(2)
            for sample, end in SPANS[step].items():
                legend = page.get_by_role("article", name=sample).get_by_role("list")
                expect(legend).to_have_text(f"0{end:g}")


def test_each_frame_of_a_gif_says_what_its_own_colors_span(board: Board) -> None:
    own = []
    for step, ends in SPANS.items():
        board.go(tags="spans", display="minmax,,", step=step, samples="q;;;")
        board.until(lambda: board.samples == ["q"], "the sample")
        said = board.card("q").locator("pairs-legend")
        expect(said).to_contain_text(f"{ends['q']:g}")
        with board.page.expect_download() as download:
            board.press("Shift+S")
        saved = np.asarray(Image.open(download.value.path()).convert("RGB"))
        own.append(saved[-LEGEND_HEIGHT:-MARGIN])
    board.press("Shift+X")
    _, data = save(board)
    frames = [
        np.asarray(frame.convert("RGB"))
        for frame in ImageSequence.Iterator(Image.open(io.BytesIO(data)))
    ]
    assert [[has_rows(frame, legend) for legend in own] for frame in frames] == [
        [True, False],
        [False, True],
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_legend_can_be_read_on_its_ground(board: Board, theme: str) -> None:
    set_theme(board, theme)
    board.frame.locator(f"html[data-theme={theme}]").wait_for()
    legend = png(board, "masks", "m", step=10)[-LEGEND_HEIGHT:]
    ground = luminance(legend[-1, -1])
    assert (ground < 0.2) == (theme == "dark")
    ratios = [contrast(luminance(pixel), ground) for pixel in legend[:, 24:50].reshape(-1, 3)]
    assert max(ratios) > 4.5
    set_theme(board, "light")


def test_a_difference_that_is_computed_is_in_the_file(board: Board) -> None:
    # Of grey pictures, only what is computed and its legend have a colour; the legend is small.
    colored = [
        (np.ptp(png(board, "grey", "g", mode="difference", difference=one), axis=2) > 60).mean()
        for one in ("absolute", "ssim")
    ]
    assert colored[0] == 0
    assert colored[1] > 0.2
