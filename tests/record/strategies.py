# SPDX-License-Identifier: Apache-2.0
"""Hypothesis strategies of everything a record can be."""

import struct
from typing import Any

from hypothesis import strategies as st

from tb_pairs_plugin.record import counts, kinds, manifest, metadata
from tb_pairs_plugin.record.kinds.mask import MaskClass

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
tags = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='"\\\t\n\r'),
    min_size=1,
    max_size=20,
).filter(lambda tag: not tag.startswith("__pairs__/"))
digests = st.text("0123456789abcdef", min_size=32, max_size=32)
integers = st.integers(-(2**53) + 1, 2**53 - 1)
sequences = st.integers(1, 2**53 - 1)
numbers = st.none() | st.floats(allow_nan=False)
intervals = st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2).map(
    lambda pair: (min(pair), max(pair))
)
metric_names = texts

kinds = st.one_of(
    st.builds(kinds.ImageKind, bits=st.sampled_from([8, 16])),
    st.builds(
        kinds.MaskKind,
        classes=st.lists(
            st.builds(
                MaskClass,
                id=integers,
                name=st.none() | texts,
                color=st.none() | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True),
            ),
            max_size=4,
            unique_by=lambda one: one.id,
        ).map(tuple),
        ignore=st.lists(integers, max_size=3).map(tuple),
    ),
    st.builds(
        kinds.HeatmapKind,
        bits=st.sampled_from([8, 16, 32]),
        range=st.none() | intervals,
        colormap=st.none() | texts,
        unit=st.none() | texts,
    ),
    st.builds(kinds.FlowKind, range=st.none() | intervals),
)

roles = st.one_of(
    st.builds(metadata.RecordRole, kind=kinds),
    st.builds(metadata.MetricsRole, of=texts),
    st.builds(metadata.ContentRole, digests=st.lists(digests, max_size=3).map(tuple)),
)


def _pictures(
    layout: str, bits: int, *, least: int = 1, channels: int = 4, **members: Any
) -> st.SearchStrategy[manifest.Picture]:
    sides = st.integers(least, manifest.MAX_SIDE)
    return st.builds(
        manifest.Picture,
        digest=digests,
        width=sides,
        height=sides,
        channels=st.integers(1, channels),
        bits=st.just(bits),
        layout=st.just(layout),
        **members,
    )


pictures = (
    _pictures(
        "plain",
        8,
        blob=st.none() | st.integers(1, manifest.MAX_PICTURES),
        dtype=st.none() | texts,
        value_digest=st.none() | digests,
        ids=st.none() | st.lists(integers, max_size=4).map(tuple),
        range=st.none() | intervals,
        clipped=st.none() | st.floats(0, 1),
    )
    | _pictures("split", 16)
    | _pictures("split", 32, channels=1, range=intervals)
    | _pictures("neighbors", 8, least=100, channels=1, literals=st.integers(0, 10_000))
)


attribute_values = (
    texts | st.booleans() | integers | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def manifests(draw: st.DrawFn) -> manifest.Manifest:
    """Any manifest that may be written."""
    held = draw(st.lists(pictures, min_size=1, max_size=4))
    index = st.integers(0, len(held) - 1)
    samples = draw(
        st.lists(
            st.builds(
                manifest.Sample,
                id=texts,
                ground_truth=index,
                prediction=index,
                input=st.none() | index,
                caption=st.none() | texts,
                metrics=st.dictionaries(metric_names, numbers, max_size=3),
                range=st.none() | intervals,
                attributes=st.dictionaries(texts, attribute_values, max_size=3),
            ),
            max_size=4,
            unique_by=lambda sample: sample.id,
        )
    )
    lower = draw(st.lists(metric_names, max_size=3))
    place = draw(st.none() | st.integers(1, manifest.MAX_PICTURES + 1))
    kind = draw(st.none() | kinds)
    return manifest.Manifest(
        draw(sequences), tuple(samples), tuple(held), tuple(lower), place, kind
    )


@st.composite
def class_counts(draw: st.DrawFn) -> counts.ClassCounts:
    """Any row of a table of counts."""
    pixels = st.integers(0, 2**53 - 1)
    ids = draw(st.lists(integers, max_size=4, unique=True))
    column = st.lists(pixels, min_size=len(ids), max_size=len(ids)).map(tuple)
    confused = draw(st.lists(st.tuples(integers, integers, pixels), max_size=4))
    truth, predicted, often = zip(*confused, strict=True) if confused else ((), (), ())
    return counts.ClassCounts(
        tuple(ids),
        *[draw(column) for _ in range(3)],
        truth,
        predicted,
        often,
        draw(st.integers(1, manifest.MAX_SAMPLES)),
        *[draw(pixels) for _ in range(3)],
    )


count_tables = st.lists(st.none() | class_counts(), max_size=4).map(tuple)


def packed(rows: tuple[counts.ClassCounts | None, ...]) -> bytes:
    """Returns a table of counts as it is stored."""
    held = [one or counts.ClassCounts(counted=0) for one in rows]
    columns = {
        "classes": [len(one.ids) for one in held],
        "confusions": [len(one.pixels) for one in held],
    }
    for name in counts.COLUMNS:
        if name not in columns:
            values = [getattr(one, name) for one in held]
            tuples = values and isinstance(values[0], tuple)
            columns[name] = [one for row in values for one in row] if tuples else values
    return counts.pack(
        {
            name: counts.Column(8, struct.pack(f"<{len(values)}q", *values))
            for name, values in columns.items()
        }
    )


MEMBERS = [
    *["format", "role", "kind", "name", "classes", "ignore", "bits", "range", "of", "digests"],
    *["sequence", "samples", "pictures", "id", "metrics", "groundTruth", "prediction", "input"],
    *["digest", "blob", "width", "height", "channels", "layout", "ids"],
    *["lowerIsBetter", "attributes"],
    *["counts", "columns"],
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | texts
    | st.sampled_from(
        ["NaN", "record", "mask", "image", "heatmap", "flow", "plain", "split", "neighbors"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(MEMBERS) | texts,
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
