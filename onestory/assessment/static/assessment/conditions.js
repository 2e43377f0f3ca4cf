// When a question is asked: the same reading of the same trees as rules/conditions.py.

export function holds(tree, answers) {
  if (tree.op === "and") return tree.of.every((part) => holds(part, answers));
  if (tree.op === "or") return tree.of.some((part) => holds(part, answers));
  if (tree.op === "not") return !holds(tree.of[0], answers);
  const answer = answers[tree.question];
  if (answer === undefined || answer === null) return false;
  const several = Array.isArray(answer) ? answer : [answer];
  switch (tree.op) {
    case "known":
      return true;
    case "in":
      return several.some((one) => tree.value.includes(one));
    case "has":
      return several.includes(tree.value);
    case "=":
      return answer === tree.value;
    case "!=":
      return answer !== tree.value;
  }
  if (typeof answer !== "number") return false;
  switch (tree.op) {
    case "<":
      return answer < tree.value;
    case "<=":
      return answer <= tree.value;
    case ">":
      return answer > tree.value;
    default:
      return answer >= tree.value;
  }
}

// Of [question, tree or null], which are asked; what is not asked counts as not answered.
export function asked(items, answers) {
  const seen = { ...answers };
  const found = [];
  for (const [question, tree] of items) {
    if (!tree || holds(tree, seen)) found.push(question);
    else delete seen[question];
  }
  return found;
}
