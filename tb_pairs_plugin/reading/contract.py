# SPDX-License-Identifier: Apache-2.0
"""The JSON objects of `http_api.md` that are made from records.

What a record looks like on disk is said in `record/`, and may change without these. A kind alone is
served as it is stored: `docs/format.md` specifies it for both.
"""

from __future__ import annotations

from collections.abc import Mapping

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.counts import ClassCounts
from tb_pairs_plugin.record.manifest import Picture, Sample


def encode_sample(sample: Sample, parts: Mapping[str, int | None]) -> dict[str, object]:
    """Returns a sample of a frame.

    Args:
      sample: Of the record.
      parts: By the name of a part the index of its picture in the frame; None for no picture.
    """
    return codec.members(
        id=sample.id,
        caption=sample.caption,
        metrics=dict(sample.metrics) or None,
        attributes=dict(sample.attributes) or None,
        range=None if sample.range is None else list(sample.range),
        **parts,
    )


NO_ROOM = "the answer has no room for this picture"


def encode_fault(error: str | None) -> dict[str, object]:
    """Returns the members of a picture that say why its blob is missing; none where it is not."""
    return codec.members(error=error, no_room=True if error == NO_ROOM else None)


def encode_picture(picture: Picture, error: str | None) -> dict[str, object]:
    """Returns a picture of a frame; `error` says why its blob is missing, or is None."""
    return codec.members(
        digest=picture.digest,
        value_digest=picture.value_digest,
        width=picture.width,
        height=picture.height,
        channels=picture.channels,
        bits=picture.bits,
        layout=picture.layout,
        literals=picture.literals,
        dtype=picture.dtype,
        ids=None if picture.ids is None else list(picture.ids),
        range=None if picture.range is None else list(picture.range),
        clipped=picture.clipped,
        **encode_fault(error),
    )


def encode_counts(counts: ClassCounts) -> dict[str, object]:
    """Returns the pixels by class of a sample or a record; members that are 0 are absent."""
    confusions = {
        "truth": counts.truth,
        "predicted": counts.predicted,
        "pixels": counts.pixels,
    }
    return codec.members(
        counted=counts.counted,
        ids=counts.ids,
        true_positive=counts.true_positive,
        false_positive=counts.false_positive,
        false_negative=counts.false_negative,
        confusions=confusions if counts.pixels else None,
        omitted_classes=counts.omitted_classes or None,
        omitted_confusions=counts.omitted_confusions or None,
        omitted_pixels=counts.omitted_pixels or None,
    )
