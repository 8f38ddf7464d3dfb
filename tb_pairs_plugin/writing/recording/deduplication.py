# SPDX-License-Identifier: Apache-2.0
"""The index of the pictures that a file holds, so that later records can refer to them.

A picture is looked up in three steps, each more expensive and more certain than the one before
(docs/decisions/0011 says why):

1. a *bucket*, by a hash of a few of its rows: new content costs nothing more than that;
2. all its *values*, against those of its bucket, by a copy or else a fingerprint: a match saves the
   encoding;
3. the *digest* of its blob, which decides.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.record import manifest
from tb_pairs_plugin.writing.recording.draft import ContentKey, Draft

# Pictures that are remembered, each in some 500 bytes; one of many class ids counts as several.
MAX_REMEMBERED = 8192
_IDS_OF_ONE = 64
# Each content value is a tag of its own, which TensorBoard never drops.
MAX_VALUES = 1000
_HASHED_ROWS = 32
# Pictures of one bucket, such as masks that differ in one corner.
_MOST_PER_BUCKET = 16
# Bytes of copies to compare with, which takes a small part of the time of hashing.
MAX_COPIED = 32 * 1024 * 1024


@dataclass
class Entry:
    """A picture that was seen.

    Attributes:
      picture: How to read it. Pictures that differ only in that, such as two black ones of another
        size or two heatmaps of another range, may have one blob, and one digest.
      content_key: Of its values, once it was seen a second time.
      bucket: Under which it was seen last.
    """

    picture: manifest.Picture
    content_key: ContentKey | None = None
    bucket: Hashable = None

    @property
    def weight(self) -> int:
        """As how many pictures it counts."""
        return 1 + len(self.picture.ids or ()) // _IDS_OF_ONE


class _Speculation:
    """How often content of one tag that was stored at first sight was needed again."""

    def __init__(self) -> None:
        self.unused = self.reused = 0


class DeduplicationIndex:
    """The pictures that one file holds. Not thread-safe: the recorder has the lock."""

    def __init__(self) -> None:
        """Begins a file."""
        self._entries: OrderedDict[manifest.Picture, Entry] = OrderedDict()
        self._buckets: OrderedDict[Hashable, list[manifest.Picture]] = OrderedDict()
        # By digest the step of the content value that holds the blob.
        self._stored: dict[str, int] = {}
        self._speculations: dict[str, _Speculation] = {}
        self._speculative: dict[str, str] = {}
        self._values = 0
        # Bytes of copies that may still be made.
        self._room = MAX_COPIED
        self._weight = 0

    def find_candidates(self, bucket: Hashable) -> list[Entry]:
        """Returns the pictures that have this bucket."""
        alike = self._buckets.get(bucket, ())
        return [self._entries[one] for one in alike if one in self._entries]

    def can_refer(self, digest: str, step: int) -> bool:
        """Says whether a record at `step` may refer to the blob of this digest.

        Not to a later step's: a restart that purges steps must not take away a blob that an earlier
        step needs.
        """
        stored_at = self._stored.get(digest)
        return stored_at is not None and stored_at <= step

    def holds(self, digest: str) -> bool:
        """Says whether a content value has the blob of this digest."""
        return digest in self._stored

    def has_seen(self, picture: manifest.Picture) -> bool:
        """Says whether a picture is remembered."""
        return picture in self._entries

    def make_content_key(self, draft: Draft) -> ContentKey:
        """Returns a key that later drafts can be compared with."""
        if draft.data.nbytes <= self._room:
            return ContentKey(copy=bytearray(draft.data))
        return ContentKey(fingerprint=draft.fingerprint)

    def remember(self, draft: Draft) -> None:
        """Remembers a picture, and forgets the least recently used one."""
        picture, content_key = draft.stored, draft.content_key
        entry = self._entries.get(picture)
        if entry is None:
            entry = self._entries[picture] = Entry(picture)
            self._weight += entry.weight
        entry.bucket = draft.bucket
        # Another thread's may have taken the room meanwhile: then the next time will do.
        if content_key is not None and entry.content_key is None and content_key.size <= self._room:
            entry.content_key = content_key
            self._room -= content_key.size
        alike = self._buckets.setdefault(draft.bucket, [])
        if picture not in alike:
            alike.append(picture)
            del alike[:-_MOST_PER_BUCKET]
        self._mark_used(draft)

    def refer(self, draft: Draft) -> None:
        """Notes that a record refers to a picture."""
        if draft.stored in self._entries:
            self._mark_used(draft)
        tag = self._speculative.pop(draft.stored.digest, None)
        if tag is not None:
            speculation = self._speculations[tag]
            speculation.unused -= 1
            speculation.reused += 1

    def stores_speculatively(self, tag: str) -> bool:
        """Says whether new pictures of `tag` are stored as content before they were seen twice.

        They are while no more of those stored so were never needed again than were: from the first
        record on, but not for long where every batch is another.
        """
        speculation = self._speculations.get(tag)
        return speculation is None or speculation.unused <= speculation.reused

    def has_room(self) -> bool:
        """Says whether another content value may be written."""
        return self._values < MAX_VALUES

    def store(self, tag: str, digest: str, step: int, speculative: bool) -> None:
        """Notes that a blob goes into the content value of this step."""
        self._stored[digest] = step
        if speculative:
            self._speculations.setdefault(tag, _Speculation()).unused += 1
            self._speculative[digest] = tag

    def add_value(self) -> None:
        """Counts a content value."""
        self._values += 1

    def _mark_used(self, draft: Draft) -> None:
        self._entries.move_to_end(draft.stored)
        if draft.bucket in self._buckets:
            self._buckets.move_to_end(draft.bucket)
        while self._weight > MAX_REMEMBERED and len(self._entries) > 1:
            forgotten, entry = self._entries.popitem(last=False)
            self._weight -= entry.weight
            if entry.content_key is not None:
                self._room += entry.content_key.size
            self._speculative.pop(forgotten.digest, None)
            self._stored.pop(forgotten.digest, None)
            alike = self._buckets.get(entry.bucket, [])
            if forgotten in alike:
                alike.remove(forgotten)
        while len(self._buckets) > MAX_REMEMBERED:
            self._buckets.popitem(last=False)


def make_bucket_key(draft: Draft) -> Hashable:
    """Returns a value that equal drafts share and different ones mostly don't; cheap."""
    values = draft.raster.values
    rows = values[:: max(1, values.shape[0] // _HASHED_ROWS)]
    crc = zlib.crc32(np.ascontiguousarray(rows).view(np.uint8).data)
    return (
        (draft.kind.storage, draft.range, draft.is_truth),
        (draft.raster.dtype, values.shape, values.dtype.str, crc),
    )
