# SPDX-License-Identifier: Apache-2.0
"""What is to be imported of a run: its pairs, and the steps at which each can be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tb_pairs_plugin.importing.index import EventPlace, PictureIndex
from tb_pairs_plugin.pairing import reasons, rules
from tb_pairs_plugin.pairing.proposals import BESIDE, Proposal, Strip, make_record_tag
from tb_pairs_plugin.pairing.rule_file import Rule, RuleFile
from tb_pairs_plugin.pairing.steps import find_step_beside


@dataclass(frozen=True)
class SampleSource:
    """One sample of a pair at one step: where its pictures are.

    Attributes:
      proposal: What says that they are a pair.
      places: By tag.
    """

    proposal: Proposal
    places: Mapping[str, EventPlace]


@dataclass
class ImportedSeries:
    """A pair that is to be imported.

    Attributes:
      tag: Of its records.
      rule: The rule of the file that it comes from; None where it is of the names of tags.
      samples: What it is made of.
      steps: The samples at each step.
      unpaired: How many steps of the prediction have no ground truth.
      carried: Whether a ground truth that was logged once stands at several steps.
    """

    tag: str
    rule: Rule | None
    samples: list[Proposal] = field(default_factory=list)
    steps: dict[int, list[SampleSource]] = field(default_factory=lambda: defaultdict(list))
    unpaired: int = 0
    carried: bool = False


@dataclass
class Plan:
    """What is to be imported of a run, and what not.

    Attributes:
      series: The pairs.
      left: The tags of pictures that are in none, with the reason.
      problems: Sentences about the rule file.
    """

    series: list[ImportedSeries]
    left: dict[str, str]
    problems: list[str]


def make(index: PictureIndex, file: RuleFile, taken: set[str]) -> Plan:
    """Returns the pairs to import.

    Args:
      index: Of the run.
      file: The rule file.
      taken: Tags that the run has already in the folder that is written to.
    """
    found = rules.propose_by(file, index.pictures)
    by_name: dict[str, ImportedSeries] = {}
    for proposal, rule in found.proposals:
        tag = _free_tag(proposal.name, taken)
        series = by_name.setdefault(tag, ImportedSeries(tag, rule))
        series.samples.append(proposal)
        _add_steps(series, proposal, index)
    for series in by_name.values():
        series.steps = dict(sorted(series.steps.items()))
    used = {tag for proposal, _ in found.proposals for tag in proposal.layout.tags}
    ignored = found.ignored
    left = {
        tag: "the rule file says to ignore it" if tag in ignored else reasons.explain_left(tag)
        for tag in sorted(index.pictures)
        if tag not in used
    }
    return Plan(list(by_name.values()), left, found.problems)


def _free_tag(name: str, taken: set[str]) -> str:
    """Returns a tag for records: TensorBoard keeps one kind of data under a tag of a run."""
    tag = make_record_tag(name)
    return f"{tag}{BESIDE}" if tag in taken else tag


def _add_steps(series: ImportedSeries, proposal: Proposal, index: PictureIndex) -> None:
    layout = proposal.layout
    if isinstance(layout, Strip):
        for step, place in index.pictures[layout.tag].items():
            series.steps[step].append(SampleSource(proposal, {layout.tag: place}))
        return
    truths = index.pictures[layout.ground_truth]
    inputs = index.pictures[layout.input] if layout.input is not None else {}
    for step, place in index.pictures[layout.prediction].items():
        truth = find_step_beside(step, truths)
        # Where the log is broken, a ground truth of this step may be lost, or still to come.
        is_carried = truth is not None and truth != step
        if truth is None or (is_carried and step in index.broken_steps):
            series.unpaired += 1
            continue
        series.carried |= is_carried
        places = {layout.prediction: place, layout.ground_truth: truths[truth]}
        image = find_step_beside(step, inputs)
        if layout.input is not None and image is not None:
            places[layout.input] = inputs[image]
        series.steps[step].append(SampleSource(proposal, places))
