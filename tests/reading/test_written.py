# SPDX-License-Identifier: Apache-2.0
"""What `pairs.summary` writes is what the routes serve, value for value."""

from pathlib import Path

import numpy as np

import tb_pairs_plugin as pairs
from tests.reading import answers
from tests.stored import stored_values

IDS = [*range(19), 255]


def values(bundle: answers.Bundle, frame: dict, part: str) -> list[np.ndarray]:  # type: ignore[type-arg]
    """The stored integers of a part of each sample."""
    found = []
    for sample in frame["samples"]:
        picture = frame["pictures"][sample[part]]
        stored = np.squeeze(stored_values(bundle.blobs[picture["digest"]], picture))
        found.append(np.array(picture["ids"])[stored] if "ids" in picture else stored)
    return found


def test_class_ids_come_back_exactly(tmp_path: Path, load_fast: bool, tensorboard) -> None:  # type: ignore[no-untyped-def]
    generator = np.random.default_rng(0)
    truth = generator.choice(IDS, (2, 24, 32))
    predictions = [generator.choice(IDS, (2, 24, 32)) for _ in range(3)]
    photo = generator.integers(0, 256, (2, 24, 32, 3), dtype=np.uint8)
    for step, prediction in enumerate(predictions):
        assert pairs.summary(
            "seg",
            truth,
            prediction,
            step=step,
            image=photo,
            kind=pairs.Mask(ignore=255),
            writer=str(tmp_path / "run"),
        )
    server = tensorboard(tmp_path, load_fast=load_fast)
    at = [("at", f"{step}:run") for step in range(3)]
    bundle = answers.read_frames(server, ("tag", "seg"), *at)
    for prediction, frame in zip(predictions, bundle.frames, strict=True):
        np.testing.assert_array_equal(values(bundle, frame, "groundTruth"), truth)
        np.testing.assert_array_equal(values(bundle, frame, "prediction"), prediction)
        np.testing.assert_array_equal(values(bundle, frame, "input"), photo)


def test_a_metric_that_is_better_lower_is_so_whenever_it_appears(
    tmp_path: Path,
    load_fast: bool,
    tensorboard,  # type: ignore[no-untyped-def]
) -> None:
    ids = np.zeros((1, 8, 8), np.int64)
    later = {"hausdorff": [3.5], "dice": [0.5]}
    for step, metrics in enumerate([{"loss": [1.0]}, {}, later, {}]):
        pairs.summary("seg", ids, ids, step, metrics=metrics, writer=tmp_path / "run")
    server = tensorboard(tmp_path, load_fast=load_fast)
    series = server.pairs_json("series", ("tag", "seg"))["runs"]["run"]
    assert series["lowerIsBetter"] == ["loss", "instability", "hausdorff"]
    assert series["metrics"]["hausdorff"] == [None, None, 3.5, None]


def test_a_heatmaps_ground_truth_is_unchanged_whatever_is_predicted(  # type: ignore[no-untyped-def]
    tmp_path: Path, load_fast: bool, tensorboard
) -> None:
    truth = np.linspace(1, 80, 64, dtype=np.float32).reshape(1, 8, 8)
    for run, dtype in (("a", np.float32), ("b", np.float64)):
        for step, factor in enumerate((1, 1.3, 1)):
            pairs.summary(
                "depth",
                truth.astype(dtype),
                truth * np.float32(factor),
                step,
                kind=pairs.Heatmap(),
                writer=str(tmp_path / run),
            )
    server = tensorboard(tmp_path, load_fast=load_fast)
    samples = server.pairs_json("samples", ("tag", "depth"))["runs"]
    assert [samples[run]["changed"] for run in "ab"] == [{}, {}]
    at = [("at", f"{step}:{run}") for run in "ab" for step in range(3)]
    frames = answers.read_frames(server, ("tag", "depth"), *at).frames
    truths = [frame["pictures"][frame["samples"][0]["groundTruth"]] for frame in frames]
    assert len({picture["valueDigest"] for picture in truths}) == 1
    assert [frame["samples"][0]["range"] for frame in frames] == 2 * [[1, 80], [1, 119.5], [1, 80]]


def test_means_of_runs_over_the_same_samples_have_the_same_mark(
    tmp_path: Path,
    load_fast: bool,
    tensorboard,  # type: ignore[no-untyped-def]
) -> None:
    pixels = np.zeros((4, 8, 8), np.uint8)
    chosen = {"all": [0, 1, 2, 3], "turned": [3, 2, 1, 0], "worst": [2, 3], "first": [0, 1]}
    scores = np.array([0.9, 0.8, np.nan, np.inf])
    for run, samples in chosen.items():
        pairs.summary(
            "seg",
            pixels[samples],
            pixels[samples],
            step=1,
            ids=[f"s{one}" for one in samples],
            metrics={"score": scores[samples]},
            writer=tmp_path / run,
        )
    server = tensorboard(tmp_path, load_fast=load_fast)
    series = server.pairs_json("series", ("tag", "seg"))["runs"]
    logged = {run: told["sampleSets"][0] for run, told in series.items()}
    averaged = {}
    for run, told in series.items():
        [at] = told.get("meanSets", {"score": [0]})["score"]
        averaged[run] = told["sampleSets"][at]
    counts = {run: one["count"] for run, one in logged.items()}
    assert counts == {"all": 4, "turned": 4, "worst": 2, "first": 2}
    assert logged["all"] == logged["turned"]
    assert logged["worst"] != logged["first"]
    # The mean leaves out what is no finite number: it is over the samples of `first`.
    assert averaged["all"] == averaged["turned"] == averaged["first"] == logged["first"]
    # Without a finite one it is the infinity that those have that are measured.
    assert series["worst"]["metrics"]["score"] == ["Infinity"]
    assert averaged["worst"]["count"] == 1
