# SPDX-License-Identifier: Apache-2.0
"""Pairs of tags: one names the ground truth, the other the prediction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from tb_pairs_plugin.pairing import roles, words
from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.proposals import Confidence, Proposal, Tags
from tb_pairs_plugin.pairing.roles import Reading
from tb_pairs_plugin.pairing.words import Meaning

_RECONSTRUCTED_INPUTS = words.listed("input inputs image images img imgs x")
_INPUTS = frozenset({"input", "inputs"})
_INPAINTING = words.listed("inpainted inpainting inpaint masked hole holes damaged")
_ADDED = frozenset({Meaning.PREDICTED, Meaning.RECONSTRUCTED})
_NOUNS = frozenset({"target", "targets", "tgt"})
_BARE_PREDICTIONS = words.listed("output outputs out outs")


@dataclass(frozen=True)
class _Match:
    truth: Reading
    prediction: Reading
    confidence: Confidence
    rule: str
    score: int = 0


_Rule = Callable[["_Readings"], Iterator[_Match]]


class _Readings:
    """The tags that are not taken yet, read in the ways that the rules need."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = list(names)
        self._ignored = _ignored_meanings(self.names)
        found = (roles.read_role(name) for name in self.names)
        self.roles = [one for one in found if one is not None and self._counts(one)]
        # Those of other tags too that were taken since.
        self.all_roles = self.roles

    def _counts(self, reading: Reading) -> bool:
        return reading.meaning is not None and reading.meaning not in self._ignored

    @property
    def drawn_labels(self) -> frozenset[str]:
        """The words for what a person draws; none where a mask is something else."""
        return frozenset() if Meaning.LABEL in self._ignored else words.LABELS

    def all(self) -> Iterator[Reading]:
        """Yields each word that may say a role."""
        for name in self.names:
            for segment, found in enumerate(name.segments):
                for position in range(len(found)):
                    reading = Reading(name, segment, position)
                    if self._counts(reading):
                        yield reading

    def without(self, taken: set[str]) -> _Readings:
        """Returns the readings of other tags."""
        kept = _Readings([])
        kept._ignored = self._ignored
        kept.all_roles = self.all_roles
        kept.names = [name for name in self.names if name.tag not in taken]
        kept.roles = [reading for reading in self.roles if reading.name.tag not in taken]
        return kept


def _ignored_meanings(names: Iterable[Name]) -> set[Meaning]:
    """Returns the meanings that words don't have in this company."""
    found = {word for name in names for word in name.words}
    ignored = set()
    if found & words.COMPLEX:
        ignored.add(Meaning.REAL)
    if found & _INPAINTING:
        # A mask is what was cut out.
        ignored.add(Meaning.LABEL)
    return ignored


def find(names: Iterable[Name]) -> list[Proposal]:
    """Returns the pairs among tags; each tag is in one pair at most as truth or prediction."""
    kept = [name for name in names if not roles.is_derived(name) and not name.is_sentence]
    everything = _Readings(kept)
    left = everything
    matches: list[_Match] = []
    for rule in _RULES:
        taken: set[str] = set()
        for match in sorted(rule(left), key=lambda match: -match.score):
            tags = {match.truth.name.tag, match.prediction.name.tag}
            if not tags & taken:
                taken |= tags
                matches.append(match)
        left = left.without(taken)
    return list(_proposals(matches, everything, left))


def _swap(readings: _Readings) -> Iterator[_Match]:
    """The same tag but for one word: `val/depth_gt`, `val/depth_pred`."""
    for group in _groups(
        readings.all(),
        lambda one: (one.name.sample, one.segment, one.position, one.beside, one.folder),
    ):
        for best in _best(group, _is_swap):
            yield _Match(*best, _confidence(*best), "swapped-word", roles.score(*best))


def _is_swap(truth: Reading, prediction: Reading) -> bool:
    """Whether the words that both have let one be a ground truth, the other a prediction."""
    meanings = [roles.find_meaning(word) for word in truth.beside]
    if _INPUTS.intersection(truth.beside):
        return False
    if any(roles.is_prediction(one) and roles.is_strong(one) for one in meanings):
        return truth.meaning is Meaning.TRUTH and prediction.meaning is Meaning.PREDICTED
    if any(roles.is_truth(one) and roles.is_strong(one) for one in meanings):
        return prediction.meaning is Meaning.PREDICTED or truth.meaning is not Meaning.LABEL
    return True


def _same_stem(readings: _Readings) -> Iterator[_Match]:
    """The same words beside the role, in another order: `gt_depth`, `depth_map_pred`."""
    for group in _groups(
        readings.roles, lambda one: (one.name.sample, one.segment, one.stem, one.folder)
    ):
        for best in _best(group, roles.show_the_same):
            yield _Match(*best, _confidence(*best), "same-stem", roles.score(*best))


def _added_word(readings: _Readings) -> Iterator[_Match]:
    """A prediction's tag is another with a word more: `flow`, `flow_pred`; `hr`, `gen_hr`."""
    plain = {(name.sample, _singular(name.segments)): name for name in readings.names}
    for prediction in readings.all():
        if not (roles.is_prediction(prediction.meaning) and roles.is_strong(prediction.meaning)):
            continue
        segments = list(prediction.name.segments)
        segments[prediction.segment] = prediction.beside
        name = plain.get((prediction.name.sample, _singular(segments)))
        if name is None or not prediction.beside:
            continue
        if _is_named_truth(name, prediction) or _says_what_is_shown(prediction):
            truth = Reading(name, prediction.segment, 0)
            yield _Match(truth, prediction, Confidence.MEDIUM, "added-word")


def _singular(segments: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(words.singular, segments))


def _is_named_truth(name: Name, prediction: Reading) -> bool:
    """Whether the shorter tag is a ground truth by name, and the longer one no strip of the two."""
    truth = roles.read_role(name)
    if truth is None or truth.segment != prediction.segment or not roles.score(truth, prediction):
        return False
    return truth.meaning is Meaning.FINE or truth.word in _NOUNS


def _says_what_is_shown(prediction: Reading) -> bool:
    """Whether the tag without the role is a picture that the prediction can be compared with."""
    if prediction.meaning not in _ADDED or prediction.word in _BARE_PREDICTIONS:
        return False
    rebuilt = prediction.meaning is Meaning.RECONSTRUCTED or prediction.word == "hat"
    if rebuilt and _RECONSTRUCTED_INPUTS.issuperset(prediction.beside):
        return True
    meanings = [roles.find_meaning(word) for word in prediction.beside]
    if any(roles.is_input(one) for one in meanings):
        return False
    if words.ONE_PICTURE.intersection(prediction.beside):
        return False
    if prediction.meaning is Meaning.RECONSTRUCTED and Meaning.LABEL in meanings:
        return False
    telling = [
        word for word in prediction.stem if word not in words.SPLITS and not word[-1].isdigit()
    ]
    # A prediction of a prediction has no ground truth.
    return bool(telling) and not any(roles.is_prediction(one) for one in meanings)


def _reconstructed_input(readings: _Readings) -> Iterator[_Match]:
    """A reconstruction without a ground truth: what was reconstructed is the input."""
    truths = {
        (one.folder, one.name.sample, one.stem)
        for one in readings.roles
        if roles.is_truth(one.meaning) and roles.is_strong(one.meaning)
    }
    for group in _groups(
        readings.roles, lambda one: (one.name.sample, one.segment, one.stem, one.folder)
    ):
        place = (group[0].folder, group[0].name.sample)
        if truths & {(*place, ()), (*place, group[0].stem)}:
            continue
        inputs = [one for one in group if one.word in _RECONSTRUCTED_INPUTS]
        rebuilt = [one for one in group if one.meaning is Meaning.RECONSTRUCTED]
        if len(inputs) == len(rebuilt) == 1 and len(group) == 2:
            yield _Match(inputs[0], rebuilt[0], Confidence.MEDIUM, "reconstructed-input")


def _alone_in_folder(readings: _Readings) -> Iterator[_Match]:
    """The only ground truth and the only prediction of a folder, if they may show the same."""
    free = set(readings.roles)
    last = [one for one in readings.all_roles if one.segment == len(one.name.segments) - 1]
    for group in _groups(last, lambda one: (one.name.sample, one.folder)):
        truths = [one for one in group if one.meaning is Meaning.TRUTH]
        predictions = [
            one
            for one in group
            if roles.is_prediction(one.meaning) and roles.is_strong(one.meaning)
        ]
        if len(truths) != 1 or len(predictions) != 1 or not free.issuperset(truths + predictions):
            continue
        pair = truths[0], predictions[0]
        if roles.score(*pair) and _may_show_the_same(*pair, readings.drawn_labels):
            yield _Match(*pair, Confidence.MEDIUM, "alone-in-folder")


def _may_show_the_same(truth: Reading, prediction: Reading, labels: frozenset[str]) -> bool:
    """Whether what one name says beside its role is what the other shows without saying it.

    Only of labels is that so on both sides, and of what is measured where the ground truth says
    it. Other words make another picture: a condition, an overlay, a view, a state of the model.
    """
    if truth.stem == prediction.stem:
        return False  # they were left by `same-stem`, for a reason
    made = roles.without_maker(prediction.beside)
    said = tuple(word for word in made if word not in words.GENERIC)
    if truth.stem == said:
        return roles.show_the_same(truth, prediction)
    if prediction.meaning is not Meaning.PREDICTED:
        return False
    if not truth.beside:
        return labels.issuperset(said)
    # A target with a noun is what a generator is to reach: `target_pose`.
    is_said = bool(truth.stem) and truth.word not in _NOUNS
    return not made and is_said and labels.union(words.SHOWN).issuperset(truth.stem)


_RULES: tuple[_Rule, ...] = (
    _swap,
    _same_stem,
    _added_word,
    _reconstructed_input,
    _alone_in_folder,
)


def _groups(
    readings: Iterable[Reading], key: Callable[[Reading], Hashable]
) -> Iterator[list[Reading]]:
    groups: dict[Hashable, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[key(reading)].append(reading)
    return (group for group in groups.values() if len(group) > 1)


def _best(
    group: list[Reading], fits: Callable[[Reading, Reading], bool]
) -> list[tuple[Reading, Reading]]:
    """Returns the pairs that go together best; none where a tag would be in two that are as good.

    Several are best where a folder has `mask` and `pred` for one sample, `masks` and `preds` for
    the batch.
    """
    scored = [
        (roles.score(truth, prediction), truth, prediction)
        for truth in group
        if roles.is_truth(truth.meaning)
        for prediction in group
        if truth.name.tag != prediction.name.tag and roles.score(truth, prediction)
        if fits(truth, prediction)
    ]
    top = max((score for score, _, _ in scored), default=0)
    best = [(truth, prediction) for score, truth, prediction in scored if score == top]
    tags = [reading.name.tag for pair in best for reading in pair]
    return best if len(set(tags)) == len(tags) else []


def _confidence(truth: Reading, prediction: Reading) -> Confidence:
    # Real pictures beside generated ones need not show the same.
    unsure = truth.meaning is Meaning.REAL and prediction.meaning is Meaning.GENERATED
    found = prediction.meaning is Meaning.FOUND
    return Confidence.MEDIUM if unsure or found else Confidence.HIGH


def _proposals(
    matches: Iterable[_Match], everything: _Readings, left: _Readings
) -> Iterator[Proposal]:
    inputs = [one for one in left.roles if roles.is_input(one.meaning)]
    by_place: dict[Hashable, list[Reading]] = defaultdict(list)
    for one in inputs:
        by_place[one.name.sample, one.folder].append(one)
    for match in matches:
        prediction = match.prediction.name
        layout = Tags(
            match.truth.name.tag,
            prediction.tag,
            _input(match, by_place[prediction.sample, match.prediction.folder]),
        )
        yield Proposal(prediction.base, prediction.sample, layout, match.confidence, match.rule)


def _input(match: _Match, inputs: list[Reading]) -> str | None:
    """Returns the tag of the one input beside a pair; None where there is none, or several."""
    stems = {match.truth.stem, match.prediction.stem, ()}
    fitting = [one for one in inputs if one.stem in stems]
    named = [one for one in fitting if one.meaning is Meaning.INPUT]
    chosen = named or fitting
    return chosen[0].name.tag if len(chosen) == 1 else None
