# SPDX-License-Identifier: Apache-2.0
"""Why a tag is in no pair: a sentence for the user."""

from __future__ import annotations

from tb_pairs_plugin.pairing import names, roles
from tb_pairs_plugin.pairing.names import MAX_TAG


def explain_left(tag: str) -> str:
    """Returns why the rules left a tag alone."""
    parsed = names.parse([tag])
    if not parsed:
        return f"its name has more than {MAX_TAG} characters"
    (name,) = parsed
    derived = roles.find_derived(name)
    if derived:
        return f"{derived[0]!r} says that it is made from others, or from the model"
    if roles.is_derived(name):
        return "its name says what it is not"
    if name.is_sentence:
        return "its name reads like a sentence"
    reading = roles.read_role(name)
    if reading is None:
        meanings = [roles.find_meaning(word) for word in name.segments[-1]]
        if any(map(roles.is_truth, meanings)) and any(map(roles.is_prediction, meanings)):
            return (
                "its name says ground truth and prediction, but not for sure that they stand side "
                "by side; a rule file can say it"
            )
        return "its name says neither ground truth nor prediction; a rule file can say it"
    if roles.is_truth(reading.meaning):
        return f"{reading.word!r} says ground truth, and no prediction goes with it"
    if roles.is_prediction(reading.meaning):
        return f"{reading.word!r} says prediction, and no ground truth goes with it"
    return f"{reading.word!r} says input, and no pair beside it needs one"
