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
    prediction = torch.rand(2, 3, 4, 5, requires_grad=True)
    stored(torch.rand(2, 3, 4, 5), prediction, data_format="channels_first")
    assert prediction.requires_grad


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
        ("La", "image", (6, 5, 2)),
        ("RGBa", "image", (6, 5, 4)),
        ("CMYK", "image", (6, 5, 3)),
        ("P", "image", (6, 5, 3)),
        ("1", "mask", (6, 5, 1)),
        ("I", "mask", (6, 5, 1)),
        ("I;16", "image", (6, 5, 1)),
    ],
)
def test_pillow_modes(mode, kind, shape, pil):
    picture = pil.fromarray(PHOTO)
    by_way_of = {"I;16": "I", "La": "LA", "RGBa": "RGBA"}
    if mode in by_way_of:
        picture = picture.convert(by_way_of[mode])
    picture = picture.convert(mode)
    record = event_files.of_summary(pairs.summary_pb("t", [picture], [picture]))
    assert record.kind["name"] == kind
    (sample,) = record.samples
    assert sample.ground_truth.values.shape == shape
    given = {"P": "RGB", "CMYK": "RGB", "La": "LA", "RGBa": "RGBA"}
    wanted = picture.convert(given[mode]) if mode in given else picture
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


def both_ways(torch, tensor):
    """Returns `tensor` as instances of a subclass that says nothing, and of one that forbids."""

    class Quiet(torch.Tensor):
        pass

    class Forbidding(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if function.__name__ in ("detach", "cpu", "numpy", "float", "resolve_neg"):
                raise RuntimeError(f"{function} is not for you")
            return super().__torch_function__(function, types, args, kwargs or {})

    return [tensor.as_subclass(Quiet), tensor.as_subclass(Forbidding)]


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float32"])
def test_a_subclass_of_a_torch_tensor_is_as_the_plain_one(dtype, torch, tmp_path):
    plain = torch.rand(2, 3, 6, 5).to(getattr(torch, dtype)).requires_grad_()
    first = {"data_format": "channels_first"}
    wanted = [one.prediction for one in stored(plain, plain, **first)]
    assert wanted[0].entry["dtype"] == dtype
    for tensor in both_ways(torch, plain):
        collector = pairs.Collector("t", writer=tmp_path / type(tensor).__name__, **first)
        collector.add(tensor, tensor, image=tensor, metrics={"a": tensor[:, 0, 0, 0]})
        collector.write(plain.new_tensor(3).as_subclass(type(tensor)))
        with pairs.background():
            pairs.summary("b", tensor, tensor, 3, writer=collector._writer, **first)
        samples = [one for record in event_files.read(collector._writer) for one in record.samples]
        samples += stored(tensor, tensor, **first) + stored(list(plain), list(tensor), **first)
        assert len(samples) == 8
        for sample, want in zip(samples, 4 * wanted, strict=True):
            assert sample.ground_truth.entry["dtype"] == dtype
            np.testing.assert_array_equal(sample.prediction.values, want.values)
        assert samples[1].metrics["a"] == float(plain.detach()[1, 0, 0, 0])


def test_functions_take_a_subclass_of_a_torch_tensor(torch):
    plain = torch.rand(1, 6, 5, 4).bfloat16().requires_grad_()
    for tensor in both_ways(torch, plain):
        for function in (pairs.normalize, pairs.channel_grid):
            np.testing.assert_array_equal(function(tensor), function(plain))


def test_subclasses_of_torch_tensors_as_ids_masks_and_options(torch):
    truth = torch.zeros(2, 5, 5, dtype=torch.int64)
    for seven in both_ways(torch, torch.tensor([7, 8])):
        (sample,) = stored(
            *both_ways(torch, truth),
            ids=seven,
            metrics={"a": list(seven)},
            select=[8],
            max_outputs=torch.tensor(1).as_subclass(type(seven)),
            kind=pairs.Mask(ignore=torch.tensor(255).as_subclass(type(seven))),
        )
        assert (sample.id, sample.metrics["a"]) == ("8", 8)


@pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
def test_subclasses_of_numpy_arrays_are_as_the_plain_ones():
    class Tagged(np.ndarray):
        pass

    depth = np.random.default_rng(0).random((6, 5), np.float32)
    forms = [depth.view(Tagged), np.matrix(depth), np.ma.masked_array(depth.view(Tagged))]
    for form in forms:
        (sample,) = stored([depth], [form], kind=pairs.Heatmap(), metrics={"a": [form[0, 0]]})
        assert sample.metrics["mae"] == 0
        assert sample.metrics["a"] == depth[0, 0]


class Broken:
    """An array whose server is not there."""

    shape, dtype = (1, 8, 8, 1), np.dtype("float32")

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("the server went away")


class Bare:
    """An array without a dtype, whose file is not there."""

    def __array__(self, dtype=None, copy=None):
        raise OSError("the file went away")


UNREADABLE = {
    "an array of one's own": lambda torch: Broken(),
    "an object without a dtype": lambda torch: Bare(),
    "meta": lambda torch: torch.rand(1, 8, 8, 1, device="meta"),
    "nested": lambda torch: torch.nested.nested_tensor([torch.rand(8, 8), torch.rand(4, 4)]),
    "sparse": lambda torch: torch.eye(8).to_sparse(),
    "quantized": lambda torch: torch.quantize_per_tensor(torch.rand(1, 8, 8), 0.1, 0, torch.quint8),
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("case", UNREADABLE)
def test_an_array_that_cannot_be_read_is_refused_by_name(case, torch, tmp_path):
    broken = UNREADABLE[case](torch)
    plain = np.zeros((1, 8, 8, 1), np.float32)
    good = {"ground_truth": plain, "prediction": plain, "step": 1}
    wrong = {
        "ground_truth": broken,
        "prediction": [broken],
        "image": broken,
        "step": broken,
        "ids": broken,
        "captions": [broken],
        "metrics": {"a": broken},
        "max_outputs": broken,
    }
    for name, value in wrong.items():
        with pytest.raises(ValueError, match=f"^{name}"):
            pairs.summary("t", **(good | {name: value}), writer=tmp_path)
    for name in ("ground_truth", "prediction", "image"):
        with pytest.raises(ValueError, match=f"^{name}") as raised:
            pairs.Collector("t").add(
                **{"ground_truth": plain, "prediction": plain} | {name: broken}
            )
        assert raised.value.__cause__ is not None
    for function in (pairs.normalize, pairs.channel_grid):
        with pytest.raises(ValueError, match=r"^x: got a .* that can't be read"):
            function(broken)
    assert not list(tmp_path.iterdir())


def test_a_tensor_of_a_function_transform_is_refused_by_name(torch):
    def log(one):
        with pytest.raises(ValueError, match=r"^prediction: got a Tensor that can't be read"):
            stored(np.zeros((1, 4, 4, 1), np.float32), one[None, ..., None])
        return one

    torch.vmap(log)(torch.rand(2, 4, 4))


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_what_is_not_the_fault_of_an_array_is_not_called_so(error):
    class Interrupted:
        def __array__(self, dtype=None, copy=None):
            raise error

    with pytest.raises(error):
        stored([Interrupted()], [Interrupted()])


def test_an_array_without_a_dtype_of_its_own():
    class Frame:
        def __array__(self, dtype=None, copy=None):
            return np.array([[1, 2], [3, 4]])

    record = event_files.of_summary(pairs.summary_pb("t", [Frame()], [Frame()]))
    assert record.kind["name"] == "mask"
    np.testing.assert_array_equal(record.samples[0].prediction.values[..., 0], [[1, 2], [3, 4]])


def test_torch_tensors_that_are_refused_for_their_channels_are_told_of_channels_first(torch):
    with pytest.raises(ValueError, match=r"9 channels, .*data_format='channels_first' where the"):
        stored(torch.zeros(1, 64, 8, 9), torch.zeros(1, 64, 8, 9))
    with pytest.raises(ValueError, match=r"data_format='channels_first' reads \[classes, h, w\]"):
        stored(torch.zeros(1, 8, 9, dtype=torch.int64), torch.zeros(1, 19, 8, 9))
