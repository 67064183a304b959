"""What goes wrong with a stream in production, made for real: ten incidents, and a drill.

case     a stream at work                 makers  how each incident comes about
gallery  all of them, and alert rules     drill   one after the other, to be fixed
"""

from helpers.incidents.case import LONGEST_HANDLER_MS, Case, two_looks
from helpers.incidents.drill import Drill
from helpers.incidents.gallery import Metrics, all_looks, answers, firing, metrics, ten_looks
from helpers.incidents.makers import MAKERS, make

__all__ = [
    "LONGEST_HANDLER_MS",
    "MAKERS",
    "Case",
    "Drill",
    "Metrics",
    "all_looks",
    "answers",
    "make",
    "metrics",
    "firing",
    "ten_looks",
    "two_looks",
]
