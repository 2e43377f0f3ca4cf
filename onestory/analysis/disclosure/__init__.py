"""From figures to figures that may be published: small counts hidden, others rounded.

`release` takes the tables that go out together and those told before; `publish` a whole report.
`keep` writes down what was told, `kept` and `told` find it again.
Nothing leaves for readers who may not see the records but through here.
"""

from onestory.analysis.disclosure.hiding import Told
from onestory.analysis.disclosure.keeping import keep, kept, told
from onestory.analysis.disclosure.publishing import publish, published
from onestory.analysis.disclosure.releasing import Release, release
from onestory.analysis.disclosure.rule import Rule

__all__ = ["Release", "Rule", "Told", "keep", "kept", "publish", "published", "release", "told"]
