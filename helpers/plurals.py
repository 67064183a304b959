"""Write a number and its noun."""


def count(number: int, noun: str) -> str:
    """Write a number and its noun: "1 entry", "2 entries", "3 groups"."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
