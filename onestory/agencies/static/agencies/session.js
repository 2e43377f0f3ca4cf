// Says two minutes before a quiet session locks that it will; and covers the page when it has, so
// that nobody reads it who comes past. What was typed stays on the page. Without this script the
// session locks all the same, and the next page says so.

const WARN = 120; // seconds before
const BACKGROUND = { "X-Background": "1" }; // asked by the page, not by a person

class Timeout {
  constructor(dialog) {
    this.dialog = dialog;
    this.part = (name) => dialog.querySelector(`[data-timeout="${name}"]`);
    this.part("stay").addEventListener("click", () => this.ask({}));
    // Escape must not uncover a locked page; before that, it means: I am here.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.locked) this.ask({});
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.ask(BACKGROUND);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.ask(BACKGROUND);
    });
    this.wait(Number(dialog.dataset.seconds));
  }

  // Other tabs may have kept the session open meanwhile: so the server is asked, not the clock.
  async ask(headers) {
    let state;
    try {
      const answer = await fetch(this.dialog.dataset.url, { headers, credentials: "same-origin" });
      state = await answer.json();
    } catch {
      this.later(30); // no network: ask again
      return;
    }
    if (state.locked) this.lock();
    // Somebody else has signed in here: nothing of this page is theirs.
    else if (state.user !== this.dialog.dataset.user) window.location.replace(this.dialog.dataset.home || "/");
    else if (state.seconds > WARN) this.wait(state.seconds);
    else this.warn(state.seconds);
  }

  later(seconds) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(BACKGROUND), seconds * 1000);
  }

  wait(seconds) {
    this.locked = false;
    if (this.dialog.open) this.dialog.close();
    this.later(Math.max(seconds - WARN, 1));
  }

  warn(seconds) {
    this.show("soon");
    this.part("left").textContent = inWords(seconds);
    // The server gives a minute more than it says: ask when that has passed as well.
    this.later(seconds > 0 ? Math.min(seconds, 30) : 15);
  }

  lock() {
    this.locked = true;
    this.show("locked");
    this.later(15);
  }

  show(name) {
    for (const part of ["soon", "locked"]) this.part(part).hidden = part !== name;
    this.dialog.classList.toggle("os-timeout--locked", name === "locked");
    this.dialog.setAttribute("aria-labelledby", `timeout-${name}`);
    if (!this.dialog.open) this.dialog.showModal();
  }
}

function inWords(seconds) {
  if (seconds > 90) return "2 minutes";
  if (seconds > 45) return "1 minute";
  return "less than a minute";
}

const dialog = document.getElementById("timeout");
if (dialog && dialog.showModal) new Timeout(dialog);
