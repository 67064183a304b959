"""A drawing that grows from the top down, part by part."""


class Paper:
    """The shapes so far, and `y`, the height at which the next part begins."""

    def __init__(self, y: float):
        self.shapes: list[str] = []
        self.y = y

    def add(self, *shapes: str) -> None:
        """Add shapes; they say themselves where they are."""
        self.shapes += shapes

    def down(self, distance: float) -> None:
        """Let the next part begin lower."""
        self.y += distance
