# SPDX-License-Identifier: Apache-2.0
"""From the tags of a run to proposals of pairs; pixels are never looked at.

The rules, in the order they are asked (`docs/existing_logs.md` says where each comes from):

| rule | where | what it takes |
| --- | --- | --- |
| `known-…` | `known` | tags of a toolkit, from a table |
| `named-sides` | `side_names` | a strip: left and right, or top and bottom, each with a role |
| `swapped-word` | `tag_pairs` | two tags that differ in one word, by which they are a pair |
| `same-stem` | `tag_pairs` | two tags with the same words beside the role |
| `added-word` | `tag_pairs` | a tag, and the same with a word for a prediction |
| `reconstructed-input` | `tag_pairs` | a reconstruction, and the input that it is of |
| `alone-in-folder` | `tag_pairs` | the only ground truth and the only prediction of a folder |
| `named-panes` | `strip_names` | a strip whose name lists its panes |

A rule takes the tags that those before it have left. To add one: a function in the module of its
sort, its turn in `propose` or in the rules of `tag_pairs`, and a row here and in
`docs/existing_logs.md`. A toolkit is a row in `known` and a word one in `words`, without a rule. No
rule knows a kind: what the pictures of a pair mean is told in `reading/existing/kinds.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tb_pairs_plugin.pairing import known, names, ruled, side_names, strip_names, tag_pairs
from tb_pairs_plugin.pairing.proposals import Confidence, Proposal
from tb_pairs_plugin.pairing.rule_file import Rule, RuleFile


def propose(tags: Iterable[str], least: Confidence = Confidence.MEDIUM) -> list[Proposal]:
    """Returns which pictures of a run are pairs.

    Args:
      tags: All tags of pictures of the run. Order and repetition don't matter.
      least: What is less sure is left out.

    Returns:
      One proposal per sample of a pair, sorted by name and sample. A tag is the ground truth or
      the prediction of one pair at most, or a strip; one input may belong to several.
    """
    parsed = sorted(names.parse(tags), key=lambda name: name.tag)
    found = known.pairs(parsed)
    found += known.strips(parsed)
    left = _left(parsed, found)
    sided = (side_names.find_sides(name) for name in left)
    found += [one for one in sided if one is not None]
    found += tag_pairs.find(_left(parsed, found))
    listed = (strip_names.find_list(name) for name in _left(parsed, found))
    found += [one for one in listed if one is not None]
    return sorted(
        (one for one in found if one.confidence >= least), key=lambda one: (one.name, one.sample)
    )


@dataclass(frozen=True)
class Found:
    """What a rule file and the names of tags say together.

    Attributes:
      proposals: Each with the rule of the file that it comes from, None where it is of the names.
      ignored: The tags that the file says to leave alone.
      problems: The mistakes in the file, as sentences.
    """

    proposals: list[tuple[Proposal, Rule | None]]
    ignored: set[str]
    problems: list[str]


def propose_by(file: RuleFile, tags: Iterable[str], least: Confidence = Confidence.MEDIUM) -> Found:
    """Returns which pictures of a run are pairs, by a rule file first, then by their names."""
    tags = list(tags)
    applied = ruled.apply(file, tags)
    taken = set(applied.ignored)
    for proposal, _ in applied.proposals:
        taken.update(proposal.layout.tags)
    proposals: list[tuple[Proposal, Rule | None]] = list(applied.proposals)
    proposals += [(one, None) for one in propose([t for t in tags if t not in taken], least)]
    proposals.sort(key=lambda one: (one[0].name, one[0].sample))
    return Found(proposals, applied.ignored, [*file.problems, *applied.problems])


def _left(parsed: Iterable[names.Name], found: Iterable[Proposal]) -> list[names.Name]:
    taken = {tag for proposal in found for tag in proposal.layout.tags}
    return [name for name in parsed if name.tag not in taken]
