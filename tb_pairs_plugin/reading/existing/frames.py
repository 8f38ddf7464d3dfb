# SPDX-License-Identifier: Apache-2.0
"""The JSON of one step of an existing pair: its samples, and its pictures as they were logged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tb_pairs_plugin.pairing.proposals import Role, Strip
from tb_pairs_plugin.pairing.rule_file import Rule
from tb_pairs_plugin.reading import contract
from tb_pairs_plugin.reading.existing import kinds
from tb_pairs_plugin.reading.existing.index import describe_grid
from tb_pairs_plugin.reading.existing.pictures import Encoded
from tb_pairs_plugin.reading.existing.samples import ExistingSample
from tb_pairs_plugin.reading.frames import Wanted
from tb_pairs_plugin.record import codec, digest

_PARTS = {
    Role.GROUND_TRUTH: "ground_truth",
    Role.PREDICTION: "prediction",
    Role.INPUT: "input",
}


@dataclass(frozen=True)
class Frame:
    """A step of a run: its samples, or why there are none.

    Attributes:
      run: Of the request.
      step: Of the request.
      error: Why there are no samples, or None.
      samples: Those that are wanted.
      wall_time: Of the step, in seconds since the epoch.
      rule: The rule of a file that the pair comes from, or None.
    """

    run: str
    step: int
    error: str | None
    samples: Collection[ExistingSample] = ()
    wall_time: float = 0.0
    rule: Rule | None = None

    def list_keys(self, parts: Collection[str]) -> list[str]:
        """Returns the keys of the pictures of some parts; a strip holds them all."""
        return [key for sample in self.samples for _, key in _places(sample, parts)]

    def draw(
        self, found: Mapping[str, Encoded | str], wanted: Wanted
    ) -> tuple[dict[str, object], dict[str, bytes]]:
        """Returns the JSON of the frame, and the blobs that it needs.

        Args:
          found: By key a picture, or why it can't be had; those that are not there are left out.
          wanted: The request.
        """
        if self.error is not None:
            error = codec.members(run=self.run, step=str(self.step), error=self.error)
            return error, {}
        pictures: list[dict[str, object]] = []
        blobs: dict[str, bytes] = {}
        samples = []
        for sample in self.samples:
            places: dict[str, int] = {}
            for role, key in _places(sample, wanted.parts):
                read = found.get(key, contract.NO_ROOM)
                places["strip" if role is None else _PARTS[role]] = len(pictures)
                recovered = role is not Role.INPUT
                pictures.append(_picture(read, key, self.rule if recovered else None))
                is_sent = role is None or _PARTS[role] in wanted.sent
                if is_sent and isinstance(read, Encoded) and read.digest not in wanted.have:
                    blobs[read.digest] = read.blob
            strip = places.pop("strip", None)
            samples.append(
                codec.members(
                    id=sample.id,
                    caption=_caption(sample, found),
                    grid=describe_grid(self.rule),
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


def _places(sample: ExistingSample, parts: Collection[str]) -> list[tuple[Role | None, str]]:
    return [
        (role, key) for role, key in sample.keys.items() if role is None or _PARTS[role] in parts
    ]


def _picture(read: Encoded | str, key: str, rule: Rule | None) -> dict[str, object]:
    if isinstance(read, str):
        return codec.members(
            digest=digest.digest(key.encode()),
            width=1,
            height=1,
            channels=3,
            bits=8,
            layout="encoded",
            **contract.encode_fault(read),
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


def _caption(sample: ExistingSample, found: Mapping[str, Encoded | str]) -> str | None:
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
