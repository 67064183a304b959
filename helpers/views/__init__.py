"""Pictures of what is on the server: still, moving, and over time. They only read."""

from helpers.views.picture import Picture, picture
from helpers.views.table import table
from helpers.views.timeline import timeline
from helpers.views.watch import watch

__all__ = ["Picture", "picture", "table", "timeline", "watch"]
