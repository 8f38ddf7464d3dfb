# SPDX-License-Identifier: Apache-2.0
"""What the routes answer for existing pairs: steps, samples, and pictures as they were logged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tb_pairs_plugin.reading.bundle import Bundle, make_bundle
from tb_pairs_plugin.reading.existing import PLUGIN_NAME
from tb_pairs_plugin.reading.existing.frames import Frame
from tb_pairs_plugin.reading.existing.index import ExistingIndex, ExistingPair
from tb_pairs_plugin.reading.existing.pictures import Encoded, Pictures
from tb_pairs_plugin.reading.existing.samples import Steps, lay_out, list_pictures
from tb_pairs_plugin.reading.frames import MAX_ANSWER_BYTES, PARTS, Wanted
from tb_pairs_plugin.reading.records import MAX_AGE, MAX_AGE_OF_SERIES
from tb_pairs_plugin.reading.requests import HttpError
from tb_pairs_plugin.reading.series_cache import Series, SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source, SourceError
from tb_pairs_plugin.record import codec


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
    """Answers for pairs of existing pictures. Threads may share it.

    Attributes:
      index: What finds them.
    """

    def __init__(self, source: Source, index: ExistingIndex) -> None:
        """Reads from `source` what `index` finds."""
        self.index = index
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
                for run, steps in self._steps_by_run(asked, runs).items()
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
                for run, steps in self._steps_by_run(asked, runs).items()
            },
        )

    def counts(self, asked: Asked, at: tuple[tuple[int, str], ...]) -> dict[str, object]:
        """Returns the answer to a request of `counts`: nothing was counted.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        return codec.members(
            tag=asked.name,
            counts=[
                codec.members(
                    run=frame.run,
                    step=str(frame.step),
                    samples=len(frame.samples) if frame.error is None else None,
                    error=frame.error,
                )
                for frame in self._locate(asked, Wanted(asked.name, at))
            ],
            omitted=0,
        )

    def frames(self, asked: Asked, wanted: Wanted) -> Bundle:
        """Returns the answer to a request of `frames`.

        Raises:
          HttpError: If no run that is asked for has the pair.
        """
        located = self._locate(asked, wanted)
        keys = {key: frame.wall_time for frame in located for key in frame.list_keys(wanted.parts)}
        found = self._pictures.read(asked.scope, keys, MAX_ANSWER_BYTES)
        blobs: dict[str, bytes] = {}
        frames: list[dict[str, object]] = []
        for frame in located:
            header, added = frame.draw(found, wanted)
            added = {name: blob for name, blob in added.items() if name not in blobs}
            total = sum(map(len, blobs.values())) + sum(map(len, added.values()))
            is_read = all(key in found for key in frame.list_keys(wanted.parts))
            if frames and (total > MAX_ANSWER_BYTES or not is_read):
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
        keys = dict.fromkeys(frame.list_keys(PARTS), frame.wall_time)
        for found in self._pictures.read(asked.scope, keys, MAX_ANSWER_BYTES).values():
            if isinstance(found, Encoded) and found.digest == name:
                return found
        raise HttpError(404, frame.error or f"that step has no picture {name}")

    def newest(self, scope: Scope, tag: str, run: str) -> Encoded:
        """Returns the last picture of a tag, whether or not it is in a pair.

        Raises:
          HttpError: If there is none.
          SourceError: If whoever asks may not see it, or it can't be read.
        """
        self._source.check_access(scope)
        series = self._series_cache.read(scope, [run], [tag], MAX_AGE_OF_SERIES).get((run, tag))
        if isinstance(series, SourceError):
            raise series
        times = series.times() if series is not None else []
        value = series.get(times[-1][0]) if series is not None and times else None
        keys = list_pictures(value)
        if value is None or not keys:
            raise HttpError(404, f"the run {run!r} has no pictures under the tag {tag!r}")
        found = self._pictures.read(scope, {keys[0]: value.wall_time}, MAX_ANSWER_BYTES)[keys[0]]
        if isinstance(found, str):
            raise HttpError(404, found)
        return found

    def _steps_by_run(self, asked: Asked, runs: Collection[str]) -> dict[str, Steps]:
        return self._lay_out(asked, self._find(asked, runs), MAX_AGE_OF_SERIES)

    def _find(self, asked: Asked, runs: Collection[str]) -> dict[str, ExistingPair]:
        self._source.check_access(asked.scope)
        pairs = self.index.find(asked.scope, asked.rules, asked.name)
        having = {run: pair for run, pair in sorted(pairs.items()) if not runs or run in runs}
        if not having:
            raise HttpError(404, f"no run has existing pictures that are the pair {asked.name!r}")
        return having

    def _lay_out(
        self, asked: Asked, having: Mapping[str, ExistingPair], max_age: float
    ) -> dict[str, Steps]:
        tags = {run: pair.tags for run, pair in having.items()}
        every = {tag for some in tags.values() for tag in some}
        found = self._series_cache.read(asked.scope, having, every, max_age)
        return {
            run: lay_out(
                pair,
                {
                    tag: series
                    for tag in tags[run]
                    if isinstance(series := found.get((run, tag)), Series)
                },
            )
            for run, pair in having.items()
        }

    def _locate(self, asked: Asked, wanted: Wanted) -> list[Frame]:
        having = self._find(asked, {run for _, run in wanted.at})
        laid_out = self._lay_out(asked, having, MAX_AGE)
        frames = []
        for step, run in wanted.at:
            steps = laid_out.get(run)
            if steps is None:
                frames.append(Frame(run, step, f"the run {run!r} does not have this pair"))
            elif step not in steps.samples:
                frames.append(Frame(run, step, f"the run {run!r} has no step {step} of this pair"))
            else:
                samples = [
                    sample
                    for sample in steps.samples[step]
                    if not wanted.samples or sample.id in wanted.samples
                ]
                rule = having[run].rule
                frames.append(Frame(run, step, None, samples, steps.wall_times[step], rule))
        return frames


def _ids(steps: Steps) -> list[str]:
    return list(dict.fromkeys(one.id for samples in steps.samples.values() for one in samples))
