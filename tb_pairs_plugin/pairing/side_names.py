# SPDX-License-Identifier: Apache-2.0
"""Strips whose name says where each pane is: left and right, top, middle and bottom."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from tb_pairs_plugin.pairing import names, roles, words
from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.proposals import Axis, Confidence, Proposal, Role, Strip
from tb_pairs_plugin.pairing.words import Meaning

_MIDDLES = words.listed("middle center centre")
_ENDS: tuple[tuple[Axis, str, str], ...] = (("x", "left", "right"), ("y", "top", "bottom"))
_PLACES = _MIDDLES.union(*(ends for _, *ends in _ENDS))
# Words that a place may stand before and still be a pane's: all others make a noun with it, as
# `left ventricle` is one.
_PANES = (
    words.GENERIC
    | words.JOINTS
    | words.SPLITS
    | words.MAKERS
    | words.DERIVED
    | words.UNSURE_JOINTS
    | words.ARTICLES
    | words.listed("side half pane column row part bounding box boxes is are shows show with for")
)
# What beside a role says who or what made it, or how it is drawn, not what it shows.
_QUALIFIERS = words.listed(
    "manual human expert annotator annotated automatic auto our ours by on from highest lowest "
    "scoring confident"
)
_SAYING = _PANES | words.PICTURED | _QUALIFIERS


def find_sides(name: Name) -> Proposal | None:
    """Returns the strip of `Left: GT; Right: prediction` or `Original (left), result (right)`.

    Every place that is named is a pane; where one says no role, or is no pane's, there is none.
    """
    found = names.split_tokens(name.base)
    places = [at for at, word in enumerate(found) if word in _PLACES]
    axis = _axis([found[at] for at in places])
    if axis is None or not _are_panes(name, found, places):
        return None
    panes = _panes(found, places)
    if panes is None:
        return None
    strip = Strip(name.tag, panes, axis)
    return Proposal(name.base, name.sample, strip, Confidence.HIGH, "named-sides")


def _axis(places: Sequence[str]) -> Axis | None:
    """Returns along which axis places are those of two or three panes."""
    middles = sum(place in _MIDDLES for place in places)
    for axis, first, last in _ENDS:
        named = (places.count(first), places.count(last), middles)
        if named in ((1, 1, 0), (1, 1, 1)) and len(places) == sum(named):
            return axis
    return None


def _are_panes(name: Name, found: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the places are no part of a noun, such as a left hand or the top 5."""
    unmarked = [
        found[at + 1] if at + 1 < len(found) else ""
        for at in places
        if not re.search(rf"{found[at]}\s*[:=)\]]", name.base, re.IGNORECASE)
    ]
    if any(_is_number(word) or _is_noun(word, _PANES) for word in unmarked):
        return False
    # `kidney_left_gt_kidney_right_pred`, where a noun stands before its place.
    before = [found[at - 1] if at else "" for at in places]
    return len(unmarked) < len(places) or not all(_is_noun(word, _SAYING) for word in before)


def _is_number(word: str) -> bool:
    return word.lstrip("-").isdigit()


def _is_noun(word: str, others: frozenset[str]) -> bool:
    """Whether a word is a noun that the rules don't know, as it is none of others."""
    known = word in others or word in _PLACES or roles.find_meaning(word) is not None
    return word != "" and not _is_number(word) and not known


def _panes(found: Sequence[str], places: Sequence[int]) -> tuple[Role, ...] | None:
    """Returns the roles of the places, in the order of the places in the picture."""
    ends = [-1, *places, len(found)]
    chunks = [found[start + 1 : end] for start, end in itertools.pairwise(ends)]
    # A place stands before its role or after it, alike for all.
    for told in (chunks[1:], chunks[:-1] if _says_nothing(chunks[-1]) else None):
        panes = told and _roles(told)
        if panes:
            order = sorted(range(len(places)), key=lambda i: _rank(found[places[i]]))
            return tuple(panes[i] for i in order)
    return None


def _rank(place: str) -> int:
    return 1 if place in _MIDDLES else 2 * any(place == last for _, _, last in _ENDS)


def _says_nothing(chunk: Sequence[str]) -> bool:
    return all(word in words.GENERIC or word in words.SPLITS or word.isdigit() for word in chunk)


def _roles(chunks: Sequence[Sequence[str]]) -> list[Role] | None:
    """Returns the role that the words of each place say; None where they make no pair."""
    told = [_role(chunk) for chunk in chunks]
    panes = [role for role in told if role is not None]
    if len(panes) < len(chunks) or len(set(panes)) < len(panes):
        return None
    if not {Role.GROUND_TRUTH, Role.PREDICTION} <= set(panes):
        return None
    truth, prediction = (chunks[panes.index(role)] for role in (Role.GROUND_TRUTH, Role.PREDICTION))
    return None if _contradict(truth, prediction) else panes


def _contradict(truth: Sequence[str], prediction: Sequence[str]) -> bool:
    """Whether the words of two places say different things, or numbers: a liver, a spleen."""
    ours, theirs = (
        {word for word in roles.without_maker(chunk) if _is_noun(word, _SAYING)}
        for chunk in (truth, prediction)
    )
    apart = bool(ours) and bool(theirs) and ours.isdisjoint(theirs)
    numbers = all(words.QUANTITIES.intersection(chunk) for chunk in (truth, prediction))
    return apart or numbers or roles.contradict(truth, prediction)


def _role(chunk: Sequence[str]) -> Role | None:
    """Returns the role that the words of one place say."""
    if words.DERIVED.intersection(chunk):
        return Role.OTHER
    meanings = [meaning for meaning in map(roles.find_meaning, chunk) if meaning is not None]
    strong = [meaning for meaning in meanings if roles.is_strong(meaning)]
    named = strong or [meaning for meaning in meanings if meaning is not Meaning.IMAGE] or meanings
    for is_role, role in (
        (roles.is_truth, Role.GROUND_TRUTH),
        (roles.is_prediction, Role.PREDICTION),
        (roles.is_input, Role.INPUT),
    ):
        if named and all(map(is_role, named)):
            return role
    return None
