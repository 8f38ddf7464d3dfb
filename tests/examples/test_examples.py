# SPDX-License-Identifier: Apache-2.0
"""Each example runs, its model learns, and its pictures can be seen.

As their users run them; but `make test` runs those that take longest for so few epochs that what
they learn differs from machine to machine, and `make nightly` runs those for all.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.examples.brief import EXAMPLES
from tests.frameworks import interpreters, readback


@dataclass(frozen=True)
class Example:
    """What a program needs, and what it writes.

    Attributes:
      modules: What its Python must have.
      tags: Of its records, each with the least number of steps of a whole run.
      learns: Tag, metric and whether it must rise or fall from the first step to the last.
    """

    modules: tuple[str, ...]
    tags: dict[str, int]
    learns: tuple[str, str, int]


KERAS = ("keras", "tensorflow", "skimage", "sklearn")
TORCH = ("torch", "skimage", "sklearn")
ESTIMATOR = ("tensorflow_estimator", "skimage", "sklearn")
UP, DOWN = 1, -1

ALL = {
    "accelerate_segmentation": Example(
        ("accelerate", *TORCH), {"val/digits": 8}, ("val/digits", "iou", UP)
    ),
    "autoencoder": Example(
        KERAS, {"val/reconstruction": 8, "val/edges": 8}, ("val/reconstruction", "psnr", UP)
    ),
    "depth": Example(TORCH, {"train/disparity": 10}, ("train/disparity", "mae", DOWN)),
    "estimator_basic": Example(ESTIMATOR, {"digits": 5}, ("digits", "psnr", UP)),
    "estimator_several_images": Example(
        ESTIMATOR, {"chosen": 5, "worst": 5, "noise": 5}, ("worst", "psnr", UP)
    ),
    "estimator_conditional": Example(
        ESTIMATOR, {"bad": 5, "helped_little": 5, "training": 4}, ("bad", "psnr", UP)
    ),
    "fastai_segmentation": Example(("fastai", *TORCH), {"val/worst": 8}, ("val/worst", "iou", UP)),
    # Only where clu is installed: the environments of `make` are without it.
    "flax_segmentation": Example(
        ("clu", "flax", "optax", "skimage", "sklearn"),
        {"val/digits": 12},
        ("val/digits", "iou", UP),
    ),
    "ignite_segmentation": Example(("ignite", *TORCH), {"val/worst": 12}, ("val/worst", "iou", UP)),
    "lightning_segmentation": Example(
        ("lightning", *TORCH), {"val/worst": 8}, ("val/worst", "iou", UP)
    ),
    "mmengine_segmentation": Example(("mmengine",), {"val/worst": 4}, ("val/worst", "iou", UP)),
    "monai_volumes": Example(("monai", "ignite"), {"val/balls": 8}, ("val/balls", "iou", UP)),
    "migration_after": Example(KERAS, {"val/segmentation": 14}, ("val/segmentation", "iou", UP)),
    "segmentation": Example(KERAS, {"val/worst": 12}, ("val/worst", "iou", UP)),
    "super_resolution": Example(KERAS, {"val/half": 6, "val/full": 6}, ("val/full", "psnr", UP)),
    "torch_segmentation": Example(TORCH, {"val/digits": 20}, ("val/digits", "iou", UP)),
    "transformers_segmentation": Example(
        ("transformers",), {"val/worst": 6}, ("val/worst", "iou", UP)
    ),
    "validation_subset": Example(KERAS, {"chosen": 6, "worst": 6}, ("chosen", "psnr", UP)),
}

# Of those that take longest, for how many epochs (of an Estimator: training steps) they run, and
# how many steps they then log.
FEWER_EPOCHS = {
    "accelerate_segmentation": (3, 3),
    "autoencoder": (3, 3),
    "depth": (31, 4),
    "estimator_basic": (80, 2),
    "estimator_conditional": (80, 2),
    "estimator_several_images": (80, 2),
    "fastai_segmentation": (3, 3),
    "ignite_segmentation": (4, 4),
    "lightning_segmentation": (3, 3),
    "migration_after": (9, 9),
    "migration_before": (3, 3),
    "monai_volumes": (3, 3),
    "segmentation": (4, 4),
    "super_resolution": (3, 3),
    "torch_segmentation": (7, 7),
    "validation_subset": (3, 3),
}


def run(name, logdir, *command):
    modules = ALL[name].modules if name in ALL else KERAS
    python = interpreters.choose(f"example-{name}", modules)
    # One thread of each library: tests share their cores with others.
    environ = {"OMP_NUM_THREADS": "1", "KERAS_BACKEND": "tensorflow"}
    interpreters.run(python, *command, logdir, environ=environ)


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    """Runs an example once, some for fewer epochs, whichever tests ask for it; returns its logs."""
    logdirs = {}

    def start(name):
        if name not in logdirs:
            logdir = tmp_path_factory.mktemp(name)
            command = [EXAMPLES / f"{name}.py"]
            if name in FEWER_EPOCHS:
                epochs, _ = FEWER_EPOCHS[name]
                command = ["-m", "tests.examples.brief", name, epochs]
            run(name, logdir, *command)
            logdirs[name] = logdir
        return logdirs[name]

    return start


def means(server, tag, metric):
    """Returns the means of a metric at all steps of the one run of a tag."""
    (series,) = server.pairs_json("series", ("tag", tag))["runs"].values()
    return series["metrics"][metric]


def check(example, server, fewer_steps=None):
    assert set(readback.tags(server)) == set(example.tags)
    for tag, least in example.tags.items():
        steps = readback.steps(server, tag)
        assert len(steps) >= (fewer_steps or least)
        for truth, prediction, _ in readback.samples(server, tag, steps[-1]).values():
            assert np.ptp(truth[np.isfinite(truth)]) > 0
            assert np.ptp(prediction) > 0
    tag, metric, direction = example.learns
    first, *_, last = means(server, tag, metric)
    if fewer_steps is None:
        assert direction * (last - first) > 0
    else:
        assert np.isfinite([first, last]).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_an_example_trains_and_ends_in_pictures(name, logged, tensorboard):
    server = tensorboard(logged(name), load_fast=True)
    _, fewer_steps = FEWER_EPOCHS.get(name, (None, None))
    check(ALL[name], server, fewer_steps)


@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name in ALL if name in FEWER_EPOCHS])
def test_an_example_learns_in_all_its_epochs(name, tensorboard, tmp_path):
    run(name, tmp_path, EXAMPLES / f"{name}.py")
    check(ALL[name], tensorboard(tmp_path, load_fast=True))


@pytest.mark.slow
def test_a_pair_keeps_two_sizes(logged, tensorboard):
    server = tensorboard(logged("super_resolution"), load_fast=True)
    for truth, prediction, image in readback.samples(server, "val/half", 2).values():
        assert truth.shape == (96, 96, 3)
        assert prediction.shape == (48, 48, 3)
        assert image.shape == (24, 24, 3)


@pytest.mark.slow
def test_a_record_holds_pairs_of_many_sizes(logged, tensorboard):
    server = tensorboard(logged("segmentation"), load_fast=True)
    sizes = set()
    for truth, prediction, image in readback.samples(server, "val/worst", 3).values():
        assert truth.shape == prediction.shape == image.shape
        sizes.add(truth.shape)
    assert len(sizes) > 1


@pytest.mark.slow
def test_what_one_migrates_from_still_runs(logged, tensorboard):
    server = tensorboard(logged("migration_before"), load_fast=True)
    assert readback.tags(server) == {}
    assert set(server.json("data/plugin/images/tags")) == {"."}


# One tag in each, by what the toolkit offers; values of an argument are no line of their own.
SHORT = [
    "accelerate_segmentation",
    "estimator_basic",
    "fastai_segmentation",
    "flax_segmentation",
    "ignite_segmentation",
    "lightning_segmentation",
    "mmengine_segmentation",
    "monai_volumes",
    "torch_segmentation",
    "transformers_segmentation",
    "validation_subset",
]


def added_statements(path: Path) -> list[str]:
    """The statements of a program that it would lack without the plugin."""
    ours: set[str] = set()
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            is_ours = (source or "").startswith("tb_pairs_plugin")
            names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.Assign | ast.Expr):
            is_ours = root_of(node.value) in ours
            targets = node.targets if isinstance(node, ast.Assign) else []
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            continue
        if is_ours:
            ours.update(names)
            found.append(ast.unparse(node))
    return found


def root_of(value: ast.expr) -> str | None:
    """The name that a chain of calls and attributes begins with."""
    while isinstance(value, ast.Call | ast.Attribute):
        value = value.func if isinstance(value, ast.Call) else value.value
    return value.id if isinstance(value, ast.Name) else None


@pytest.mark.parametrize("name", SHORT)
def test_a_toolkit_s_example_has_three_statements_more_than_without_the_plugin(name):
    found = added_statements(EXAMPLES / f"{name}.py")
    assert 1 <= len(found) <= 3, found


@pytest.mark.parametrize("name", [*ALL, "migration_before"])
def test_an_example_says_where_it_wrote_and_how_to_look(name):
    source = (EXAMPLES / f"{name}.py").read_text(encoding="utf-8")
    _, _, program = source.partition('if __name__ == "__main__":\n')
    assert f'else "logs/{name}"\n    main(log_dir)\n' in program
    assert "tensorboard --logdir {log_dir}" in program


def test_each_example_is_tested_here():
    programs = {
        path.stem for path in EXAMPLES.glob("*.py") if '__name__ == "__main__"' in path.read_text()
    }
    assert programs == {*ALL, "migration_before"}
