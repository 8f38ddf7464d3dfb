# SPDX-License-Identifier: Apache-2.0
"""The page of the Pairs tab where the dashboard itself can't be shown.

It must work where anything else of this package fails to be imported, so it imports nothing of it,
not even the name of the plugin, and no package but TensorBoard. `loader` chooses between this and
`plugin`, and says why; what is shown here knows neither runs nor kinds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from tensorboard.plugins import base_plugin

PLUGIN_NAME = "pairs"
INDEX_ROUTE = "/index.js"
# The same module again, so that it is found whether or not a browser resolves the import of
# TensorBoard's frame against the frame's <base>: docs/decisions/0045-one-path-for-webkit.md
NESTED = f"plugin/{PLUGIN_NAME}/"
NESTED_INDEX_ROUTE = f"/{NESTED}index.js"
_MODULE = """\
export function render() {
  const root = document.documentElement;
  try {
    const dark = window.parent.document.body.classList.contains("dark-mode");
    root.style.colorScheme = dark ? "dark" : "light";
  } catch {
    root.style.colorScheme = "light dark";
  }
  const note = document.createElement("p");
  note.setAttribute("role", "alert");
  note.style.cssText = "font: 15px/1.5 system-ui, sans-serif; margin: 48px auto; max-width: 40em";
  note.textContent = %s;
  document.title = "Pairs";
  document.body.replaceChildren(note);
}
"""


def make_index_module(message: str) -> bytes:
    """Returns the source of an `index.js` that shows `message` as text."""
    return (_MODULE % json.dumps(message)).encode("ascii")


def frontend_metadata() -> base_plugin.FrontendMetadata:
    """Returns how TensorBoard shows the tab."""
    return base_plugin.FrontendMetadata(es_module_path=NESTED_INDEX_ROUTE, tab_name="Pairs")


class BrokenPlugin(base_plugin.TBPlugin):  # type: ignore[misc]
    """A plugin whose tab shows one message."""

    plugin_name = PLUGIN_NAME

    def __init__(self, message: str) -> None:
        """Shows `message` on the tab."""
        self._module = make_index_module(message)

    def get_plugin_apps(self) -> dict[str, Callable[..., Any]]:
        """Returns the routes of the one module there is."""
        return dict.fromkeys((INDEX_ROUTE, NESTED_INDEX_ROUTE), self._serve_index)

    def is_active(self) -> bool:
        """Returns False: there is nothing that TensorBoard should open by itself."""
        return False

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        """Returns how TensorBoard shows the tab."""
        return frontend_metadata()

    # Plain WSGI, as werkzeug may be the broken part.
    def _serve_index(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        method = environ.get("REQUEST_METHOD")
        found = method in ("GET", "HEAD")
        body = self._module if found else b"only GET and HEAD are served here"
        start_response(
            "200 OK" if found else "405 Method Not Allowed",
            [
                ("Content-Type", f"text/{'javascript' if found else 'plain'}; charset=utf-8"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-cache"),
                ("X-Content-Type-Options", "nosniff"),
                *([] if found else [("Allow", "GET, HEAD")]),
            ],
        )
        return [b"" if method == "HEAD" else body]
