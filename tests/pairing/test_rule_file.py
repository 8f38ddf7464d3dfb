# SPDX-License-Identifier: Apache-2.0
"""What a rule file may say, and what is said of one that is wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tb_pairs_plugin.pairing import patterns, rule_file, ruled, rules
from tb_pairs_plugin.pairing.proposals import Role, Strip, Tags
from tb_pairs_plugin.pairing.rule_file import ClassColor, Grid

DOCS = Path(__file__).parents[2] / "docs" / "existing_logs.md"
PAIR = {"groundTruth": "a/(.*)", "prediction": "b/(.*)"}
STRIP = {"strip": "c.*", "panes": ["prediction", "groundTruth"]}


def parsed(*members: dict[str, Any], **others: Any) -> rule_file.RuleFile:
    return rule_file.parse(json.dumps({"rules": list(members), **others}).encode())


def layouts(file: rule_file.RuleFile, tags: list[str]) -> list[Any]:
    assert file.problems == ()
    return [proposal.layout for proposal, _ in ruled.apply(file, tags).proposals]


def test_a_pair_is_of_tags_whose_groups_match_the_same_text() -> None:
    tags = ["a/1", "b/1", "a/2", "b/3", "c/1"]
    file = parsed({**PAIR, "input": "c/(.*)"})
    assert layouts(file, tags) == [Tags("a/1", "b/1", "c/1")]


def test_groups_are_told_apart_by_name_or_by_number() -> None:
    file = parsed({"groundTruth": "(?P<x>.)(?P<y>.)_t", "prediction": "p_(?P<y>.)(?P<x>.)"})
    assert layouts(file, ["ab_t", "p_ab", "p_ba"]) == [Tags("ab_t", "p_ba")]


def test_a_group_named_sample_numbers_samples_of_one_pair() -> None:
    file = parsed({"groundTruth": r"x/(?P<sample>\d+)/t", "prediction": r"x/(?P<sample>\d+)/p"})
    found = ruled.apply(file, ["x/0/t", "x/0/p", "x/1/t", "x/1/p"]).proposals
    assert [(one.name, one.sample) for one, _ in found] == [("x/p", "0"), ("x/p", "1")]


def test_a_strip_has_panes_an_axis_and_cuts() -> None:
    file = parsed({**STRIP, "axis": "y", "cuts": [0.25]}, {"strip": "d", "panes": STRIP["panes"]})
    panes = (Role.PREDICTION, Role.GROUND_TRUTH)
    assert layouts(file, ["c1", "d", "e"]) == [
        Strip("c1", panes, "y", cuts=(0.25,)),
        Strip("d", panes),
    ]


def test_classes_and_grids_are_read() -> None:
    classes = [{"id": 0, "name": "road", "color": "#804080"}, {"id": 7, "color": "#0000ff"}]
    file = parsed(
        {**PAIR, "classes": classes, "ignore": [7], "grid": {"width": 8, "height": 4}},
        {**STRIP, "grid": False},
    )
    (first, second) = file.rules
    assert first.classes == (
        ClassColor(0, "road", (128, 64, 128)),
        ClassColor(7, None, (0, 0, 255)),
    )
    assert (first.ignore, first.grid, second.grid) == ((7,), Grid(8, 4, 0), False)


def test_what_is_to_be_ignored_is_taken_by_no_rule() -> None:
    file = parsed(PAIR, ignore=["a/.*"])
    applied = ruled.apply(file, ["a/1", "b/1"])
    assert (applied.proposals, applied.ignored) == ([], {"a/1"})


def test_the_first_rule_that_takes_a_tag_has_it() -> None:
    file = parsed(PAIR, {"groundTruth": "z", "prediction": "b/1"})
    assert layouts(file, ["a/1", "b/1", "z"]) == [Tags("a/1", "b/1")]


def test_a_rule_that_takes_two_tags_for_one_pair_is_told() -> None:
    applied = ruled.apply(parsed({"groundTruth": "t.*", "prediction": "p"}), ["t1", "t2", "p"])
    assert "rules[0].groundTruth takes both 't1' and 't2' for one pair" in applied.problems[0]
    assert [one.layout for one, _ in applied.proposals] == [Tags("t1", "p")]


WRONG = [
    (b"", "line 1, column 1 is not JSON"),
    (b'{"rules": [\n{"a": }]}', "line 2, column 7 is not JSON"),
    (b"\xff\xfe", "not UTF-8 at byte 0"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"rules": [' + b"1" * 10_000 + b"]}", "thousands of digits"),
    (b" " * (rule_file.MAX_BYTES + 1), "want at most 262144"),
    (b"[]", "the file is a list, want an object"),
    (b'{"rules": {}}', "rules is an object, want a list"),
    (b'{"format": 2}', "format is 2, want 1"),
    (b'{"rule": []}', 'the file has a member "rule", want only format, rules, ignore'),
    (b'{"ignore": [3]}', "ignore[0] is 3, want a regular expression"),
]


@pytest.mark.parametrize(("data", "problem"), WRONG, ids=[problem for _, problem in WRONG])
def test_a_file_that_is_wrong_says_where_and_what_was_wanted(data: bytes, problem: str) -> None:
    (said,) = rule_file.parse(data).problems
    assert problem in said


WRONG_RULES = [
    (3, "rules[1] is 3, want an object"),
    ({"predicton": "x"}, 'has a member "predicton", want only groundTruth, prediction'),
    ({"groundTruth": "x"}, "rules[1].prediction is missing, want a regular expression"),
    ({"prediction": "x"}, "rules[1].groundTruth is missing, want a regular expression"),
    ({**PAIR, "prediction": "("}, "rules[1].prediction is not a regular expression"),
    ({**PAIR, "prediction": ""}, 'rules[1].prediction is "", want a regular expression'),
    ({**PAIR, "prediction": "x" * 501}, "has 501 characters, want at most 500"),
    ({**PAIR, "prediction": "(a+)+b"}, "repeats a group that has a repetition"),
    ({**PAIR, "strip": "x"}, "has both strip and groundTruth"),
    ({**PAIR, "axis": "x"}, "rules[1].axis stands without strip"),
    ({**PAIR, "ignore": [1]}, "rules[1].ignore stands without classes"),
    ({"strip": "x"}, "rules[1].panes is missing, want a list"),
    ({**STRIP, "panes": ["prediction"]}, '"groundTruth" 0 times, want it once'),
    ({**STRIP, "panes": ["truth"]}, 'panes[0] is "truth", want one of "groundTruth"'),
    ({**STRIP, "axis": "z"}, 'axis is "z", want "x" (beside each other) or "y" (below)'),
    ({**STRIP, "cuts": []}, "cuts has 0 elements, want 1"),
    ({**STRIP, "cuts": [1]}, "cuts[0] is 1, want a share between 0 and 1"),
    ({**STRIP, "cuts": [0.5, 0.5]}, "want each share greater than the one before"),
    ({**PAIR, "grid": True}, "grid is true, want an object"),
    ({**PAIR, "grid": {"width": 0, "height": 3}}, "grid.width is 0, want an integer from 1"),
    ({**PAIR, "classes": [{"id": -1}]}, "classes[0].id is -1, want an integer from 0 to 65535"),
    ({**PAIR, "classes": [{"id": True}]}, "classes[0].id is true, want an integer"),
    ({**PAIR, "classes": [{"id": 1}, {"id": 1}]}, "two classes of the same id"),
    ({**PAIR, "classes": [{"id": 1, "color": "red"}]}, 'color is "red", want a color such as'),
    (
        {**PAIR, "classes": [{"id": 1, "color": "#000000"}, {"id": 2}]},
        "classes with color and without",
    ),
    ({**PAIR, "classes": [{"id": 1, "name": "\ud800"}]}, "want a text"),
]


@pytest.mark.parametrize(("rule", "problem"), WRONG_RULES, ids=[text for _, text in WRONG_RULES])
def test_a_rule_that_is_wrong_is_told_and_the_others_count(rule: Any, problem: str) -> None:
    file = parsed(PAIR, rule, STRIP)
    (said,) = file.problems
    assert problem in said
    assert [one.place for one in file.rules] == ["rules[0]", "rules[2]"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["rules", "ignore", "prediction", "groundTruth", "strip", "panes"])
            | st.sampled_from(["cuts", "axis", "grid", "classes", "id", "color", "width", "input"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(json_values | st.binary(max_size=50))
def test_no_file_raises(value: Any) -> None:
    data = value if isinstance(value, bytes) else json.dumps({"rules": [value]}).encode()
    ruled.apply(rule_file.parse(data), ["a", "b"])


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a*)*b",
        "(a|aa)+",
        "(?:a?){99}",
        "a?" * 60 + "a" * 60,
        "(a|ab)" * 40,
        ".*.*.*.*.*x",
        "(.*)\\1",
        "(?=a)a",
        "(?i)a",
        "a++",
        "((((a{1,9}){1,9}){1,9}){1,9}){1,9}",
    ],
)
def test_an_expression_that_may_take_for_ever_is_not_taken(pattern: str) -> None:
    with pytest.raises(patterns.PatternError):
        patterns.compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "tag"),
    [
        (r"val/(.*)_(gt|label)", "val/x_gt"),
        (r"(?P<sample>\d+)/[^/]+/.*", "3/a/b"),
        (r"a{2,3}?b", "aab"),
        (r"[]a]\]", "a]"),
        (r"[^]]x", "ax"),
        (r"(?:ab){1,3}(?:c)?", "abab"),
        (r"\(\d+\) .*", "(3) x"),
        (r"x{,2}", "xx"),
        (r"a||b", ""),
    ],
)
def test_usual_expressions_are_taken(pattern: str, tag: str) -> None:
    assert patterns.compile_pattern(pattern).fullmatch(tag)


def test_rules_that_take_too_long_together_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(ruled.time, "monotonic", lambda: float(next(clock)))
    applied = ruled.apply(parsed(PAIR), [f"a/{i}" for i in range(50)])
    assert "took longer than 5 s on 50 tags" in applied.problems[0]


def test_the_example_of_the_docs_is_a_rule_file() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    file = rule_file.parse(example.encode())
    assert file.problems == ()
    assert len(file.rules) == 2


def test_what_a_rule_takes_is_left_alone_by_the_names() -> None:
    file = parsed({"groundTruth": "val/mask", "prediction": "val/pred"}, ignore=["debug/.*"])
    tags = ["val/mask", "val/pred", "val/gt", "debug/gt", "debug/pred", "train/gt", "train/pred"]
    found = rules.propose_by(file, tags)
    assert [one.layout for one, _ in found.proposals] == [
        Tags("train/gt", "train/pred"),
        Tags("val/mask", "val/pred"),
    ]
