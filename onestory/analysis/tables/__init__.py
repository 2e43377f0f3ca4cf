"""The tables of a snapshot: every file of this folder is one, found by walking it."""

from importlib import import_module
from pkgutil import iter_modules

from onestory.analysis.table import Table

TABLES: dict[str, Table] = {
    module.name: import_module(f"{__name__}.{module.name}").TABLE
    for module in iter_modules(__path__)
}
