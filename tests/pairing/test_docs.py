# SPDX-License-Identifier: Apache-2.0
"""The page on existing logs says what the rules do."""

import re
from pathlib import Path

import pytest

from tb_pairs_plugin.pairing import rules, words
from tb_pairs_plugin.pairing.words import Meaning
from tests.pairing.cases import CONVENTIONS, PUBLIC

PAGE = (Path(__file__).parents[2] / "docs" / "existing_logs.md").read_text(encoding="utf-8")
TABLES = {
    "ground truth": words.TRUTHS,
    "prediction": words.PREDICTIONS,
    "input": words.INPUTS,
}


def row(role: str) -> list[str]:
    (found,) = re.findall(rf"^\| {role} \| (.*) \|$", PAGE, re.MULTILINE)
    text = re.sub(r" beside a [a-z ]+| where nothing else is said", "", found)
    return re.split(r"[,;] ", text)


@pytest.mark.parametrize("role", TABLES)
def test_the_words_of_the_page_have_their_role(role: str) -> None:
    for word in row(role):
        assert word.replace(" ", "") in TABLES[role]


@pytest.mark.parametrize("role", TABLES)
def test_each_meaning_of_a_word_is_on_the_page(role: str) -> None:
    named = {TABLES[role][word.replace(" ", "")] for word in row(role)}
    assert named == set(TABLES[role].values())


def test_each_meaning_has_words_and_each_prediction_a_ground_truth() -> None:
    tables = (words.TRUTHS, words.PREDICTIONS, words.INPUTS)
    assert {meaning for table in tables for meaning in table.values()} == set(Meaning)
    partners = frozenset().union(*words.PARTNERS.values())
    assert partners == set(words.PREDICTIONS.values())
    assert set(words.PARTNERS) == set(words.TRUTHS.values())


def test_opposites_are_partners() -> None:
    for truth, prediction in words.OPPOSITES:
        partners = words.PARTNERS[words.TRUTHS[truth]]
        assert words.PREDICTIONS[prediction] in partners


def test_no_word_has_two_roles() -> None:
    assert not words.TRUTHS.keys() & words.PREDICTIONS.keys()
    assert not words.INPUTS.keys() & (words.TRUTHS.keys() | words.PREDICTIONS.keys())


def test_each_rule_has_its_row() -> None:
    named = {
        proposal.rule
        for case in [*PUBLIC, *CONVENTIONS]
        for proposal in rules.propose(case.tags)
        if not proposal.rule.startswith("known-")
    }
    # All rules of the page are tried, and all that are tried are on the page.
    page = re.findall(r"^\| `([a-z-]+)` \| .* \| (?:high|medium)", PAGE, re.MULTILINE)
    assert named == set(page)
