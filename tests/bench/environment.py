"""What every part of the bench knows."""

import sys
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).resolve().parent.parent.parent
AREA = "thurrock"
PEOPLE = 250_000

console = Console(file=sys.stdout, width=120)
