# SPDX-License-Identifier: Apache-2.0
"""The routes of `http_api.md`: parse the request, call `reading`, answer."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tensorboard import plugin_util
from tensorboard.plugins import base_plugin
from werkzeug import wrappers

from tb_pairs_plugin import fallback
from tb_pairs_plugin.reading import counts, frames, hparams, loading, requests, series
from tb_pairs_plugin.reading.assets import Assets
from tb_pairs_plugin.reading.existing import PLUGIN_NAME as IMAGES
from tb_pairs_plugin.reading.records import Records
from tb_pairs_plugin.reading.requests import HttpError, Parameters
from tb_pairs_plugin.reading.series_cache import SeriesCache
from tb_pairs_plugin.reading.source import Scope, Source
from tb_pairs_plugin.record import codec, digest, metadata
from tb_pairs_plugin.record.codec import RecordError

if TYPE_CHECKING:
    from tb_pairs_plugin.reading.existing.answers import Asked, ExistingPairs

MAX_RUNS = 1000
_EXISTING = ("source", "rules")
MAX_AT = 512
MAX_SAMPLES_ASKED = 512
MAX_HAVE = 1024

# Each holds up to an answer of 64 MiB and its parts.
_FRAMES_AT_ONCE = 4
_ASSETS_PATH = f"/data/plugin/{metadata.PLUGIN_NAME}/"


class PairsPlugin(base_plugin.TBPlugin):  # type: ignore[misc]
    """TensorBoard's dashboard for pairs."""

    plugin_name = metadata.PLUGIN_NAME

    def __init__(self, context: base_plugin.TBContext) -> None:
        """Serves what `context` gives access to."""
        self._context = context
        self._loading = loading.read_flags(context)
        self._source = Source(context.data_provider, self._loading.other_loader)
        self._series_cache = SeriesCache(self._source)
        self._records = Records(self._source, self._series_cache)
        self._frames = frames.Frames(self._source, self._series_cache, self._records)
        self._counts = counts.CountsReader(self._source, self._records)
        self._pictures = Source(context.data_provider, self._loading.other_loader, IMAGES)
        self._hparams = Source(
            context.data_provider, self._loading.other_loader, hparams.PLUGIN_NAME
        )
        self._assets = Assets(Path(__file__).parent / "static")
        self._gate = threading.BoundedSemaphore(_FRAMES_AT_ONCE)

    def get_plugin_apps(self) -> dict[str, Any]:
        """Returns the WSGI applications by route."""
        return {
            "/tags": requests.route(self._serve_tags),
            "/hparams": requests.route(self._serve_hparams),
            "/series": requests.route(self._serve_series),
            "/samples": requests.route(self._serve_samples),
            "/counts": requests.route(self._serve_counts),
            "/frames": requests.route(self._serve_frames),
            "/picture": requests.route(self._serve_picture),
            "/image": requests.route(self._serve_image),
            fallback.INDEX_ROUTE: requests.route(self._serve_index),
            fallback.NESTED_INDEX_ROUTE: requests.route(self._serve_index),
            "/*": requests.route(self._serve_asset),
        }

    def data_plugin_names(self) -> tuple[str, ...]:
        """Returns whose data this shows, so that TensorBoard shows the tab where there is some."""
        return (self.plugin_name, IMAGES)

    def is_active(self) -> bool:
        """Returns False: TensorBoard asks only where its data provider knows of none of it."""
        return False

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        """Returns how TensorBoard shows the tab."""
        return fallback.frontend_metadata()

    @functools.cached_property
    def _existing(self) -> ExistingPairs:
        # The rules take longest to import, and TensorBoard waits for its plugins when it starts.
        from tb_pairs_plugin.reading.existing import answers, index, rule_source

        found = index.ExistingIndex(self._source, self._pictures, rule_source.find(self._context))
        return answers.ExistingPairs(self._pictures, found)

    def _serve_tags(self, request: wrappers.Request) -> wrappers.Response:
        from tb_pairs_plugin.reading import catalog

        parameters = Parameters(request, optional=("rules",))
        answer = catalog.read(
            self._source,
            self._existing.index,
            _scope(request),
            parameters.get_optional("rules"),
            self._loading,
        )
        return requests.respond_json(request, answer)

    def _serve_hparams(self, request: wrappers.Request) -> wrappers.Response:
        Parameters(request)
        shown = (self._source, self._pictures)
        return requests.respond_json(request, hparams.read(self._hparams, shown, _scope(request)))

    def _serve_series(self, request: wrappers.Request) -> wrappers.Response:
        parameters = _parse_of_tag(request)
        if _is_existing(parameters):
            answer = self._existing.series(_asked(request, parameters), parameters.get_many("run"))
            return requests.respond_json(request, answer)
        table = self._table(request, parameters)
        tag = table.make_etag("series")
        unchanged = requests.answer_unchanged(request, tag)
        if unchanged is not None:
            return unchanged
        told = table.series()
        return requests.respond_json(request, told, tag if table.is_lasting else "")

    def _serve_samples(self, request: wrappers.Request) -> wrappers.Response:
        parameters = _parse_of_tag(request)
        if _is_existing(parameters):
            answer = self._existing.samples(_asked(request, parameters), parameters.get_many("run"))
            return requests.respond_json(request, answer)
        table = self._table(request, parameters)
        tag = table.make_etag("samples")
        return requests.answer_unchanged(request, tag) or requests.respond_json(
            request, table.samples(), tag
        )

    def _table(self, request: wrappers.Request, parameters: Parameters) -> series.Table:
        return series.read(
            self._source,
            self._series_cache,
            self._records,
            _scope(request),
            parameters.get_one("tag"),
            parameters.get_many("run"),
        )

    def _serve_counts(self, request: wrappers.Request) -> wrappers.Response:
        parameters = Parameters(
            request,
            required=("tag",),
            optional=_EXISTING,
            repeated={"at": MAX_AT, "sample": MAX_SAMPLES_ASKED},
        )
        if _is_existing(parameters):
            counted = self._existing.counts(_asked(request, parameters), _parse_ats(parameters))
            return requests.respond_json(request, counted)
        with self._gate:
            answer = self._counts.read(
                _scope(request),
                _record_tag(parameters),
                _parse_ats(parameters),
                frozenset(parameters.get_many("sample")),
            )
        return requests.respond_json(request, answer)

    def _serve_frames(self, request: wrappers.Request) -> wrappers.Response:
        parameters = Parameters(
            request,
            required=("tag",),
            optional=_EXISTING,
            repeated={
                "at": MAX_AT,
                "sample": MAX_SAMPLES_ASKED,
                "part": len(frames.PARTS),
                "blob": len(frames.PARTS),
                "have": MAX_HAVE,
            },
        )
        wanted = frames.Wanted(
            tag=_record_tag(parameters),
            at=_parse_ats(parameters),
            samples=frozenset(parameters.get_many("sample")),
            parts=_parse_parts(parameters, "part"),
            sent=_parse_parts(parameters, "blob"),
            have=frozenset(_parse_digest(text, "have") for text in parameters.get_many("have")),
        )
        with self._gate:
            if _is_existing(parameters):
                answer = self._existing.frames(_asked(request, parameters), wanted)
            else:
                answer = self._frames.read(_scope(request), wanted)
        tag = requests.make_etag(answer.header)
        return requests.answer_unchanged(request, tag, requests.BYTES) or requests.respond(
            request, answer.body, requests.BYTES, tag
        )

    def _serve_picture(self, request: wrappers.Request) -> wrappers.Response:
        parameters = Parameters(
            request, required=("tag", "run", "step", "digest"), optional=_EXISTING
        )
        step = requests.parse_step(parameters.get_one("step"))
        wanted_digest = _parse_digest(parameters.get_one("digest"), "digest")
        wanted = frames.Wanted(tag=_record_tag(parameters), at=((step, parameters.get_one("run")),))
        if _is_existing(parameters):
            with self._gate:
                asked = _asked(request, parameters)
                picture = self._existing.picture(asked, wanted, wanted_digest)
            return requests.respond_forever(request, picture.blob, picture.header.media_type)
        with self._gate:
            blob = self._frames.picture(_scope(request), wanted, wanted_digest)
        return requests.respond_forever(request, blob, "image/png")

    def _serve_image(self, request: wrappers.Request) -> wrappers.Response:
        parameters = Parameters(request, required=("tag", "run"))
        tag, run = parameters.get_one("tag"), parameters.get_one("run")
        with self._gate:
            picture = self._existing.newest(_scope(request), tag, run)
        return requests.respond(
            request, picture.blob, picture.header.media_type, requests.make_etag(picture.blob)
        )

    def _serve_index(self, request: wrappers.Request) -> wrappers.Response:
        asset = self._assets.index()
        return requests.respond(
            request, asset.body, asset.content_type, requests.make_etag(asset.body)
        )

    def _serve_asset(self, request: wrappers.Request) -> wrappers.Response:
        name = request.path.partition(_ASSETS_PATH)[2].removeprefix(fallback.NESTED)
        asset = self._assets.read(name)
        if asset is None:
            raise HttpError(404, f"the Pairs plugin has no {name[:80]!r}")
        if asset.forever:
            return requests.respond_forever(request, asset.body, asset.content_type)
        return requests.respond(
            request, asset.body, asset.content_type, requests.make_etag(asset.body)
        )


def _scope(request: wrappers.Request) -> Scope:
    return Scope(
        context=plugin_util.context(request.environ),
        experiment=plugin_util.experiment_id(request.environ),
    )


def _parse_of_tag(request: wrappers.Request) -> Parameters:
    return Parameters(request, required=("tag",), optional=_EXISTING, repeated={"run": MAX_RUNS})


def _is_existing(parameters: Parameters) -> bool:
    """Tells whether a request asks for pictures that are no records."""
    source = parameters.get_optional("source")
    if source not in ("", IMAGES):
        raise HttpError(400, f"source is {source[:40]!r}, want {IMAGES} or none")
    if not source and parameters.get_optional("rules"):
        raise HttpError(400, f"rules is given without source={IMAGES}, want that too or no rules")
    return source == IMAGES


def _asked(request: wrappers.Request, parameters: Parameters) -> Asked:
    from tb_pairs_plugin.reading.existing.answers import Asked

    return Asked(_scope(request), parameters.get_one("tag"), parameters.get_optional("rules"))


def _record_tag(parameters: Parameters) -> str:
    tag = parameters.get_one("tag")
    if metadata.is_reserved(tag):
        raise HttpError(404, f"no run has records under the tag {tag!r}")
    return tag


def _parse_ats(parameters: Parameters) -> tuple[tuple[int, str], ...]:
    at = tuple(_parse_at(text) for text in parameters.get_many("at"))
    if not at:
        raise HttpError(400, "at is missing, want STEP:RUN at least once")
    return at


def _parse_at(text: str) -> tuple[int, str]:
    step, colon, run = text.partition(":")
    if not colon or not run:
        raise HttpError(400, f"at is {text[:80]!r}, want STEP:RUN")
    return requests.parse_step(step), run


def _parse_parts(parameters: Parameters, parameter: str) -> frozenset[str]:
    known = {codec.camel_case(part): part for part in frames.PARTS}
    names = parameters.get_many(parameter)
    for name in names:
        if name not in known:
            raise HttpError(400, f"{parameter} is {name[:40]!r}, want one of {', '.join(known)}")
    return frozenset(known[name] for name in names) or frozenset(frames.PARTS)


def _parse_digest(text: str, name: str) -> str:
    try:
        return digest.parse(text, name)
    except RecordError as error:
        raise HttpError(400, str(error)) from None
