"""How the pages become a site: `make site` builds it under build/site, for reading without a network."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from skypact.version import __version__  # noqa: E402  it is found by the line above

project = "Skypact"
author = "The Skypact maintainers"
copyright = "the Skypact maintainers, MIT licence"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["figures/*.md"]
html_theme = "furo"
html_title = "Skypact"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_show_sourcelink = False
html_copy_source = False
language = "en"

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True, "undoc-members": False, "inherited-members": False}
autodoc_class_signature = "separated"
napoleon_google_docstring = False
napoleon_use_ivar = True
default_role = "code"
linkcheck_timeout = 10
linkcheck_retries = 1
linkcheck_anchors = False


def setup(app: object) -> None:
    """CONTRIBUTING.md lies in the folder above; the site has a page made of it."""

    def on_site(app: object, name: str, source: list[str]) -> None:
        if name == "contributing":
            text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
            source[0] = text.replace("(docs/", "(").replace("(tests/", "(../tests/")
        source[0] = source[0].replace("(../CONTRIBUTING.md)", "(contributing.md)")

    app.connect("source-read", on_site)  # type: ignore[attr-defined]
