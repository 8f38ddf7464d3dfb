# SPDX-License-Identifier: Apache-2.0
"""Which pictures of the `images` plugin are pairs, by the names of their tags; none is read."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tb_pairs_plugin.pairing import names, reasons, rules
from tb_pairs_plugin.pairing.proposals import (
    BESIDE,
    IMPORT_FOLDER,
    Confidence,
    Proposal,
    Strip,
    make_record_tag,
)
from tb_pairs_plugin.pairing.rule_file import Grid, Rule, RuleFile
from tb_pairs_plugin.reading.cache import ByteCache
from tb_pairs_plugin.reading.existing.rule_source import RuleSource
from tb_pairs_plugin.reading.records import MAX_AGE, MAX_AGE_OF_FAULTS
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec, metadata

_MOST_HELD = 64  # of what was found, for each rule file that was asked with


@dataclass(frozen=True)
class ExistingPair:
    """A pair of one run.

    Attributes:
      proposals: Its samples.
      rule: The rule of a file that it comes from; None where it is of the names of tags.
    """

    proposals: tuple[Proposal, ...]
    rule: Rule | None

    @property
    def tags(self) -> set[str]:
        """All tags of its pictures."""
        return {tag for proposal in self.proposals for tag in proposal.layout.tags}

    def to_rule(self) -> dict[str, object]:
        """Returns the rule of a rule file that says the same, for who wants to change it."""
        layout = self.proposals[0].layout
        if isinstance(layout, Strip):
            return codec.members(
                strip=_pattern(layout.tag),
                panes=[role.value for role in layout.panes],
                axis=layout.axis,
                cuts=None if layout.cuts is None else list(layout.cuts),
                grid=describe_grid(self.rule),
            )
        return codec.members(
            ground_truth=_pattern(layout.ground_truth),
            prediction=_pattern(layout.prediction),
            input=None if layout.input is None else _pattern(layout.input),
            grid=describe_grid(self.rule),
        )


@dataclass
class Left:
    """Tags that are in no pair, and differ at most in the sample that they number.

    Attributes:
      tag: The first of them.
      pattern: The expression of a rule file that takes them all.
      reason: Why they are in none.
      runs: Which have such a tag.
      suggestion: What is too unsure to be shown without being asked, or None.
    """

    tag: str
    pattern: str
    reason: str
    runs: list[str] = field(default_factory=list)
    suggestion: Strip | None = None


@dataclass(frozen=True)
class _Proposed:
    by_name: dict[str, ExistingPair]
    left: dict[str, Left]
    problems: list[str]


@dataclass(frozen=True)
class Existing:
    """What there is.

    Attributes:
      pairs: By name and run.
      left: The tags in no pair.
      problems: What is wrong in the rule file, a sentence each.
      read_at: When, on the monotonic clock.
      file: The rules.
      proposed: What they say of the tags of a run; most runs of a log have the same.
    """

    pairs: Mapping[str, Mapping[str, ExistingPair]]
    left: list[Left]
    problems: list[str]
    read_at: float
    file: RuleFile
    proposed: Mapping[frozenset[str], _Proposed]


class ExistingIndex:
    """Finds pairs. Threads may share it."""

    def __init__(self, records: Source, pictures: Source, rule_source: RuleSource) -> None:
        """Looks among the tags of `pictures`; what `records` has of the same name comes first."""
        self._records = records
        self._pictures = pictures
        self._rule_source = rule_source
        self._cache: ByteCache[Existing] = ByteCache(_MOST_HELD)

    def read(self, scope: Scope, asked: str, records: Mapping[str, Collection[str]]) -> Existing:
        """Returns which pairs there are.

        Args:
          scope: Whose data.
          asked: The rule file of whoever asks, which comes before that of the log; may be empty.
          records: The tags of records, by run.
        """
        read_at = time.monotonic()
        found = self._pictures.list_blob_sequences(scope)
        file = self._rule_source.read(asked)
        taken = {tag for by_tag in records.values() for tag in by_tag}
        pairs: dict[str, dict[str, ExistingPair]] = {}
        left: dict[str, Left] = {}
        problems = dict.fromkeys(file.problems)
        before = self._cache.get((scope.experiment, asked))
        known = before.proposed if before is not None and before.file == file else {}
        every: dict[frozenset[str], _Proposed] = {}
        for run, by_tag in found.items():
            tags = frozenset(by_tag)
            if tags not in every:
                every[tags] = known.get(tags) or _propose(file, tags)
            proposed = every[tags]
            problems.update(dict.fromkeys(proposed.problems))
            imported = {*records.get(run, ()), *records.get(_imported(run), ())}
            for name, pair in proposed.by_name.items():
                tag = make_record_tag(name)
                if imported.isdisjoint((tag, f"{tag}{BESIDE}")):
                    pairs.setdefault(_free(name, taken), {})[run] = pair
            for pattern, one in proposed.left.items():
                kept = left.setdefault(
                    pattern, Left(one.tag, pattern, one.reason, suggestion=one.suggestion)
                )
                kept.runs.append(run)
        existing = Existing(pairs, list(left.values()), list(problems), read_at, file, every)
        self._cache.put((scope.experiment, asked), existing, 1)
        return existing

    def find(self, scope: Scope, asked: str, name: str) -> Mapping[str, ExistingPair]:
        """Returns a pair by run; empty where no run has it."""
        existing = self._cache.get((scope.experiment, asked))
        age = math.inf if existing is None else time.monotonic() - existing.read_at
        if existing is None or age > (MAX_AGE if name in existing.pairs else MAX_AGE_OF_FAULTS):
            existing = self.read(scope, asked, self._records.list_blob_sequences(scope))
        return existing.pairs.get(name, {})


def describe_grid(rule: Rule | None) -> object:
    """Returns the grid of a rule as a rule file has it, or None where the rule says nothing."""
    grid = None if rule is None else rule.grid
    if isinstance(grid, Grid):
        return codec.members(width=grid.width, height=grid.height, padding=grid.padding)
    return grid


def _propose(file: RuleFile, tags: Collection[str]) -> _Proposed:
    found = rules.propose_by(file, tags)
    grouped: dict[tuple[str, Rule | None], list[Proposal]] = {}
    for proposal, rule in found.proposals:
        grouped.setdefault((proposal.name, rule), []).append(proposal)
    by_name: dict[str, ExistingPair] = {}
    for (name, rule), proposals in grouped.items():
        by_name[_free(name, by_name)] = ExistingPair(tuple(proposals), rule)
    used = {tag for pair in by_name.values() for tag in pair.tags}
    others = sorted(set(tags) - used)
    unsure = [
        proposal.layout
        for proposal in rules.propose(
            [tag for tag in others if tag not in found.ignored], least=Confidence.LOW
        )
        if isinstance(proposal.layout, Strip)
    ]
    suggestions = {strip.tag: strip for strip in unsure}
    left: dict[str, Left] = {}
    for tag in others:
        pattern = _pattern(tag)
        if pattern not in left:
            ignored = tag in found.ignored
            reason = "the rule file says to ignore it" if ignored else reasons.explain_left(tag)
            left[pattern] = Left(tag, pattern, reason, suggestion=suggestions.get(tag))
    return _Proposed(by_name, left, found.problems)


def _pattern(tag: str) -> str:
    """Returns the expression for a tag and those that number other samples."""
    parsed = names.parse([tag])
    sample = parsed[0].sample if parsed else ""
    if not sample.isdecimal():
        return re.escape(tag)
    before, _, after = tag.rpartition(sample)
    return f"{re.escape(before)}(?P<sample>\\d+){re.escape(after)}"


def _imported(run: str) -> str:
    return IMPORT_FOLDER if run == "." else f"{run}/{IMPORT_FOLDER}"


def _free(name: str, taken: Iterable[str]) -> str:
    """Returns a name that no record has, and that no record can have."""
    if metadata.is_reserved(name):
        name = f"_{name}"
    return f"{name} (images)" if name in taken else name
