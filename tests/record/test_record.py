# SPDX-License-Identifier: Apache-2.0
"""The record comes back as it was written, and nothing else gets in."""

import contextlib
import hashlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tb_pairs_plugin.record import codec, counts, digest, manifest, metadata, metrics
from tb_pairs_plugin.record.codec import RecordError
from tests.record import strategies

A = digest.digest(b"a")
B = digest.digest(b"b")


def parse_counts(header: bytes) -> tuple[counts.ClassCounts | None, ...]:
    """Parses a table of counts that has no numbers."""
    return counts.parse(len(header).to_bytes(4, "little") + header)


PARSERS = [
    *[metadata.parse_role, manifest.parse_manifest, metrics.Parser().parse],
    *[parse_counts, counts.parse],
]

every_parser = pytest.mark.parametrize("parse", PARSERS)


def stored_manifest(**changes: object) -> dict[str, object]:
    """A small manifest as JSON, with members replaced."""
    value: dict[str, object] = {
        "format": 1,
        "sequence": 1,
        "samples": [{"id": "s", "groundTruth": 0, "prediction": 1, "metrics": {"iou": 0.5}}],
        "pictures": [
            {"digest": A, "blob": 1, "width": 2, "height": 3, "channels": 1, "bits": 8}
            | {"layout": "plain"},
            {"digest": B, "blob": 2, "width": 2, "height": 3, "channels": 1, "bits": 8}
            | {"layout": "plain"},
        ],
    }
    return value | changes


def with_sample(**changes: object) -> dict[str, object]:
    """The small manifest, with members of its sample replaced."""
    sample = {"id": "s", "groundTruth": 0, "prediction": 1} | changes
    return stored_manifest(samples=[sample])


def with_picture(**changes: object) -> dict[str, object]:
    """The small manifest, with members of its first picture replaced."""
    first, second = stored_manifest()["pictures"]  # type: ignore[misc]
    return stored_manifest(pictures=[first | changes, second])


@given(strategies.roles)
def test_roles_come_back_as_written(role: metadata.Role) -> None:
    assert metadata.parse_role(role.to_bytes()) == role


@given(strategies.manifests())
def test_manifests_come_back_as_written(value: manifest.Manifest) -> None:
    assert manifest.parse_manifest(value.to_bytes()) == value


@given(strategies.manifests())
def test_metrics_come_back_as_written(value: manifest.Manifest) -> None:
    written = metrics.extract_metrics(value)
    assert metrics.Parser().parse(written.to_bytes()).to_bytes() == written.to_bytes()


@given(strategies.manifests())
def test_metrics_are_those_of_the_manifest(value: manifest.Manifest) -> None:
    small = metrics.extract_metrics(value)
    assert small.sequence == value.sequence
    for position, sample in enumerate(value.samples):
        assert small.ids[position] == sample.id
        truth = value.pictures[sample.ground_truth]
        marked = truth.value_digest or truth.digest
        assert marked.startswith(small.ground_truth[position])
        for name, column in small.metrics.items():
            assert column[position] == sample.metrics.get(name)


@given(strategies.count_tables)
def test_counts_come_back_as_written(rows: tuple[counts.ClassCounts | None, ...]) -> None:
    assert counts.parse(strategies.packed(rows)) == rows


def stored_counts(changes: dict[str, object], data: bytes | None = None) -> bytes:
    """A small table as it is stored, with columns replaced; a number is a width of 1 byte."""
    columns: dict[str, list[int]] = {
        **{"counted": [2], "classes": [2], "confusions": [1], "ids": [0, 7]},
        **{"truePositive": [5, 6], "falsePositive": [1, 0], "falseNegative": [0, 1]},
        **{"truth": [7], "predicted": [0], "pixels": [1]},
    } | changes  # type: ignore[assignment]
    codes = {
        name: 1 if all(0 <= one < 256 for one in values) else 8 for name, values in columns.items()
    }
    header = json.dumps(
        {"format": 1, "columns": [[name, codes[name], len(columns[name])] for name in columns]}
    ).encode()
    numbers = [
        one.to_bytes(codes[name], "little", signed=codes[name] == 8)
        for name, values in columns.items()
        for one in values
    ]
    return len(header).to_bytes(4, "little") + header + b"".join(numbers)


def test_a_table_of_counts_is_read() -> None:
    (total,) = counts.parse(stored_counts({"ofANewerPlugin": [1, 2, 3]}))
    assert total == counts.ClassCounts(
        (0, 7), (5, 6), (1, 0), (0, 1), (7,), (0,), (1,), counted=2, omitted_pixels=0
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"ids": [0]},
        {"ids": [0, 0]},
        {"ids": [0, 2**53]},
        {"ids": []},
        {"counted": [4097]},
        {"counted": [1] * 4097},
        {"classes": [3]},
        {"confusions": [0]},
        {"truePositive": [5, -1]},
        {"falsePositive": [5, 2**53]},
        {"falseNegative": [5]},
        {"pixels": [1, 2]},
        {"omittedClasses": [1, 2]},
        {"ids": list(range(4097)), "classes": [4097]}
        | dict.fromkeys(["truePositive", "falsePositive", "falseNegative"], [0] * 4097),
    ],
    ids=lambda changes: " ".join(changes),
)
def test_counts_that_contradict_themselves_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        counts.parse(stored_counts(changes))


@pytest.mark.parametrize(
    "columns",
    [
        [["ids", 1, 2**53]],
        [["ids", 3, 1]],
        [["ids", True, 1]],
        [["ids", 1, -1]],
        [["ids", 1]],
        [["ids", 1, 0], ["ids", 1, 0]],
        [["ids", 1, 1]],
        [[5, 1, 0]],
        [["x", 1, 0]] * 65,
        None,
    ],
    ids=repr,
)
def test_columns_of_counts_that_cannot_be_are_refused(columns: object) -> None:
    with pytest.raises(RecordError):
        parse_counts(json.dumps({"format": 1, "columns": columns}).encode())


def test_a_metric_may_be_nan() -> None:
    value = metrics.Metrics(1, ("s",), {"iou": (math.nan,)}, ("0" * 8,))
    stored = value.to_bytes()
    assert json.loads(stored)["metrics"] == {"iou": ["NaN"]}
    (read,) = metrics.Parser().parse(stored).metrics["iou"]
    assert read is not None and math.isnan(read)


@pytest.mark.parametrize(
    ("column", "damaged"),
    [
        ('["rain", "fog"]', '["rain", ["fog"]]'),
        ('["rain", "\u96e8", null]', '["rain", "\\ud800", null]'),
        ("[1.5, -0.0]", "[1.5, 1e400]"),
        ("[1.5, null]", '[1.5, {"x": 1}]'),
        ("[true, 1, 1.0]", "[true, 1, [1]]"),
        ("[1, 9007199254740991]", "[1, 9007199254740992]"),
    ],
)
def test_attributes_come_back_in_their_types_and_are_checked(column: str, damaged: str) -> None:
    count = len(json.loads(column))
    value = metrics.Metrics(1, tuple(map(str, range(count))), {}, ("0" * 8,) * count)
    start = value.to_bytes().decode().removesuffix("}")

    def parse(attribute: str) -> object:
        stored = f'{start},"attributes":{{"a":{attribute}}}}}'.encode()
        return metrics.Parser().parse(stored).attributes["a"]

    assert repr(parse(column)) == repr(tuple(json.loads(column)))
    with pytest.raises(RecordError, match=r"a (holds|is) "):
        parse(damaged)


@every_parser
@given(value=strategies.json_values)
def test_any_json_is_parsed_or_refused(parse, value) -> None:  # type: ignore[no-untyped-def]
    with contextlib.suppress(RecordError):
        parse(json.dumps(value).encode())


@every_parser
@given(
    value=strategies.manifests().map(lambda value: value.to_bytes())
    | strategies.manifests().map(lambda value: metrics.extract_metrics(value).to_bytes())
    | strategies.roles.map(lambda role: role.to_bytes())
    | strategies.count_tables.map(strategies.packed),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4),
    cut=st.integers(0, 10_000),
)
def test_mutated_bytes_are_parsed_or_refused(parse, value, flips, cut) -> None:  # type: ignore[no-untyped-def]
    damaged = bytearray(value)
    for position, byte in flips:
        damaged[position % len(damaged)] = byte
    for data in (bytes(damaged), bytes(damaged[: cut % len(damaged)])):
        with contextlib.suppress(RecordError):
            parse(data)


@every_parser
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"null",
        b"[]",
        b'"text"',
        b"{} {}",
        b'{"format": NaN}',
        b'{"format": 1' + b"0" * 10_000 + b"}",
        b'{"format": 1e999}',
        b'{"format": true}',
        b'{"format": 1.0}',
        b'{"format": 0}',
        b'{"format": 1}',
    ],
    ids=lambda data: repr(data[:20]),
)
def test_foreign_bytes_are_refused(parse, data: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RecordError):
        parse(data)


@pytest.mark.parametrize("parse", PARSERS[:-1])
def test_a_newer_format_is_refused_by_its_number(parse) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RecordError, match=r"format 2 is newer than this plugin reads \(1\)"):
        parse(b'{"format": 2, "everything": "else"}')


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (stored_manifest(sequence=0), "sequence is 0, want an integer from 1"),
        (stored_manifest(samples={}), "samples is an object, want a list"),
        (stored_manifest(pictures=None), "pictures is missing, want a list"),
        (stored_manifest(samples=[3]), "an element of samples is 3, want an object"),
        (with_sample(id=None), "id is missing, want a text"),
        (with_sample(id="\ud800"), "half a surrogate pair"),
        (with_sample(groundTruth=2), "refers to picture 2, want less than 2"),
        (with_sample(input=2), "refers to picture 2, want less than 2"),
        (with_sample(prediction=-1), "prediction is -1"),
        (with_sample(prediction=True), "prediction is true"),
        (with_sample(prediction=0.0), "prediction is 0.0"),
        (with_sample(metrics={"iou": "1"}), "metrics.iou is '1', want a number"),
        (
            with_sample(metrics={"iou": 10**400}),
            "metrics.iou is a number beyond the range of float64",
        ),
        (with_sample(metrics=[1]), "metrics is a list of 1, want an object of numbers"),
        (stored_manifest(samples=[{"id": "s", "groundTruth": 0, "prediction": 0}] * 2), "same id"),
        (with_picture(digest="A" * 32), "want 32 hexadecimal digits"),
        (with_picture(digest=A + "\n"), "want 32 hexadecimal digits"),
        (with_picture(blob=0), "blob is 0"),
        (with_picture(width=0), "width is 0"),
        (with_picture(height=2**31), "height is 2147483648"),
        (with_picture(channels=5), "channels is 5"),
        (with_picture(bits=9), "bits is 9, want 8, 16 or 32"),
        (with_picture(bits=8.0), "bits is 8.0"),
        (with_picture(layout="tiled"), "layout is 'tiled', want plain, split or neighbors"),
        (with_picture(layout="split"), "8 bits has the layout split"),
        (with_picture(layout="neighbors"), "has None literals"),
        (with_picture(literals=3), "layout plain has 3 literals"),
        (with_picture(layout="neighbors", literals=3, channels=3), "want 1 channel"),
        (with_picture(layout="neighbors", literals=10**6), "more than it has pixels"),
        (with_picture(bits=16), "16 bits has the layout plain"),
        (with_picture(bits=32), "32 bits has the layout plain"),
        (with_picture(bits=32, layout="split"), "the range None, want 1 channel and a range"),
        (with_picture(bits=32, layout="split", channels=3, range=[0, 1]), "has 3 channels"),
        (with_picture(ids=["1"]), "ids is '1'"),
        (with_picture(range=[1, 0]), "want the lower bound first"),
        (with_picture(range=[0, "Infinity"]), "want a finite number"),
        (with_picture(range=[0]), "range is a list of 1, want a list of two numbers"),
        (with_picture(clipped=1.5), "clipped is 1.5, want a number from 0 to 1"),
        (with_picture(dtype=8), "dtype is 8, want a text"),
    ],
)
def test_a_manifest_that_lies_is_refused_by_a_sentence(value: object, message: str) -> None:
    with pytest.raises(RecordError) as caught:
        manifest.parse_manifest(json.dumps(value).encode())
    assert message in str(caught.value)


def test_the_small_manifest_of_these_tests_is_accepted() -> None:
    value = manifest.parse_manifest(json.dumps(stored_manifest()).encode())
    assert value.samples[0].metrics == {"iou": 0.5}


def test_unknown_members_are_ignored() -> None:
    value = stored_manifest(later={"a": [1]})
    assert manifest.parse_manifest(json.dumps(value).encode()).sequence == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"role": "other"}, "role is 'other', want record, metrics or content"),
        ({"role": "record"}, "kind is missing, want an object"),
        ({"role": "record", "kind": {"name": "video"}}, "want image, mask, heatmap or flow"),
        ({"role": "record", "kind": {"name": "image", "bits": 12}}, "bits is 12"),
        (
            {"role": "record", "kind": {"name": "mask", "classes": [{"id": 1}, {"id": 1}]}},
            "two classes of the same id",
        ),
        (
            {"role": "record", "kind": {"name": "mask", "classes": [{"id": 1, "color": "red"}]}},
            "color is 'red', want #rrggbb",
        ),
        ({"role": "content", "digests": ["x"]}, "32 hexadecimal digits"),
        ({"role": "metrics"}, "of is missing"),
    ],
)
def test_a_role_that_lies_is_refused_by_a_sentence(value: dict[str, object], message: str) -> None:
    with pytest.raises(RecordError) as caught:
        metadata.parse_role(json.dumps({"format": 1} | value).encode())
    assert message in str(caught.value)


def test_metrics_of_unequal_lengths_are_refused() -> None:
    value = metrics.Metrics(1, ("s", "t"), {"iou": (0.5,)}, ("0" * 8,) * 2)
    with pytest.raises(RecordError, match="a list of 1 goes with 2 ids"):
        metrics.Parser().parse(value.to_bytes())


def test_long_documents_are_refused_unread() -> None:
    with pytest.raises(RecordError, match="JSON has 17 bytes, want at most 16"):
        codec.loads(b"[" * 17, 16)


def test_too_many_samples_are_refused() -> None:
    value = with_sample()
    value["samples"] = [
        {"id": str(n), "groundTruth": 0, "prediction": 0} for n in range(manifest.MAX_SAMPLES + 1)
    ]
    with pytest.raises(RecordError, match="samples has 4097 elements, want at most 4096"):
        manifest.parse_manifest(json.dumps(value).encode())


def test_the_sides_of_the_png_of_a_split_picture() -> None:
    assert manifest.Picture(A, 4, 3, 1).png_size == (4, 3)
    assert manifest.Picture(A, 4, 3, 1, bits=16, layout="split").png_size == (4, 6)
    assert manifest.Picture(A, 4, 3, 1, bits=32, layout="split").png_size == (4, 12)
    assert manifest.Picture(A, 5, 3, 1, layout="neighbors", literals=0).png_size == (3, 2)
    assert manifest.Picture(A, 5, 3, 1, layout="neighbors", literals=4).png_size == (3, 4)


@pytest.mark.parametrize("tag", ["a", "a/b", "<b>", "/&?#%", "ünïcode 🎨", "it's", "a\x7fb"])
def test_tags_that_can_be_served_are_accepted(tag: str) -> None:
    metadata.check_tag(tag)


@pytest.mark.parametrize(
    "tag",
    ["", 'a"b', "a\\b", "a\tb", "a\nb", "a\rb", "a\x00b", "a\x1fb", "\ud800", "__pairs__/x"],
)
def test_tags_that_cannot_be_served_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="the tag"):
        metadata.check_tag(tag)


def test_a_content_tag_depends_on_every_digest_and_their_order() -> None:
    assert len({metadata.make_content_tag(d) for d in ([A], [B], [A, B], [B, A])}) == 4
    expected = hashlib.sha256(f"{A},{B}".encode()).hexdigest()[:32]
    assert metadata.make_content_tag([A, B]) == f"__pairs__/content/{expected}"


# What metrics values of a series may be made of; of each, the first is as this package writes it.
PIECES = {
    "begin": [
        b'{"format":1,"sequence":',
        b'{"sequence":1,"format":',
        b'{ "format":1,"sequence":',
        b'{"format":true,"sequence":',
        b'{"format":2,"sequence":',
    ],
    "sequence": [b"7", b"8", b"0", b"07", b"1.0", b"-1", b"9" * 15, b"9" * 16, b'7,"a":{}'],
    "ids": [
        b',"ids":["s","t"]',
        b',"ids":["t","s"]',
        b',"ids":["s","s"]',
        b',"ids":["s"]',
        b',"ids":["s","\xef\xbf\xbd"]',
        b',"ids":["s","\xff"]',
        b',"ids":["s","\\"metrics\\":"]',
        b',"ids":["s","t"],"a\\"metrics":true',
        b',"ids":["s","t"],"a\\"metrics": 1',
        b',"ids": ["s","t"]',
        b',"ids":["s","t"],"x":{"metrics": 1}',
        b',"ids":["s","t"],"x":["metrics"]',
        b',"ids":["s","t"],"x":{"metrics":{"iou":[0.5,0.5]}}',
        b',"ids":["s","t"],"metrics":{"iou":[0.5,0.5]}',
        b',"ids":["s","t"],"sequence":3',
    ],
    "metrics": [
        b',"metrics":{"iou":[0.5,0.25]}',
        b',"metrics":{"iou":[0.75,null],"mae":[1,"NaN"]}',
        b',"metrics":{"iou":[0.5]}',
        b',"metrics":{"iou":[0.5,1e999]}',
        b',"metrics":{"iou":[0.5,NaN]}',
        b',"metrics":{"iou":[0.5,0.25]',
        b',"metrics":[]',
        b',"metrics":1',
        b',"metrics":',
        b',"metrics": {"iou":[0.5,0.25]}',
        b',"metrics":\t{"iou":[0.5,0.25]}',
        b',"metrics":\n{"iou":[0.5,0.25]}',
        b',"metrics":\xc2\xa0{"iou":[0.5,0.25]}',
        b',"metrics": ',
        b',"metrics": []',
        b', "metrics":{"iou":[0.5,0.25]}',
        b',"metrics" :{"iou":[0.5,0.25]}',
        b',"metrics":{"iou":[0.5,0.25]} ',
        b',"metrics":{ "iou": [0.5, 0.25] }',
        b"",
    ],
    "end": [
        b',"groundTruth":["00000000","11111111"]}',
        b',"groundTruth":["00000000","22222222"]}',
        b',"groundTruth":["00000000"]}',
        b',"groundTruth":["00000000","11111111"],"kind":"33333333"}',
        b',"groundTruth":["00000000","11111111"],"attributes":{"a":["x",2]}}',
        b',"groundTruth":["00000000","11111111"],"metrics":{"iou":[1.5,2.5]}}',
        b',"groundTruth":["00000000","11111111"],"m\\u0065trics":{"iou":[1.5,2.5]}}',
        b',"groundTruth":["00000000","11111111"],"sequence":9}',
        b',"groundTruth":["00000000","11111111"]} ',
        b',"groundTruth":["00000000","11111111"]}}',
    ],
}
stored_values = st.builds(
    lambda pieces: b"".join(pieces),
    # Mostly the first, as most values of a series are alike.
    st.tuples(*[st.just(some[0]) | st.sampled_from(some) for some in PIECES.values()]),
)


def assert_read_as_alone(series: list[bytes]) -> None:
    def read(parser: metrics.Parser, stored: bytes) -> object:
        try:
            return parser.parse(stored)
        except RecordError as error:
            return str(error)

    parser = metrics.Parser()
    for stored in series:
        assert read(parser, stored) == read(metrics.Parser(), stored)


@given(st.lists(stored_values, min_size=2, max_size=8))
def test_a_value_of_a_series_is_read_as_it_is_alone(series: list[bytes]) -> None:
    # Twice, as what is alike is only looked for once a value has much in common with the last.
    assert_read_as_alone([one for one in series for _ in range(2)])


@pytest.mark.parametrize(("place", "piece"), [(i, one) for i in PIECES for one in PIECES[i][1:]])
def test_each_part_of_a_value_is_read_as_it_is_alone(place: str, piece: bytes) -> None:
    usual = {name: some[0] for name, some in PIECES.items()}
    changed = b"".join((usual | {place: piece}).values())
    stored = b"".join(usual.values())
    assert_read_as_alone([stored] * 3 + [changed] * 3 + [stored] * 2)
    assert_read_as_alone([changed] * 3 + [stored] * 3)


def test_json_is_compact_camel_case_without_absent_members() -> None:
    assert (
        codec.dumps(codec.members(ground_truth=[1, 0.5], caption=None))
        == b'{"groundTruth":[1,0.5]}'
    )


@pytest.mark.parametrize(
    "damage", [b'"ids":["s","s"]', b'"ids":["s",1]', b'"groundTruth":["0","1"]']
)
def test_what_differs_from_the_value_before_is_checked(damage: bytes) -> None:
    sound = metrics.Metrics(1, ("s", "t"), {"iou": (0.5, None)}, ("0" * 8, "1" * 8))
    key = damage.partition(b":")[0]
    start = sound.to_bytes().index(key)
    stored = sound.to_bytes()
    damaged = stored[:start] + damage + stored[stored.index(b"]", start) + 1 :]
    parser = metrics.Parser()
    parser.parse(stored)
    with pytest.raises(RecordError):
        parser.parse(damaged)
    assert parser.parse(stored).to_bytes() == stored
