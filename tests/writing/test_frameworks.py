# SPDX-License-Identifier: Apache-2.0
"""Arrays of other libraries give the pixels that they hold."""

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.writing import event_files

PHOTO = np.random.default_rng(0).integers(0, 256, (6, 5, 3), np.uint8)


def stored(ground_truth, prediction, **options):
    """Returns the samples of the record of some pairs."""
    return event_files.of_summary(
        pairs.summary_pb("t", ground_truth, prediction, **options)
    ).samples


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


@pytest.mark.parametrize(
    "dtype", ["uint8", "float16", "bfloat16", "float32", "float64", "float8_e4m3fn"]
)
def test_torch_images(dtype, torch):
    white = 1 if "float" in dtype else 255
    truth = torch.tensor([0, white], dtype=torch.float32).to(getattr(torch, dtype))
    (sample,) = stored(
        truth.reshape(1, 1, 1, 2), truth.reshape(1, 1, 1, 2), data_format="channels_first"
    )
    assert sample.ground_truth.entry["dtype"] == dtype
    np.testing.assert_array_equal(sample.ground_truth.values.ravel(), [0, white])


@pytest.mark.parametrize("dtype", ["bool", "int8", "int16", "int32", "int64"])
def test_torch_masks_and_scores(dtype, torch):
    ids = torch.tensor([[[0, 1, 1], [1, 0, 1]]]).to(getattr(torch, dtype))
    scores = torch.rand(1, 4, 2, 3)
    (sample,) = stored(ids, scores, data_format="channels_first")
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids[0].int().numpy())
    np.testing.assert_array_equal(sample.prediction.values[..., 0], scores[0].argmax(0).numpy())


def test_a_torch_tensor_with_a_gradient_keeps_it(torch):
    guess = torch.rand(2, 3, 4, 5, requires_grad=True)
    stored(torch.rand(2, 3, 4, 5), guess, data_format="channels_first")
    assert guess.requires_grad


def test_views_of_torch_tensors(torch):
    base = torch.from_numpy(PHOTO)
    view = base.permute(1, 0, 2)[None, 1:, :, :]
    (sample,) = stored(view, view)
    np.testing.assert_array_equal(sample.prediction.values, PHOTO.transpose(1, 0, 2)[1:])


def test_torch_ids_captions_metrics_and_selection(torch):
    truth = torch.zeros(3, 5, 5, dtype=torch.int64)
    samples = stored(
        truth,
        truth,
        ids=torch.tensor([7, 8, 9]),
        metrics={"dice": torch.tensor([0.5, 0.25, 1.0], dtype=torch.bfloat16)},
        select=torch.tensor([9, 7]),
        kind=pairs.Mask(ignore=int(torch.tensor(255))),
    )
    assert [(sample.id, sample.metrics["dice"]) for sample in samples] == [("7", 0.5), ("9", 1.0)]


def test_complex_torch_tensors_are_refused(torch):
    with pytest.raises(ValueError, match=r"ground_truth: got a torch\.Tensor of complex64"):
        stored(torch.zeros(1, 5, 5, dtype=torch.complex64), torch.zeros(1, 5, 5))


def test_bfloat16_of_jax_and_others():
    ml_dtypes = pytest.importorskip("ml_dtypes")
    truth = np.array([[[[0.0], [1.0]]]], ml_dtypes.bfloat16)
    (sample,) = stored(truth, truth)
    assert sample.ground_truth.entry["dtype"] == "bfloat16"
    np.testing.assert_array_equal(sample.ground_truth.values.ravel(), [0, 1])


@pytest.fixture
def pil():
    return pytest.importorskip("PIL.Image")


@pytest.mark.parametrize(
    ("mode", "kind", "shape"),
    [
        ("RGB", "image", (6, 5, 3)),
        ("RGBA", "image", (6, 5, 4)),
        ("L", "image", (6, 5, 1)),
        ("LA", "image", (6, 5, 2)),
        ("CMYK", "image", (6, 5, 3)),
        ("P", "image", (6, 5, 3)),
        ("1", "mask", (6, 5, 1)),
        ("I", "mask", (6, 5, 1)),
        ("I;16", "image", (6, 5, 1)),
    ],
)
def test_pillow_modes(mode, kind, shape, pil):
    picture = pil.fromarray(PHOTO)
    picture = picture.convert("I").convert(mode) if mode == "I;16" else picture.convert(mode)
    record = event_files.of_summary(pairs.summary_pb("t", [picture], [picture]))
    assert record.kind["name"] == kind
    (sample,) = record.samples
    assert sample.ground_truth.values.shape == shape
    wanted = picture.convert("RGB") if mode in ("P", "CMYK") else picture
    np.testing.assert_array_equal(
        sample.ground_truth.values.reshape(shape), np.asarray(wanted).reshape(shape)
    )


def test_the_palette_of_a_pillow_mask_is_ids(pil):
    picture = pil.fromarray(np.array([[0, 3], [7, 3]], np.uint8), "L")
    picture = picture.convert("P")
    picture.putpalette([255, 0, 0] * 256)
    (sample,) = stored([picture], [picture], kind=pairs.Mask())
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], [[0, 3], [7, 3]])


def test_nested_lists_of_numbers():
    (sample,) = stored([[[0, 1], [2, 3]]], [[[0, 1], [2, 2]]])
    np.testing.assert_array_equal(sample.prediction.values[..., 0], [[0, 1], [2, 2]])


def test_an_object_array_of_pictures_of_unequal_sizes():
    pictures = np.empty(2, object)
    pictures[0], pictures[1] = PHOTO, PHOTO[:2, :3]
    samples = stored(pictures, pictures)
    assert [one.ground_truth.values.shape for one in samples] == [(6, 5, 3), (2, 3, 3)]
