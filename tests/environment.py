"""Read before the settings are: the tests have a home and a database of their own."""

import gc
import os
from pathlib import Path

# What is imported and collected stays: to look through it for rubbish takes longer than to keep it.
gc.disable()

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
HOME = Path(os.environ.get("ONESTORY_TEST_HOME", Path(__file__).parent.parent / ".onestory-test"))
TEMPLATE = "onestory_test_template"

os.environ["ONESTORY_HOME"] = str(HOME)
os.environ["ONESTORY_DATABASE"] = f"onestory_test_{WORKER}"
os.environ["ONESTORY_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
# Where style sheets would be collected: WhiteNoise warns when it is not there.
(HOME / "static").mkdir(parents=True, exist_ok=True)


def pytest_collection_finish():
    gc.freeze()
    gc.enable()
