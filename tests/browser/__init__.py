"""The course in a real JupyterLab, in a real browser: `python3 -m helpers test tests/browser` (some
minutes)."""
