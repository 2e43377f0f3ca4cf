"""When a question is asked: a small language, read to a tree that server and page both follow.

    housing.now in ["street", "sofa"] and children.any = "yes"
    not known safety.fear or safety.fear >= 7
    health.conditions has "pregnant"

A tree is plain data, so that the page's script gets it as JSON. What is not answered is neither
equal to anything nor different from it, neither more nor less.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

QUESTION = r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*"
_WORD = re.compile(
    rf"""\s*(?:(?P<question>{QUESTION})|(?P<word>and|or|not|in|has|known)\b|(?P<text>"[^"]*")"""
    r"""|(?P<number>-?\d+)|(?P<sign><=|>=|!=|=|<|>)|(?P<mark>[()\[\],])|(?P<other>[\w-]+))"""
)
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")

Tree = dict[str, Any]


class NoCondition(ValueError):
    """The text is no condition; the message says where it goes wrong."""


def read(text: str) -> Tree:
    """The tree of a condition. Raises `NoCondition`."""
    return _Reader(text).whole()


def holds(tree: Tree, answers: Mapping[str, Any]) -> bool:
    """Whether the condition is met by these answers, by question."""
    match tree["op"]:
        case "and":
            return all(holds(part, answers) for part in tree["of"])
        case "or":
            return any(holds(part, answers) for part in tree["of"])
        case "not":
            return not holds(tree["of"][0], answers)
    answer = answers.get(tree["question"])
    if answer is None:
        return False
    match tree["op"]:
        case "known":
            return True
        case "in":
            return any(one in tree["value"] for one in _several(answer))
        case "has":
            return tree["value"] in _several(answer)
        case "=":
            return answer == tree["value"]
        case "!=":
            return answer != tree["value"]
    return _in_order(tree["op"], answer, tree["value"])


def tests(tree: Tree) -> Iterator[Tree]:
    """The leaves of a tree: each puts one question to the test."""
    if "of" in tree:
        for part in tree["of"]:
            yield from tests(part)
    else:
        yield tree


def questions(tree: Tree) -> set[str]:
    """The questions that a condition reads."""
    return {test["question"] for test in tests(tree)}


def asked(items: Iterable[tuple[str, Tree | None]], answers: Mapping[str, Any]) -> list[str]:
    """Which of these questions are asked, in their order.

    What is not asked counts as not answered for those that come after it, whatever was once said.
    """
    seen = dict(answers)
    found = []
    for question, condition in items:
        if condition is None or holds(condition, seen):
            found.append(question)
        else:
            seen.pop(question, None)
    return found


def in_words(tree: Tree) -> str:
    """The condition as it would be written; reading that gives the same tree."""
    match tree["op"]:
        case "and" | "or":
            return f" {tree['op']} ".join(_bracketed(part) for part in tree["of"])
        case "not":
            return f"not {_bracketed(tree['of'][0])}"
        case "known":
            return f"known {tree['question']}"
    return f"{tree['question']} {tree['op']} {json.dumps(tree['value'], ensure_ascii=False)}"


def _bracketed(part: Tree) -> str:
    return f"({in_words(part)})" if part["op"] in ("and", "or") else in_words(part)


def _several(answer: Any) -> list:
    return answer if isinstance(answer, list) else [answer]


def _in_order(sign: str, answer: Any, value: Any) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int):
        return False
    if sign in ("<", "<="):
        return answer < value or (sign == "<=" and answer == value)
    return answer > value or (sign == ">=" and answer == value)


class _Reader:
    """Reads one condition, word for word."""

    def __init__(self, text: str):
        self.text, self.place = text, 0
        self.kind, self.word = "", ""
        self._next()

    def whole(self) -> Tree:
        tree = self._either()
        if self.kind:
            self._fault(f"nothing more was expected, but there is {self.word!r}")
        return tree

    def _either(self) -> Tree:
        return self._joined("or", self._both)

    def _both(self) -> Tree:
        return self._joined("and", self._one)

    def _joined(self, word: str, part) -> Tree:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else {"op": word, "of": parts}

    def _one(self) -> Tree:
        if self._take("not"):
            return {"op": "not", "of": [self._one()]}
        if self._take("("):
            tree = self._either()
            self._must(")")
            return tree
        if self._take("known"):
            return {"op": "known", "question": self._question()}
        question, op = self._question(), self.word
        if self._take("in"):
            return {"op": op, "question": question, "value": self._list()}
        if self._take("has"):
            return {"op": op, "question": question, "value": self._value("text")}
        if op not in _COMPARED:
            self._fault(f"after {question} comes one of =, !=, <, <=, >, >=, in, has")
        self._next()
        kinds = ("text", "number") if op in ("=", "!=") else ("number",)
        return {"op": op, "question": question, "value": self._value(*kinds)}

    def _list(self) -> list:
        self._must("[")
        values = [self._value("text", "number")]
        while self._take(","):
            values.append(self._value("text", "number"))
        self._must("]")
        return values

    def _question(self) -> str:
        if self.kind != "question":
            self._fault("the code of a question was expected, such as housing.now")
        return self._taken()

    def _value(self, *kinds: str) -> str | int:
        if self.kind not in kinds:
            called = {"text": "a word in quotation marks", "number": "a whole number"}
            self._fault(f"{' or '.join(called[kind] for kind in kinds)} was expected")
        return json.loads(self._taken())

    def _taken(self) -> str:
        word = self.word
        self._next()
        return word

    def _take(self, word: str) -> bool:
        """Step over `word`, if it is what comes next."""
        if self.kind not in ("word", "mark") or self.word != word:
            return False
        self._next()
        return True

    def _must(self, mark: str) -> None:
        if not self._take(mark):
            self._fault(f"{mark!r} was expected")

    def _next(self) -> None:
        if not self.text[self.place :].strip():
            self.kind, self.word, self.place = "", "", len(self.text)
            return
        found = _WORD.match(self.text, self.place)
        if found is None:
            self._fault("this cannot be read")
        self.kind, self.word, self.place = found.lastgroup, found[found.lastgroup], found.end()

    def _fault(self, message: str):
        raise NoCondition(f"{message} (in {self.text!r}, near place {self.place})")
