# SPDX-License-Identifier: Apache-2.0
"""Works out in NumPy what the page must show, for the tests of `frontend/src/pixels` and `kinds`.

`python -m tests.frontend_golden.make` writes `goldens.json`. Arrays are flat lists, rows from the
top, channels last. Stored values and colours are integers; all else is rounded to ten digits.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity
from sklearn.metrics import confusion_matrix

PATH = Path(__file__).with_name("goldens.json")

# Heatmap codes of 16 bits: the largest number, -inf, +inf, NaN.
LARGEST, NEGATIVE, POSITIVE, NAN = 65532, 65533, 65534, 65535

CLEAR = [0, 0, 0, 0]
TRUE_POSITIVE = [0xA3, 0xAF, 0xBA, 255]
FALSE_POSITIVE = [0x84, 0x50, 0xC8, 255]
FALSE_NEGATIVE = [0xB0, 0x00, 0x38, 255]
ONLY_A = [0x1F, 0x6F, 0xC0, 255]
ONLY_B = [0xA5, 0x5A, 0x00, 255]
BOTH_WRONG = FALSE_NEGATIVE
# What black becomes on the ground that errors stand on.
DARKEST_GROUND = 200
NOT_JUDGED = [0x8A, 0x8A, 0x8A, 255]
BROKEN = [0xFF, 0x00, 0xFF, 255]


def goldens() -> dict[str, Any]:
    """Returns every case by name."""
    rng = np.random.default_rng(20)
    return {
        "image": _image(rng),
        "ssim": _ssim(rng),
        "mask": _mask(rng),
        "heatmap": _heatmap(rng),
        "threshold": _threshold(rng),
        "align": _align(rng),
        "scene": _scene(rng),
        "floats": _floats(rng),
        "flow": _flow(rng),
    }


def text() -> str:
    """Returns `goldens.json`: one line per case and name."""
    lines = []
    for case, members in goldens().items():
        inner = ",\n".join(f"  {json.dumps(k)}: {_compact(v)}" for k, v in members.items())
        lines.append(f" {json.dumps(case)}: {{\n{inner}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value.dtype.kind == "f":
        return json.loads(json.dumps([float(f"{x:.10g}") for x in value.ravel()]))
    return value.ravel().tolist()


def _bytes(fraction: np.ndarray) -> np.ndarray:
    # Half up, as JavaScript's Math.round, not half to even.
    return np.floor(255 * np.clip(fraction, 0, 1) + 0.5).astype(np.uint8)


def _opaque(rgb: np.ndarray) -> np.ndarray:
    if rgb.shape[-1] == 1:
        rgb = np.repeat(rgb, 3, axis=-1)
    return np.concatenate([rgb, np.full_like(rgb[..., :1], 255)], axis=-1)


def _linear(levels: np.ndarray) -> np.ndarray:
    x = levels / 255
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Relative luminance of `[..., 3]` levels of sRGB (WCAG 2.2)."""
    return np.asarray(_linear(np.asarray(rgb, np.float64)) @ [0.2126, 0.7152, 0.0722])


def contrast(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Contrast ratio of `[..., 3]` levels of sRGB, 1 to 21 (WCAG 2.2)."""
    one, other = luminance(a) + 0.05, luminance(b) + 0.05
    return np.asarray(np.maximum(one, other) / np.minimum(one, other))


def darkened(rgba: np.ndarray) -> np.ndarray:
    """Levels with less light where their contrast with the darkest ground is below 3."""
    rgb = rgba[..., :3].astype(np.float64)
    most = (luminance(np.array([DARKEST_GROUND] * 3)) + 0.05) / 3 - 0.05
    light = luminance(rgb)[..., None]
    x = _linear(rgb) * most / np.maximum(light, 1e-9)
    scaled = np.floor(255 * np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055))
    out = rgba.copy()
    out[..., :3] = np.where(light <= most, rgb, scaled)
    return out


def ground(rgb: np.ndarray) -> np.ndarray:
    """What `[..., 3]` levels become as the ground that errors stand on."""
    luma = np.asarray(rgb, np.float64) @ [0.299, 0.587, 0.114]
    levels = DARKEST_GROUND + (255 - DARKEST_GROUND) * luma / 255
    return np.repeat(np.floor(levels + 0.5)[..., None], 3, axis=-1)


def _floats(rng: np.random.Generator) -> dict[str, Any]:
    """A heatmap of 32 bits as the bytes of a PNG that has no filters."""
    special = [np.nan, np.inf, -np.inf, -0.0, 0.0, 1e-45, -1e-45, 3.4e38, -3.4e38, 2**-126]
    values = np.concatenate([special, rng.normal(0, 100, 25)]).astype(np.float32).reshape(5, 7)
    bits = values.view(np.uint32).astype(object)
    steps = bits - np.concatenate([bits[:1] * 0, bits[:-1]])
    planes = np.concatenate([(steps % 2**32 >> shift) % 256 for shift in (24, 16, 8, 0)])
    file = io.BytesIO()
    Image.fromarray(planes.astype(np.uint8)).save(file, "PNG", compress_level=0)
    return {"png": np.frombuffer(file.getvalue(), np.uint8), "bits": values.view(np.uint32)}


def _image(rng: np.random.Generator) -> dict[str, Any]:
    truth = rng.integers(0, 256, (3, 4, 3), np.uint8)
    close = np.clip(truth + rng.integers(-30, 31, truth.shape), 0, 255).astype(np.uint8)
    deep = rng.integers(0, 65536, (3, 4, 1), np.uint16)
    alpha = rng.integers(0, 256, (3, 4, 4), np.uint8)
    d = close / 255 - truth / 255
    d_deep = deep / 65535 - truth / 255
    d_alpha = alpha[..., :3] / 255 - truth / 255
    tone_range, exposure, gamma = (0.1, 0.7), 0.5, 2.2
    scaled = (np.arange(256) / 255 - tone_range[0]) / (tone_range[1] - tone_range[0])
    shown = np.clip(scaled * 2**exposure, 0, 1) ** (1 / gamma)
    advantage = np.abs(d_deep).mean(-1) - np.abs(d).mean(-1)
    return {
        "truth": truth,
        "close": close,
        "deep": deep,
        "alpha": alpha,
        "absolute4": _opaque(_bytes(4 * np.abs(d))),
        "squared20": _opaque(_bytes(20 * d**2)),
        # Not 3, which gives halves, whose rounding hangs on the last bit.
        "signed3.1": _opaque(_bytes(0.5 + 3.1 * d / 2)),
        "absoluteDeep": _opaque(_bytes(np.abs(d_deep))),
        "absoluteAlpha": _opaque(_bytes(np.abs(d_alpha))),
        "closeOrDeep2": np.clip(0.5 + 2 * advantage / 2, 0, 1),
        "tone": _bytes(shown),
    }


def _ssim(rng: np.random.Generator) -> dict[str, Any]:
    truth = rng.integers(0, 256, (14, 17, 3), np.uint8)
    truth[4:10, 5:12] //= 4
    prediction = np.clip(truth + rng.normal(0, 25, truth.shape), 0, 255).astype(np.uint8)
    luma = np.array([0.299, 0.587, 0.114])
    mean, full = structural_similarity(
        truth / 255 @ luma,
        prediction / 255 @ luma,
        data_range=1,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    return {"truth": truth, "prediction": prediction, "map": full, "mean": np.array(mean)}


def _mask(rng: np.random.Generator) -> dict[str, Any]:
    # Stored values of the truth are ids; those of A are looked up in `idsOfA`. 255 is ignored.
    ids_of_a = np.array([7, 0, 3, 255])
    truth = rng.choice(np.array([0, 3, 7, 255], np.uint8), (5, 6))
    stored_a = rng.integers(0, 4, (5, 6)).astype(np.uint8)
    b = rng.choice(np.array([0, 3, 7], np.uint8), (5, 6))
    a = ids_of_a[stored_a]
    rgba = {0: [16, 32, 48, 255], 3: [192, 128, 64, 255], 7: [32, 224, 160, 255], 255: NOT_JUDGED}
    judged = truth != 255

    def paint(*cases: tuple[np.ndarray, list[int]]) -> np.ndarray:
        out = np.zeros((*truth.shape, 4), np.uint8)
        for where, color in cases:
            out[where] = color
        return out

    def by_class(ids: np.ndarray, shown: tuple[int, ...] = (0, 3, 7, 255)) -> np.ndarray:
        return paint(*[(ids == i, rgba[i]) for i in shown])

    wrong = judged & (truth != a)
    outcomes = paint(
        ((truth == 3) & (a == 3), TRUE_POSITIVE),
        ((truth != 3) & (a == 3), FALSE_POSITIVE),
        ((truth == 3) & (a != 3), FALSE_NEGATIVE),
        (~judged, NOT_JUDGED),
    )
    wrong_by_prediction = darkened(by_class(a))
    wrong_by_truth = darkened(by_class(truth))
    missed = paint((truth == 0, FALSE_POSITIVE), (truth != 0, FALSE_NEGATIVE))
    for painted in (wrong_by_prediction, wrong_by_truth, missed):
        painted[~wrong] = CLEAR
        painted[~judged] = NOT_JUDGED
    versus = paint(
        ((a == truth) & (b == truth), CLEAR),
        ((a == truth) & (b != truth), ONLY_A),
        ((a != truth) & (b == truth), ONLY_B),
        ((a != truth) & (b != truth), BOTH_WRONG),
        (~judged, NOT_JUDGED),
    )
    labels = [0, 3, 7, 255]
    matrix = confusion_matrix(truth[judged], a[judged], labels=labels)
    hits = np.diag(matrix)
    false_positive = matrix.sum(0) - hits
    false_negative = matrix.sum(1) - hits
    scores = [
        [labels[i], hits[i], false_positive[i], false_negative[i]]
        for i in range(3)  # 255 is no class of its own
    ]
    pairs = [
        [labels[i], labels[j], matrix[i, j]] for i in range(4) for j in range(4) if matrix[i, j]
    ]
    return {
        "truth": truth,
        "a": stored_a,
        "idsOfA": ids_of_a,
        "b": b,
        "colors": np.array([rgba[0], rgba[3], rgba[7]]),
        "byClass": by_class(a),
        "hidden0": by_class(a, (3, 7, 255)),
        "isolated7": by_class(a, (7,)),
        "outcomes3": outcomes,
        "wrongByPrediction": wrong_by_prediction,
        "wrongByTruth": wrong_by_truth,
        "missed": missed,
        "aOrB": versus,
        "scores": np.array(scores),
        "iou": hits[:3] / (hits + false_positive + false_negative)[:3],
        "pairs": np.array(pairs),
        "accuracy": np.array((truth == a)[judged].mean()),
        "ignored": np.array((~judged).sum()),
    }


def _heatmap(rng: np.random.Generator) -> dict[str, Any]:
    low, high = -2.0, 10.0
    zero = np.uint16(LARGEST * 2 // 12)
    truth = rng.integers(0, LARGEST + 1, (4, 6)).astype(np.uint16)
    a = np.clip(truth + rng.integers(-9000, 9001, truth.shape), 0, LARGEST).astype(np.uint16)
    b = np.clip(truth + rng.integers(-9000, 9001, truth.shape), 0, LARGEST).astype(np.uint16)
    # Zero in both, zero in the truth, and every way in which a value may be missing.
    truth[0, :6] = [zero, zero, NAN, NAN, POSITIVE, POSITIVE]
    a[0, :6] = [zero, zero + 500, 100, NAN, POSITIVE, NEGATIVE]
    b[0, :6] = [zero + 100, zero, 200, 300, 400, POSITIVE]
    a[1, :2] = [NAN, NEGATIVE]
    b[1, :2] = [50, NAN]

    def values(stored: np.ndarray) -> np.ndarray:
        # `linspace` is low + v / m * (high - low), in a form that can't repeat a mistake.
        table = np.concatenate([np.linspace(low, high, LARGEST + 1), [-np.inf, np.inf, np.nan]])
        return table[stored]

    with np.errstate(invalid="ignore", divide="ignore"):
        t, p, q = values(truth), values(a), values(b)
        same = t == p
        error = np.where(same, 0, p - t)
        relative = np.where(same, 0, error / np.abs(t))
        distance_a = np.where(same, 0, np.abs(p - t))
        distance_b = np.where(t == q, 0, np.abs(q - t))
        distance_a[np.isnan(distance_a)] = np.inf
        distance_b[np.isnan(distance_b)] = np.inf
        advantage = np.where(distance_a == distance_b, 0, distance_b - distance_a)
    judged = ~np.isnan(t)
    broken = judged & ~np.isfinite(error)

    def position(fraction: np.ndarray) -> np.ndarray:
        """Where on the map; -1 not judged, -2 broken."""
        return np.where(~judged, -1, np.where(broken, -2, np.clip(fraction, 0, 1)))

    finite = p[np.isfinite(p)]
    both = np.concatenate([finite, t[np.isfinite(t)]])
    edges = (0.0, 8.0)
    return {
        "range": np.array([low, high]),
        "truth": truth,
        "a": a,
        "b": b,
        "signed3": position(0.5 + error / 3 / 2),
        "absolute3": position(np.abs(error) / 3),
        "relative1": position(0.5 + relative / 2),
        "aOrB2": np.where(judged, np.clip(0.5 + 2 * advantage / 12 / 2, 0, 1), -1),
        "values": np.where(np.isfinite(p), p, 0),
        "histogram": np.histogram(finite, bins=5, range=edges)[0],
        "histogramRange": np.array(edges),
        "extremes": np.array([both.min(), both.max()]),
        "percentile10": np.percentile(both, [10, 90], method="inverted_cdf"),
        "notJudged": np.array(NOT_JUDGED),
        "broken": np.array(BROKEN),
    }


def flow_colors(vectors: np.ndarray, magnitude: float) -> np.ndarray:
    """Returns flow `[..., 2]` by the colour wheel of Baker et al. (IJCV 92, 2011), `[..., 3]`."""
    corners = [[255, 0, 0], [255, 255, 0], [0, 255, 0], [0, 255, 255], [0, 0, 255], [255, 0, 255]]
    parts = []
    for i, count in enumerate([15, 6, 4, 11, 13, 6]):
        first, second = np.array(corners[i]), np.array(corners[(i + 1) % 6])
        change = 255 * np.arange(count)[:, None] // count
        parts.append(first + np.sign(second - first) * change)
    wheel = np.concatenate(parts) / 255
    # The minus of zero is part of the definition: to the right is the first colour.
    angle = np.arctan2(-vectors[..., 1], -vectors[..., 0]) / np.pi
    place = (angle + 1) / 2 * 54
    first = np.floor(place).astype(int)
    share = (place - first)[..., None]
    hue = (1 - share) * wheel[first] + share * wheel[(first + 1) % 55]
    radius = np.hypot(vectors[..., 0], vectors[..., 1])[..., None] / magnitude
    return _bytes(np.where(radius > 1.001, 0.75 * hue, 1 - np.minimum(radius, 1) * (1 - hue)))


def _flow(rng: np.random.Generator) -> dict[str, Any]:
    reach, zero = 8.0, LARGEST // 2
    truth = rng.integers(0, LARGEST + 1, (4, 6, 2)).astype(np.uint16)
    a, b = (
        np.clip(truth + rng.integers(-9000, 9001, truth.shape), 0, LARGEST).astype(np.uint16)
        for _ in range(2)
    )
    # No motion, right, down, left, up; unknown.
    truth[0, :5] = [[zero, zero], [LARGEST, zero], [zero, LARGEST], [0, zero], [zero, 0]]
    truth[0, 5] = a[0, 0] = a[0, 1] = b[0, 0] = b[0, 2] = NAN

    def values(stored: np.ndarray) -> np.ndarray:
        # By steps from the middle, so that no motion is exactly none.
        table = np.append(np.arange(-zero, zero + 1) * (reach / zero), [np.nan] * 3)
        return table[stored]

    t, p, q = values(truth), values(a), values(b)
    known = ~np.isnan(t[..., 0])
    error = np.linalg.norm(p - t, axis=-1)
    broken = known & np.isnan(error)
    a_error, b_error = (
        np.where(np.isnan(e), np.inf, e) for e in (error, np.linalg.norm(q - t, axis=-1))
    )
    with np.errstate(invalid="ignore"):
        advantage = np.where(a_error == b_error, 0, b_error - a_error)
    wheel = flow_colors(np.where(known[..., None], t, 0.0), reach)
    # The first row is the upper end of the stripes' diagonals, where unknown flow is on one.
    wheel[~known] = 0xB5
    return {
        "truth": truth,
        "a": a,
        "b": b,
        "wheel": _opaque(wheel),
        "error3": np.where(~known, -1, np.where(broken, -2, np.clip(error / 3, 0, 1))),
        "aOrB2": np.where(known, np.clip(0.5 + 2 * advantage / reach / 2, 0, 1), -1),
    }


def _threshold(rng: np.random.Generator) -> dict[str, Any]:
    truth = rng.choice(np.array([0, LARGEST], np.uint16), (5, 8))
    prediction = rng.integers(0, LARGEST + 1, (5, 8)).astype(np.uint16)
    truth[0, 0], prediction[0, 1], prediction[0, 2], prediction[0, 3] = (
        NAN,
        NAN,
        POSITIVE,
        LARGEST // 2,
    )
    table = np.concatenate([np.linspace(0, 1, LARGEST + 1), [-np.inf, np.inf, np.nan]])
    t, p = table[truth], table[prediction]
    rows = []
    for threshold in (0.0, 0.25, 0.5, 0.9, 1.0):
        wanted, got, judged = t >= 0.5, p >= threshold, ~np.isnan(t)
        hit = int((wanted & got & judged).sum())
        false_positive = int((~wanted & got & judged).sum())
        false_negative = int((wanted & ~got & judged).sum())
        rows.append([threshold, hit, false_positive, false_negative])
    painted = np.zeros((*t.shape, 4), np.uint8)
    wanted, got = t >= 0.5, p >= 0.5
    painted[wanted & got] = TRUE_POSITIVE
    painted[~wanted & got] = FALSE_POSITIVE
    painted[wanted & ~got] = FALSE_NEGATIVE
    painted[np.isnan(t)] = NOT_JUDGED
    return {"truth": truth, "prediction": prediction, "scores": np.array(rows), "at50": painted}


def _align(rng: np.random.Generator) -> dict[str, Any]:
    picture = rng.integers(0, 256, (5, 7), np.uint8)
    image = Image.fromarray(picture)
    return {
        "picture": picture,
        "larger": np.asarray(image.resize((12, 9), Image.Resampling.NEAREST)),
        "smaller": np.asarray(image.resize((3, 2), Image.Resampling.NEAREST)),
    }


def _scene(rng: np.random.Generator) -> dict[str, Any]:
    image = rng.integers(0, 256, (6, 8, 3), np.uint8)
    mask = rng.integers(0, 2, (6, 8)).astype(np.uint8)
    alpha = rng.integers(0, 256, (6, 8, 4), np.uint8)
    class_color = np.array([200.0, 100.0, 50.0])
    covered = np.where(mask[..., None] == 1, 0.4 * image + 0.6 * class_color, image)
    # Each layer is averaged by itself, then they are mixed.
    small_image = image.reshape(3, 2, 4, 2, 3).mean((1, 3))
    share = 0.6 * mask.reshape(3, 2, 4, 2, 1).mean((1, 3))
    small = (1 - share) * small_image + share * class_color
    backdrop = np.array([10.0, 20.0, 30.0])
    opacity = alpha[..., 3:] / 255
    return {
        "image": image,
        "mask": mask,
        "alpha": alpha,
        "overlay60": covered,
        "overlay60Half": small,
        "alphaOverBackdrop": opacity * alpha[..., :3] + (1 - opacity) * backdrop,
    }


if __name__ == "__main__":
    PATH.write_text(text())
