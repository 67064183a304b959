"""Pictures of what is on the server: still, moving, and over time. They only read."""

from helpers.views.memory import memory_chart
from helpers.views.nodes import nodes_picture
from helpers.views.picture import Picture, picture
from helpers.views.speed import speed_chart
from helpers.views.table import table
from helpers.views.timeline import timeline
from helpers.views.watch import watch

__all__ = [
    "Picture",
    "memory_chart",
    "nodes_picture",
    "picture",
    "speed_chart",
    "table",
    "timeline",
    "watch",
]
