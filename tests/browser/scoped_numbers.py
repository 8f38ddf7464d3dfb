# SPDX-License-Identifier: Apache-2.0
"""Reads the numbers of a page and what they are of, and the numbers that don't say it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from playwright.sync_api import FrameLocator

_READ = """app => {
  const numbers = [], texts = [];
  const isShown = element => element.checkVisibility({visibilityProperty: true})
    && element.getClientRects().length > 0;
  const placeOf = element => {
    const names = [];
    for (let at = element; at; at = at.parentNode ?? at.host) {
      if (at instanceof ShadowRoot) { at = at.host; }
      if (at instanceof Element) {
        names.unshift([at.localName, ...at.classList].join('.'));
      }
    }
    return names.join(' ');
  };
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.trim();
      if (/\\d/.test(text) && isShown(node.parentElement ?? node.getRootNode().host))
        texts.push([text, placeOf(node.parentElement ?? node.getRootNode().host)]);
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.localName === 'style' || node.localName === 'script') return;
      if (node.dataset?.scope !== undefined) {
        if (isShown(node))
          numbers.push([node.textContent.trim(), node.value, node.dataset.scope, placeOf(node)]);
        return;
      }
      if (node.localName === 'slot') {
        const assigned = node.assignedNodes();
        if (assigned.length > 0) return assigned.forEach(walk);
      }
      if (node.shadowRoot) return node.shadowRoot.childNodes.forEach(walk);
    }
    node.childNodes.forEach(walk);
  };
  walk(app);
  return {numbers, texts};
}"""


@dataclass(frozen=True)
class Shown:
    """A number as the page writes it."""

    text: str
    value: str
    scope: str
    place: str


def read(frame: FrameLocator) -> tuple[list[Shown], list[tuple[str, str]]]:
    """Returns the numbers in sight and what they are of, and other texts that hold digits."""
    found = frame.locator("pairs-app").evaluate(_READ)
    return [Shown(*one) for one in found["numbers"]], [tuple(one) for one in found["texts"]]


def parse(text: str) -> float | None:
    """A written number; None of a dash."""
    if text in ("–", ""):
        return None
    plain = text.replace("\u202f", "").replace("\u2212", "-").replace("∞", "inf")
    if plain in ("< 0.1 %", "> 99.9 %"):
        return 0.0005 if plain.startswith("<") else 0.9995
    match = re.fullmatch(r"([+-]?(?:inf|NaN|\d+(?:\.\d+)?(?:e-?\d+)?))( %)?", plain)
    assert match is not None, f"{text!r} is no number"
    number = float(match[1])
    return number / 100 if match[2] else number


def agrees(text: str, expected: float | None, quantity: str) -> bool:
    """Whether a number is written right: it may differ by one of its last digit, no more."""
    written = parse(text)
    if written is None or expected is None:
        return written is None and expected is None
    if quantity in ("count", "step"):
        return written == expected
    if not math.isfinite(expected):
        return written == expected
    if quantity == "share":
        unit = 0.01 if abs(expected) >= 0.1 else 0.001
    elif abs(expected) >= 1000:
        unit = 1.0
    else:
        unit = 0.0 if expected == 0 else 10.0 ** (math.floor(math.log10(abs(expected))) - 2)
    return abs(written - expected) <= 1.001 * unit + 1e-12
