# SPDX-License-Identifier: Apache-2.0
"""Which samples an existing pair has at each step, and where their pictures are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tb_pairs_plugin.pairing.proposals import Proposal, Role, Strip, Tags
from tb_pairs_plugin.pairing.steps import find_step_beside
from tb_pairs_plugin.reading.existing.index import ExistingPair
from tb_pairs_plugin.reading.series_cache import Series, Value

# Of a value, the width and the height come first, as texts; they may be false.
_FIRST_PICTURE = 2


@dataclass(frozen=True)
class ExistingSample:
    """One sample at one step.

    Attributes:
      id: Unique at its step.
      keys: The keys of its pictures by role; a strip's is under `None`.
      strip: How its one picture is cut; None where each role has a picture.
      truth_step: The step of the ground truth, where that is another.
    """

    id: str
    keys: Mapping[Role | None, str]
    strip: Strip | None = None
    truth_step: int | None = None


@dataclass
class Steps:
    """A pair in a run, by step.

    Attributes:
      samples: By step, ascending.
      wall_times: By step, of the prediction.
      unpaired: How many steps of predictions have no ground truth.
    """

    samples: dict[int, list[ExistingSample]] = field(default_factory=dict)
    wall_times: dict[int, float] = field(default_factory=dict)
    unpaired: int = 0


def lay_out(pair: ExistingPair, series: Mapping[str, Series]) -> Steps:
    """Returns what a pair shows at each step that TensorBoard has kept.

    Args:
      pair: The pair.
      series: Its tags, as far as they can be read.
    """
    found = Steps()
    seen: dict[int, set[str]] = {}
    for proposal in pair.proposals:
        main = series.get(proposal.layout.tags[0])
        for step, wall_time in () if main is None else main.times():
            samples = list(_samples(proposal, step, series))
            if not samples:
                found.unpaired += 1
                continue
            ids = seen.setdefault(step, set())
            for sample in samples:
                if sample.id not in ids:
                    ids.add(sample.id)
                    found.samples.setdefault(step, []).append(sample)
            found.wall_times[step] = max(wall_time, found.wall_times.get(step, wall_time))
    found.samples = dict(sorted(found.samples.items()))
    return found


def list_pictures(value: Value | None) -> tuple[str, ...]:
    """Returns the keys of the pictures of a step, in their order."""
    return () if value is None else value.keys[_FIRST_PICTURE:]


def _samples(
    proposal: Proposal, step: int, series: Mapping[str, Series]
) -> Iterator[ExistingSample]:
    layout = proposal.layout
    if isinstance(layout, Strip):
        keys = _keys(series, layout.tag, step)
        for position, key in enumerate(keys):
            name = proposal.make_id(position, len(keys))
            yield ExistingSample(name, {None: key}, strip=layout)
        return
    places = {role: find_step_beside(step, _steps(series, tag)) for role, tag in _roles(layout)}
    truth_step = places[Role.GROUND_TRUTH]
    if truth_step is None:
        return
    by_role = {
        role: _keys(series, tag, place)
        for role, tag in _roles(layout)
        if (place := places[role]) is not None
    }
    predictions = by_role[Role.PREDICTION]
    # Pictures of one step go together in their order, so there must be as many.
    by_role = {role: keys for role, keys in by_role.items() if len(keys) == len(predictions)}
    if Role.GROUND_TRUTH not in by_role:
        return
    for position in range(len(predictions)):
        yield ExistingSample(
            proposal.make_id(position, len(predictions)),
            {role: keys[position] for role, keys in by_role.items()},
            truth_step=None if truth_step == step else truth_step,
        )


def _roles(layout: Tags) -> list[tuple[Role, str]]:
    roles = [(Role.PREDICTION, layout.prediction), (Role.GROUND_TRUTH, layout.ground_truth)]
    return roles + ([] if layout.input is None else [(Role.INPUT, layout.input)])


def _steps(series: Mapping[str, Series], tag: str) -> Collection[int]:
    found = series.get(tag)
    return () if found is None else found.steps


def _keys(series: Mapping[str, Series], tag: str, step: int) -> tuple[str, ...]:
    found = series.get(tag)
    return list_pictures(None if found is None else found.get(step))
