# SPDX-License-Identifier: Apache-2.0
"""Every number in sight says what it is of, and is what follows from the event files.

Logs of every kind are walked through with 1, 2 and 20 runs, in every layout and mode the page
offers, over steps, filters, orders and scrolling. Each number is recomputed from the pixels.
"""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.browser import scoped_numbers
from tests.browser.board import Board
from tests.browser.crawling import Crawl
from tests.browser.logs import HEIGHT, MASK, WIDTH, log_hparams, mask, photo, spoiled
from tests.browser.recomputing import Log, View

SAMPLES = 5
STEPS = (0, 10_000, 20_000)
RUNS = tuple(f"run-{i:02}" for i in range(20))
# It has another last step than the others: what is shown is its nearest.
LATE = RUNS[1]
DEPTHS = np.linspace(0.25, 7, SAMPLES)
TAGS = ("flow", "heatmap", "image", "mask")


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logdir = tmp_path_factory.mktemp("crawl")
    truths = np.stack([mask(seed) for seed in range(SAMPLES)])
    photos = np.stack([photo(seed) for seed in range(SAMPLES)])
    numbers = np.random.default_rng(0)
    depths = numbers.uniform(1, 80, (SAMPLES, HEIGHT, WIDTH)).astype(np.float32)
    flows = numbers.normal(0, 4, (SAMPLES, HEIGHT, WIDTH, 2)).astype(np.float32)
    with pairs.background():
        for i, run in enumerate(RUNS):
            for at, step in enumerate(STEPS):
                if run == LATE and step == STEPS[-1]:
                    step -= 7
                noise = 1 + (3 * i + 5 * at) % 7
                wrong = np.stack(
                    [spoiled(one, 0.05 * noise, 7 * i + j) for j, one in enumerate(truths)]
                )
                rough = numbers.normal(0, noise, depths.shape).astype(np.float32)
                darker = photos - (photos > 200) * np.uint8(noise)
                common: dict[str, Any] = {"step": step, "ids": [f"s{j}" for j in range(SAMPLES)]}
                common |= {"writer": logdir / run, "attributes": {"depth": DEPTHS}}
                score = {"score": np.linspace(0.1 * noise, 0.02 * i, SAMPLES)}
                pairs.summary(
                    "mask", truths, wrong, kind=MASK, image=photos, metrics=score, **common
                )
                pairs.summary("image", photos, darker, **common)
                exact = pairs.Heatmap(bits=32, unit="m")
                pairs.summary("heatmap", depths, depths + rough, kind=exact, **common)
                drift = np.stack([rough, -rough], axis=-1) / 4
                pairs.summary("flow", flows, flows + drift, kind=pairs.Flow(), **common)
    for i, run in enumerate(RUNS):
        log_hparams(logdir / run, {"lr": 0.1 / 3**i, "batch": 2**i, "optimizer": "sgd2"})
    return logdir


class Walk(Crawl):
    """Walks through all views of a tag."""

    def walk(self, tag: str, count: int) -> None:
        """Every layout and mode, scrolled, of other steps, filtered and sorted; then full views."""
        board, runs = self.board, RUNS[:count]
        every = tuple(f"s{i}" for i in range(SAMPLES))
        view = View(tag, runs, every)
        shown = {"tags": f"^{tag}$", "runs": ",".join(runs)}
        board.go(**shown)
        layouts = board.frame.locator("pairs-tag-controls [aria-label=Layout] button")
        modes = board.frame.get_by_role("radiogroup", name="Compare mode").get_by_role("radio")
        board.until(lambda: modes.count() > 1 and layouts.count() > 1, "modes and layouts")
        count_of_layouts = layouts.count()
        for i in range(count_of_layouts):
            layouts.nth(i).click()
            # Each layout with another mode each time: all meet over the kinds and the runs.
            mode = modes.nth((i + self.views) % modes.count())
            mode.click()
            name = f"{tag}, {count} runs, layout {i}, {mode.inner_text()}"
            self.look(name, view)
            if i == self.views % count_of_layouts:
                self.scroll()
                self.look(f"{name}, scrolled", view)
        for matrix in board.frame.locator("pairs-class-list details:not([open]) summary").all():
            matrix.click()
        board.go(**shown, step=STEPS[1], sort="worst", marked=STEPS[0])
        self.look(f"{tag}, {count} runs, an earlier step, sorted", view)
        board.go(**shown, samples="s3;;;")
        self.look(f"{tag}, {count} runs, filtered", replace(view, samples=("s3",)))
        changes = {"a": "run@before", "mode": "difference", "difference": "changed"}
        layout = f"{tag},{'table' if count > 1 else 'cards'},"
        board.go(**shown, sort="unstable", layouts=layout, **changes)
        self.look(f"{tag}, {count} runs, changes since the step before", view)
        self._look_at_unstable(view, shown)
        if tag == "mask":
            self._look_at_confused(view, shown)
        # Of images; other kinds show their own difference.
        board.go(**shown, mode="difference", difference="ssim")
        self.look(f"{tag}, {count} runs, similarity", view)
        # Heatmaps as masks; other kinds know no threshold.
        display = "fixed,40.5,"
        board.go(**shown, step=STEPS[1], open=f"{tag},s1", details=1, display=display)
        full = board.frame.locator("pairs-full-view pairs-sample-details")
        full.wait_for()
        self.hover_timeline()
        self.look(f"{tag}, {count} runs, full view", view)

    def _look_at_unstable(self, view: View, shown: dict[str, str]) -> None:
        """The samples that changed most since the step before come first, beside their metric."""
        tag, count = view.tag, len(view.runs)
        layout = f"{tag},cards,"
        self.board.go(**shown, step=STEPS[1], sort="unstable:instability", layouts=layout)
        worst = {
            sample: max(
                self.log.value(self.log.nearest(tag, run, STEPS[1]), sample, "instability") or 0
                for run in view.runs
            )
            for sample in view.samples
        }
        order = sorted(view.samples, key=lambda one: -worst[one])
        self.board.until(lambda: self.board.samples == order, f"the most unstable of {count}")
        self.look(f"{tag}, {count} runs, the most unstable", view)

    def _look_at_confused(self, view: View, shown: dict[str, str]) -> None:
        """The samples with a confusion that not all have, the most confused first."""
        tag, count, run = view.tag, len(view.runs), view.runs[0]
        (was, got), order = self.log.rare_confusion(tag, run, STEPS[0])
        assert 1 < len(order) < SAMPLES
        confusion = f"{tag},{run},{was},{got}"
        chosen = {"confusion": confusion, "sort": "confusion", "mode": "difference"}
        for layout in ("cards", "table"):
            self.board.go(**shown, **chosen, step=STEPS[0], layouts=f"{tag},{layout},")
            if layout == "cards":
                self.board.until(lambda: self.board.samples == order, "the most confused first")
            note = self.board.frame.locator("pairs-tag-controls .confused data")
            self.board.until(lambda note=note: note.count() > 0, "how many have it")
            name = f"{tag}, {count} runs, a confusion as {layout}"
            self.look(name, replace(view, samples=tuple(order)))


def test_every_number_in_sight_is_right(board: Board, logdir: Path) -> None:
    crawl = Walk(board, Log(logdir))
    for count in (1, 2, 20):
        for tag in TAGS:
            crawl.walk(tag, count)
    total = crawl.numbers.total()
    print(f"\n{total} numbers in {crawl.views} views: {dict(crawl.numbers.most_common())}")
    assert not crawl.faults, "\n".join(f"{fault} ({name})" for fault, name in crawl.faults.items())
    assert {
        "value",
        "mean",
        "lead",
        "change",
        "count",
        "share",
        "low",
        "high",
        "hyperparameter",
    } <= set(crawl.numbers)


@pytest.mark.parametrize(
    ("text", "value", "quantity", "agrees"),
    [
        ("0.583", 0.58349, "value", True),
        ("0.584", 0.58349, "value", True),
        ("0.585", 0.58349, "value", False),
        ("0.5", 0.5004, "value", True),
        ("0.5", 0.55, "value", False),
        ("\u22120.31", -0.31, "change", True),
        ("+0.31", -0.31, "change", False),
        ("3e\u221231", 3e-31, "value", True),
        ("19\u202f993", 19_993.0, "step", True),
        ("19", 20.0, "count", False),
        ("12 %", 0.12, "share", True),
        ("12 %", 0.14, "share", False),
        ("∞", math.inf, "value", True),
        ("–", None, "value", True),
        ("–", 0.5, "value", False),
        ("0", None, "value", False),
    ],
)
def test_a_number_may_differ_by_its_last_digit(
    text: str, value: float | None, quantity: str, agrees: bool
) -> None:
    assert scoped_numbers.agrees(text, value, quantity) is agrees


def test_only_samples_of_one_ground_truth_are_compared(tmp_path: Path) -> None:
    truths = np.stack([mask(seed) for seed in range(4)])
    for step, (first, second) in enumerate([(0, 1), (0, 2)]):
        wrong = np.stack([spoiled(truths[i], 0.2 * (step + 1), i) for i in (first, second)])
        given = truths[[first, second]]
        pairs.summary("mask", given, wrong, step, kind=MASK, writer=tmp_path / "a")
    log = Log(tmp_path)
    last = log.records["mask", "a"][1]
    logged = {one.entry["id"]: one.entry["metrics"]["instability"] for one in last.samples}
    assert 0 < logged["0"] < 1
    assert logged["1"] is None
    assert {one: log.value(last, one, "instability") for one in logged} == logged


def test_the_crawl_finds_what_is_wrong(board: Board, logdir: Path) -> None:
    log = Log(logdir)
    other = log.records["mask", RUNS[0]]
    other[STEPS[2]], other[STEPS[1]] = other[STEPS[1]], other[STEPS[2]]
    crawl = Crawl(board, log)
    board.go(tags="^mask$", runs=RUNS[0])
    heading = board.frame.locator("pairs-tag-section header").first
    heading.evaluate("one => one.append('IoU 0.5')")
    crawl.look("tampered with", View("mask", RUNS[:1], tuple(f"s{i}" for i in range(SAMPLES))))
    faults = " ".join(crawl.faults)
    assert "'IoU 0.5' says not what it is of" in faults
    for what in ("value", "mean"):
        assert f'"what":"{what}"' in faults
