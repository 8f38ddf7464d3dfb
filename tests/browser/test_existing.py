# SPDX-License-Identifier: Apache-2.0
"""Pictures that were logged for the Images dashboard, seen as pairs on the real page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.board import Board
from tests.browser.crawling import Crawl
from tests.browser.logs import level
from tests.browser.recomputing import Scope, View
from tests.browser.recomputing_drawn import DrawnLog, DrawnPair
from tests.browser.scoped_numbers import Shown
from tests.importing import logs
from tests.importing.logs import Log, image
from tests.importing.pictures import encoded, grid, noisy, photo

RUN = "run"
# It has another last step, and few tags.
LATE = "late"
TRUTH, INPUT = photo(1), photo(2)
PREDICTION = noisy(TRUTH)
BATCH = [photo(seed) for seed in range(3, 8)]
PREDICTIONS = [noisy(one) for one in BATCH]
STRIP = np.concatenate([TRUTH, PREDICTION], axis=1)
REVERSED = np.concatenate([PREDICTION, TRUTH], axis=1)
LANDSCAPE = photo(21, 24, 64)
JPEG = encoded(photo(9, 48, 64), "JPEG", quality=95)
COLORS = np.array([[0, 0, 0], [128, 64, 128], [47, 107, 216]], np.uint8)
IDS = np.arange(24 * 32).reshape(24, 32) // 100 % 3
PREDICTED_IDS = np.roll(IDS, 3, axis=1)
MMSEG = "mmseg"
BLENDED = [
    tuple(one // 2 + COLORS[ids] // 2 for ids in (IDS, PREDICTED_IDS)) for one in (TRUTH, INPUT)
]
BATCHES = ("torch", "tensorboardx")
# Two runs with strips whose ground truths are compared; their cut is within a block of a JPEG.
COMPARED = ("first", "second")
CUT_TRUTH, OTHER_TRUTH = photo(50, 24, 40), photo(51, 24, 40)
# More than stand in a row of a batch.
MANY = [photo(seed) for seed in range(30, 39)]
# Of blocks of four pixels too, so that a picture shown small can be compared block by block.
MANY_PREDICTIONS = [255 - one for one in MANY]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("existing")
    tags = {
        "tags/gt": TRUTH,
        "tags/pred": PREDICTION,
        "tags/image": INPUT,
        "grid/gt": grid(BATCH, columns=3),
        "grid/pred": grid(PREDICTIONS, columns=3),
        "Left: GT, Right: Prediction": STRIP,
        "Top: GT, Bottom: Prediction": np.concatenate([TRUTH, PREDICTION], axis=0),
        "Left: mask prediction;   Right: mask GT (0)": REVERSED,
        "Detections_Left_Groundtruth_Right/0": REVERSED,
        "Eval Images/img": STRIP,
        "ldm/inputs": grid(BATCH),
        "ldm/reconstructions": grid(PREDICTIONS),
        "rows/gt_pred": grid([TRUTH, PREDICTION, BATCH[0], PREDICTIONS[0]], columns=2),
        "one/gt_pred": LANDSCAPE,
        "val/comparison": STRIP,
        "masks/gt": COLORS[IDS],
        "masks/pred": COLORS[PREDICTED_IDS],
    }
    logs.write_torch(logdir / RUN, tags, range(0, 30, 10))
    write_scored(logdir)
    write_batches(logdir)
    write_mmsegmentation(logdir)
    write_compared(logdir)
    gif = encoded(TRUTH[..., :1], "GIF", save_all=True, append_images=[Image.new("L", (32, 24))])
    others = Log(logdir / RUN, "events.out.tfevents.2.others")
    # A width and a height that are false, as MONAI writes them.
    others.add(0, image("forms/gt", gif, (10, 10)), image("forms/pred", JPEG))
    return logdir


def write_scored(logdir: Path) -> None:
    """Logs pairs that are more or less wrong, at other steps in another run."""
    for run, steps in ((RUN, (0, 10, 20)), (LATE, (0, 10, 18))):
        for step in steps:
            worse = 1 if run == LATE else 0
            noise = [4 + 7 * ((3 * i + step // 10 + worse) % 5) for i in range(len(BATCH))]
            predictions = [
                noisy(one, step, levels) for one, levels in zip(BATCH, noise, strict=True)
            ]
            shifted = np.roll(IDS, 1 + step // 5 + 3 * worse, axis=1)
            tags = {
                "scored/gt": grid(BATCH, columns=3),
                "scored/pred": grid(predictions, columns=3),
                "drawn/gt": COLORS[IDS],
                "drawn/pred": COLORS[shifted],
            }
            logs.write_torch(logdir / run, tags, range(step, step + 1))


def write_batches(logdir: Path) -> None:
    """Logs batches by the calls of both libraries, which leave no lines between pictures."""
    import tensorboardX
    from torch.utils import tensorboard

    for library, run in zip((tensorboard, tensorboardX), BATCHES, strict=True):
        with library.SummaryWriter(str(logdir / run)) as writer:
            for tag, pictures in (("batch/target", MANY), ("batch/output", MANY_PREDICTIONS)):
                writer.add_images(tag, np.stack(pictures), 5, dataformats="NHWC")


def write_mmsegmentation(logdir: Path) -> None:
    """Logs what the visualization hook draws, under the names of the files and nothing else.

    It blends colors of classes with the photograph, first of the ground truth, then of the
    prediction: `SegLocalVisualizer.add_datasample` and `SegVisualizationHook` of mmsegmentation.
    """
    logs.write_torch(
        logdir / MMSEG,
        {
            f"val_berlin_{i}.png": np.concatenate([truth, prediction], axis=1)
            for i, (truth, prediction) in enumerate(BLENDED)
        },
        range(0, 20, 10),
    )


def write_compared(logdir: Path) -> None:
    """Logs strips of two runs: the same ground truth in one form or two, and another one."""
    grey = CUT_TRUTH[..., :1]
    truths = {
        "same": (CUT_TRUTH, CUT_TRUTH),
        "lossy": (CUT_TRUTH, CUT_TRUTH),
        "grey": (grey, np.repeat(grey, 3, axis=2)),
        "another": (CUT_TRUTH, OTHER_TRUTH),
    }
    for number, run in enumerate(COMPARED):
        log = Log(logdir / run)
        for tag, truth in truths.items():
            strip = np.concatenate([truth[number], noisy(truth[number], number)], axis=1)
            log.add(0, image(f"{tag}/gt_pred", encoded(strip, "JPEG" if tag == "lossy" else "PNG")))


def show(board: Board, tag: str, **view: object) -> None:
    """Shows one tag alone."""
    board.go(tags=f"^{tag}$", **view)
    expect(board.frame.get_by_role("heading", level=2, name=tag)).to_be_visible()


def test_a_pair_of_tags(board: Board) -> None:
    show(board, "tags/pred")
    board.expect_pixels(board.pane("0", "Ground truth"), TRUTH)
    board.expect_pixels(board.pane("0", RUN), PREDICTION)
    board.expect_pixels(board.pane("0", "Input"), INPUT)


def test_where_it_comes_from_is_said(board: Board) -> None:
    show(board, "tags/pred")
    note = board.frame.get_by_text("from Images: all 3 steps", exact=True)
    expect(note).to_have_attribute(
        "title",
        "Pictures of the Images dashboard, shown as a pair by "
        "the rule swapped-word. They are as they were drawn, so values "
        "are not exact.",
    )


@pytest.mark.parametrize(
    "tag",
    [
        "Left: GT, Right: Prediction",
        "Top: GT, Bottom: Prediction",
        # Of detectron2, the TensorFlow Object Detection API and nerfstudio.
        "Left: mask prediction;   Right: mask GT",
        "Detections_Left_Groundtruth_Right",
        "Eval Images/img",
    ],
)
def test_a_strip_is_cut_by_its_name(board: Board, tag: str) -> None:
    show(board, tag)
    board.expect_pixels(board.pane("0", "Ground truth"), TRUTH)
    board.expect_pixels(board.pane("0", RUN), PREDICTION)


# The second is as latent diffusion logs it, whose input is the ground truth.
@pytest.mark.parametrize("tag", ["grid/pred", "ldm/reconstructions"])
def test_grids_of_one_geometry_are_samples(board: Board, tag: str) -> None:
    show(board, tag)
    board.until(lambda: board.samples == ["0", "1", "2", "3", "4"], "five samples")
    for place in (0, 4):
        show(board, tag, samples=f"{place};;;")
        board.expect_pixels(board.pane(str(place), "Ground truth"), BATCH[place])
        board.expect_pixels(board.pane(str(place), RUN), PREDICTIONS[place])


def test_a_grid_whose_rows_are_strips(board: Board) -> None:
    show(board, "rows/gt_pred")
    board.until(lambda: board.samples == ["0", "1"], "two samples")
    board.expect_pixels(board.pane("0", "Ground truth"), TRUTH)
    board.expect_pixels(board.pane("0", RUN), PREDICTION)
    show(board, "rows/gt_pred", samples="1;;;")
    board.expect_pixels(board.pane("1", RUN), PREDICTIONS[0])


def test_halves_that_do_not_look_alike_are_no_pair(board: Board) -> None:
    show(board, "one/gt_pred")
    expect(board.frame.get_by_text("Nothing to show of this pair")).to_be_visible()
    expect(board.frame.get_by_text("do not look alike")).to_be_visible()
    assert board.samples == []


def test_only_ground_truths_that_surely_differ_are_told(board: Board) -> None:
    tags = ("same", "lossy", "grey", "another")
    board.go(tags=f"^({'|'.join(tags)})/gt_pred$", runs=",".join(COMPARED))
    sections = {
        tag: board.frame.locator(f"pairs-tag-section[data-tag='{tag}/gt_pred']") for tag in tags
    }
    for section in sections.values():
        # A pane of the ground truth, and one of each run.
        section.scroll_into_view_if_needed()
        expect(section.locator("canvas.picture")).to_have_count(3)
    differs = {tag: one.get_by_text("differs", exact=True) for tag, one in sections.items()}
    sections["another"].scroll_into_view_if_needed()
    expect(differs["another"]).to_be_visible()
    for tag in tags[:-1]:
        sections[tag].scroll_into_view_if_needed()
        expect(sections[tag].locator("canvas.picture")).to_have_count(3)
        expect(differs[tag]).to_have_count(0)


def test_the_forms_of_pictures(board: Board) -> None:
    show(board, "forms/pred")
    board.expect_pixels(board.pane("0", "Ground truth"), TRUTH[..., 0])
    expect(board.frame.get_by_text("first of 2 frames")).to_be_visible()
    decoded = np.asarray(Image.open(io.BytesIO(JPEG)))
    board.expect_pixels(board.pane("0", RUN), decoded, tolerance=3)


def test_modes_work_as_for_records(board: Board) -> None:
    show(board, "tags/pred", mode="difference", difference="absolute", gain=4, step=10)
    amount = 4 * np.abs(PREDICTION / 255 - TRUTH / 255)
    beyond = (amount > 1.0001).any(axis=2)
    board.expect_pixels(board.pane("0", RUN), level(amount), tolerance=1, beyond=beyond)
    legend = board.frame.get_by_text("of full scale")
    expect(legend.first).to_be_visible()


def check_libraries(board: Board) -> None:
    """Compares what mmsegmentation and `add_images` log with what was drawn."""
    for i, (truth, prediction) in enumerate(BLENDED):
        show(board, f"val_berlin_{i}.png", runs=MMSEG)
        board.expect_pixels(board.pane("0", "Ground truth"), truth)
        board.expect_pixels(board.pane("0", MMSEG), prediction)
    height, width = TRUTH.shape[:2]
    cell = {"width": width, "height": height, "padding": 0}
    rule = {"groundTruth": "batch/target", "prediction": "batch/output", "grid": cell}
    rules = json.dumps({"rules": [rule]})
    for run in BATCHES:
        # Without a rule nobody knows where the pictures of a batch end.
        show(board, "batch/output", runs=run, rules='{"rules": []}')
        board.expect_pixels(board.pane("0", "Ground truth"), grid(MANY, padding=0)[::4, ::4])
        board.expect_pixels(board.pane("0", run), grid(MANY_PREDICTIONS, padding=0)[::4, ::4])
        show(board, "batch/output", runs=run, rules=rules)
        board.until(lambda: len(board.samples) == len(MANY), "a sample for each picture")
        for place in (0, len(MANY) - 1):
            show(board, "batch/output", runs=run, rules=rules, samples=f"{place};;;")
            board.expect_pixels(board.pane(str(place), "Ground truth"), MANY[place])
            board.expect_pixels(board.pane(str(place), run), MANY_PREDICTIONS[place])


def test_what_libraries_log(board: Board) -> None:
    check_libraries(board)


def test_what_libraries_log_in_process(open_board: Callable[..., Board], logdir: Path) -> None:
    check_libraries(open_board(logdir, load_fast=False))


def cells(picture: np.ndarray) -> list[np.ndarray]:
    """The samples of a grid of three columns."""
    height, width = BATCH[0].shape[:2]
    places = [divmod(i, 3) for i in range(len(BATCH))]
    tops = [(2 + row * (height + 2), 2 + column * (width + 2)) for row, column in places]
    return [picture[top : top + height, left : left + width] for top, left in tops]


class DrawnCrawl(Crawl):
    """Checks all numbers of a tag: those of the whole log are of other pictures too."""

    def check(self, name: str, number: Shown, scope: Scope, view: View) -> None:
        """Checks one number."""
        if "tag" in scope:
            super().check(name, number, scope, view)


def is_measured(board: Board, shown: dict[str, object]) -> bool:
    """Whether the page shows a view of that, and has measured all that it wants."""
    view, progress = board.frame.locator("pairs-app").evaluate(
        """({snapshot: {view, page}}) =>
          [view, page.tags.tags.map(({existing}) => existing?.progress ?? null)]"""
    )
    is_done = all(one and one["wanted"] == one["measured"] > 0 for one in progress)
    return is_done and shown == {name: view[name] for name in shown}


def test_numbers_are_measured_once_they_are_asked_for(board: Board, logdir: Path) -> None:
    classes = [
        {"id": i, "color": "#" + bytes(color.tolist()).hex()} for i, color in enumerate(COLORS)
    ]
    rule = {"groundTruth": "drawn/gt", "prediction": "drawn/pred", "classes": classes}
    drawn = {
        "scored/pred": DrawnPair("scored/gt", cells),
        "drawn/pred": DrawnPair("drawn/gt", lambda one: [one], COLORS.tolist()),
    }
    log = DrawnLog(logdir, drawn)
    crawl = DrawnCrawl(board, log)
    last = log.records["scored/pred", RUN][20]
    errors = {name: log.value(last, name, "mae") or 0 for name in map(str, range(len(BATCH)))}
    runs, every = (RUN, LATE), tuple(errors)
    scored = {"tags": "^scored/pred$", "runs": ",".join(runs)}

    def look(name: str, view: View, **shown: object) -> None:
        board.until(lambda: is_measured(board, shown), f"all pairs of {name}")
        crawl.look(name, view)

    view = View("scored/pred", runs, every)
    board.go(**scored)
    crawl.look("nothing is measured", view)
    assert crawl.numbers["value"] + crawl.numbers["mean"] == 0
    metrics = board.frame.get_by_role("group", name="Metrics as drawn")
    for name in ("MAE", "SSIM"):
        metrics.get_by_role("button", name=name).click()
    board.until(lambda: "measured=mae,ssim" in unquote(board.link), "the choice in the link")
    look("cards", view, measured=["mae", "ssim"])
    for layout in ("matrix", "sheet", "table"):
        board.go(**scored, measured="ssim,psnr,mae", layouts=f"scored/pred,{layout},")
        look(layout, view, measured=["ssim", "psnr", "mae"])
    board.go(**scored, measured="mae", step=10, sort="regressed", marked=0)
    look("an earlier step, sorted", view, measured=["mae"], step="10", marked="0")
    board.go(**scored, measured="mae,psnr", open="scored/pred,3", details=1)
    look("full view", view, measured=["mae", "psnr"], details=True)

    # Of one run, as of several the worst counts.
    alone = {"tags": "^scored/pred$", "runs": RUN, "measured": "mae"}
    board.go(**alone, sort="worst")
    wanted = sorted(errors, key=lambda one: -errors[one])
    board.until(lambda: board.samples == wanted, "the worst first")
    most = sorted(errors.values())[1]
    board.go(**alone, samples=f";mae as drawn;;{1.001 * most}")
    passing = tuple(one for one in every if errors[one] <= most)
    board.until(lambda: tuple(board.samples) == passing, "two of five samples")
    look("filtered", View("scored/pred", (RUN,), passing), measured=["mae"])

    rules = json.dumps({"rules": [rule]})
    classes_view = {"tags": "^drawn/pred$", "runs": ",".join(runs), "samples": "0;;;"}
    board.go(**classes_view, rules=rules, measured="iou,accuracy")
    look("classes", View("drawn/pred", runs, ("0",)), measured=["iou", "accuracy"])
    assert not crawl.faults, "\n".join(f"{fault} ({name})" for fault, name in crawl.faults.items())
    assert {"value", "mean", "lead", "change", "low", "high"} <= set(crawl.numbers)
    # Not of the whole page: what was said last of the full view stays said.
    shown = board.frame.locator("pairs-tag-section").get_by_text("as drawn")
    assert shown.count() > 0
    board.go(**scored)
    board.until(lambda: shown.count() == 0, "no metrics")


def test_from_a_strip_without_a_name_to_a_swipe(open_page: Callable[..., Board]) -> None:
    board = open_page()
    # First action: the list of what is in no pair; with pairs in the log it is closed.
    board.frame.get_by_text("1 tag of pictures in no pair").click()
    # Second: its panel, with the cut that is likely.
    board.frame.get_by_role("button", name="Split val/comparison").click()
    show_it = board.frame.get_by_role("button", name="Show as pair")
    expect(board.frame.get_by_role("slider", name="Cut 1")).to_have_attribute("aria-valuenow", "32")
    # Third.
    show_it.click()
    heading = board.frame.get_by_role("heading", level=2, name="val/comparison")
    expect(heading).to_be_in_viewport()
    # Fourth.
    board.press("3")
    section = board.frame.locator("pairs-tag-section[data-tag='val/comparison']")
    pane = section.locator("pairs-pane").last

    def is_swiped() -> bool:
        shown = board.pixels(pane, 24, 32)[..., :3]
        left, right = np.s_[:, :12], np.s_[:, 20:]
        return np.array_equal(shown[left], TRUTH[left]) and np.array_equal(
            shown[right], PREDICTION[right]
        )

    board.until(lambda: "mode=swipe" in board.link and "rules=" in board.link, "the link")
    board.until(lambda: section.locator("canvas.picture").count() > 0, "panes")
    board.until(is_swiped, "one half on each side of the line")
