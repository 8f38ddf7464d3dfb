# SPDX-License-Identifier: Apache-2.0
"""Everything needed to draw steps of runs: manifests, and the pictures they speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tb_pairs_plugin.reading import contract, png
from tb_pairs_plugin.reading.blobs import Blobs
from tb_pairs_plugin.reading.bundle import Bundle, make_bundle
from tb_pairs_plugin.reading.content_index import ContentIndex
from tb_pairs_plugin.reading.records import MAX_AGE, MAX_AGE_OF_FAULTS, RecordAtStep, Records
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.series_cache import SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.manifest import Manifest, Picture, Sample

PARTS = ("ground_truth", "prediction", "input")
MAX_ANSWER_BYTES = 64 * 1024 * 1024

_SLICE_BLOBS = 64
_SLICE_BYTES = 64 * 1024 * 1024  # of pixels, for blobs that are read at the same time


@dataclass(frozen=True)
class Wanted:
    """What a request of `frames` asks for.

    Attributes:
      tag: The tag of the records.
      at: Steps, each with a run.
      samples: Ids of samples; empty is all.
      parts: Some of `PARTS`.
      have: Digests of pictures that need not be sent.
      sent: Some of `PARTS`: pictures of none of these need not be sent either.
    """

    tag: str
    at: tuple[tuple[int, str], ...]
    samples: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset(PARTS)
    have: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset(PARTS)


@dataclass
class _Frame(RecordAtStep):
    """A frame in the making: its samples, its pictures, and why some can't be read.

    Attributes:
      samples: Those that are wanted.
      pictures: Of all of their parts that are wanted.
      sent: The digests of those that are a part which is sent.
      faults: By index of a picture, why it can't be read.
    """

    samples: list[dict[str, object]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    faults: dict[int, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        if self.error is not None:
            return codec.members(run=self.run, step=str(self.step), error=self.error)
        assert self.value is not None
        return codec.members(
            run=self.run,
            step=str(self.step),
            wall_time=self.value.wall_time,
            kind=self.manifest.kind.to_json() if self.manifest and self.manifest.kind else None,
            samples=self.samples,
            pictures=[
                contract.encode_picture(picture, self.faults.get(index))
                for index, picture in enumerate(self.pictures)
            ],
        )


class Frames:
    """Reads frames. Threads may share it."""

    def __init__(self, source: Source, series_cache: SeriesCache, found: Records) -> None:
        """Reads from `source` what `found` locates."""
        self._source = source
        self._records = found
        self._content_index = ContentIndex(source, series_cache)
        self._blobs = Blobs(source)

    def read(self, scope: Scope, wanted: Wanted) -> Bundle:
        """Returns the answer to a request of `frames`.

        Raises:
          HttpError: If no run that is asked for has the tag.
        """
        frames, blobs, omitted = self._read_twice(scope, wanted)
        header = {"frames": [frame.to_json() for frame in frames], "omitted": omitted}
        return make_bundle(header, blobs)

    def picture(self, scope: Scope, wanted: Wanted, digest: str) -> bytes:
        """Returns the blob of one picture of the one frame that is wanted.

        Raises:
          HttpError: If there is no such picture, or it can't be had.
        """
        (frame,), blobs, _ = self._read_twice(scope, wanted, only=digest)
        if frame.error is not None:
            raise HttpError(404, frame.error)
        if digest in blobs:
            return blobs[digest]
        for fault in frame.faults.values():
            raise HttpError(404, fault)
        raise HttpError(404, f"that record has no picture {digest}")

    def _read_twice(
        self, scope: Scope, wanted: Wanted, only: str | None = None
    ) -> tuple[list[_Frame], dict[str, bytes], int]:
        """Reads with the caches and, where that leaves faults, again without them."""
        self._source.check_access(scope)
        # Asked before reading, as another request may refresh the caches meanwhile.
        old = self._records.are_old(scope, wanted.tag, wanted.at)
        result = self._read(scope, wanted, only, MAX_AGE)
        frames, _, _ = result
        faulty = any(frame.error is not None or frame.faults for frame in frames)
        if faulty and old:
            return self._read(scope, wanted, only, MAX_AGE_OF_FAULTS)
        return result

    def _read(
        self, scope: Scope, wanted: Wanted, only: str | None, max_age: float
    ) -> tuple[list[_Frame], dict[str, bytes], int]:
        frames = self._records.read(scope, wanted.tag, wanted.at, max_age, _Frame)
        for frame in frames:
            if frame.manifest is not None:
                _select(frame, frame.manifest, wanted)
            if only is not None:
                frame.pictures = [one for one in frame.pictures if one.digest == only][:1]
        fresh = max_age < MAX_AGE
        unsent = _find_unsent(frames, wanted.have)
        keys = self._find_keys(scope, frames, unsent, fresh)
        read = self._read_pictures(scope, frames, keys)
        fitting, blobs = _fit(frames, unsent, read)
        return fitting, blobs, len(wanted.at) - len(fitting)

    def _find_keys(
        self, scope: Scope, frames: list[_Frame], unsent: Collection[str], fresh: bool
    ) -> dict[str, list[str]]:
        """Returns the keys to try, by the digests that are to be read, in order of frames."""
        keys: dict[str, dict[str, None]] = {}
        elsewhere: dict[str, set[str]] = {}
        for frame, picture in _pictures(frames):
            if picture.digest in unsent:
                continue
            if picture.blob is None:
                elsewhere.setdefault(frame.run, set()).add(picture.digest)
        content = self._content_index.locate(scope, elsewhere, fresh=fresh) if elsewhere else {}
        for frame in frames:
            for index, picture in enumerate(frame.pictures):
                if picture.digest in unsent:
                    continue
                assert frame.value is not None
                fault = png.find_size_fault(picture)
                if fault is not None:
                    frame.faults[index] = fault
                elif picture.blob is None and (frame.run, picture.digest) not in content:
                    frame.faults[index] = (
                        "the picture is missing: no content of this run holds its digest"
                    )
                elif picture.blob is not None and picture.blob >= len(frame.value.keys):
                    frame.faults[index] = (
                        f"the picture is missing: the manifest says element {picture.blob}, "
                        f"the record has {len(frame.value.keys)}"
                    )
                else:
                    found = (
                        content[frame.run, picture.digest]
                        if picture.blob is None
                        else [frame.value.keys[picture.blob]]
                    )
                    keys.setdefault(picture.digest, {}).update(dict.fromkeys(found))
        return {digest: list(places) for digest, places in keys.items()}

    def _read_pictures(
        self, scope: Scope, frames: list[_Frame], keys: Mapping[str, list[str]]
    ) -> dict[str, bytes | str]:
        """Reads in order of frames, until the answer is full."""
        sizes = {picture.digest: _pixel_bytes(picture) for _, picture in _pictures(frames)}
        read: dict[str, bytes | str] = {}
        total = 0
        part: dict[str, list[str]] = {}
        part_bytes = 0
        for digest, candidates in keys.items():
            if part and (len(part) == _SLICE_BLOBS or part_bytes + sizes[digest] > _SLICE_BYTES):
                total += self._read_slice(scope, part, read)
                part, part_bytes = {}, 0
                if total > MAX_ANSWER_BYTES:
                    return read
            part[digest] = candidates
            part_bytes += sizes[digest]
        if part:
            self._read_slice(scope, part, read)
        return read

    def _read_slice(
        self, scope: Scope, part: Mapping[str, list[str]], read: dict[str, bytes | str]
    ) -> int:
        found = self._blobs.read(scope, part)
        read.update(found)
        return sum(len(blob) for blob in found.values() if isinstance(blob, bytes))


def _select(frame: _Frame, manifest: Manifest, wanted: Wanted) -> None:
    """Takes the samples and parts that are wanted, and the pictures that those need."""
    places: dict[int, int] = {}

    def place(sample: Sample, part: str) -> int | None:
        index: int | None = getattr(sample, part)
        if part not in wanted.parts or index is None:
            return None
        if index not in places:
            places[index] = len(places)
            frame.pictures.append(manifest.pictures[index])
        if part in wanted.sent:
            frame.sent.add(manifest.pictures[index].digest)
        return places[index]

    for sample in manifest.samples:
        if wanted.samples and sample.id not in wanted.samples:
            continue
        parts = {part: place(sample, part) for part in PARTS}
        frame.samples.append(contract.encode_sample(sample, parts))


def _find_unsent(frames: list[_Frame], have: Collection[str]) -> set[str]:
    """Returns the digests that are left out; what two parts share is sent if one of them is."""
    sent = {digest for frame in frames for digest in frame.sent}
    return {one.digest for _, one in _pictures(frames) if one.digest not in sent}.union(have)


def _fit(
    frames: list[_Frame], unsent: Collection[str], read: Mapping[str, bytes | str]
) -> tuple[list[_Frame], dict[str, bytes]]:
    """Returns the frames that an answer has room for, and their blobs."""
    blobs: dict[str, bytes] = {}
    total = 0
    for position, frame in enumerate(frames):
        added, full = _judge(frame, unsent, read, blobs, MAX_ANSWER_BYTES - total)
        if full and position:
            return frames[:position], blobs
        blobs.update(added)
        total += sum(map(len, added.values()))
    return frames, blobs


def _judge(
    frame: _Frame,
    unsent: Collection[str],
    read: Mapping[str, bytes | str],
    sent: Mapping[str, bytes],
    room: int,
) -> tuple[dict[str, bytes], bool]:
    """Notes the faults of a frame; returns the blobs it adds, and whether some don't fit."""
    added: dict[str, bytes] = {}
    full = False
    for index, picture in enumerate(frame.pictures):
        digest = picture.digest
        if digest in unsent or index in frame.faults:
            continue
        blob = read.get(digest)
        if isinstance(blob, str):
            frame.faults[index] = blob
            continue
        if blob is None or (digest not in sent and digest not in added and len(blob) > room):
            full = True
            frame.faults[index] = contract.NO_ROOM
            continue
        fault = png.find_fault(blob, picture)
        if fault is not None:
            frame.faults[index] = fault
        elif digest not in sent and digest not in added:
            added[digest] = blob
            room -= len(blob)
    return added, full


def _pictures(frames: list[_Frame]) -> Iterator[tuple[_Frame, Picture]]:
    for frame in frames:
        for picture in frame.pictures:
            yield frame, picture


def _pixel_bytes(picture: Picture) -> int:
    width, height = picture.png_size
    return width * height * picture.channels
