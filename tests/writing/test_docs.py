# SPDX-License-Identifier: Apache-2.0
"""What `docs/writing.md` says of inputs is so: one test for each row of its table."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import errors, scores
from tests.writing import event_files

PACKAGE = Path(pairs.__file__).parent
GUIDE = (Path(__file__).parents[2] / "docs" / "writing.md").read_text(encoding="utf-8")
FLOATS = ("float16", "bfloat16", "float32", "float64")
GREY = np.array([[[0.0, 0.25, 0.5, 0.75, 1.0]]])


def table(first_heading):
    """Returns the rows of the table that begins with this heading, each a list of its cells."""
    lines = GUIDE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def stored(ground_truth, prediction=None, **options):
    """Returns the kind and the ground truth of the record of some pairs."""
    prediction = ground_truth if prediction is None else prediction
    record = event_files.of_summary(pairs.summary_pb("t", ground_truth, prediction, **options))
    return record.kind, record.samples[0]


def as_dtype(values, dtype):
    if dtype == "bfloat16":
        return values.astype(pytest.importorskip("ml_dtypes").bfloat16)
    return values.astype(dtype)


def bool_as_mask():
    ids = np.array([[[True, False, True, True, False]]])
    kind, sample = stored(ids)
    assert kind["name"] == "mask"
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids[0])


def integers_as_mask():
    for dtype in ("int8", "int16", "int32", "int64", "uint32", "uint64"):
        top = min(np.iinfo(dtype).max, 2**53 - 1)
        ids = np.array([[[0, 1, 18, 100, top]]], dtype)
        kind, sample = stored(ids)
        assert kind["name"] == "mask"
        np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids[0])


def unsigned_as_declared_mask():
    for dtype in ("uint8", "uint16"):
        ids = np.array([[[0, 1, 18, 19, 255]]], dtype)
        kind, sample = stored(ids, kind=pairs.Mask(ignore=255))
        assert (kind["name"], kind["ignore"]) == ("mask", [255])
        np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids[0])


def scores_against_mask():
    predicted = np.random.default_rng(0).random((1, 4, 5, 19), np.float32)
    _, sample = stored(np.zeros((1, 4, 5), int), predicted)
    np.testing.assert_array_equal(sample.prediction.values[..., 0], predicted[0].argmax(-1))


def unsigned_as_image(dtype, bits):
    picture = np.random.default_rng(0).integers(0, 2**bits, (1, 4, 5, 3)).astype(dtype)
    kind, sample = stored(picture)
    assert kind == {"name": "image", "bits": bits}
    np.testing.assert_array_equal(sample.ground_truth.values, picture[0])


def floats_as_image():
    for dtype in FLOATS:
        kind, sample = stored(as_dtype(GREY, dtype))
        assert kind == {"name": "image", "bits": 8}
        levels = sample.ground_truth.values.ravel() * 255
        np.testing.assert_allclose(levels, [0, 64, 128, 191, 255])


def floats_as_image_of_16_bits():
    for dtype in FLOATS:
        _, sample = stored(as_dtype(GREY, dtype), kind=pairs.Image(bits=16))
        levels = sample.ground_truth.values.ravel() * 65535
        np.testing.assert_allclose(levels, [0, 16384, 32768, 49151, 65535])


def bool_as_image():
    picture = np.array([[[True, False, True, True, False]]])
    _, sample = stored(picture, kind=pairs.Image())
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], picture[0] * 255)


def integers_as_image():
    picture = np.array([[[0, 1, 2, 100, 255]]])
    _, sample = stored(picture, kind=pairs.Image())
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], picture[0])
    _, sample = stored(picture * 257, kind=pairs.Image(bits=16))
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], picture[0] * 257)
    assert sample.ground_truth.entry["bits"] == 16


def inputs():
    for dtype, bits in (("uint16", 16), ("uint8", 8), ("bool", 8), ("int64", 8), ("float32", 8)):
        picture = np.array([[[0, 1, 1, 0, 1]]]).astype(dtype)
        _, sample = stored(np.zeros((1, 1, 5), int), image=picture)
        assert sample.image.entry["bits"] == bits
        shown = picture[0] * {"bool": 255, "float32": 1}.get(dtype, 1)
        np.testing.assert_array_equal(sample.image.values[..., 0], shown)


def floats_as_heatmap(bits):
    for dtype in FLOATS:
        depth = as_dtype(np.array([[[1.5, 80.0, np.nan, np.inf, -np.inf]]]), dtype)
        _, sample = stored(depth, kind=pairs.Heatmap(bits=bits, unit="m"))
        assert sample.ground_truth.entry["range"] == [1.5, 80.0]
        np.testing.assert_allclose(sample.ground_truth.values.ravel(), depth.astype(float).ravel())


def floats_as_exact_heatmap():
    for dtype in FLOATS:
        depth = as_dtype(np.array([[[1.5, 1e-3, np.nan, np.inf, -np.inf]]]), dtype)
        _, sample = stored(depth, kind=pairs.Heatmap(bits=32))
        np.testing.assert_array_equal(
            sample.ground_truth.values.ravel(), depth.astype(np.float32).ravel()
        )


def integers_as_heatmap():
    counts = np.array([[[0, 1, 1000, 30000, 65532]]])
    _, sample = stored(counts, kind=pairs.Heatmap())
    np.testing.assert_array_equal(np.rint(sample.ground_truth.values[..., 0]), counts[0])


def vectors_as_flow():
    for dtype in (*FLOATS, "int16"):
        vectors = as_dtype(np.array([[[[0.0, 0.0], [3.0, -4.0], [1.0, 2.0]]]]), dtype)
        if dtype != "int16":
            vectors[0, 0, 2, 0] = np.nan
        kind, sample = stored(vectors, kind=pairs.Flow())
        assert kind == {"name": "flow", "range": None}
        assert sample.ground_truth.entry["range"] == [-4, 4]
        kept = sample.ground_truth.values[0]
        np.testing.assert_array_equal(kept[0], [0, 0])
        np.testing.assert_allclose(kept[1], [3, -4], atol=1e-4)
        assert np.isnan(kept[2]).all() == (dtype != "int16")


def palette(kind, expected):
    picture = pytest.importorskip("PIL.Image").new("P", (3, 2), 7)
    picture.putpalette([10, 20, 30] * 256)
    _, sample = stored([picture], kind=kind)
    np.testing.assert_array_equal(sample.ground_truth.values[1, 2], expected)


ROWS = {
    ("`bool`", "`Mask`, inferred"): bool_as_mask,
    (
        "`int8`, `int16`, `int32`, `int64`, `uint32`, `uint64`",
        "`Mask`, inferred",
    ): integers_as_mask,
    ("`uint8`, `uint16`", "`Mask()`"): unsigned_as_declared_mask,
    ("float `[k, h, w, classes]` prediction against a mask", "`Mask`"): scores_against_mask,
    ("`uint8`", "`Image`, inferred"): lambda: unsigned_as_image("uint8", 8),
    ("`uint16`", "`Image(bits=16)`, inferred"): lambda: unsigned_as_image("uint16", 16),
    ("`float16`, `bfloat16`, `float32`, `float64`", "`Image`, inferred"): floats_as_image,
    ("float", "`Image(bits=16)`"): floats_as_image_of_16_bits,
    ("`bool`", "`Image()`"): bool_as_image,
    ("other integers", "`Image()`, `Image(bits=16)`"): integers_as_image,
    ("`uint16`; another dtype", "`image=`"): inputs,
    ("float", "`Heatmap()`"): lambda: floats_as_heatmap(16),
    ("float", "`Heatmap(bits=8)`"): lambda: floats_as_heatmap(8),
    ("float", "`Heatmap(bits=32)`"): floats_as_exact_heatmap,
    ("`bool` or integers", "`Heatmap()`"): integers_as_heatmap,
    ("float or integers `[k, h, w, 2]`", "`Flow()`"): vectors_as_flow,
    ("a palette image of Pillow", "`Image`, inferred"): lambda: palette(None, [10, 20, 30]),
    ("a palette image of Pillow", "`Mask()`"): lambda: palette(pairs.Mask(), [7]),
}


def test_the_table_has_just_the_rows_that_are_tested():
    assert [tuple(row[:2]) for row in table("input")] == list(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " as ".join(row))
def test_row(row):
    ROWS[row]()


def test_the_words_for_lower_is_better():
    words = re.search(r"<!-- words -->\n(.*?)\.\n<!-- end of words -->", GUIDE, re.DOTALL)
    assert words is not None
    assert re.split(r",\s+", words[1]) == sorted(scores.LOWER_IS_BETTER)


def resized_to_float(picture):
    """What `tf.image.resize` makes of uint8: floats of 0 to 255."""
    return picture.astype(np.float32)


PHOTO = np.random.default_rng(0).integers(0, 256, (1, 6, 8, 3), np.uint8)


def test_floats_of_0_to_255_are_refused_not_white():
    with pytest.raises(ValueError, match="want floats in \\[0, 1\\]: divide by what is white"):
        stored(resized_to_float(PHOTO))


def test_a_ground_truth_of_uint8_beside_a_prediction_of_floats():
    _, sample = stored(PHOTO, PHOTO / np.float32(255))
    np.testing.assert_array_equal(sample.ground_truth.values, PHOTO[0])
    np.testing.assert_array_equal(np.rint(sample.prediction.values * 255), PHOTO[0])


def test_class_ids_of_0_to_4_are_themselves():
    ids = np.arange(40).reshape(1, 5, 8) % 5
    kind, sample = stored(ids)
    assert kind["name"] == "mask"
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids[0])


def test_a_batch_is_never_scrambled_or_padded():
    pictures = [PHOTO[0], PHOTO[0, :3, :4]]
    proto = pairs.summary_pb("t", pictures, pictures)
    for sample, picture in zip(event_files.of_summary(proto).samples, pictures, strict=True):
        np.testing.assert_array_equal(sample.prediction.values, picture)


def test_sixteen_feature_maps_are_refused_as_a_picture():
    maps = np.zeros((1, 8, 8, 16), np.float32)
    with pytest.raises(ValueError, match=r"16 channels, want 1 to 4; pairs\.channel_grid"):
        stored(maps)


def test_the_drawing_of_errors_shows_them_all():
    drawn = {}
    parent = None
    for line in (errors.__doc__ or "").splitlines():
        branch = re.match(r"    (?:[├└]── )?([A-Z]\w+)(?: +\((\S+)\))?", line)
        if branch and not line.startswith("    ├") and not line.startswith("    └"):
            parent = branch[1]
        elif branch:
            drawn.setdefault(branch[1], set()).add((branch[2], parent))
    defined = {}
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            bases = {ast.unparse(base) for base in node.bases}
            for base in bases & {"ValueError", "Exception", "OSError"}:
                here = None if module == "writing.errors" else module
                defined[node.name] = {(here, base)}
    assert drawn == defined
