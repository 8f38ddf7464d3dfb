# SPDX-License-Identifier: Apache-2.0
"""The metrics value: the numbers of one record, small enough to read for a thousand steps."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, TypeGuard, TypeVar

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

_NO_ATTRIBUTES: Mapping[str, tuple[Attribute | None, ...]] = MappingProxyType({})

# As this package writes them. So few digits are less than 2^53.
_BEGIN = re.compile(r'\{"format":1,"sequence":([1-9][0-9]{0,14})(?=,)', re.ASCII)
_METRICS = '"metrics":'
_UNCERTAIN = ("\\", '"format"', '"sequence"', '"metrics"')
# Frames of values that have nothing in common, such as changing attributes, are not worth the time.
_MOST_TRIES = 8

_MARK = re.compile(r"[0-9a-f]{8}\Z")


class Metrics(NamedTuple):
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
    metrics: Mapping[str, Sequence[float | None]]
    ground_truth: tuple[str, ...]
    lower_is_better: tuple[str, ...] = ()
    kind: str | None = None
    attributes: Mapping[str, tuple[Attribute | None, ...]] = _NO_ATTRIBUTES

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


class _Common(NamedTuple):
    """What the metrics values of a series mostly have in common."""

    ids: tuple[str, ...]
    ground_truth: tuple[str, ...]
    lower_is_better: tuple[str, ...]
    kind: str | None


_COMMON_KEYS = ("format", *map(codec.camel_case, _Common._fields))


class _Frame(NamedTuple):
    """The text of a metrics value but for its sequence and its metrics, and what it says.

    Attributes:
      middle: From the comma behind the sequence to where the metrics begin.
      end: From where the metrics end.
      common: What it says.
      attributes: What else.
    """

    middle: str
    end: str
    common: _Common
    attributes: Mapping[str, tuple[Attribute | None, ...]]


class Parser:
    """Parses the metrics values of a series; what one has in common with that before, once."""

    def __init__(self) -> None:
        """Begins a series."""
        self._stored: list[object] = []
        self._common = _Common((), (), (), None)
        self._names: list[str] = []
        self._frame: _Frame | None = None
        # How often a frame may be made that no value has had.
        self._tries = _MOST_TRIES

    def parse(self, data: bytes) -> Metrics:
        """Returns the metrics value stored as `data`.

        Raises:
          RecordError: If it is damaged, contradicts itself, is too large or of a newer format.
        """
        framed = self._parse_framed(data)
        if framed is not None:
            return framed
        stored = self._stored
        value = self._parse_whole(data)
        if self._stored is stored and self._tries:
            self._tries -= 1
            self._frame = _find_frame(bytes(data).decode("utf-8"), self._common, value.attributes)
        return value

    def _parse_framed(self, data: bytes) -> Metrics | None:
        """Returns a value whose text has the frame of one before; None if it has not."""
        if self._frame is None or len(data) > MAX_MANIFEST_BYTES:
            return None
        middle, end, common, known = self._frame
        try:
            text = bytes(data).decode("utf-8")
            begin = _BEGIN.match(text)
            if begin is None or not text.startswith(middle, begin.end()):
                return None
            metrics, at = codec.loads_at(text, begin.end() + len(middle))
        except ValueError:
            return None
        if text[at:] != end:
            return None
        self._tries = _MOST_TRIES
        ids, marks, lower_is_better, kind = common
        columns = self._parse_columns(metrics, "metrics")
        _check_lengths(columns.values(), len(ids))
        return Metrics(int(begin[1]), ids, columns, marks, lower_is_better, kind, known)

    def _parse_whole(self, data: bytes) -> Metrics:
        fields = Fields(codec.loads(data, MAX_MANIFEST_BYTES), "the metrics value")
        ids, marks, lower_is_better, kind = self._parse_common(fields)
        columns = fields.get("metrics", self._parse_columns)
        _check_lengths(columns.values(), len(ids))
        known = fields.optional("attributes", _parse_attributes) or _NO_ATTRIBUTES
        if known:
            _check_lengths(known.values(), len(ids))
        sequence = fields.get("sequence", parse_sequence)
        return Metrics(sequence, ids, columns, marks, lower_is_better, kind, known)

    def _parse_common(self, fields: Fields) -> _Common:
        stored = fields.pick(_COMMON_KEYS)
        # Texts are only equal to texts, but 1 is also equal to true.
        if stored != self._stored or type(stored[0]) is not int:
            metadata.check_format(fields)
            common = _Common(
                ids=fields.get("ids", _parse_ids),
                ground_truth=fields.get("ground_truth", _parse_marks),
                lower_is_better=fields.optional("lower_is_better", parse_names) or (),
                kind=fields.optional("kind", _parse_mark),
            )
            _check_lengths([common.ground_truth], len(common.ids))
            self._common, self._stored = common, stored
        return self._common

    def _parse_columns(self, value: object, name: str) -> Mapping[str, Sequence[float | None]]:
        if not isinstance(value, dict):
            raise codec.wrong(value, name, "an object of lists")
        names = list(value)
        if names != self._names:
            self._names = [codec.text(key, f"a name in {name}") for key in names]
        if _are_finite_columns(value.values()):
            return value
        return {
            key: codec.items(column, codec.member_name(name, key), codec.number, MAX_SAMPLES)
            for key, column in value.items()
        }


def _find_frame(
    text: str, common: _Common, known: Mapping[str, tuple[Attribute | None, ...]]
) -> _Frame | None:
    """Returns the frame of a value's text, if it is certain where its sequence and metrics are.

    It is where the text begins as this package writes it, and nothing else in it can be a member of
    these names: keys have no escapes, and objects before the metrics there are none.
    """
    begin = _BEGIN.match(text)
    found = text.find(_METRICS, begin.end()) if begin else -1
    if begin is None or found < 0:
        return None
    start = found + len(_METRICS)
    try:
        _, at = codec.loads_at(text, start)
    except RecordError:
        # White space comes first, or this is the end of a longer key.
        return None
    middle, end = text[begin.end() : start], text[at:]
    around = text[begin.end() : found] + end
    if "{" in middle or any(one in around for one in _UNCERTAIN):
        return None
    return _Frame(middle, end, common, known)


def _parse_ids(value: object, name: str) -> tuple[str, ...]:
    ids = codec.items(value, name, codec.text, MAX_SAMPLES)
    if len(set(ids)) < len(ids):
        raise RecordError(f"{name} holds the same id twice")
    return ids


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
    if (
        isinstance(value, list)
        and len(value) <= MAX_SAMPLES
        and (_are_finite(value) or _are_ascii(value))
    ):
        return tuple(value)
    return codec.items(value, name, attributes.parse_optional, MAX_SAMPLES)


def _are_finite_columns(columns: Collection[object]) -> bool:
    return _are_all(columns, list) and _are_finite([*chain.from_iterable(columns)])


def _are_finite(column: Sequence[object]) -> bool:
    return _are_all(column, float) and math.isfinite(sum(column))


def _are_ascii(column: Sequence[object]) -> bool:
    return _are_all(column, str) and "".join(column).isascii()


def _are_all(column: Collection[object], one: type[T]) -> TypeGuard[Collection[T]]:
    # Mostly they are, which is seen faster of all at once.
    return set(map(type, column)) == {one}


def _parse_marks(value: object, name: str) -> tuple[str, ...]:
    return codec.items(value, name, _parse_mark, MAX_SAMPLES)


def _parse_mark(value: object, name: str) -> str:
    if not isinstance(value, str) or not _MARK.match(value):
        raise codec.wrong(value, name, "eight hexadecimal digits in lower case")
    return value


def _check_lengths(columns: Iterable[Sequence[object]], count: int) -> None:
    for length in {*map(len, columns)} - {count}:
        raise RecordError(f"a list of {length} goes with {count} ids, want as many")
