// Says two minutes before a quiet session locks that it will, and covers the page when it has, so
// that nobody reads it who comes past. What was typed stays on the page. Without this script the
// session locks all the same, and the next page says so.
//
// The page keeps the time by itself: there may be no network. It compares times of the clock, since
// timers stand still while a telephone sleeps. The server is asked whether there is more time (other
// tabs may have kept the session open), and only the server uncovers what is covered.

const WARN = 120; // seconds before, or two fifths of a time that is short
const EARLY = 5; // seconds before that, in which the server can say that there is more
const AGAIN = 15; // seconds until the server is asked again
const BACKGROUND = { "X-Background": "1" }; // asked by the page, not by a person

class Timeout {
  constructor(dialog) {
    this.dialog = dialog;
    this.part = (name) => dialog.querySelector(`[data-timeout="${name}"]`);
    this.lasts = Number(dialog.dataset.seconds);
    this.warns = Math.min(WARN, this.lasts * 0.4);
    this.part("stay").addEventListener("click", () => this.stay());
    // Escape must not uncover a locked page; before that, it means: I am here.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.locked) this.stay();
    });
    // Awake again, or come back to: first cover what is due, then ask.
    const awake = () => {
      if (document.visibilityState !== "visible") return;
      this.look();
      this.ask(BACKGROUND);
    };
    document.addEventListener("visibilitychange", awake);
    window.addEventListener("pageshow", (event) => event.persisted && awake());
    this.asked = 0;
    this.go(this.lasts);
    window.setInterval(() => this.look(), 1000);
  }

  // There is this much time from now.
  go(seconds) {
    this.until = Date.now() + seconds * 1000;
    this.askAt = Math.max(this.until - (this.warns + EARLY) * 1000, Date.now() + AGAIN * 1000);
    this.locked = false;
    this.look();
  }

  look() {
    const left = (this.until - Date.now()) / 1000;
    if (this.locked || left <= 0) this.lock();
    else if (left <= this.warns) this.warn(left);
    else this.uncover();
    if (Date.now() >= this.askAt) this.ask(BACKGROUND);
  }

  stay() {
    this.go(this.lasts);
    this.ask({});
  }

  async ask(headers) {
    this.askAt = Date.now() + AGAIN * 1000;
    this.asked += 1;
    const state = await this.answer(headers, this.asked);
    if (!state) return;
    if (state.locked) this.lock();
    // Somebody else has signed in here: nothing of this page is theirs.
    else if (state.user !== this.dialog.dataset.user) window.location.replace(this.dialog.dataset.home || "/");
    else if (!this.locked || state.seconds > 0) {
      this.go(state.seconds);
    }
  }

  // What the server says; nothing if there is no network, or it has been asked again meanwhile.
  async answer(headers, number) {
    try {
      const answer = await fetch(this.dialog.dataset.url, { headers, credentials: "same-origin" });
      const state = await answer.json();
      return number === this.asked ? state : null;
    } catch {
      return null;
    }
  }

  uncover() {
    if (this.dialog.open) this.dialog.close();
    document.documentElement.classList.remove("os-covered");
  }

  warn(left) {
    document.documentElement.classList.remove("os-covered");
    const words = inWords(left);
    // Said aloud when it changes, not each second.
    if (this.part("left").textContent !== words) this.part("left").textContent = words;
    this.show("soon");
  }

  lock() {
    this.locked = true;
    document.documentElement.classList.add("os-covered");
    this.show("locked");
  }

  show(name) {
    for (const part of ["soon", "locked"]) this.part(part).hidden = part !== name;
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
