# SPDX-License-Identifier: Apache-2.0
"""The role that the words of a tag give to its picture, and which roles may stand together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tb_pairs_plugin.pairing import words
from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.words import Meaning

# They say a role where no other word of the tag does.
_WEAK = frozenset({Meaning.LABEL, Meaning.SEMANTIC, Meaning.FOUND, Meaning.IMAGE})

_PREDICTIONS = frozenset(words.PREDICTIONS.values())
_TRUTHS = frozenset(words.TRUTHS.values())
_INPUTS = frozenset(words.INPUTS.values())

_IMAGES = frozenset(word for word, meaning in words.INPUTS.items() if meaning is Meaning.IMAGE)
_MAPS = frozenset({"map", "maps"})


def find_meaning(word: str) -> Meaning | None:
    """Returns what a word says of a picture, or None."""
    for table in (words.TRUTHS, words.PREDICTIONS, words.INPUTS):
        if word in table:
            return table[word]
    return None


def is_truth(role: Meaning | None) -> bool:
    """Whether it is the meaning of a ground truth."""
    return role in _TRUTHS


def is_prediction(role: Meaning | None) -> bool:
    """Whether it is the meaning of a prediction."""
    return role in _PREDICTIONS


def is_input(role: Meaning | None) -> bool:
    """Whether it is the meaning of an input."""
    return role in _INPUTS


def is_strong(role: Meaning | None) -> bool:
    """Whether a word of this meaning says the role whatever stands beside it."""
    return role is not None and role not in _WEAK


@dataclass(frozen=True)
class Reading:
    """A tag, the word that says its role, and where that stands.

    Attributes:
      name: The tag.
      segment: The position of the word's segment.
      position: The position of the word in it.
    """

    name: Name
    segment: int
    position: int

    @cached_property
    def word(self) -> str:
        """The word."""
        return self.name.segments[self.segment][self.position]

    @cached_property
    def meaning(self) -> Meaning | None:
        """What the word says."""
        return find_meaning(self.word)

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The other words of its segment."""
        segment = self.name.segments[self.segment]
        return words.singular(segment[: self.position] + segment[self.position + 1 :])

    @cached_property
    def folder(self) -> tuple[tuple[str, ...], ...]:
        """The other segments."""
        segments = self.name.segments
        others = segments[: self.segment] + segments[self.segment + 1 :]
        return tuple(map(words.singular, others))

    @cached_property
    def stem(self) -> tuple[str, ...]:
        """The words beside it that say what is shown: not `image`, `map`, `color`."""
        return tuple(word for word in self.beside if word not in words.GENERIC)


def read_role(name: Name) -> Reading | None:
    """Returns the word that says the role of a tag; None where there is none, or more than one.

    The last segment counts first. A strong word of another segment counts more than a weak one.
    """
    last = len(name.segments) - 1
    for segment in range(last, -1, -1):
        found = _strong(name, segment)
        if found is not None:
            return found if isinstance(found, Reading) else None
    readings = [Reading(name, last, i) for i in range(len(name.segments[last]))]
    weak = [reading for reading in readings if reading.meaning in _WEAK]
    named = [reading for reading in weak if reading.meaning is not Meaning.IMAGE]
    if named:
        return named[0] if len({reading.meaning for reading in named}) == 1 else None
    # `image` is an input where nothing else is said.
    return weak[0] if weak and not weak[0].stem else None


def _strong(name: Name, segment: int) -> Reading | bool | None:
    """Returns the reading of a segment, None where it says no role, False where it says several."""
    readings = [Reading(name, segment, i) for i in range(len(name.segments[segment]))]
    strong = [reading for reading in readings if is_strong(reading.meaning)]
    if not strong:
        return None
    first = strong[0]
    if first.word in words.PARTICIPLES and all(is_truth(other.meaning) for other in strong[1:]):
        return first
    sides = [is_truth, is_prediction, is_input]
    is_one = any(all(side(reading.meaning) for reading in strong) for side in sides)
    return first if is_one else False


def score(truth: Reading, prediction: Reading) -> int:
    """Returns how well two readings go together; 0 where they can't be a pair."""
    if truth.meaning is None or prediction.meaning is None:
        return 0
    if prediction.meaning not in words.PARTNERS.get(truth.meaning, ()):
        return 0
    found = 1
    if (truth.word, prediction.word) in words.OPPOSITES:
        found += 16
    if is_strong(truth.meaning):
        found += 8
    if prediction.meaning is Meaning.PREDICTED:
        found += 4
    if truth.word.endswith("s") == prediction.word.endswith("s"):
        found += 2
    return found


def show_the_same(one: Reading, other: Reading) -> bool:
    """Whether the words beside two roles don't contradict each other.

    An image is not a map, and what was drawn for a viewer may hold more than what is plain.
    """

    def shows(reading: Reading, nouns: frozenset[str]) -> bool:
        return bool(nouns.intersection(reading.beside))

    return shows(one, words.COMPOSED) == shows(other, words.COMPOSED) and not (
        (shows(one, _IMAGES) and shows(other, _MAPS))
        or (shows(one, _MAPS) and shows(other, _IMAGES))
    )


def without_maker(said: Sequence[str]) -> Sequence[str]:
    """Returns words without what made a prediction: of `flow net mask`, `mask`.

    Where the name of a model says that it is one of several, it stays: `teacher model`.
    """
    ends = [end for end, word in enumerate(said, start=1) if word in words.MAKERS]
    if not ends or words.STATES.intersection(said):
        return said
    return said[ends[-1] :]


def contradict(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the words of two pictures say that they show different things: depth, normals."""
    shown, other = (
        {words.SHOWN[word] for word in found if word in words.SHOWN} for found in (some, others)
    )
    return bool(shown) and bool(other) and shown.isdisjoint(other)


def is_derived(name: Name) -> bool:
    """Whether a tag names a picture computed from ground truth, prediction or the model itself."""
    return bool(find_derived(name)) or any(_is_negated(segment) for segment in name.segments)


def find_derived(name: Name) -> list[str]:
    """Returns the words that say that a picture is computed from others, or from the model."""
    found = set(words.DERIVED)
    if any(find_meaning(word) is Meaning.WARPED for word in name.words):
        found |= words.DEFORMATIONS
    return [word for word in name.words if word in found]


def _is_negated(segment: Sequence[str]) -> bool:
    pairs = itertools.pairwise(segment)
    return any(word in words.NEGATIONS and find_meaning(after) is not None for word, after in pairs)
