# SPDX-License-Identifier: Apache-2.0
"""Both painters of the page paint the same pixels: `frontend/src/pixels/`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.modules import needs_bundler, open_module

pytestmark = needs_bundler

CASES = [
    "grey image",
    "grey and alpha",
    "colour image with exposure and gamma",
    "colour image, smoothed",
    "smoothed mask on a finer input",
    "thickened errors",
    "thickened errors of a class",
    "thickened outlines of errors",
    "colour and alpha over a plain backdrop",
    "16-bit colour",
    "mask with hatched ids",
    "mask without its background over an image",
    "mask over an image",
    "outlines",
    "heatmap",
    "heatmap of 8 bits",
    "heatmap at a threshold",
    "numbers of 32 bits",
    "numbers of 32 bits over a small range",
    "numbers of 32 bits over all of their range",
    "numbers of 32 bits at a threshold",
    "absolute image difference",
    "signed image difference",
    "squared image difference",
    "outcomes of a class",
    "wrong by prediction",
    "missed and false alarms on an image",
    "missed and false alarms on the truth",
    "wrong by truth",
    "wrong among 65,536 classes",
    "wrong with hidden classes",
    "signed heatmap difference",
    "absolute heatmap difference",
    "relative heatmap difference",
    "signed difference of 32 bits",
    "tiny signed difference of 32 bits",
    "absolute difference of 32 and 16 bits",
    "relative difference of 8 and 32 bits",
    "outcomes of a threshold of 32 bits",
    "outcomes of a threshold",
    "masks against each other",
    "masks against each other with one class",
    "images against each other",
    "heatmaps against each other",
    "heatmaps of 32 bits against each other",
    "flow",
    "flow beyond the magnitude",
    "end-point errors",
    "flows against each other",
    "where masks differ",
    "where a class differs",
    "where images differ",
    "where heatmaps differ",
    "where heatmaps differ relatively",
    "where numbers of 32 bits differ",
    "where thresholds of 32 bits differ",
    "where thresholds differ",
    "changed masks",
    "changed images",
    "changed heatmaps",
    "changed flows",
    "where flows differ",
    "another size",
    "swipe",
]


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Opens an empty page that has `painters`, the module of `frontend/test/painters.page.ts`."""
    page = open_module(browser, "painters", tmp_path_factory.mktemp("painters"))
    yield page
    page.context.close()


def test_every_case_is_tested(page: Page) -> None:
    assert page.evaluate("painters.caseNames") == CASES


@pytest.mark.parametrize("case", CASES)
def test_gpu_and_cpu_agree_to_one_level(page: Page, case: str) -> None:
    result = page.evaluate("(name) => painters.compare(name)", case)
    assert result["largest"] <= 1
    assert result["colors"] > 2, "a blank picture proves nothing"


@pytest.mark.parametrize("case", ["mask over an image", "colour and alpha over a plain backdrop"])
def test_a_part_is_painted_as_a_whole_and_nothing_around_it(page: Page, case: str) -> None:
    assert page.evaluate("(name) => painters.paintsParts(name)", case)


def test_a_lost_context_is_left_to_the_cpu_until_it_is_restored(page: Page) -> None:
    assert page.evaluate("painters.loseContext()") == {
        "painted": [True, False, False, True],
        "same": True,
    }
