"""How Sphinx lays out the site. `python3 -m helpers site DIR` copies this beside the pages."""

project = "Redis Streams, hands on"
html_title = project
extensions = ["myst_nb"]
exclude_patterns = ["LICENSE"]

# Notebooks show what is stored in them; `record` and nbval see to it that it is true
nb_execution_mode = "off"
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]
myst_links_external_new_tab = False
suppress_warnings = ["myst.header", "misc.highlighting_failure", "mystnb.unknown_mime_type"]

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["player.js"]
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
