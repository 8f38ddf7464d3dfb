# SPDX-License-Identifier: Apache-2.0
"""What the pixels of existing pictures mean: drawn pictures, or classes where a rule says so."""

from __future__ import annotations

from tb_pairs_plugin.pairing.rule_file import NO_CLASS, Rule, choose_unrecovered_id
from tb_pairs_plugin.record.kinds import ImageKind, MaskKind, StoredKind
from tb_pairs_plugin.record.kinds.mask import MaskClass, format_color


def find_kind(rule: Rule | None) -> StoredKind:
    """Returns the kind of a pair."""
    if rule is None or rule.classes is None:
        return ImageKind()
    missing = choose_unrecovered_id(rule.classes)
    named = [
        MaskClass(one.id, one.name, None if one.color is None else format_color(one.color))
        for one in rule.classes
    ]
    return MaskKind((*named, MaskClass(missing, NO_CLASS)), (*rule.ignore, missing))


def describe_recovery(rule: Rule | None) -> dict[str, object]:
    """Returns the members of a picture that say which color is which class.

    `palette` holds the color of each stored value; `ids` its class, and at last that of every
    other color.
    """
    if rule is None or rule.classes is None:
        return {}
    palette = [
        format_color((one.id, one.id, one.id) if one.color is None else one.color)
        for one in rule.classes
        if one.color is not None or one.id < 256
    ]
    ids = [one.id for one in rule.classes if one.color is not None or one.id < 256]
    exact = True if any(one.color is None for one in rule.classes) else None
    return {
        "palette": palette,
        "ids": [*ids, choose_unrecovered_id(rule.classes)],
        "exact": exact,
    }
