# SPDX-License-Identifier: Apache-2.0
"""The metrics value: the numbers of one record, small enough to read for a thousand steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tb_pairs_plugin.record import metadata, wire
from tb_pairs_plugin.record.manifest import (
    MAX_MANIFEST_BYTES,
    MAX_SAMPLES,
    Manifest,
    parse_sequence,
)
from tb_pairs_plugin.record.wire import Fields, RecordError

_MARK_DIGITS = 8
_MARK = re.compile(r"[0-9a-f]{8}\Z")


@dataclass(frozen=True)
class Metrics:
    """The numbers of the record number `sequence` of its writer.

    Attributes:
      sequence: The record's number, from 1.
      ids: The ids of the k samples.
      metrics: For each name k numbers; None is "not measured".
      ground_truth: For each sample the first eight digits of its ground truth's digest.
    """

    sequence: int
    ids: tuple[str, ...]
    metrics: Mapping[str, tuple[float | None, ...]]
    ground_truth: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Returns the value as it is stored."""
        return wire.dumps(
            wire.members(
                format=metadata.FORMAT,
                sequence=self.sequence,
                ids=list(self.ids),
                metrics={name: list(column) for name, column in self.metrics.items()},
                ground_truth=list(self.ground_truth),
            )
        )


def metrics_of(manifest: Manifest) -> Metrics:
    """Returns the metrics value that goes with `manifest`."""
    samples = manifest.samples
    names = dict.fromkeys(name for sample in samples for name in sample.metrics)
    return Metrics(
        sequence=manifest.sequence,
        ids=tuple(sample.id for sample in samples),
        metrics={name: tuple(sample.metrics.get(name) for sample in samples) for name in names},
        ground_truth=tuple(
            manifest.pictures[sample.ground_truth].digest[:_MARK_DIGITS] for sample in samples
        ),
    )


def parse_metrics(data: bytes) -> Metrics:
    """Returns the metrics value stored as `data`.

    Raises:
      RecordError: If it is damaged, contradicts itself, is too large or of a newer format.
    """
    fields = Fields(wire.loads(data, MAX_MANIFEST_BYTES), "the metrics value")
    metadata.check_format(fields)
    value = Metrics(
        sequence=fields.get("sequence", parse_sequence),
        ids=fields.get("ids", _parse_ids),
        metrics=fields.get("metrics", _parse_columns),
        ground_truth=fields.get("ground_truth", _parse_marks),
    )
    _check_lengths(value)
    return value


def _parse_ids(value: object, name: str) -> tuple[str, ...]:
    ids = wire.items(value, name, wire.text, MAX_SAMPLES)
    if len(set(ids)) < len(ids):
        raise RecordError(f"{name} holds the same id twice")
    return ids


def _parse_columns(value: object, name: str) -> dict[str, tuple[float | None, ...]]:
    if not isinstance(value, dict):
        raise wire.wrong(value, name, "an object of lists")
    return {
        wire.text(key, f"a name in {name}"): wire.items(
            column, wire.member_name(name, key), wire.number, MAX_SAMPLES
        )
        for key, column in value.items()
    }


def _parse_marks(value: object, name: str) -> tuple[str, ...]:
    return wire.items(value, name, _parse_mark, MAX_SAMPLES)


def _parse_mark(value: object, name: str) -> str:
    if not isinstance(value, str) or not _MARK.match(value):
        raise wire.wrong(value, name, "eight hexadecimal digits in lower case")
    return value


def _check_lengths(value: Metrics) -> None:
    count = len(value.ids)
    for column in (value.ground_truth, *value.metrics.values()):
        if len(column) != count:
            raise RecordError(f"a list of {len(column)} goes with {count} ids, want as many")
