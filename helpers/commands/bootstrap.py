"""Make .venv with all that requirements.txt names; every other command does this first."""

from helpers.setup.environment import ensure


def main(argv: list[str]) -> int:
    """Make the environment, or say that it stands."""
    print(f"The environment stands: {ensure()}")
    return 0
