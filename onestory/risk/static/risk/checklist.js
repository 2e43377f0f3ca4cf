// Counts the answers as they are given, and shows what they lead to. Without this, saving does.
import { holds } from "../assessment/conditions.js";

class Checklist {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll("[data-question]")];
    this.counting = new Set(form.dataset.counts.split(" "));
    this.rule = form.dataset.rule ? JSON.parse(form.dataset.rule) : null;
    this.count = document.getElementById("risk-count");
    this.level = document.getElementById("risk-level");
    form.addEventListener("change", () => this.show());
    this.show();
  }

  show() {
    const answers = this.answers();
    this.showCount(answers);
    for (const told of document.querySelectorAll("[data-told]")) {
      told.hidden = !holds(JSON.parse(told.dataset.told), answers);
    }
    for (const step of document.querySelectorAll("[data-step]")) {
      step.hidden = !step.dataset.step.split(" ").some((code) => answers[code] === "yes");
    }
    const none = document.getElementById("risk-no-steps");
    if (none) none.hidden = Boolean(document.querySelector("[data-step]:not([hidden])"));
  }

  // What is asked or confirmed on this page; what is only known from before counts nothing yet.
  answers() {
    const found = {};
    for (const block of this.questions) {
      const answer = this.answer(block);
      if (answer !== null) found[block.dataset.question] = answer;
    }
    return found;
  }

  answer(block) {
    const name = block.dataset.name;
    const chosen = (field) => {
      const input = block.querySelector(`input[name="${field}"]:checked`);
      return input ? input.value : null;
    };
    const still = chosen(`${name}-holds`);
    if (still === "yes") return JSON.parse(block.dataset.known);
    if (still === "changed" || !block.dataset.known || block.dataset.asked) return chosen(name);
    return block.dataset.here ? JSON.parse(block.dataset.known) : null;
  }

  showCount(answers) {
    const given = [...this.counting].map((code) => answers[code] ?? null);
    const yes = given.filter((one) => one === "yes").length;
    const no = given.filter((one) => one === "no").length;
    const open = given.filter((one) => one === null).length;
    const unknown = given.length - yes - no - open;
    const text = `${yes} yes, ${no} no, ${unknown} not known, ${open} not asked`;
    if (this.count.textContent !== text) this.count.textContent = text;
    if (this.rule && this.level) this.level.textContent = this.levelOf(yes, given.length - open);
  }

  levelOf(yes, answered) {
    const { bands, fewest } = this.rule;
    const band = bands.find((one) => one.from <= yes && yes <= one.to);
    if (!band || (answered < fewest && band !== bands.at(-1))) return "not yet: too little is known";
    return band.name;
  }
}

const form = document.querySelector("form[data-counts]");
if (form) new Checklist(form);
