# SPDX-License-Identifier: Apache-2.0
"""The metrics value: the numbers of one record, small enough to read for a thousand steps."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard, TypeVar

from tb_pairs_plugin.record import attributes, codec, digest, kinds, metadata
from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.record.codec import Fields, RecordError
from tb_pairs_plugin.record.manifest import (
    MAX_MANIFEST_BYTES,
    MAX_SAMPLES,
    Manifest,
    Picture,
    parse_names,
    parse_sequence,
)

T = TypeVar("T")

_MARK = re.compile(r"[0-9a-f]{8}\Z")


@dataclass(frozen=True)
class Metrics:
    """The numbers of the record number `sequence` of its writer.

    Attributes:
      sequence: The record's number, from 1.
      ids: The ids of the k samples.
      metrics: For each name k numbers; None is "not measured".
      ground_truth: For each sample the first eight digits of the digest of its ground truth's
        values.
      lower_is_better: The names of those of which a small value is a good one.
      kind: The mark of the record's kind, see `kinds.make_mark`; None is that of the tag.
      attributes: For each name k attributes; None is one that the sample does not have.
    """

    sequence: int
    ids: tuple[str, ...]
    metrics: Mapping[str, tuple[float | None, ...]]
    ground_truth: tuple[str, ...]
    lower_is_better: tuple[str, ...] = ()
    kind: str | None = None
    attributes: Mapping[str, tuple[Attribute | None, ...]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Returns the value as it is stored."""
        return codec.dumps(
            codec.members(
                format=metadata.FORMAT,
                sequence=self.sequence,
                ids=list(self.ids),
                metrics={name: list(column) for name, column in self.metrics.items()},
                ground_truth=list(self.ground_truth),
                lower_is_better=list(self.lower_is_better) or None,
                kind=self.kind,
                attributes={name: list(column) for name, column in self.attributes.items()} or None,
            )
        )


def extract_metrics(manifest: Manifest) -> Metrics:
    """Returns the metrics value that goes with `manifest`."""
    samples = manifest.samples
    return Metrics(
        sequence=manifest.sequence,
        ids=tuple(sample.id for sample in samples),
        metrics=_to_columns([sample.metrics for sample in samples]),
        ground_truth=tuple(_mark(manifest.pictures[sample.ground_truth]) for sample in samples),
        lower_is_better=manifest.lower_is_better,
        kind=None if manifest.kind is None else kinds.make_mark(manifest.kind),
        attributes=_to_columns([sample.attributes for sample in samples]),
    )


def _to_columns(rows: Sequence[Mapping[str, T]]) -> dict[str, tuple[T | None, ...]]:
    """Returns by name the element of each row; None where a row has none."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: tuple(row.get(name) for row in rows) for name in names}


def _mark(picture: Picture) -> str:
    return digest.shorten(picture.value_digest or picture.digest)


class Parser:
    """Parses the metrics values of a series; equal members are checked once."""

    def __init__(self) -> None:
        """Begins a series."""
        self._ids = _Repeated(_parse_ids)
        self._marks = _Repeated(_parse_marks)
        self._names = _Repeated(parse_names)

    def parse(self, data: bytes) -> Metrics:
        """Returns the metrics value stored as `data`.

        Raises:
          RecordError: If it is damaged, contradicts itself, is too large or of a newer format.
        """
        fields = Fields(codec.loads(data, MAX_MANIFEST_BYTES), "the metrics value")
        metadata.check_format(fields)
        value = Metrics(
            sequence=fields.get("sequence", parse_sequence),
            ids=fields.get("ids", self._ids.parse),
            metrics=fields.get("metrics", _parse_columns),
            ground_truth=fields.get("ground_truth", self._marks.parse),
            lower_is_better=fields.optional("lower_is_better", self._names.parse) or (),
            kind=fields.optional("kind", _parse_mark),
            attributes=fields.optional("attributes", _parse_attributes) or {},
        )
        _check_lengths(value)
        return value


class _Repeated:
    """A parser of lists of texts that mostly are the same as the one before."""

    def __init__(self, parse: Callable[[object, str], tuple[str, ...]]) -> None:
        self._parse = parse
        self._value: object = None
        self._parsed: tuple[str, ...] = ()

    def parse(self, value: object, name: str) -> tuple[str, ...]:
        if self._value is None or value != self._value:
            self._parsed = self._parse(value, name)
            self._value = value
        return self._parsed


def _parse_ids(value: object, name: str) -> tuple[str, ...]:
    ids = codec.items(value, name, codec.text, MAX_SAMPLES)
    if len(set(ids)) < len(ids):
        raise RecordError(f"{name} holds the same id twice")
    return ids


def _parse_columns(value: object, name: str) -> dict[str, tuple[float | None, ...]]:
    if not isinstance(value, dict):
        raise codec.wrong(value, name, "an object of lists")
    return {
        codec.text(key, f"a name in {name}"): _parse_column(column, codec.member_name(name, key))
        for key, column in value.items()
    }


def _parse_column(value: object, name: str) -> tuple[float | None, ...]:
    if isinstance(value, list) and _are_finite(value):
        return tuple(value)
    return codec.items(value, name, codec.number, MAX_SAMPLES)


def _parse_attributes(value: object, name: str) -> dict[str, tuple[Attribute | None, ...]]:
    if not isinstance(value, dict) or len(value) > attributes.MAX_ATTRIBUTES:
        raise codec.wrong(
            value, name, f"an object of at most {attributes.MAX_ATTRIBUTES} lists of attributes"
        )
    return {
        codec.text(key, f"a name in {name}"): _parse_attribute(column, codec.member_name(name, key))
        for key, column in value.items()
    }


def _parse_attribute(value: object, name: str) -> tuple[Attribute | None, ...]:
    if isinstance(value, list) and (_are_finite(value) or _are_ascii(value)):
        return tuple(value)
    return codec.items(value, name, attributes.parse_optional, MAX_SAMPLES)


def _are_finite(column: Sequence[object]) -> bool:
    return _are_all(column, float) and math.isfinite(sum(column))


def _are_ascii(column: Sequence[object]) -> bool:
    return _are_all(column, str) and "".join(column).isascii()


def _are_all(column: Sequence[object], one: type[T]) -> TypeGuard[Sequence[T]]:
    # Mostly they are, which is seen faster of all at once.
    return len(column) <= MAX_SAMPLES and set(map(type, column)) == {one}


def _parse_marks(value: object, name: str) -> tuple[str, ...]:
    return codec.items(value, name, _parse_mark, MAX_SAMPLES)


def _parse_mark(value: object, name: str) -> str:
    if not isinstance(value, str) or not _MARK.match(value):
        raise codec.wrong(value, name, "eight hexadecimal digits in lower case")
    return value


def _check_lengths(value: Metrics) -> None:
    count = len(value.ids)
    for column in (value.ground_truth, *value.metrics.values(), *value.attributes.values()):
        if len(column) != count:
            raise RecordError(f"a list of {len(column)} goes with {count} ids, want as many")
