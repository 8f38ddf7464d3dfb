# SPDX-License-Identifier: Apache-2.0
"""The rules of a rule file, applied to the tags of a run."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tb_pairs_plugin.pairing.names import MAX_TAG
from tb_pairs_plugin.pairing.proposals import Confidence, Proposal, Strip, Tags
from tb_pairs_plugin.pairing.rule_file import Rule, RuleFile

# One expression is bounded; many of them on many tags are bounded by this.
MAX_SECONDS = 5.0

_Key = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Applied:
    """What a rule file makes of the tags of a run.

    Attributes:
      proposals: Each with the rule that it comes from.
      ignored: Tags that are to be left alone.
      problems: Sentences about rules that say two things of one tag.
    """

    proposals: list[tuple[Proposal, Rule]]
    ignored: set[str]
    problems: list[str]


class _OutOfTimeError(Exception):
    pass


@dataclass(frozen=True)
class _Matcher:
    tags: list[str]
    until: float

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
        for tag in self.tags:
            if time.monotonic() > self.until:
                raise _OutOfTimeError
            match = pattern.fullmatch(tag)
            if match is not None:
                yield tag, match


def apply(rules: RuleFile, tags: Iterable[str]) -> Applied:
    """Applies a rule file; never raises, whatever the file says.

    Tags are tried whole, and up to 300 characters. Of a pair, the groups of the expressions match
    the same text in each tag. The group `sample` names the sample.
    """
    kept = sorted({tag for tag in tags if len(tag) <= MAX_TAG})
    applied = Applied([], set(), [])
    matcher = _Matcher(kept, time.monotonic() + MAX_SECONDS)
    try:
        for pattern in rules.ignore:
            applied.ignored.update(tag for tag, _ in matcher.find(pattern))
        taken = set(applied.ignored)
        for rule in rules.rules:
            for proposal in _proposals(rule, matcher, applied.problems):
                if not taken.intersection(proposal.layout.tags[:2]):
                    applied.proposals.append((proposal, rule))
                    taken.update(_owned(proposal))
    except _OutOfTimeError:
        applied.problems.append(
            f"the rules took longer than {MAX_SECONDS:g} s on {len(kept)} tags, and those after "
            "that were left out; want simpler expressions"
        )
    return applied


def _owned(proposal: Proposal) -> tuple[str, ...]:
    layout = proposal.layout
    return (layout.tag,) if isinstance(layout, Strip) else (layout.prediction, layout.ground_truth)


def _proposals(rule: Rule, matcher: _Matcher, problems: list[str]) -> Iterator[Proposal]:
    if rule.ground_truth is None:
        for tag, match in matcher.find(rule.prediction):
            yield _proposal(rule, match, Strip(tag, rule.panes, rule.axis, cuts=rule.cuts))
        return
    truths = _by_key(rule, "groundTruth", rule.ground_truth, matcher, problems)
    inputs = _by_key(rule, "input", rule.input, matcher, problems)
    for key, match in _by_key(rule, "prediction", rule.prediction, matcher, problems).items():
        if key in truths and truths[key].string != match.string:
            image = inputs.get(key)
            layout = Tags(truths[key].string, match.string, None if image is None else image.string)
            yield _proposal(rule, match, layout)


def _by_key(
    rule: Rule,
    role: str,
    pattern: re.Pattern[str] | None,
    matcher: _Matcher,
    problems: list[str],
) -> dict[_Key, re.Match[str]]:
    if pattern is None:
        return {}
    matches: dict[_Key, list[re.Match[str]]] = defaultdict(list)
    for _, match in matcher.find(pattern):
        matches[_key(match)].append(match)
    for several in matches.values():
        if len(several) > 1:
            problems.append(
                f"{rule.place}.{role} takes both {several[0].string!r} and {several[1].string!r} "
                "for one pair, and the first is used; want a group `( )` around what tells pairs "
                "apart"
            )
    return {key: several[0] for key, several in matches.items()}


def _key(match: re.Match[str]) -> _Key:
    names = {position: name for name, position in match.re.groupindex.items()}
    return tuple(
        sorted(
            (names.get(position, str(position)), text)
            for position, text in enumerate(_numbered(match), start=1)
        )
    )


def _numbered(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(text or "" for text in match.groups())


def _proposal(rule: Rule, match: re.Match[str], layout: Tags | Strip) -> Proposal:
    name, sample = match.string, ""
    if "sample" in match.re.groupindex and match["sample"]:
        sample = match["sample"]
        start, end = match.span("sample")
        name = f"{name[:start].rstrip('/_ -#([')}{name[end:].lstrip(')]')}" or name
    return Proposal(name, sample, layout, Confidence.HIGH, rule.place)
