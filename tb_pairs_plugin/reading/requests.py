# SPDX-License-Identifier: Apache-2.0
"""Requests with limits, and the answers that a route may give."""

from __future__ import annotations

import functools
import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from tensorboard.backend import http_util
from werkzeug import wrappers

from tb_pairs_plugin._version import __version__
from tb_pairs_plugin.reading.source import SourceError
from tb_pairs_plugin.record import codec

logger = logging.getLogger(__name__)

_VERSION = __version__.encode()

BYTES, JSON = "application/octet-stream", "application/json"
YEAR = 365 * 24 * 3600  # seconds

_MIN_STEP, _MAX_STEP = -(2**63), 2**63 - 1
_STEP = re.compile(r"-?(0|[1-9][0-9]{0,18})\Z", re.ASCII)

Handler = Callable[[wrappers.Request], wrappers.Response]


class HttpError(Exception):
    """A request that can't be answered, with its HTTP status and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        """Refuses with 400 (the request is wrong) or 404 (there is no such thing)."""
        super().__init__(sentence)
        self.status = status


class Parameters:
    """The query of a request, which holds nothing but what its route takes."""

    def __init__(
        self,
        request: wrappers.Request,
        *,
        required: tuple[str, ...] = (),
        optional: tuple[str, ...] = (),
        repeated: Mapping[str, int] | None = None,
    ) -> None:
        """Reads the query.

        Args:
          request: The request.
          required: Parameters that must occur exactly once.
          optional: Parameters that may occur once.
          repeated: Parameters that may be repeated, each with its limit.

        Raises:
          HttpError: If the query holds anything else, or too much of it.
        """
        limits = {**dict.fromkeys((*required, *optional), 1), **(repeated or {})}
        self._values = {name: request.args.getlist(name) for name in limits}
        for name in request.args:
            if name not in limits:
                raise HttpError(400, f"there is no parameter {name!r}, only {', '.join(limits)}")
        for name, values in self._values.items():
            if len(values) > limits[name]:
                raise HttpError(
                    400, f"{name} is given {len(values)} times, want at most {limits[name]}"
                )
        for name in required:
            if not self._values[name]:
                raise HttpError(400, f"{name} is missing")

    def get_one(self, name: str) -> str:
        """Returns the value of a required parameter."""
        return self._values[name][0]

    def get_optional(self, name: str) -> str:
        """Returns the value of an optional parameter; empty where it is not given."""
        return next(iter(self._values[name]), "")

    def get_many(self, name: str) -> list[str]:
        """Returns the values of a repeated parameter, in order."""
        return self._values[name]


def parse_step(text: str) -> int:
    """Returns a step as JSON and addresses spell it.

    Raises:
      HttpError: If `text` is not a decimal 64-bit integer without leading zeros.
    """
    if _STEP.match(text):
        step = int(text)
        if _MIN_STEP <= step <= _MAX_STEP:
            return step
    raise HttpError(400, f"the step is {text[:40]!r}, want a decimal integer of 64 bits")


def route(handler: Handler) -> Any:
    """Returns the WSGI application of a handler, which answers every exception with a sentence."""

    @functools.wraps(handler)
    def guarded(request: wrappers.Request) -> wrappers.Response:
        if request.method not in ("GET", "HEAD"):
            return refuse(request, 405, "only GET and HEAD are served here", Allow="GET, HEAD")
        try:
            return handler(request)
        except HttpError as error:
            return refuse(request, error.status, str(error))
        except SourceError as error:
            return refuse(request, error.status, str(error))
        except Exception:
            reference = secrets.token_hex(4)
            logger.exception("Pairs: unexpected error, reference %s", reference)
            return refuse(
                request,
                500,
                "the Pairs plugin failed, which is not the fault of this request; "
                f"TensorBoard's console has the details under the reference {reference}",
            )

    return wrappers.Request.application(guarded)


def refuse(
    request: wrappers.Request, status: int, sentence: str, **headers: str
) -> wrappers.Response:
    """Returns an answer of one sentence."""
    answer: wrappers.Response = http_util.Respond(
        request,
        sentence.encode("utf-8", "replace"),
        "text/plain",
        code=status,
        headers=list(headers.items()),
    )
    return answer


def make_etag(*parts: bytes) -> str:
    """Returns a name for what depends on `parts` and, in its form, on this version."""
    state = hashlib.sha256(_VERSION)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()[:32]


class _NotModified(wrappers.Response):
    """A 304 that names the type of what did not change.

    Werkzeug leaves the type out, as HTTP allows, and TensorBoard then warns of each such response.
    """

    def get_wsgi_headers(self, environ: Any) -> Any:
        headers = super().get_wsgi_headers(environ)
        headers["Content-Type"] = self.content_type
        return headers


def answer_unchanged(
    request: wrappers.Request, tag: str, content_type: str = JSON
) -> wrappers.Response | None:
    """Returns a 304 if the browser holds the answer named `tag` already."""
    if not request.if_none_match.contains_weak(tag):
        return None
    return _NotModified(
        status=304,
        content_type=content_type,
        headers=[
            *_etag_headers(tag),
            ("Cache-Control", "no-cache, must-revalidate"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )


def respond_json(request: wrappers.Request, value: object, tag: str = "") -> wrappers.Response:
    """Returns JSON that may change; `tag` names it, if its content need not be asked."""
    body = codec.dumps(value)
    return respond(request, body, JSON, tag or make_etag(body))


def respond(
    request: wrappers.Request, body: bytes, content_type: str, tag: str
) -> wrappers.Response:
    """Returns an answer that may change, which is a 304 if the browser holds it already."""
    return answer_unchanged(request, tag, content_type) or http_util.Respond(
        request, body, content_type, headers=_etag_headers(tag)
    )


def respond_forever(request: wrappers.Request, body: bytes, content_type: str) -> wrappers.Response:
    """Returns an answer that never changes."""
    answer: wrappers.Response = http_util.Respond(request, body, content_type, expires=YEAR)
    return answer


def _etag_headers(tag: str) -> list[tuple[str, str]]:
    # Weak, for one name stands for the gzipped and the plain answer.
    return [("ETag", f'W/"{tag}"'), ("Vary", "Accept-Encoding")]
