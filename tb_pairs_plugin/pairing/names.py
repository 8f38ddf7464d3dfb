# SPDX-License-Identifier: Apache-2.0
"""A tag taken apart: the words of its segments, and the sample that it numbers."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tb_pairs_plugin.pairing import words

# Longer tags are sentences, or made to cost time.
MAX_TAG = 300
_MOST_WORDS = 7  # of a segment; a longer one is a sentence

_WORD = re.compile(
    r"(?:(?<=[^A-Za-z0-9])-)?\d+"  # 12, and -1 in `color_-1_0`
    r"|[A-Z]{2,3}s(?![a-z])"  # GTs
    r"|[A-Z]+(?=[A-Z][a-z])"  # GT in GTMask
    r"|[A-Z]?[a-z]+|[A-Z]+"
    r"|(?:(?![\x00-\x7f])\w)+"
)
_COMPOUNDS = {
    ("ground", "truth"): "groundtruth",
    ("ground", "truths"): "groundtruth",
    ("ground", "true"): "groundtruth",
    ("super", "resolved"): "superresolved",
    ("saliency", "map"): "saliencymap",
    ("error", "map"): "errormap",
}
_GLUED_ROLES = ("gt", "pred", "true", "real", "fake", "input", "target", "output")
_GLUED_NOUNS = words.listed(
    "mask masks image images img imgs label labels depth flow disp seg map maps box boxes"
)
_INDEX = re.compile(r"(?P<base>.+?)[/_ #.-]*(?:(?<=[/_ #.-])(?P<bare>\d+)|[\[(](?P<in>\d+)[\])])\Z")
_SUMMARY_IMAGE = re.compile(r"(?P<folder>.+)/image(?:/(?P<sample>\d+))?\Z")


@dataclass(frozen=True)
class Name:
    """A tag taken apart.

    Attributes:
      tag: As it was given.
      base: The tag without what numbers its samples.
      sample: What numbers the sample; empty where nothing does.
      segments: The words of each part between slashes of `base`, in lower case.
    """

    tag: str
    base: str
    sample: str
    segments: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of all segments."""
        return tuple(word for segment in self.segments for word in segment)

    @property
    def is_sentence(self) -> bool:
        """Whether it reads like a sentence, such as the prompt that a picture was made from."""
        return any(
            len([word for word in segment if word.isalpha()]) > _MOST_WORDS
            or len(words.ARTICLES.intersection(segment)) > 1
            or (len(segment) > 3 and bool(words.ARTICLES.intersection(segment)))
            for segment in self.segments
        )


def parse(tags: Iterable[str]) -> list[Name]:
    """Returns the names of tags, without those that are too long to be one; each tag once."""
    kept = [tag for tag in dict.fromkeys(tags) if 0 < len(tag) <= MAX_TAG]
    members = _members_of_folders(kept)
    return [_parse(tag, members) for tag in kept]


def split_tokens(segment: str) -> tuple[str, ...]:
    """Returns the words of a segment: `GTMask`, `gt_mask`, `gt-mask` and `gtmask` are `gt mask`."""
    found: list[str] = []
    for word in _WORD.findall(segment):
        found += _unglue(word.lower())
    merged: list[str] = []
    for word in found:
        compound = _COMPOUNDS.get((merged[-1], word)) if merged else None
        if compound is None:
            merged.append(word)
        else:
            merged[-1] = compound
    return tuple(merged)


def _parse(tag: str, members: dict[str, set[str]]) -> Name:
    base, sample = _without_summary_image(tag, members)
    if not sample:
        match = _INDEX.match(base)
        if match and re.search("[A-Za-z]", match["base"]):
            base, sample = match["base"], match["bare"] or match["in"]
    return Name(tag, base, sample, _without_scopes(tuple(map(split_tokens, base.split("/")))))


def _without_scopes(segments: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Takes away name scopes that only repeat a name: `targets_summary/targets` is `targets`."""
    kept = [
        segment
        for segment, following in itertools.pairwise(segments)
        if _stems(segment) not in (_stems(following), _stems((*following, "summary")))
    ]
    return (*kept, segments[-1])


def _stems(segment: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.rstrip("s") for word in segment)


def _without_summary_image(tag: str, members: dict[str, set[str]]) -> tuple[str, str]:
    """Takes away what TensorFlow 1 appends to a tag, but not the name of a picture of a folder."""
    match = _SUMMARY_IMAGE.match(tag)
    if match is None:
        return tag, ""
    folder, sample = match["folder"], match["sample"] or ""
    if members[folder] <= {"image"}:
        return folder, sample
    return f"{folder}/image", sample


def _members_of_folders(tags: Iterable[str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for tag in tags:
        segments = tag.split("/")
        for end in range(1, len(segments)):
            members["/".join(segments[:end])].add(segments[end])
    return members


def _unglue(word: str) -> list[str]:
    for role in _GLUED_ROLES:
        rest = word.removeprefix(role)
        if rest in _GLUED_NOUNS and rest != word:
            return [role, rest]
        rest = word.removesuffix(role)
        if rest in _GLUED_NOUNS and rest != word:
            return [rest, role]
    return [word]
