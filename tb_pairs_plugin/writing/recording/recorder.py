# SPDX-License-Identifier: Apache-2.0
"""Records of one event file, in the order they are written."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.record import manifest, metadata
from tb_pairs_plugin.record.kinds import Kind as StoredKind
from tb_pairs_plugin.writing import kinds, workers
from tb_pairs_plugin.writing.errors import FileLost, WriteError
from tb_pairs_plugin.writing.kinds import counts
from tb_pairs_plugin.writing.kinds.kind import Ranges
from tb_pairs_plugin.writing.recording import deduplication, encoding, event
from tb_pairs_plugin.writing.recording.deduplication import ContentKey, DeduplicationIndex, Entry
from tb_pairs_plugin.writing.recording.encoding import Draft, Encoded
from tb_pairs_plugin.writing.request import Pair, Request
from tb_pairs_plugin.writing.warn import warn_once
from tb_pairs_plugin.writing.writers.writer import Writer

# A file that is lost as soon as it is made is no file to write to.
_MOST_FILES_LOST = 2

Write = Callable[[summary_pb2.Summary], None]


@dataclass
class _Slot:
    """A picture on its way into a record: encoded, or stored already and therefore not."""

    draft: Draft
    shared: bool
    bucket: Hashable = None
    content_key: ContentKey | None = None
    entry: Entry | None = None
    encoded: Encoded | None = None

    def settle(self) -> None:
        """Drops the blob: the picture is in a content value."""
        assert self.encoded is not None
        self.entry, self.encoded = Entry(self.encoded.picture), None

    @property
    def picture(self) -> manifest.Picture:
        """How to read it."""
        if self.encoded is not None:
            return self.encoded.picture
        assert self.entry is not None
        return self.entry.picture


class Recorder:
    """Turns requests into summaries, and knows what its file already holds."""

    def __init__(self, shares_content: bool = True) -> None:
        """Begins a file.

        Args:
          shares_content: Whether pictures are stored once and referred to; only where all that this
            recorder writes goes to one file.
        """
        self._shares_content = shares_content
        # Reentrant, as the handler of a signal may log too; `_busy` tells of one amid a write.
        self._lock = threading.RLock()
        self._busy = False
        self._generation = 0
        self._sequences: dict[str, int] = {}
        # Of each tag the kind and the description that its first record has.
        self._said: dict[str, tuple[StoredKind, str | None]] = {}
        self._store = DeduplicationIndex()

    def record(self, tag: str, request: Request, step: int, write: Write) -> None:
        """Writes one record; other threads' records of the same file wait only while it is written.

        Args:
          tag: Of the record.
          request: What to write.
          step: Of the record.
          write: Writes the summary; where it raises, nothing that was stored is relied on any more.

        Raises:
          ValueError: If a picture can't be stored, or the tag was written with another kind.
          WriteError: If `write` raises; of files that are lost, if the next one is so too.
        """
        kind = request.kind.to_record()
        self._check_kind(tag, request, kind)
        spans = [
            request.kind.choose_ranges(pair.ground_truth, pair.prediction) for pair in request.pairs
        ]
        slots = _slots(request, spans, self._shares_content)
        files_lost = 0
        while True:
            generation = self._prepare(list(slots.values()), step)
            with self._lock:
                if generation != self._generation:
                    # Another thread's write failed meanwhile, and with it what was referred to.
                    continue
                if self._busy:
                    raise WriteError(
                        "it was called by what interrupted another call of the same writer, such "
                        "as the handler of a signal"
                    )
                try:
                    self._busy = True
                    # From here on the store takes for written what is yet to be.
                    summary = self._assemble(tag, request, kind, slots, spans, step)
                    _write(summary, write)
                except FileLost as error:
                    self._begin_file()
                    files_lost += 1
                    if files_lost == _MOST_FILES_LOST:
                        raise WriteError(str(error)) from error
                    # Once more, for the new file, which holds nothing to refer to.
                    continue
                except BaseException:
                    self._forget()
                    raise
                finally:
                    self._busy = False
                self._sequences[tag] = self._sequences.get(tag, 0) + 1
                self._said.setdefault(tag, (kind, request.description))
                return

    def _check_kind(self, tag: str, request: Request, kind: StoredKind) -> None:
        """Says what of a tag is no longer as in its first record of this file.

        Another kind altogether is a mistake in the program, which types decide: of a forgotten
        `kind=`, metrics and pictures of two kinds would be mixed in one curve.
        """
        if not self._shares_content:
            return
        with self._lock:
            said = self._said.get(tag)
        if said is None:
            return
        first, description = said
        if type(first) is not type(kind):
            raise ValueError(
                f"{tag!r} is written as pairs.{kind.name.capitalize()}, want "
                f"pairs.{first.name.capitalize()} as before; use another name, or give kind="
            )
        if first != kind:
            warn_once(
                ("kind", tag),
                f"pairs.summary got {tag!r} with another {' and '.join(_changed(first, kind))} "
                "than in its first record; each record is shown with its own, and metrics may not "
                "compare. Give every call of a name the same kind=, or use another name",
            )
        if description != request.description:
            warn_once(
                ("description", tag),
                f"pairs.summary got {tag!r} with another description than in its first record, and "
                "the first stays: TensorBoard keeps one for each name",
            )

    def _prepare(self, slots: Sequence[_Slot], step: int) -> int:
        with self._lock:
            generation = self._generation
        shared = [slot for slot in slots if slot.shared]
        for slot in shared:
            slot.bucket = deduplication.make_bucket_key(slot.draft)
            slot.entry = None
        with self._lock:
            found = {id(slot): self._store.find_candidates(slot.bucket) for slot in shared}

        def prepare(slot: _Slot) -> None:
            candidates = found.get(id(slot), [])
            for entry in candidates:
                same = entry.content_key is not None and entry.content_key.is_of(slot.draft)
                if same and self._store.can_refer(entry.picture.digest, step):
                    slot.entry = entry
                    return
            if candidates and slot.content_key is None:
                slot.content_key = self._store.make_content_key(slot.draft)
            if slot.encoded is None:
                slot.encoded = encoding.encode(slot.draft)

        workers.map_all(prepare, slots, sum(slot.draft.raster.values.size for slot in slots))
        return generation

    def _assemble(
        self,
        tag: str,
        request: Request,
        kind: StoredKind,
        slots: dict[Hashable, _Slot],
        spans: Sequence[Ranges],
        step: int,
    ) -> summary_pb2.Summary:
        shared = self._share(tag, [slot for slot in slots.values() if slot.shared], step)
        places, listed, blobs = _lay_out(slots)
        counted = counts.elements([pair.counts for pair in request.pairs])
        stored = manifest.Manifest(
            sequence=self._sequences.get(tag, 0) + 1,
            samples=tuple(
                manifest.Sample(
                    id=pair.id,
                    ground_truth=places[key[0]],
                    prediction=places[key[1]],
                    input=None if key[2] is None else places[key[2]],
                    caption=pair.caption,
                    metrics=pair.metrics,
                    range=span.shown,
                )
                for pair, key, span in zip(request.pairs, _keys(request.pairs), spans, strict=True)
            ),
            pictures=tuple(listed),
            lower_is_better=request.lower_is_better,
            counts=1 + len(blobs) if counted else None,
            kind=kind,
        )
        blobs += counted
        role = metadata.RecordRole(kind)
        return event.make_summary(
            tag, role, request.description, stored, blobs, list(shared.items())
        )

    def _share(self, tag: str, slots: Sequence[_Slot], step: int) -> dict[str, bytes]:
        """Settles which pictures are referred to; returns those that are stored as content now."""
        fresh = []
        for slot in slots:
            if not self._refer(slot, step):
                fresh.append(slot)
        speculative = self._store.stores_speculatively(tag)
        shared: dict[str, bytes] = {}
        for slot in fresh:
            assert slot.encoded is not None
            digest = slot.encoded.picture.digest
            seen = self._store.has_seen(slot.encoded.picture)
            self._store.remember(slot.bucket, slot.encoded, slot.content_key)
            if digest not in shared:
                if self._store.holds(digest) or not self._store.has_room():
                    continue
                if not (seen or speculative):
                    continue
                shared[digest] = slot.encoded.blob
                self._store.store(tag, digest, step, speculative=not seen)
            slot.settle()
        if shared:
            self._store.add_value()
        return shared

    def _refer(self, slot: _Slot, step: int) -> bool:
        if slot.encoded is None:
            assert slot.entry is not None
            self._store.refer(slot.bucket, slot.entry)
            return True
        if not self._store.can_refer(slot.encoded.picture.digest, step):
            return False
        entry = self._store.remember(slot.bucket, slot.encoded, slot.content_key)
        self._store.refer(slot.bucket, entry)
        slot.settle()
        return True

    def _forget(self) -> None:
        self._generation += 1
        self._store = DeduplicationIndex()

    def _begin_file(self) -> None:
        self._forget()
        self._sequences.clear()
        self._said.clear()


def _changed(before: StoredKind, now: StoredKind) -> list[str]:
    """Returns the names of the members that differ between two kinds of one type."""
    old, new = before.to_json(), now.to_json()
    return [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]


def _write(summary: summary_pb2.Summary, write: Write) -> None:
    try:
        write(summary)
    except FileLost:
        raise
    except Exception as error:
        raise WriteError(str(error)) from error


def _lay_out(
    slots: dict[Hashable, _Slot],
) -> tuple[dict[Hashable, int], list[manifest.Picture], list[bytes]]:
    """Returns where each slot's picture is listed, the pictures, and the blobs of the record."""
    places: dict[Hashable, int] = {}
    listed: list[manifest.Picture] = []
    blobs: list[bytes] = []
    elements: dict[str, int] = {}
    for key, slot in slots.items():
        picture = slot.picture
        if slot.encoded is not None:
            if picture.digest not in elements:
                blobs.append(slot.encoded.blob)
                elements[picture.digest] = len(blobs)
            picture = replace(picture, blob=elements[picture.digest])
        places[key] = len(listed)
        listed.append(picture)
    return places, listed, blobs


def _slots(request: Request, spans: Sequence[Ranges], share: bool) -> dict[Hashable, _Slot]:
    slots: dict[Hashable, _Slot] = {}
    for pair, keys, span in zip(request.pairs, _keys(request.pairs), spans, strict=True):
        truth, guess, input_ = keys
        slots[truth] = _Slot(
            Draft(pair.ground_truth, request.kind, span.ground_truth, is_truth=True), share
        )
        slots[guess] = _Slot(Draft(pair.prediction, request.kind, span.prediction), shared=False)
        if pair.input is not None:
            slots[input_] = _Slot(Draft(pair.input, kinds.infer_input(pair.input)), share)
    return slots


def _keys(pairs: Sequence[Pair]) -> list[tuple[Hashable, Hashable, Hashable]]:
    return [
        ((i, "truth"), (i, "guess"), None if pair.input is None else (i, "input"))
        for i, pair in enumerate(pairs)
    ]


_recorders: weakref.WeakKeyDictionary[object, Recorder] = weakref.WeakKeyDictionary()
_anonymous = Recorder(shares_content=False)
_lock = threading.RLock()


def write(writer: Writer, tag: str, request: Request, step: int, wall_time: float) -> None:
    """Writes one record to a writer.

    Raises:
      ValueError: If a picture can't be stored.
      WriteError: If the writer fails.
    """
    recorder = find_recorder(writer.file)
    recorder.record(tag, request, step, lambda summary: writer.write(summary, step, wall_time))


def find_recorder(file: object | None) -> Recorder:
    """Returns the recorder of a file; it lives as long as the object that stands for the file.

    Args:
      file: That object; None where it can't be known, and nothing can be referred to then.
    """
    if file is None:
        return _anonymous
    with _lock:
        try:
            recorder = _recorders.get(file)
            if recorder is None:
                recorder = _recorders[file] = Recorder()
        except TypeError:
            return _anonymous
        return recorder


def _after_fork() -> None:
    # The child writes to other files than its parent, or to the same with what it inherited.
    global _recorders, _anonymous, _lock
    _lock = threading.RLock()
    _recorders = weakref.WeakKeyDictionary()
    _anonymous = Recorder(shares_content=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
