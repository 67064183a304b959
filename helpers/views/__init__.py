"""Pictures of what is on the server: still, moving, and over time. They only read."""

from helpers.views.charts import memory_chart, speed_chart, spread_chart
from helpers.views.nodes import nodes_picture
from helpers.views.picture import Picture, picture
from helpers.views.sheet import sheet
from helpers.views.timeline import timeline
from helpers.views.watch import watch

__all__ = [
    "Picture",
    "memory_chart",
    "nodes_picture",
    "picture",
    "sheet",
    "speed_chart",
    "spread_chart",
    "timeline",
    "watch",
]
