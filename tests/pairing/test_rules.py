# SPDX-License-Identifier: Apache-2.0
"""What the rules find in the names of tags, and what they leave alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tb_pairs_plugin.pairing import reasons, rules
from tb_pairs_plugin.pairing.proposals import Confidence, Proposal, Role, Strip, Tags
from tests.pairing.cases import CONVENTIONS, NEGATIVES, PUBLIC, Case

_SHORT = {
    Role.GROUND_TRUTH: "gt",
    Role.PREDICTION: "pred",
    Role.INPUT: "input",
    Role.OTHER: "other",
}


def found_in(tags: list[str]) -> list[tuple[str, str]]:
    return sorted(_of(proposal) for proposal in rules.propose(tags))


def _of(proposal: Proposal) -> tuple[str, str]:
    layout = proposal.layout
    if isinstance(layout, Strip):
        return layout.tag, " ".join(_SHORT[role] for role in layout.panes)
    return layout.ground_truth, layout.prediction


def named(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


@named(PUBLIC)
def test_what_public_code_writes_is_paired_as_a_person_would(case: Case) -> None:
    assert found_in(case.tags) == sorted(case.pairs)


@named(CONVENTIONS)
def test_other_conventions_are_understood(case: Case) -> None:
    assert found_in(case.tags) == sorted(case.pairs)


@named(NEGATIVES)
def test_what_is_no_pair_is_left_alone(case: Case) -> None:
    assert found_in(case.tags) == []


@named(CONVENTIONS)
def test_neither_order_nor_repetition_of_tags_matters(case: Case) -> None:
    assert rules.propose(case.tags) == rules.propose([*reversed(case.tags), *case.tags])


def test_there_are_at_least_forty_cases_of_our_own_on_each_side() -> None:
    assert min(len(CONVENTIONS), len(NEGATIVES)) >= 40


def test_what_numbers_a_tag_is_the_sample() -> None:
    tags = [
        f"val/{role}/image/{sample}" for role in ("target", "output", "input") for sample in (0, 1)
    ]
    found = rules.propose(tags)
    assert [(one.name, one.sample) for one in found] == [("val/output", "0"), ("val/output", "1")]
    assert found[1].layout == Tags("val/target/image/1", "val/output/image/1", "val/input/image/1")


@pytest.mark.parametrize(
    ("tag", "name", "sample"),
    [
        ("{}", "{}", ""),
        ("{}/image", "{}", ""),
        ("{}/image/12", "{}", "12"),
        ("{}/3", "{}", "3"),
        ("{}_3", "{}", "3"),
        ("{}-3", "{}", "3"),
        ("{} (3)", "{}", "3"),
        ("{}[3]", "{}", "3"),
        ("a/{}/3", "a/{}", "3"),
        ("3/{}", "3/{}", ""),
    ],
)
def test_samples_are_numbered_in_many_ways(tag: str, name: str, sample: str) -> None:
    (found,) = rules.propose([tag.format("gt"), tag.format("pred")])
    assert (found.name, found.sample) == (name.format("pred"), sample)


@pytest.mark.parametrize(
    ("tags", "image"),
    [
        (["gt", "pred", "image"], "image"),
        (["gt", "pred", "image", "input"], "input"),
        (["gt", "pred", "input_a", "input_b"], None),
        (["gt", "pred", "other"], None),
        (["val/gt", "val/pred", "train/image"], None),
        (["input_0_HW_1", "input_1_HW_1", "output_HW_1"], "input_0_HW_1"),
        (["gt_3", "pred_3", "image_4"], None),
    ],
)
def test_an_input_is_taken_where_there_is_one_only(tags: list[str], image: str | None) -> None:
    (found,) = rules.propose(tags)
    assert isinstance(found.layout, Tags)
    assert found.layout.input == image


def test_strips_know_their_axis_and_whether_pixels_must_confirm_them() -> None:
    tags = ["Top: GT boxes; Bottom: predicted boxes", "val/gt_pred", "image_comparison"]
    found = [one for tag in tags for one in rules.propose([tag])]
    assert {
        (one.layout.axis, one.layout.must_look_alike, one.confidence)
        for one in found
        if isinstance(one.layout, Strip)
    } == {
        ("y", False, Confidence.HIGH),
        ("x", True, Confidence.MEDIUM),
        ("y", True, Confidence.MEDIUM),
    }


def test_real_pictures_beside_generated_ones_are_less_sure() -> None:
    (found,) = rules.propose(["real", "fake"])
    assert found.confidence is Confidence.MEDIUM
    assert rules.propose(["real", "fake"], Confidence.HIGH) == []


@given(st.lists(st.text(max_size=400), max_size=8))
@example(["a" * 10**6, "gt" * 10**5])
@example(["/" * 300, "_" * 300, "(" * 300, "0" * 300])
@example(["gt_" * 99, "pred_" * 60])
def test_no_tag_is_too_strange(tags: list[str]) -> None:
    known = set(tags)
    for proposal in rules.propose(tags):
        assert known.issuperset(proposal.layout.tags)


@given(st.permutations(["gt", "pred", "real", "fake", "_", "/", "input", "mask", "image", "1"]))
@settings(max_examples=200)
def test_a_tag_is_in_one_pair_at_most(parts: list[str]) -> None:
    words = ["".join(parts[i : i + 3]) for i in range(8)]
    taken = []
    for proposal in rules.propose(words):
        layout = proposal.layout
        is_strip = isinstance(layout, Strip)
        taken += [layout.tag] if is_strip else [layout.ground_truth, layout.prediction]
    assert len(taken) == len(set(taken))


def test_thousands_of_samples_are_each_found() -> None:
    tags = [f"val/{role}_{i}" for i in range(2000) for role in ("gt", "pred")]
    assert len(rules.propose(tags)) == 2000


@pytest.mark.parametrize("tag", ["warped_grid", "warped/flow", "moved_field"])
def test_a_deformation_is_left_as_it_is_made_from_others(tag: str) -> None:
    assert "says that it is made from others" in reasons.explain_left(tag)


@pytest.mark.parametrize(
    "tag", ["gt_count_pred_count", "gt_foo_pred_foo", "left lung gt right pred"]
)
def test_a_name_of_both_roles_that_is_no_strip_for_sure_is_told_as_such(tag: str) -> None:
    assert "not for sure that they stand side by side" in reasons.explain_left(tag)


def test_panes_whose_places_are_named_stand_along_their_axis() -> None:
    tags = ["Top: input, Middle: GT, Bottom: pred", "Left: image, center: GT, right: pred"]
    found = [one.layout for tag in tags for one in rules.propose([tag])]
    assert [one.axis for one in found if isinstance(one, Strip)] == ["y", "x"]


@pytest.mark.parametrize(
    "tag",
    [
        "pred_vs_gt",
        "target_prediction",
        "rgb_gt_pred",
        "gt_detections",
        "gt_x_pred",
        "gt_foo_pred_foo",
        "gt_3_pred_5",
    ],
)
def test_what_may_be_a_strip_is_only_proposed_when_asked(tag: str) -> None:
    assert rules.propose([tag]) == []
    (found,) = rules.propose([tag], Confidence.LOW)
    assert found.confidence is Confidence.LOW
    assert isinstance(found.layout, Strip)


@pytest.mark.parametrize("tag", ["gt_count_pred_count", "true_class_pred_class", "gt_age_pred_age"])
def test_a_plot_or_a_caption_of_numbers_is_not_even_proposed_when_asked(tag: str) -> None:
    assert rules.propose([tag], Confidence.LOW) == []
