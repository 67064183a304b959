"""Pictures of what is on the server: still, moving, and over time. They only read."""

from helpers.views.picture import Picture, picture

__all__ = ["Picture", "picture"]
