# SPDX-License-Identifier: Apache-2.0
"""Records of one event file, in the order they are written."""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from collections.abc import Callable, Sequence

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.record import manifest, metadata
from tb_pairs_plugin.record.kinds import StoredKind
from tb_pairs_plugin.writing import kinds, workers
from tb_pairs_plugin.writing.errors import FileLost, WriteError
from tb_pairs_plugin.writing.kinds import counts
from tb_pairs_plugin.writing.kinds.kind import Ranges
from tb_pairs_plugin.writing.pairs import Pair
from tb_pairs_plugin.writing.recording import deduplication, encoding, event, instability
from tb_pairs_plugin.writing.recording.deduplication import DeduplicationIndex
from tb_pairs_plugin.writing.recording.draft import Draft
from tb_pairs_plugin.writing.recording.instability import LastPredictions
from tb_pairs_plugin.writing.recording.record import Record
from tb_pairs_plugin.writing.warn import warn_once

# Where each new file is lost at once, there is no point in making more.
_MOST_FILES_LOST = 2

Write = Callable[[summary_pb2.Summary], None]


class Recorder:
    """Turns records into summaries, and knows what its file already holds."""

    def __init__(self, shares_content: bool = True) -> None:
        """Begins a file.

        Args:
          shares_content: Whether pictures are stored once and referred to; only where all that this
            recorder writes goes to one file.
        """
        self._shares_content = shares_content
        # Reentrant, as a finalizer may log too; `_busy` tells of one during a write.
        self._lock = threading.RLock()
        self._busy = False
        self._generation = 0
        self._sequences: dict[str, int] = {}
        # Of each tag the kind and the description that its first record has.
        self._first_records: dict[str, tuple[StoredKind, str | None]] = {}
        self._store = DeduplicationIndex()
        self._last = LastPredictions()

    def record(self, record: Record, write: Write) -> None:
        """Writes one record; other threads' records of the same file wait only while it is written.

        Args:
          record: With the pairs that are to be written.
          write: Writes the summary; where it raises, nothing that was stored is relied on any more.

        Raises:
          ValueError: If a picture can't be stored, or the tag was written with another kind.
          WriteError: If `write` raises; of files that are lost, if the next one is so too.
        """
        tag, kind = record.tag, record.kind.to_record()
        self._check_kind(record, kind)
        spans = [
            record.kind.choose_ranges(pair.ground_truth, pair.prediction) for pair in record.pairs
        ]
        samples = [
            _make_drafts(record, pair, span, self._shares_content)
            for pair, span in zip(record.pairs, spans, strict=True)
        ]
        drafts = [draft for sample in samples for draft in sample]
        # The last record of a tag is known of its own file only.
        if self._shares_content and record.options.measure:
            _want_predictions(samples)
        files_lost = 0
        while True:
            generation = self._encode_or_match(drafts, record.step)
            with self._lock:
                if generation != self._generation:
                    # Another thread's write failed meanwhile, so references may be broken.
                    continue
                if self._busy:
                    raise WriteError(
                        "it was called by what interrupted another call of the same writer, such "
                        "as a finalizer"
                    )
                try:
                    self._busy = True
                    # From here on the store assumes that this write succeeds.
                    pairs = self._last.measure(tag, record.kind, record.pairs, samples)
                    summary = self._assemble(record._replace(pairs=pairs), kind, drafts, spans)
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
                self._last.keep(tag, record.pairs, samples)
                self._first_records.setdefault(tag, (kind, record.options.description))
                return

    def _check_kind(self, record: Record, kind: StoredKind) -> None:
        """Compares a tag's kind and description with those of its first record in this file.

        A kind of another class is a mistake in the program, such as a forgotten `kind=`: one curve
        would mix metrics of two kinds. Other members or another description are a warning. Where
        the file is unknown, so is its first record, and nothing is compared.

        Raises:
          ValueError: If the kind is of another class.
        """
        if not self._shares_content:
            return
        tag = record.tag
        with self._lock:
            before = self._first_records.get(tag)
        if before is None:
            return
        first, description = before
        if type(first) is not type(kind):
            raise ValueError(
                f"{tag!r} is written as {kinds.spell(kind)}, want {kinds.spell(first)} as before; "
                "use another name, or give kind="
            )
        if first != kind:
            warn_once(
                ("kind", tag),
                f"pairs.summary got {tag!r} with another {' and '.join(_diff_kinds(first, kind))} "
                "than in its first record; each record is shown with its own, and metrics may not "
                "compare. Give every call of a name the same kind=, or use another name",
            )
        if description != record.options.description:
            warn_once(
                ("description", tag),
                f"pairs.summary got {tag!r} with another description than in its first record, and "
                "the first stays: TensorBoard keeps one for each name",
            )

    def _encode_or_match(self, drafts: Sequence[Draft], step: int) -> int:
        """Encodes each picture that is not stored yet; returns the generation of the store."""
        with self._lock:
            generation = self._generation
        shared = [draft for draft in drafts if draft.is_shared]
        for draft in shared:
            draft.bucket = deduplication.make_bucket_key(draft)
            if draft.blob is None:
                draft.picture = None
        with self._lock:
            found = {id(draft): self._store.find_candidates(draft.bucket) for draft in shared}

        def encode_or_match(draft: Draft) -> None:
            candidates = found.get(id(draft), [])
            for entry in candidates:
                same = entry.content_key is not None and entry.content_key.is_of(draft)
                if same and self._store.can_refer(entry.picture.digest, step):
                    if draft.blob is None:
                        draft.picture = entry.picture
                    return
            if candidates and draft.content_key is None:
                draft.content_key = self._store.make_content_key(draft)
            if draft.blob is None:
                draft.picture, draft.blob = encoding.encode(draft)

        workers.map_all(encode_or_match, drafts, sum(draft.raster.values.size for draft in drafts))
        return generation

    def _assemble(
        self,
        record: Record,
        kind: StoredKind,
        drafts: Sequence[Draft],
        spans: Sequence[Ranges],
    ) -> summary_pb2.Summary:
        tag = record.tag
        shared = self._share(tag, [draft for draft in drafts if draft.is_shared], record.step)
        pictures, blobs = _list_pictures(drafts)
        counted = counts.elements([pair.counts for pair in record.pairs])
        # In the order of `_make_drafts`: ground truth, prediction and, if there is one, input.
        place = itertools.count()
        stored = manifest.Manifest(
            sequence=self._sequences.get(tag, 0) + 1,
            samples=tuple(
                manifest.Sample(
                    id=pair.id,
                    ground_truth=next(place),
                    prediction=next(place),
                    input=None if pair.input is None else next(place),
                    caption=pair.caption,
                    metrics=pair.metrics,
                    range=span.shown,
                    attributes=pair.attributes,
                )
                for pair, span in zip(record.pairs, spans, strict=True)
            ),
            pictures=pictures,
            lower_is_better=record.lower_is_better,
            # Of the record's elements the first is the manifest; the counts follow the blobs.
            counts=1 + len(blobs) if counted else None,
            kind=kind,
        )
        return event.make_summary(
            tag,
            metadata.RecordRole(kind),
            record.options.description,
            stored,
            blobs + counted,
            list(shared.items()),
        )

    def _share(self, tag: str, drafts: Sequence[Draft], step: int) -> dict[str, bytes]:
        """Settles which pictures are referred to; returns those that are stored as content now."""
        fresh = [draft for draft in drafts if not self._try_refer(draft, step)]
        speculative = self._store.stores_speculatively(tag)
        shared: dict[str, bytes] = {}
        for draft in fresh:
            assert draft.blob is not None
            digest = draft.stored.digest
            seen = self._store.has_seen(draft.stored)
            self._store.remember(draft)
            if digest not in shared:
                if self._store.holds(digest) or not self._store.has_room():
                    continue
                if not (seen or speculative):
                    continue
                shared[digest] = draft.blob
                self._store.store(tag, digest, step, speculative=not seen)
            draft.blob = None
        if shared:
            self._store.add_value()
        return shared

    def _try_refer(self, draft: Draft, step: int) -> bool:
        """Refers to a picture that is stored already; returns False where there is none such."""
        if draft.blob is not None:
            if not self._store.can_refer(draft.stored.digest, step):
                return False
            self._store.remember(draft)
            draft.blob = None
        self._store.refer(draft)
        return True

    def _forget(self) -> None:
        self._generation += 1
        self._store = DeduplicationIndex()

    def _begin_file(self) -> None:
        self._forget()
        self._sequences.clear()
        self._first_records.clear()
        self._last = LastPredictions()


def _diff_kinds(before: StoredKind, now: StoredKind) -> list[str]:
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


def _make_drafts(record: Record, pair: Pair, span: Ranges, shares: bool) -> list[Draft]:
    """Returns the pictures of a sample: ground truth, prediction and, if there is one, input."""
    kind = record.kind
    truth = Draft(pair.ground_truth, kind, span.ground_truth, is_truth=True, is_shared=shares)
    prediction = Draft(pair.prediction, kind, span.prediction, shown=span.shown)
    if pair.input is None:
        return [truth, prediction]
    return [truth, prediction, Draft(pair.input, kinds.infer_input(pair.input), is_shared=shares)]


def _want_predictions(samples: Sequence[Sequence[Draft]]) -> None:
    """Has the stored integers of predictions kept once they are encoded."""
    values = 0
    for _, prediction, *_ in samples:
        prediction.values_before = values
        values += prediction.raster.values.size


def _list_pictures(
    drafts: Sequence[Draft],
) -> tuple[tuple[manifest.Picture, ...], list[bytes]]:
    """Returns the pictures, and the blobs that are stored in the record itself."""
    pictures: list[manifest.Picture] = []
    blobs: list[bytes] = []
    elements: dict[str, int] = {}
    for draft in drafts:
        picture = draft.stored
        if draft.blob is not None:
            if picture.digest not in elements:
                blobs.append(draft.blob)
                elements[picture.digest] = len(blobs)
            picture = picture.place(elements[picture.digest])
        pictures.append(picture)
    return tuple(pictures), blobs


_recorders: weakref.WeakKeyDictionary[object, Recorder] = weakref.WeakKeyDictionary()
_anonymous = Recorder(shares_content=False)
_lock = threading.RLock()


def write(record: Record) -> None:
    """Writes a record, with the pairs that it has.

    Raises:
      ValueError: If a picture can't be stored.
      WriteError: If the writer fails.
    """
    get_recorder(record.writer.file).record(
        record, lambda summary: record.writer.write(summary, record.step, record.wall_time)
    )


def get_recorder(file: object | None) -> Recorder:
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
    # The child writes to other files than its parent, or to the same through inherited buffers.
    global _recorders, _anonymous, _lock
    _lock = threading.RLock()
    _recorders = weakref.WeakKeyDictionary()
    _anonymous = Recorder(shares_content=False)
    instability.forget_all()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
