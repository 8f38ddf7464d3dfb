# SPDX-License-Identifier: Apache-2.0
"""Each framework writes with its real library; both data servers give the same pixels back."""

import numpy as np
import pytest

from tests.frameworks import interpreters, pictures, readback
from tests.test_layers import TOOLKITS

KINDS = [
    ("no_framework", ["numpy"]),
    ("tensorflow_eager", ["tensorflow"]),
    ("tensorflow_function", ["tensorflow"]),
    ("torch_writer", ["torch"]),
    ("tensorboardx_writer", ["tensorboardX"]),
    ("accelerate_tracker", ["accelerate"]),
    # Only where it is installed: the environments of `make` are without it.
    ("clu_writer", ["clu"]),
]
KERAS = [
    ("tensorflow", ["keras", "tensorflow"]),
    ("jax", ["keras", "jax"]),
    ("torch", ["keras", "torch"]),
    ("tf.keras", ["tensorflow_estimator"]),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Runs a case once, whichever tests ask for it; returns its log directory."""
    logdirs = {}

    def run(case, modules, *arguments, name=None, environ=None):
        name = name or case
        if name not in logdirs:
            python = interpreters.choose(name, modules)
            logdir = tmp_path_factory.mktemp(name)
            module = f"tests.frameworks.cases.{case}"
            interpreters.run(python, "-m", module, logdir, *arguments, environ=environ)
            logdirs[name] = logdir
        return logdirs[name]

    return run


def check_kinds(server):
    """Checks what `cases.steps` writes, to the pixel."""
    assert set(readback.tags(server)) == {"photo", "mask", "depth"}
    for tag in ("photo", "mask", "depth"):
        assert readback.steps(server, tag) == list(pictures.STEPS)
    for step in pictures.STEPS:
        photos = readback.samples(server, "photo", step)
        truth, prediction, image = pictures.photos(step)
        assert list(photos) == ["0", "1", "2"]
        for i in range(3):
            for got, want in zip(photos[str(i)], (truth, prediction, image), strict=True):
                np.testing.assert_array_equal(got, want[i])

        truth, _, prediction = pictures.masks(step)
        for i, (got_truth, got_prediction, _) in enumerate(
            readback.samples(server, "mask", step).values()
        ):
            np.testing.assert_array_equal(got_truth[..., 0], truth[i])
            np.testing.assert_array_equal(got_prediction[..., 0], prediction[i])

        truth, prediction = pictures.depths(step)
        half_a_level = 4 / (2**16 - 4) / 2 * 1.001
        for i, (got_truth, got_prediction, _) in enumerate(
            readback.samples(server, "depth", step).values()
        ):
            for got, want in ((got_truth, truth[i]), (got_prediction, prediction[i])):
                np.testing.assert_allclose(got[..., 0], want, rtol=0, atol=half_a_level)


def check_model(server, tag, step, ids, with_image):
    """Checks the record of a model that makes negatives."""
    inputs, wanted = pictures.data_set()[1], pictures.targets()[1]
    samples = readback.samples(server, tag, step)
    assert list(samples) == [str(i) for i in ids]
    for i, (truth, prediction, image) in zip(ids, samples.values(), strict=True):
        np.testing.assert_array_equal(np.rint(truth * 255), wanted[i])
        np.testing.assert_array_equal(np.rint(prediction * 255), 255 - inputs[i])
        if with_image:
            np.testing.assert_array_equal(np.rint(image * 255), inputs[i])
        else:
            assert image is None


@pytest.mark.parametrize(("case", "modules"), KINDS, ids=[case for case, _ in KINDS])
def test_all_kinds_come_back_to_the_pixel(case, modules, written, tensorboard, load_fast):
    check_kinds(tensorboard(written(case, modules), load_fast=load_fast))


@pytest.mark.parametrize(("backend", "modules"), KERAS, ids=[f"keras-{one}" for one, _ in KERAS])
def test_keras_writes_a_subset_and_the_worst(backend, modules, written, tensorboard, load_fast):
    environ = {} if backend == "tf.keras" else {"KERAS_BACKEND": backend}
    name = backend if backend != "tf.keras" else "tensorflow"
    logdir = written("keras_fit", modules, name, name=f"keras-{backend}", environ=environ)
    server = tensorboard(logdir, load_fast=load_fast)
    for tag in ("model", "subset", "worst"):
        assert readback.steps(server, tag) == list(pictures.STEPS)
    for step in pictures.STEPS:
        check_model(server, "model", step, range(20), with_image=True)
        check_model(server, "subset", step, pictures.SELECTED, with_image=False)
        check_model(server, "worst", step, pictures.WORST, with_image=False)


@pytest.mark.parametrize(
    ("case", "modules"),
    [("tensorflow_mirrored", ["tensorflow"]), ("lightning_module", ["lightning"])],
    ids=["tensorflow_mirrored", "lightning_module"],
)
def test_a_whole_batch_comes_back(case, modules, written, tensorboard, load_fast):
    server = tensorboard(written(case, modules), load_fast=load_fast)
    assert set(pictures.STEPS) <= set(readback.steps(server, "model"))
    for step in pictures.STEPS:
        check_model(server, "model", step, range(20), with_image=True)


@pytest.mark.parametrize("processes", [1, 2])
def test_lightning_writes_one_record_of_each_validation(processes, written, tensorboard, load_fast):
    name = f"lightning_callback-{processes}"
    logdir = written("lightning_callback", ["lightning"], processes, name=name)
    server = tensorboard(logdir, load_fast=load_fast)
    tags = ["model", "subset", "worst", "alone/test", "uneven"]
    assert readback.tags(server) == {tag: ["run"] for tag in tags}
    # No record of the sanity check, and one where `validate` came again after the training.
    for tag in ("model", "subset", "worst"):
        assert readback.steps(server, tag) == [1, 8]
        for step in (1, 8):
            ids = {"model": range(20), "subset": pictures.SELECTED, "worst": pictures.WORST}[tag]
            ids = sorted(ids) if tag == "subset" else ids
            check_model(server, tag, step, ids, with_image=tag == "model")
    assert readback.steps(server, "alone/test") == [8]
    check_model(server, "alone/test", 8, range(19), with_image=True)
    assert readback.steps(server, "uneven") == [8]
    assert len(readback.samples(server, "uneven", 8)) == 8


def test_lightning_writes_what_a_sharded_model_returned(written, tensorboard, load_fast):
    server = tensorboard(written("lightning_sharded", ["lightning"]), load_fast=load_fast)
    assert readback.tags(server) == {"model": ["."]}
    (step,) = readback.steps(server, "model")
    check_model(server, "model", step, range(20), with_image=True)


def test_what_is_wrong_for_lightning_is_said_in_the_sanity_check_or_once(tmp_path):
    python = interpreters.choose("lightning_faults", ["lightning"])
    interpreters.run(python, "-m", "tests.frameworks.cases.lightning_faults", tmp_path)


def test_transformers_writes_one_record_of_each_evaluation(written, tensorboard, load_fast):
    logdir = written("transformers_trainer", ["transformers"])
    expected = np.load(logdir / "expected.npz")
    server = tensorboard(logdir / "masks", load_fast=load_fast)
    assert set(readback.tags(server)) == {"masks", "masks/other", "worst", "worst/other"}
    for tag in ("masks", "worst"):
        assert readback.steps(server, tag) == [2, 4]
        assert readback.steps(server, f"{tag}/other") == [4]
    samples = readback.samples(server, "masks", 4)
    assert list(samples) == [str(i) for i in range(10)]
    for i, (truth, prediction, image) in enumerate(samples.values()):
        np.testing.assert_array_equal(truth[..., 0], expected["labels"][i])
        np.testing.assert_array_equal(prediction[..., 0], expected["masks"][i])
        np.testing.assert_array_equal(
            np.rint(image * 255), np.moveaxis(expected["photos"][i], 0, -1)
        )
    assert len(readback.samples(server, "worst", 4)) == 3


def test_monai_writes_flat_pictures_and_slices_of_volumes(written, tensorboard, load_fast):
    logdir = written("monai_evaluator", ["monai", "ignite"])
    expected = np.load(logdir / "expected.npz")
    server = tensorboard(logdir / "monai", load_fast=load_fast)
    assert set(readback.tags(server)) == {"flat", "volume", "even"}
    for tag in ("flat", "volume", "even"):
        # The epochs of the trainer; the evaluator's own is 1 each time.
        assert readback.steps(server, tag) == [1, 2]
    flat = readback.samples(server, "flat", 2)
    assert list(flat) == ["0", "1", "2"]
    slices = readback.samples(server, "volume", 2)
    assert list(slices) == ["0/0", "2/4"]
    assert list(readback.samples(server, "even", 2))[:3] == ["0/1", "0/3", "0/5"]
    places = {"flat": [0, 1, 2], "volume": [np.s_[0, :, :, 0], np.s_[2, :, :, 4]]}
    for name, samples in (("flat", flat), ("volume", slices)):
        for place, (truth, prediction, image) in zip(places[name], samples.values(), strict=True):
            np.testing.assert_array_equal(truth[..., 0], expected[f"{name}_labels"][place])
            np.testing.assert_array_equal(prediction[..., 0], expected[f"{name}_masks"][place])
            shown = (expected[f"{name}_images"][place] + 160) / 400
            np.testing.assert_allclose(image[..., 0], shown, rtol=0, atol=0.502 / 255)


def test_ignite_steps_are_epochs_of_the_engine_that_trains(tmp_path):
    python = interpreters.choose("ignite_nested", ["ignite"])
    interpreters.run(python, "-m", "tests.frameworks.cases.ignite_nested", tmp_path)


def test_ignite_lets_no_process_wait_for_one_that_can_send_nothing(tmp_path):
    python = interpreters.choose("ignite_processes", ["ignite"])
    interpreters.run(python, "-m", "tests.frameworks.cases.ignite_processes", tmp_path)


def test_mmengine_writes_beside_its_visualization(written, tensorboard, load_fast):
    logdir = written("mmengine_runner", ["mmengine"])
    expected = np.load(logdir / "expected.npz")
    (run,) = (path.parent for path in (logdir / "a").glob("*/vis_data"))
    server = tensorboard(run, load_fast=load_fast, flags=("--reload_multifile=true",))
    # `val` came again after the training, at the step of its last validation.
    assert readback.steps(server, "val/masks") == [1, 2]
    assert readback.steps(server, "val/masks/test") == [2]
    for tag in ("val/masks", "val/masks/test"):
        samples = readback.samples(server, tag, 2)
        assert list(samples) == ["0", "1", "2", "3", "4"]
        for i, (truth, prediction, image) in enumerate(samples.values()):
            np.testing.assert_array_equal(truth[..., 0], expected["labels"][i])
            np.testing.assert_array_equal(prediction[..., 0], expected["masks"][i])
            np.testing.assert_array_equal(image, expected["photos"][i])


def test_fastai_writes_one_record_of_each_validation(written, tensorboard, load_fast):
    server = tensorboard(written("fastai_learner", ["fastai"]) / "run", load_fast=load_fast)
    for tag in ("model", "subset", "worst"):
        # Two trainings of three batches; none of a validation alone, predictions or a search.
        assert readback.steps(server, tag) == [3, 6]
    for step in (3, 6):
        check_model(server, "model", step, range(20), with_image=True)
        check_model(server, "subset", step, sorted(pictures.SELECTED), with_image=False)
        check_model(server, "worst", step, pictures.WORST, with_image=False)


def test_a_session_of_tensorflow_1(written, tensorboard, load_fast):
    server = tensorboard(written("tensorflow_session", ["tensorflow"]), load_fast=load_fast)
    assert readback.steps(server, "model") == [1, 4]
    check_model(server, "model", 1, range(6), with_image=True)
    check_model(server, "model", 4, range(18, 20), with_image=True)
    assert readback.steps(server, "subset") == readback.steps(server, "worst") == [4]
    check_model(server, "subset", 4, sorted(pictures.SELECTED), with_image=False)
    check_model(server, "worst", 4, pictures.WORST, with_image=False)


def test_results_of_torchmetrics_are_metrics_as_they_are(written, tensorboard, load_fast):
    logdir = written("torchmetrics_results", ["torchmetrics"])
    server = tensorboard(logdir, load_fast=load_fast)
    run = server.pairs_json("samples", ("tag", "photo"))["runs"]["."]
    truth, prediction, _ = pictures.photos(0)
    error = (truth / 255.0 - prediction / 255.0) ** 2
    psnr = -10 * np.log10(error.reshape(len(truth), -1).mean(axis=1))
    np.testing.assert_allclose(np.ravel(run["metrics"]["torchmetrics"]), psnr, rtol=1e-4)


def test_an_estimator_writes_beside_its_metrics(written, tensorboard, load_fast):
    logdir = written("estimator", ["tensorflow_estimator"])
    assert len(list((logdir / "eval").glob("*tfevents*"))) == 1
    server = tensorboard(logdir, load_fast=load_fast)
    assert readback.tags(server) == {
        "model": ["eval"],
        "subset": ["eval"],
        "training": ["."],
        "worst": ["eval"],
    }
    assert readback.steps(server, "training") == [1, 5]
    assert readback.steps(server, "model") == [7]
    check_model(server, "model", 7, range(20), with_image=True)
    check_model(server, "subset", 7, sorted(pictures.SELECTED), with_image=False)
    check_model(server, "worst", 7, pictures.WORST, with_image=False)


def test_whatever_toolkits_call_spares_a_training():
    # Of all in one process: to import them takes longer than the rest.
    python = interpreters.choose("guarded_callbacks", sorted({*TOOLKITS, "torch"}))
    case = "tests.frameworks.cases.guarded_callbacks"
    interpreters.run(python, "-m", case, *sorted(TOOLKITS), environ={"KERAS_BACKEND": "torch"})


def test_callbacks_of_all_toolkits_can_be_pickled(tmp_path):
    modules = ["lightning", "fastai", "ignite", "monai", "transformers", "mmengine"]
    python = interpreters.choose("pickled_callbacks", modules)
    interpreters.run(python, "-m", "tests.frameworks.cases.pickled_callbacks", tmp_path)


def test_a_function_for_xla_is_told_the_way_out(tmp_path):
    python = interpreters.choose("tensorflow_jit", ["tensorflow"])
    said = interpreters.run(python, "-m", "tests.frameworks.cases.tensorflow_jit", tmp_path)
    assert "jit-compile the model, and call pairs.summary outside of it" in said
