# SPDX-License-Identifier: Apache-2.0
"""What an element sent, and what it shows."""

from typing import Any

from playwright.sync_api import FloatRect, Locator, Page


def take(page: Page, event: str) -> list[Any]:
    """Returns the details of the events of a type that were sent since the last call."""
    details: list[Any] = page.evaluate("(event) => elements.take(event)", event)
    return details


def intents(page: Page) -> list[Any]:
    """Returns what was asked for since the last call."""
    return take(page, "pairs-intent")


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
