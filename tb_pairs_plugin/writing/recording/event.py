# SPDX-License-Identifier: Apache-2.0
"""The `Summary` proto of one record: the record, its metrics, and content that it shares."""

from __future__ import annotations

from collections.abc import Sequence

from tensorboard.compat.proto import summary_pb2, types_pb2

from tb_pairs_plugin.record import metadata, metrics
from tb_pairs_plugin.record.manifest import MAX_MANIFEST_BYTES, Manifest
from tb_pairs_plugin.writing.errors import DataError


def make_summary(
    tag: str,
    role: metadata.RecordRole,
    description: str | None,
    manifest: Manifest,
    blobs: Sequence[bytes],
    content: Sequence[tuple[str, bytes]] = (),
) -> summary_pb2.Summary:
    """Returns one event's summary.

    Args:
      tag: Of the record.
      role: What the tag holds.
      description: Markdown, for the tag.
      manifest: Of the record.
      blobs: The pictures of the record that are not content.
      content: Digests and blobs to share.

    Raises:
      ValueError: If the classes take more bytes than a reader accepts.
      DataError: If the texts and numbers of the record do.
    """
    stored = manifest.to_bytes()
    if len(stored) > MAX_MANIFEST_BYTES:
        raise DataError(
            _too_large(
                stored,
                MAX_MANIFEST_BYTES,
                "ids, captions, metrics, attributes and class ids of a record",
            ),
            "size of texts",
        )
    measured = metrics.extract_metrics(manifest).to_bytes()
    if len(measured) > MAX_MANIFEST_BYTES:
        # Here each sample has a place for each name, also for those that it lacks.
        what = "metrics and attributes of a record, a place for each sample and name,"
        raise DataError(_too_large(measured, MAX_MANIFEST_BYTES, what), "size of metrics")
    proto = summary_pb2.Summary()
    _add(proto, tag, role, [stored, *blobs], description)
    _add_tensor(proto, metadata.make_metrics_tag(tag), metadata.MetricsRole(tag), measured)
    if content:
        digests = tuple(digest for digest, _ in content)
        blobs = [blob for _, blob in content]
        _add(proto, metadata.make_content_tag(digests), metadata.ContentRole(digests), blobs)
    return proto


def _too_large(stored: bytes, most: int, what: str) -> str:
    # No reader would take it.
    return f"the {what} take {len(stored)} bytes, want at most {most}"


def _add(
    proto: summary_pb2.Summary,
    tag: str,
    role: metadata.Role,
    blobs: Sequence[bytes],
    description: str | None = None,
) -> None:
    value = _value(proto, tag, role, summary_pb2.DATA_CLASS_BLOB_SEQUENCE)
    value.metadata.summary_description = description or ""
    value.tensor.dtype = types_pb2.DT_STRING
    value.tensor.tensor_shape.dim.add(size=len(blobs))
    value.tensor.string_val.extend(blobs)


def _add_tensor(proto: summary_pb2.Summary, tag: str, role: metadata.Role, text: bytes) -> None:
    value = _value(proto, tag, role, summary_pb2.DATA_CLASS_TENSOR)
    value.tensor.dtype = types_pb2.DT_STRING
    value.tensor.tensor_shape.SetInParent()
    value.tensor.string_val.append(text)


def _value(
    proto: summary_pb2.Summary,
    tag: str,
    role: metadata.Role,
    data_class: summary_pb2.DataClass.ValueType,
) -> summary_pb2.Summary.Value:
    value = proto.value.add(tag=tag)
    value.metadata.plugin_data.plugin_name = metadata.PLUGIN_NAME
    value.metadata.plugin_data.content = data = role.to_bytes()
    if len(data) > metadata.MAX_METADATA_BYTES:
        raise ValueError(_too_large(data, metadata.MAX_METADATA_BYTES, "classes of a tag"))
    value.metadata.data_class = data_class
    return value
