# SPDX-License-Identifier: Apache-2.0
"""Pictures that handlers of toolkits log for the Images dashboard: shown right, and imported so."""

import numpy as np
import pytest

from tb_pairs_plugin.importing.__main__ import main as run_importer
from tests.frameworks import interpreters, readback
from tests.reading import answers
from tests.reading.existing_pixels import pixels

RUNS = {"flat": ("output_HW", "0"), "volume": ("output_HWD", "0")}
PARTS = {"groundTruth": "label", "prediction": "output", "input": "image"}


@pytest.fixture(scope="module")
def monai(tmp_path_factory):
    """What MONAI's `TensorBoardImageHandler` wrote, and what it must have drawn, by name."""
    logdir = tmp_path_factory.mktemp("monai")
    python = interpreters.choose("monai_images", ["monai", "ignite"])
    interpreters.run(python, "-m", "tests.frameworks.cases.monai_images", logdir)
    return logdir / "logs", dict(np.load(logdir / "expected.npz"))


def check(got, expected, name):
    # Drawn with 8 bits, cut or rounded.
    np.testing.assert_allclose(got[..., 0].astype(int), expected[name], rtol=0, atol=1)


def test_pictures_of_monai_s_own_handler_are_pairs(monai, tensorboard, load_fast):
    logdir, expected = monai
    server = tensorboard(logdir, load_fast=load_fast)
    assert readback.tags(server) == {tag: [run] for run, (tag, _) in RUNS.items()}
    for run, (tag, sample_id) in RUNS.items():
        for step in (1, 2):
            bundle = answers.read_frames(
                server, ("tag", tag), ("at", f"{step}:{run}"), ("source", "images")
            )
            (sample,) = bundle.frames[0]["samples"]
            assert sample["id"] == sample_id
            # Of volumes it is an animation of the slices.
            assert sample.get("caption") == ("first of 5 frames" if run == "volume" else None)
            for role, part in PARTS.items():
                check(pixels(bundle, sample, role), expected, f"{run}_{part}")


def test_pictures_of_monai_s_own_handler_are_imported(monai, tensorboard, load_fast, tmp_path):
    logdir, expected = monai
    assert run_importer([str(logdir), "--out", str(tmp_path)]) == 0
    server = tensorboard(tmp_path, load_fast=load_fast)
    for run, (tag, sample_id) in RUNS.items():
        assert readback.steps(server, tag) == [1, 2]
        found = readback.samples(server, tag, 2)
        assert list(found) == [sample_id]
        for got, part in zip(found[sample_id], ("label", "output", "image"), strict=True):
            check(got, expected, f"{run}_{part}")
