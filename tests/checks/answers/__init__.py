"""Learners' answers, one module per lesson, in the notebook's order: RIGHT in another way than the
solution, or WRONG with the idea behind it.

A new wrong answer is one line in the lesson's module: Wrong("NN.name", "the misconception's ID",
"the code that replaces `# your code here`"). An answer may end in an error: the check sees what it
did before.
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
