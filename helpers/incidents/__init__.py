"""What goes wrong with a stream in production, made for real: ten incidents, and a drill.

case  a stream at work    makers  how each incident comes about    drill  one after the other
"""

from helpers.incidents.case import LONGEST_HANDLER_MS, Case, two_looks
from helpers.incidents.drill import Drill
from helpers.incidents.makers import MAKERS, make

__all__ = ["LONGEST_HANDLER_MS", "MAKERS", "Case", "Drill", "make", "two_looks"]
