// Shows a question as soon as an answer on the page leads to it. Without this, the server does.
import { asked } from "./conditions.js";

const form = document.querySelector("form[data-before]");

class Section {
  constructor(form) {
    this.form = form;
    this.before = JSON.parse(form.dataset.before);
    this.blocks = [...form.querySelectorAll("[data-question]")];
    this.items = this.blocks
      .map((block) => [block.dataset.question, JSON.parse(block.dataset.if || "null")])
      .sort((one, other) => this.place(one[0]) - this.place(other[0]));
    form.addEventListener("input", () => this.show());
    form.addEventListener("change", () => this.show());
    this.show();
  }

  // The order of the instrument, which the groups of the page do not follow.
  place(question) {
    return Number(this.block(question).dataset.place);
  }

  block(question) {
    return this.blocks.find((block) => block.dataset.question === question);
  }

  show() {
    const found = new Set(asked(this.items, this.answers()));
    for (const block of this.blocks) {
      block.classList.toggle("assessment-later", !found.has(block.dataset.question));
    }
    this.form.elements.shown.value = [...found].join(" ");
  }

  answers() {
    const answers = { ...this.before };
    for (const block of this.blocks) {
      const question = block.dataset.question;
      if (block.dataset.known && !this.changed(block)) {
        answers[question] = JSON.parse(block.dataset.known);
        continue;
      }
      const typed = this.typed(block);
      if (typed === null) delete answers[question];
      else answers[question] = typed;
    }
    return answers;
  }

  changed(block) {
    return Boolean(block.querySelector("input[value=changed]:checked"));
  }

  typed(block) {
    const inputs = [...block.querySelectorAll(`[name^="${block.dataset.name}"]`)].filter(
      (input) => !/-(holds|note|left)$/.test(input.name),
    );
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    switch (block.dataset.kind) {
      case "choices":
        return chosen.length ? chosen : null;
      case "choice":
      case "yes-no-unknown":
        return chosen[0] ?? null;
      case "scale":
        return chosen.length ? number(chosen[0]) : null;
      case "number":
        return number(inputs[0].value.replaceAll(",", "").trim());
      default:
        return inputs.every((input) => input.value.trim()) ? inputs[0].value : null;
    }
  }
}

function number(text) {
  if (text === "") return null;
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

if (form) new Section(form);
