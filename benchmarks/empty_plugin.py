# SPDX-License-Identifier: Apache-2.0
"""A TensorBoard plugin whose page is one word: what any plugin's page costs in TensorBoard."""

from __future__ import annotations

from typing import Any

from tensorboard.plugins import base_plugin
from werkzeug import Request, Response

_PAGE = "export function render() { document.body.textContent = 'empty'; }\n"


class EmptyPlugin(base_plugin.TBPlugin):  # type: ignore[misc]
    """Serves that page."""

    plugin_name = "empty"

    def get_plugin_apps(self) -> dict[str, Any]:
        return {"/index.js": _page}

    def is_active(self) -> bool:
        return True

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        return base_plugin.FrontendMetadata(es_module_path="/index.js", tab_name="Empty")


@Request.application
def _page(request: Request) -> Response:
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(_PAGE, content_type="text/javascript", headers=headers)
