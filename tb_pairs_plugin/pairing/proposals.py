# SPDX-License-Identifier: Apache-2.0
"""What the rules propose: which pictures are shown together, in which roles, and how sure it is."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tb_pairs_plugin.record import metadata

# What `pairs.summary` refuses besides: it can be served, but neither seen nor typed.
_CONTROLS = re.compile(r"[\x7f-\x9f]")
# The folder in a run that its pairs are imported to, where no other is asked for.
IMPORT_FOLDER = "imported_pairs"
# Appended to the tag of a record where its run has pictures under that tag.
BESIDE = " (pairs)"


class Role(enum.Enum):
    """What a picture is in a pair; the values are the words of the rule file."""

    GROUND_TRUTH = "groundTruth"
    PREDICTION = "prediction"
    INPUT = "input"
    OTHER = "other"


class Confidence(enum.IntEnum):
    """How sure a rule is; below `MEDIUM`, a pair is shown only on request."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


Axis: TypeAlias = Literal["x", "y"]


@dataclass(frozen=True)
class Tags:
    """A pair of tags, each with pictures of one role.

    Attributes:
      ground_truth: The tag of the ground truth.
      prediction: The tag of the prediction.
      input: The tag of what the model saw, where one is known.
    """

    ground_truth: str
    prediction: str
    input: str | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags, the prediction first: it is what the others are aligned with."""
        others = (self.ground_truth, self.input)
        return (self.prediction, *(tag for tag in others if tag is not None))


@dataclass(frozen=True)
class Strip:
    """One tag whose pictures hold several panes of one size beside each other.

    Attributes:
      tag: The tag.
      panes: The role of each pane, from left to right or from top to bottom.
      axis: `"x"` for panes beside each other, `"y"` for panes below each other.
      must_look_alike: Whether the panes must look alike before they are shown as a pair, as the
        name alone does not settle it.
      cuts: Where each pane after the first begins, as a share of the picture; None: panes of one
        size.
    """

    tag: str
    panes: tuple[Role, ...]
    axis: Axis = "x"
    must_look_alike: bool = False
    cuts: tuple[float, ...] | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        """The tag."""
        return (self.tag,)


Layout: TypeAlias = Tags | Strip


@dataclass(frozen=True)
class Proposal:
    """One sample of a pair.

    Attributes:
      name: What the pair is called: the prediction's or the strip's tag without what numbers it.
        Proposals of one name are samples of one pair.
      sample: What tells the samples of a pair apart; empty where there is one.
      layout: Where the pictures are.
      confidence: How sure the rule is.
      rule: The name of the rule, as in `docs/existing_logs.md`.
    """

    name: str
    sample: str
    layout: Layout
    confidence: Confidence
    rule: str

    def make_id(self, position: int, count: int) -> str:
        """Returns the id of one sample, of `count` that the pictures of a step hold."""
        parts = [self.sample] if self.sample else []
        if count > 1:
            parts.append(str(position))
        return "/".join(parts) or "0"


def make_record_tag(name: str) -> str:
    """Returns the tag of the records that a pair of this name is imported as."""
    tag = _CONTROLS.sub("_", metadata.replace_unservable(name)).strip() or "pairs"
    return f"_{tag}" if metadata.is_reserved(tag) else tag
