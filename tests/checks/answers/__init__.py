"""What learners answer, a module for each lesson, in the notebook's order: RIGHT in another way
than the solution, or WRONG with the idea behind it.

A new wrong answer is one line in the lesson's module: Wrong("NN.name", "the misconception's ID",
"the code in the place of `# your code here`"). An answer that ends in an error is one, too: what it
had done until then is what the check sees.
"""

import importlib

from helpers.checks.lessons import lessons
from tests.checks.answers.kinds import Right, Wrong

__all__ = ["RIGHT", "WRONG"]

ANSWERS = [
    answer
    for lesson in lessons()
    for answer in importlib.import_module(f"tests.checks.answers.lesson{lesson}").ANSWERS
]

RIGHT = [answer for answer in ANSWERS if isinstance(answer, Right)]
WRONG = [answer for answer in ANSWERS if isinstance(answer, Wrong)]
