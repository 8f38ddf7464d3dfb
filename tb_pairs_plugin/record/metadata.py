# SPDX-License-Identifier: Apache-2.0
"""The metadata of a tag: its role, and the kind of its records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tb_pairs_plugin.record import codec, digest, kinds
from tb_pairs_plugin.record.codec import Fields, RecordError

PLUGIN_NAME = "pairs"
FORMAT = 1

MAX_METADATA_BYTES = 4 * 1024 * 1024
# As many as a record may have pictures: one content value may hold all of them.
MAX_DIGESTS = 3 * 4096

_RESERVED = "__pairs__/"
_METRICS = _RESERVED + "metrics/"
_CONTENT = _RESERVED + "content/"
# The data server writes these with a backslash in the keys of blobs, and can't read it back.
_UNSERVABLE = re.compile(r'["\\\x00-\x1f]')


@dataclass(frozen=True)
class RecordRole:
    """The tag holds records."""

    kind: kinds.StoredKind

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="record", kind=self.kind.to_json())


@dataclass(frozen=True)
class MetricsRole:
    """The tag holds the metrics of the records of the tag `of`."""

    of: str

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="metrics", of=self.of)


@dataclass(frozen=True)
class ContentRole:
    """The tag holds, in its one value, the blobs with `digests`."""

    digests: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="content", digests=list(self.digests))


Role = RecordRole | MetricsRole | ContentRole


_parse_version = codec.integer(1, codec.MAX_INTEGER)


def parse_role(plugin_data: bytes) -> Role:
    """Returns the role that the plugin data of a tag gives it.

    Raises:
      RecordError: If it is damaged, of a newer format, or of an unknown role.
    """
    fields = Fields(codec.loads(plugin_data, MAX_METADATA_BYTES), "plugin data")
    check_format(fields)
    role = fields.get("role", codec.text)
    if role == "record":
        return RecordRole(kind=fields.get("kind", kinds.parse_kind))
    if role == "metrics":
        return MetricsRole(of=fields.get("of", codec.text))
    if role == "content":
        return ContentRole(digests=fields.get("digests", _parse_digests))
    raise codec.wrong(role, "role", "record, metrics or content")


def check_format(fields: Fields) -> None:
    """Checks that an object is of a format that this package reads.

    Raises:
      RecordError: If it is not.
    """
    version = fields.get("format", _parse_version)
    if version > FORMAT:
        raise RecordError(f"format {version} is newer than this plugin reads ({FORMAT})")


def check_tag(tag: str) -> None:
    """Checks that `tag` can be the tag of a record.

    Raises:
      ValueError: If it is empty, reserved, not Unicode, or can't be served by TensorBoard.
    """
    if not tag:
        raise ValueError("the tag is empty, want some text")
    if is_reserved(tag):
        raise ValueError(f"the tag is {tag!r}, want one that does not begin with {_RESERVED!r}")
    found = _UNSERVABLE.search(tag)
    if found:
        raise ValueError(
            f"the tag {tag!r} holds {found.group()!r}, want one without double quote, backslash "
            "and control characters (U+0000 to U+001F, such as tab and newline): TensorBoard's "
            "data server can't serve those"
        )
    codec.text(tag, "the tag")


def replace_unservable(name: str) -> str:
    """Returns `name` with `_` in place of each character that a tag can't hold."""
    return _UNSERVABLE.sub("_", name)


def make_metrics_tag(tag: str) -> str:
    """Returns the tag of the metrics of the record tag `tag`."""
    return _METRICS + tag


def make_content_tag(digests: Sequence[str]) -> str:
    """Returns the tag of the content value that holds the blobs with `digests`, in that order."""
    return _CONTENT + digest.digest(",".join(digests).encode("ascii"))


def is_content_tag(tag: str) -> bool:
    """Tells whether `tag` is the tag of a content value."""
    return tag.startswith(_CONTENT)


def is_reserved(tag: str) -> bool:
    """Tells whether `tag` can't be the tag of a record, for the format uses such tags itself."""
    return tag.startswith(_RESERVED)


def _plugin_data(**values: object) -> bytes:
    return codec.dumps(codec.members(format=FORMAT, **values))


def _parse_digests(value: object, name: str) -> tuple[str, ...]:
    return codec.items(value, name, digest.parse, MAX_DIGESTS)
