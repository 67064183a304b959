"""The course as pages that anybody can read in a browser, without installing anything."""

from helpers.site.build import build

__all__ = ["build"]
