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
# Nouns that a place may stand before and still be a pane's.
_PANES = words.GENERIC | words.listed("side half pane column row part")


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
    if any(word.lstrip("-").isdigit() for word in unmarked):
        return False
    is_noun = len(unmarked) == len(places) and len(set(unmarked)) == 1 and unmarked[0] != ""
    return not is_noun or unmarked[0] in _PANES or roles.find_meaning(unmarked[0]) is not None


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
    return None if roles.contradict(truth, prediction) else panes


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
