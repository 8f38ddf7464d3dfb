# SPDX-License-Identifier: Apache-2.0
"""What the routes answer for existing pairs: steps, samples, and pictures as they were logged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tb_pairs_plugin.pairing.proposals import Role, Strip
from tb_pairs_plugin.pairing.rule_file import Grid, Rule
from tb_pairs_plugin.reading.bundle import Bundle, make_bundle
from tb_pairs_plugin.reading.existing import kinds
from tb_pairs_plugin.reading.existing.index import PLUGIN_NAME, Index, Pair
from tb_pairs_plugin.reading.existing.pictures import Encoded, Pictures
from tb_pairs_plugin.reading.existing.samples import Sample, Steps, lay_out
from tb_pairs_plugin.reading.frames import MAX_ANSWER_BYTES, Wanted
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.series_cache import Series, SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record import codec, digest

_MAX_AGE = 10.0  # seconds
_MAX_AGE_OF_SERIES = 2.0
_PARTS = {
    Role.GROUND_TRUTH: "ground_truth",
    Role.PREDICTION: "prediction",
    Role.INPUT: "input",
}


@dataclass(frozen=True)
class Asked:
    """Which pair is asked for.

    Attributes:
      scope: Whose data.
      name: Of the pair.
      rules: The rule file of whoever asks; may be empty.
    """

    scope: Scope
    name: str
    rules: str = ""


class ExistingPairs:
    """Answers for pairs of existing pictures. Threads may share it."""

    def __init__(self, source: Source, index: Index) -> None:
        """Reads from `source` what `index` finds."""
        self._index = index
        self._series_cache = SeriesCache(source)
        self._pictures = Pictures(source)
        self._source = source

    def series(self, asked: Asked, runs: Collection[str]) -> dict[str, object]:
        """Returns the answer to a request of `series`.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        return codec.members(
            tag=asked.name,
            runs={
                run: codec.members(
                    steps=[str(step) for step in steps.samples],
                    wall_times=[steps.wall_times[step] for step in steps.samples],
                    logged=len(steps.samples),
                    before_restart=[],
                    samples=_ids(steps),
                    metrics={},
                    lower_is_better=[],
                    source={
                        "source": PLUGIN_NAME,
                        "loaded": len(steps.samples),
                        "unpaired": steps.unpaired,
                    },
                )
                for run, steps in self._steps_by_run(asked, runs, _MAX_AGE_OF_SERIES).items()
            },
        )

    def samples(self, asked: Asked, runs: Collection[str]) -> dict[str, object]:
        """Returns the answer to a request of `samples`: no sample has metrics.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        return codec.members(
            tag=asked.name,
            runs={
                run: codec.members(
                    steps=[str(step) for step in steps.samples],
                    samples=_ids(steps),
                    metrics={},
                    changed={},
                )
                for run, steps in self._steps_by_run(asked, runs, _MAX_AGE_OF_SERIES).items()
            },
        )

    def counts(self, asked: Asked, at: Collection[tuple[int, str]]) -> dict[str, object]:
        """Returns the answer to a request of `counts`: nothing was counted.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        self._steps_by_run(asked, {run for _, run in at}, _MAX_AGE)
        return codec.members(
            tag=asked.name,
            counts=[codec.members(run=run, step=str(step), samples=0) for step, run in at],
            omitted=0,
        )

    def frames(self, asked: Asked, wanted: Wanted) -> Bundle:
        """Returns the answer to a request of `frames`.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        located = self._locate(asked, wanted)
        keys = {
            key: frame.wall_time
            for frame in located
            for sample in frame.samples
            for role, key in sample.keys.items()
            if role is None or _PARTS[role] in wanted.parts
        }
        found = self._pictures.read(asked.scope, keys, MAX_ANSWER_BYTES)
        blobs: dict[str, bytes] = {}
        frames: list[dict[str, object]] = []
        for frame in located:
            header, added = frame.draw(found, wanted)
            added = {name: blob for name, blob in added.items() if name not in blobs}
            total = sum(map(len, blobs.values())) + sum(map(len, added.values()))
            if frames and (total > MAX_ANSWER_BYTES or not frame.is_read(found, wanted)):
                break
            frames.append(header)
            blobs.update(added)
        return make_bundle({"frames": frames, "omitted": len(located) - len(frames)}, blobs)

    def picture(self, asked: Asked, wanted: Wanted, name: str) -> Encoded:
        """Returns one picture of the one frame that is wanted, by its digest.

        Raises:
          HttpError: If there is no such picture.
        """
        (frame,) = self._locate(asked, wanted)
        keys = {key: frame.wall_time for sample in frame.samples for key in sample.keys.values()}
        for found in self._pictures.read(asked.scope, keys, MAX_ANSWER_BYTES).values():
            if isinstance(found, Encoded) and found.digest == name:
                return found
        raise HttpError(404, frame.error or f"that step has no picture {name}")

    def newest(self, scope: Scope, tag: str, run: str) -> Encoded:
        """Returns the last picture of a tag, whether or not it is in a pair.

        Raises:
          HttpError: If there is none.
        """
        series = self._series_cache.read(scope, [run], [tag], _MAX_AGE_OF_SERIES).get((run, tag))
        if isinstance(series, SourceError):
            raise series
        times = series.times() if series is not None else []
        value = series.get(times[-1][0]) if series is not None and times else None
        if value is None or len(value.keys) < 3:
            raise HttpError(404, f"the run {run!r} has no pictures under the tag {tag!r}")
        key = value.keys[2]
        found = self._pictures.read(scope, {key: value.wall_time}, MAX_ANSWER_BYTES)[key]
        if isinstance(found, str):
            raise HttpError(404, found)
        return found

    def _steps_by_run(
        self, asked: Asked, runs: Collection[str], max_age: float
    ) -> dict[str, Steps]:
        return {
            run: lay_out(pair, series)
            for run, (pair, series) in self._read(asked, runs, max_age).items()
        }

    def _read(
        self, asked: Asked, runs: Collection[str], max_age: float
    ) -> dict[str, tuple[Pair, dict[str, Series]]]:
        self._source.check_access(asked.scope)
        pairs = self._index.find(asked.scope, asked.rules, asked.name)
        having = {run: pair for run, pair in sorted(pairs.items()) if not runs or run in runs}
        if not having:
            raise HttpError(404, f"no run has existing pictures that are the pair {asked.name!r}")
        tags = {tag for pair in having.values() for tag in pair.tags}
        found = self._series_cache.read(asked.scope, having, tags, max_age)
        return {
            run: (
                pair,
                {
                    tag: series
                    for tag in pair.tags
                    if isinstance(series := found.get((run, tag)), Series)
                },
            )
            for run, pair in having.items()
        }

    def _locate(self, asked: Asked, wanted: Wanted) -> list[_Frame]:
        read = self._read(asked, {run for _, run in wanted.at}, _MAX_AGE)
        laid_out = {run: lay_out(pair, series) for run, (pair, series) in read.items()}
        frames = []
        for step, run in wanted.at:
            steps = laid_out.get(run)
            if steps is None:
                frames.append(_Frame(run, step, f"the run {run!r} does not have this pair"))
            elif step not in steps.samples:
                frames.append(_Frame(run, step, f"the run {run!r} has no step {step} of this pair"))
            else:
                samples = [
                    sample
                    for sample in steps.samples[step]
                    if not wanted.samples or sample.id in wanted.samples
                ]
                rule = read[run][0].rule
                frames.append(_Frame(run, step, None, samples, steps.wall_times[step], rule))
        return frames


@dataclass(frozen=True)
class _Frame:
    run: str
    step: int
    error: str | None
    samples: Collection[Sample] = ()
    wall_time: float = 0.0
    rule: Rule | None = None

    def is_read(self, found: Mapping[str, Encoded | str], wanted: Wanted) -> bool:
        return all(
            key in found
            for sample in self.samples
            for role, key in sample.keys.items()
            if role is None or _PARTS[role] in wanted.parts
        )

    def draw(
        self, found: Mapping[str, Encoded | str], wanted: Wanted
    ) -> tuple[dict[str, object], dict[str, bytes]]:
        """Returns the JSON of the frame, and the blobs that it needs."""
        if self.error is not None:
            error = codec.members(run=self.run, step=str(self.step), error=self.error)
            return error, {}
        pictures: list[dict[str, object]] = []
        blobs: dict[str, bytes] = {}
        samples = []
        for sample in self.samples:
            places: dict[str, int] = {}
            for role, key in sample.keys.items():
                part = "strip" if role is None else _PARTS[role]
                if role is not None and part not in wanted.parts:
                    continue
                read = found.get(key, "the picture is left out: ask for fewer samples at once")
                places[part] = len(pictures)
                recovered = role is not Role.INPUT
                pictures.append(_picture(read, key, self.rule if recovered else None))
                if isinstance(read, Encoded) and read.digest not in wanted.have:
                    blobs[read.digest] = read.blob
            strip = places.pop("strip", None)
            samples.append(
                codec.members(
                    id=sample.id,
                    caption=_caption(sample, found),
                    grid=_grid(self.rule),
                    strip=_strip(sample.strip, strip),
                    **places,
                )
            )
        frame = codec.members(
            run=self.run,
            step=str(self.step),
            wall_time=self.wall_time,
            samples=samples,
            pictures=pictures,
        )
        return frame, blobs


def _ids(steps: Steps) -> list[str]:
    return list(dict.fromkeys(one.id for samples in steps.samples.values() for one in samples))


def _picture(read: Encoded | str, key: str, rule: Rule | None) -> dict[str, object]:
    if isinstance(read, str):
        return codec.members(
            digest=digest.digest(key.encode()),
            width=1,
            height=1,
            channels=3,
            bits=8,
            layout="encoded",
            error=read,
        )
    header = read.header
    return codec.members(
        digest=read.digest,
        width=header.width,
        height=header.height,
        channels=header.channels,
        bits=8,
        layout="encoded",
        media_type=header.media_type,
        **kinds.describe_recovery(rule),
    )


def _caption(sample: Sample, found: Mapping[str, Encoded | str]) -> str | None:
    headers = [
        one.header for key in sample.keys.values() if isinstance(one := found.get(key), Encoded)
    ]
    frames = max((header.frames for header in headers), default=1)
    notes = []
    if sample.truth_step is not None:
        notes.append(f"ground truth of step {sample.truth_step}")
    if frames > 1:
        notes.append(f"first of {frames} frames")
    if any(header.depth > 8 for header in headers):
        notes.append("shown with 8 of 16 bits")
    return ", ".join(notes) or None


def _strip(strip: Strip | None, picture: int | None) -> dict[str, object] | None:
    if strip is None or picture is None:
        return None
    return codec.members(
        picture=picture,
        panes=[role.value for role in strip.panes],
        axis=strip.axis,
        cuts=None if strip.cuts is None else list(strip.cuts),
        must_look_alike=strip.must_look_alike or None,
    )


def _grid(rule: Rule | None) -> object:
    grid = None if rule is None else rule.grid
    if isinstance(grid, Grid):
        return codec.members(width=grid.width, height=grid.height, padding=grid.padding)
    return grid
