# SPDX-License-Identifier: Apache-2.0
"""The benchmarks work. What they measure is no matter of tests."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.browser.modules import needs_bundler

ROOT = Path(__file__).parents[2]
QUICK = ["encoders", "importing", "startup", "bundle", "toolkits"]
BROWSER = ["browser", "dashboard", "existing"]
# They start a dozen processes each, most of which import TensorFlow.
LONG = [
    "writing",
    "parts",
    "first_call",
    "loop",
    "bytes",
    "growth",
    "serving",
    "browser",
    "dashboard",
    "existing",
]

pytest.importorskip("skimage", reason="benchmarks need scikit-image")
content = importlib.import_module("benchmarks.content")
pages = importlib.import_module("benchmarks.pages")
tables = importlib.import_module("benchmarks.tables")


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [*QUICK, *(pytest.param(part, marks=pytest.mark.nightly) for part in LONG)]
)
def test_a_short_run_prints_its_tables_and_writes_them_as_json(part, tmp_path):
    pytest.importorskip("tensorflow")
    if part in BROWSER:
        pytest.importorskip("playwright")
        if pages.find_chromium() is None:
            pytest.skip("there is no Chromium here")
    written = tmp_path / "result.json"
    ended = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{part}", "--short", "--peers=", f"--json={written}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1500,
    )
    assert ended.returncode == 0, ended.stderr
    result = json.loads(written.read_text())
    for table in result["tables"].values():
        assert f"**{table['title']}**" in ended.stdout
        assert table["rows"]


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="there is no history here")
def test_a_call_now_is_compared_with_one_at_another_commit():
    pytest.importorskip("tensorflow")
    command = [sys.executable, "-m", "benchmarks.against", "HEAD", "--short"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1500)
    assert ended.returncode == 0, ended.stderr
    assert "as a ratio to that at HEAD" in ended.stdout
    assert "| 64 mask |" in ended.stdout


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="there is no history here")
@needs_bundler
def test_painting_now_is_compared_with_painting_at_another_commit():
    command = [sys.executable, "-m", "benchmarks.painting", "HEAD", "--short"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr
    assert "painting a pane, as a ratio to that at HEAD" in ended.stdout
    assert "| depth, which is closer |" in ended.stdout


@pytest.mark.parametrize("part", ["against", "painting"])
def test_a_commit_that_there_is_not_is_refused(part):
    command = [sys.executable, "-m", f"benchmarks.{part}", "no-such", "--short"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert "commit is 'no-such', want one of this repository" in ended.stderr
    assert ended.returncode == 1


@pytest.mark.parametrize("part", ["against", "painting"])
def test_options_of_a_comparison_are_listed_without_a_commit(part):
    command = [sys.executable, "-m", f"benchmarks.{part}", "--help"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert "--repeat" in ended.stdout
    assert ended.returncode == 0


@pytest.mark.parametrize("part", LONG)
def test_what_runs_at_night_can_be_imported(part):
    pytest.importorskip("playwright")
    importlib.import_module(f"benchmarks.{part}")


def test_batches_are_the_same_in_every_process(tmp_path):
    spec = content.Spec("mask", 64, 48, pairs=2)
    made = [content.Store(tmp_path / name) for name in "xy"]
    for store in made:
        store.make(spec, 2)
    one, other = (store.load(spec, 1) for store in made)
    np.testing.assert_array_equal(one.ground_truth, other.ground_truth)
    np.testing.assert_array_equal(one.prediction, other.prediction)


@pytest.mark.parametrize("kind", content.KINDS)
def test_only_the_ground_truth_stays_over_the_steps(kind, tmp_path):
    spec = content.Spec(kind, 64, 64, pairs=1)
    store = content.Store(tmp_path)
    store.make(spec, 2)
    first, second = store.load(spec, 0), store.load(spec, 1)
    np.testing.assert_array_equal(first.ground_truth, second.ground_truth)
    assert (first.prediction != second.prediction).any()
    assert first.prediction.dtype == first.ground_truth.dtype


def test_the_page_has_a_place_for_each_table():
    everything = importlib.import_module("benchmarks.all")
    page = everything.PAGE.read_text(encoding="utf-8")
    found = [
        tables.Table(name, f"title of {name}", ["a"], [["b"]])
        for name in everything.places(page) - {"machine"}
    ]
    filled = everything.fill(page, found)
    for table in found:
        assert f"title of {table.name}" in filled
    assert everything.fill(filled, found) == filled
    with pytest.raises(ValueError, match="the page has places for"):
        everything.fill(page, [tables.Table("nowhere", "", ["a"], [["b"]])])


@pytest.mark.parametrize(
    ("values", "target", "text"),
    [
        ((0.05,), None, "1/20"),
        ((0.05,), 0.05, "1/20 ✓"),
        ((0.5,), 0.4, "0.50 ✗"),
        ((0.04, 0.05, 0.2), 0.1, "1/20 (1/25 to 0.20) ✓"),
        ((0.0,), None, "0.00"),
    ],
)
def test_ratios_say_their_spread_and_whether_the_target_was_met(values, target, text):
    assert str(tables.Ratio(values, target)) == text


def test_the_fast_encoder_can_be_hidden_from_a_contender_of_all_benchmarks():
    # Each contender is a process that begins with the modules of `benchmarks.all`.
    code = "import benchmarks.all, sys; print('isal' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "False"
