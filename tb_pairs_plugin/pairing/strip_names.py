# SPDX-License-Identifier: Apache-2.0
"""Strips whose name says what their panes are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tb_pairs_plugin.pairing import names, roles, words
from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.proposals import Axis, Confidence, Proposal, Role, Strip
from tb_pairs_plugin.pairing.words import Meaning

_SIDES: tuple[tuple[Axis, str, str], ...] = (("x", "left", "right"), ("y", "top", "bottom"))
# Words that leave no doubt that a list of panes is meant.
_PLAIN_TRUTHS = words.listed("gt gts groundtruth")


def find_sides(name: Name) -> Proposal | None:
    """Returns the strip of `Left: GT; Right: prediction` or `Original (left), result (right)`."""
    found = names.split_tokens(name.base)
    for axis, first, second in _SIDES:
        if found.count(first) != 1 or found.count(second) != 1:
            continue
        order = _order(found, found.index(first), found.index(second))
        if order is not None:
            strip = Strip(name.tag, order, axis)
            return Proposal(name.base, name.sample, strip, Confidence.HIGH, "named-sides")
    return None


def _order(found: Sequence[str], first: int, second: int) -> tuple[Role, Role] | None:
    """Returns the roles of the first and the second side."""
    low, high = min(first, second), max(first, second)
    before, between, after = found[:low], found[low + 1 : high], found[high + 1 :]
    # A side stands before its role or after it, alike for both.
    for chunks in ((between, after), (before, between)):
        told = [_role(chunk) for chunk in chunks]
        if set(told) == {Role.GROUND_TRUTH, Role.PREDICTION}:
            one, other = told if first < second else reversed(told)
            assert one is not None
            assert other is not None
            return one, other
    return None


def _role(chunk: Sequence[str]) -> Role | None:
    """Returns the role that the words of one side say."""
    if words.DERIVED.intersection(chunk):
        return None
    meanings = [roles.find_meaning(word) for word in chunk]
    for meanings_of in (
        [one for one in meanings if roles.is_strong(one)],
        [one for one in meanings if one is not None and one is not Meaning.IMAGE],
    ):
        truth = any(map(roles.is_truth, meanings_of))
        prediction = any(map(roles.is_prediction, meanings_of))
        if truth != prediction:
            return Role.GROUND_TRUTH if truth else Role.PREDICTION
        if truth:
            return None
    return None


def find_list(name: Name) -> Proposal | None:
    """Returns the strip of `image_gt_pred`, where the panes are named in their order.

    Where the words may as well name one picture, or a plot, the confidence is low.
    """
    if roles.is_derived(name) or name.is_sentence:
        return None
    listed = _trim(name.segments[-1])
    joints = {*words.JOINTS, *words.UNSURE_JOINTS}.intersection(listed)
    unsure = (words.UNSURE_INPUTS | words.UNSURE_JOINTS).intersection(listed)
    listed = [word for word in listed if word not in joints]
    panes = _panes(listed)
    if panes is None or words.ONE_PICTURE.intersection(listed):
        return None
    sure = not unsure and _is_a_list(listed, panes, bool(joints))
    confidence = Confidence.MEDIUM if sure else Confidence.LOW
    strip = Strip(name.tag, panes, must_look_alike=True)
    return Proposal(name.base, name.sample, strip, confidence, "named-panes")


def _trim(segment: Sequence[str]) -> list[str]:
    """Returns the words without those about the data, and without `images` behind them."""
    kept = [word for word in segment if word not in words.SPLITS and not word[-1].isdigit()]
    while kept and kept[-1] in words.GENERIC and len(kept) > 2:
        kept.pop()
    while kept and kept[0] in words.GENERIC and roles.find_meaning(kept[0]) is None:
        kept.pop(0)
    return kept


def _panes(listed: Sequence[str]) -> tuple[Role, ...] | None:
    """Returns the role of each word; None where one says none, or the list isn't a pair's."""
    panes = []
    for word in listed:
        meaning = roles.find_meaning(word)
        if roles.is_truth(meaning):
            panes.append(Role.GROUND_TRUTH)
        elif roles.is_prediction(meaning):
            panes.append(Role.PREDICTION)
        elif roles.is_input(meaning):
            panes.append(Role.INPUT)
        else:
            return None
    whole = len(panes) in (2, 3) and len(panes) == len(set(panes))
    pair = {Role.GROUND_TRUTH, Role.PREDICTION} <= set(panes)
    return tuple(panes) if whole and pair else None


def _is_a_list(listed: Sequence[str], panes: Sequence[Role], joined: bool) -> bool:
    """Whether the words name several pictures, not one such as `target_prediction`."""
    if len(panes) == 3 and any(
        word in words.INPUTS and roles.is_strong(roles.find_meaning(word)) for word in listed
    ):
        return True
    pairs = itertools.pairwise(listed)
    if any(
        word in words.PARTICIPLES and roles.is_truth(roles.find_meaning(after))
        for word, after in pairs
    ):
        return joined
    if joined or _PLAIN_TRUTHS.intersection(listed):
        return True
    if len(panes) == 3:
        # `image_mask_prediction` may be one picture.
        return roles.is_strong(_truth(listed)) or bool(
            {"pred", "preds", "output", "outputs"}.intersection(listed)
        )
    return False


def _truth(listed: Sequence[str]) -> Meaning | None:
    return next((m for m in map(roles.find_meaning, listed) if roles.is_truth(m)), None)
