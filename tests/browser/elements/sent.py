# SPDX-License-Identifier: Apache-2.0
"""What an element sent, and what it shows."""

from typing import Any

from playwright.sync_api import FloatRect, Locator, Page

# The zoom of a picture that is seen whole.
FIT = {"scale": 1, "x": 0.5, "y": 0.5}

OPEN_S1 = {"type": "open", "tag": "val", "sample": "s1"}


def take(page: Page, event: str) -> list[Any]:
    """Returns the details of the events of a type that were sent since the last call."""
    details: list[Any] = page.evaluate("(event) => elements.take(event)", event)
    return details


def intents(page: Page) -> list[Any]:
    """Returns what was asked for since the last call."""
    return take(page, "pairs-intent")


def next_intents(page: Page) -> list[Any]:
    """Waits until something is asked for: a dialog tells of its end in a task after it."""
    sent = page.wait_for_function(
        "() => (sent => sent.length > 0 && sent)(elements.take('pairs-intent'))"
    )
    details: list[Any] = sent.json_value()
    return details


def box_of(element: Locator) -> FloatRect:
    """Where an element is in the window."""
    box = element.bounding_box()
    assert box is not None
    return box


def middle(element: Locator) -> tuple[float, float]:
    """The middle of an element, in CSS pixels of the window."""
    box = box_of(element)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def grey(canvas: Locator) -> int:
    """The brightness of the pixel in the middle of a picture, 0 to 255."""
    value: int = canvas.evaluate(
        """canvas => {
          const context = canvas.getContext('2d');
          return context.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data[0];
        }"""
    )
    return value
