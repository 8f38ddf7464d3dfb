# SPDX-License-Identifier: Apache-2.0
"""The demo in its short form: what it logs reads back, and it says where to look."""

import contextlib
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from demo import data
from tests import servers

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The logs of `make demo ARGS='--quick --no-serve'`."""
    path = tmp_path_factory.mktemp("logs")
    command = [sys.executable, "-m", "demo", "--quick", "--no-serve", "--logdir", str(path)]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return path


@pytest.fixture(scope="module")
def server(logdir: Path) -> Iterator[servers.Server]:
    """TensorBoard on those logs."""
    with servers.tensorboard(logdir, load_fast=True) as server:
        yield server


def test_two_runs_log_each_task(server: servers.Server) -> None:
    tags = server.json("data/plugin/pairs/tags")
    assert set(tags["runs"]) == {"unet-wide", "unet-narrow"}
    assert {tag["tag"]: [len(one["runs"]) for one in tag["series"]] for tag in tags["tags"]} == {
        "digits/classes": [2],
        "digits/probability": [2],
        "photos/denoised": [2],
    }
    assert tags["skipped"] == []


def test_the_classes_have_names_and_colors(server: servers.Server) -> None:
    (digits,) = (
        tag["series"][0]
        for tag in server.json("data/plugin/pairs/tags")["tags"]
        if tag["tag"] == "digits/classes"
    )
    classes = digits["kind"]["classes"]
    assert {one["id"]: one["name"] for one in classes} == data.CLASSES
    assert len({one["color"] for one in classes}) == len(data.CLASSES)


@pytest.mark.parametrize(
    ("tag", "metric", "samples"),
    [
        ("digits/classes", "iou", 8),
        ("digits/probability", "mae", 4),
        ("photos/denoised", "psnr", 4),
    ],
)
def test_every_record_has_the_same_samples_and_their_metric(
    tag: str, metric: str, samples: int, server: servers.Server
) -> None:
    runs = server.json(f"data/plugin/pairs/series?tag={tag}")["runs"]
    for run in runs.values():
        assert run["steps"] == ["0", "2", "4"]
        assert len(run["samples"]) == samples
        assert None not in run["metrics"][metric]
    assert runs["unet-wide"]["samples"] == runs["unet-narrow"]["samples"]


def test_it_serves_on_another_port_where_that_of_tensorboard_is_taken(logdir: Path) -> None:
    code = "import sys; from demo.serve import serve; serve(sys.argv[1])"
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(socket.socket())
        # Where somebody else has it already, that is as good.
        with contextlib.suppress(OSError):
            taken.bind(("127.0.0.1", 6006))
            taken.listen()
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-c", code, str(logdir)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        stack.callback(process.terminate)
        assert process.stdout is not None
        said = next(line for line in process.stdout if "Pairs:" in line)
        (address,) = re.findall(r"(http://localhost:(?!6006)\d+/)#pairs", said)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(address, timeout=240) as page:
            assert page.status == 200


def test_the_same_seed_gives_the_same_scenes() -> None:
    one, other = (data.validation_scenes(64, 96, seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.images, other.images)
    np.testing.assert_array_equal(one.masks, other.masks)
    assert one.ids == other.ids


def test_captions_name_the_digits_of_the_mask() -> None:
    scenes = data.validation_scenes(160, 256, seed=3)
    for mask, caption in zip(scenes.masks, scenes.captions, strict=True):
        named = {int(word) + 1 for word in caption.removeprefix("digits ").split()}
        assert set(np.unique(mask).tolist()) == {0, *named}
