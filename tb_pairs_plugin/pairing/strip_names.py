# SPDX-License-Identifier: Apache-2.0
"""Strips whose name lists their panes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tb_pairs_plugin.pairing import roles, words
from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.proposals import Confidence, Proposal, Role, Strip
from tb_pairs_plugin.pairing.words import Meaning

# Words that leave no doubt that a list of panes is meant.
_PLAIN_TRUTHS = words.listed("gt gts groundtruth")
# Predictions whose word is a noun, too: `gt_detections` is one picture, as `gt_render` is.
_NOUNS = frozenset({Meaning.SEMANTIC, Meaning.FOUND, Meaning.RENDERED})


def find_list(name: Name) -> Proposal | None:
    """Returns the strip of `image_gt_pred`, where the panes are named in their order.

    Where the words may as well name one picture, or a plot, the confidence is low.
    """
    *folders, last = name.segments
    if roles.is_derived(name) or name.is_sentence or words.QUANTITIES.intersection(last):
        return None
    kept = [word for word in last if not _is_of_the_data(word)]
    joints = {*words.JOINTS, *words.UNSURE_JOINTS}.intersection(kept)
    unsure = (words.UNSURE_INPUTS | words.UNSURE_JOINTS).intersection(kept)
    apart = _without_repeated([word for word in kept if word not in joints])
    listed = apart or [word for word in _trim(kept) if word not in joints]
    panes = _panes(listed)
    if panes is None or words.ONE_PICTURE.intersection(kept):
        return None
    nouns = set(kept).difference(listed, joints)
    is_doubtful = (
        bool(unsure)
        or not words.PICTURED.issuperset(nouns)
        or any(words.QUANTITIES.issuperset(folder) for folder in folders)
        or _are_of_different_data(last)
    )
    sure = not is_doubtful and _is_a_list(listed, panes, joined=bool(joints or apart))
    confidence = Confidence.MEDIUM if sure else Confidence.LOW
    strip = Strip(name.tag, panes, must_look_alike=True)
    return Proposal(name.base, name.sample, strip, confidence, "named-panes")


def _is_of_the_data(word: str) -> bool:
    return word in words.SPLITS or word[-1].isdigit()


def _are_of_different_data(segment: Sequence[str]) -> bool:
    """Whether ground truth and prediction are each said with a number or a part of the data.

    The number is a class as often as a sample's: `gt_3_pred_5`. Of `train_gt_val_pred` the parts
    differ.
    """
    sides = [roles.find_meaning(word) for word in segment]
    told = [at for at, one in enumerate(sides) if roles.is_truth(one) or roles.is_prediction(one)]
    between = segment[told[0] : told[-1]] if told else ()
    numbers = [word for word in between if word[-1].isdigit()]
    parts = words.SPLITS.intersection(segment)
    return bool(numbers) or (len(parts) > 1 and not parts.isdisjoint(between))


def _trim(kept: Sequence[str]) -> list[str]:
    """Returns the words without `images` before or behind them."""
    kept = list(kept)
    while len(kept) > 2 and kept[-1] in words.GENERIC and not _is_only_prediction(kept):
        kept.pop()
    while kept and kept[0] in words.GENERIC and roles.find_meaning(kept[0]) is None:
        kept.pop(0)
    return kept


def _is_only_prediction(kept: Sequence[str]) -> bool:
    """Whether the last word says the prediction, and none before it does: `input_gt_result`."""
    *before, last = (roles.is_prediction(roles.find_meaning(word)) for word in kept)
    return last and not any(before)


def _without_repeated(kept: Sequence[str]) -> list[str] | None:
    """Returns the roles of a list that says with each what it shows: `real_images_fake_images`.

    A noun of pictures that is repeated is said of several, so such a name is a list for sure. A
    letter may be that of an axis, as in `y_true_y_pred`.
    """
    for nouns, listed in ((kept[1::2], kept[::2]), (kept[::2], kept[1::2])):
        is_noun = len(set(nouns)) == 1 and not roles.is_strong(roles.find_meaning(nouns[0]))
        if len(nouns) == len(listed) > 1 and is_noun and len(nouns[0]) > 1:
            return list(listed)
    return None


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
    """Whether the words name several pictures, not one such as `target_prediction`.

    A prediction and a ground truth that never stand together are none: `mask_recon`.
    """
    meanings = {role: roles.find_meaning(word) for role, word in zip(panes, listed, strict=True)}
    truth, prediction = meanings[Role.GROUND_TRUTH], meanings[Role.PREDICTION]
    if truth is None or prediction not in words.PARTNERS[truth]:
        return False
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
    if joined:
        return True
    if _NOUNS.intersection(map(roles.find_meaning, listed)) or _is_image_within(listed):
        return False
    if _PLAIN_TRUTHS.intersection(listed):
        return True
    if len(panes) == 3:
        # `image_mask_prediction` may be one picture.
        return roles.is_strong(truth) or bool(
            {"pred", "preds", "output", "outputs"}.intersection(listed)
        )
    return False


def _is_image_within(listed: Sequence[str]) -> bool:
    """Whether an image is named between others, where it may be one's noun: `gt_image_pred`."""
    return any(roles.find_meaning(word) is Meaning.IMAGE for word in listed[1:-1])
