// A form with data-draft-url saves itself while it is being filled in. Nothing is ever kept in
// the browser: these computers are shared.

const QUIET = 600; // milliseconds after the last keystroke
const AGAIN = [2000, 5000, 15000, 30000]; // then every 30 seconds

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.draftUrl;
    this.saved = this.typed();
    this.left = null;
    this.failures = 0;
    this.sending = false;
    this.timer = null;
    this.status = document.createElement("p");
    this.status.className = "os-draft-status";
    this.status.setAttribute("aria-live", "polite");
    form.append(this.status);
    for (const event of ["input", "change"]) {
      form.addEventListener(event, () => this.later(QUIET));
    }
    form.addEventListener("focusout", () => this.now());
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", () => {
      this.stopped = false;
    });
  }

  // Files are not drafts: they are chosen again.
  typed() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    return fields.toString();
  }

  later(wait) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), wait);
  }

  stop() {
    window.clearTimeout(this.timer);
    this.stopped = true;
  }

  async now() {
    const body = this.typed();
    if (this.stopped || this.sending || body === this.saved) return;
    window.clearTimeout(this.timer);
    this.sending = true;
    const kept = await this.send(body);
    this.sending = false;
    if (this.stopped) return;
    if (kept) {
      this.saved = body;
      this.failures = 0;
      this.say(`Saved ${clock()}`);
      if (this.typed() !== body) this.later(QUIET);
    } else {
      this.say("Not saved – we will keep trying");
      this.later(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
      this.failures += 1;
    }
  }

  // A session that has ended answers with the sign-in page: that is not "saved".
  async send(body, options = {}) {
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Draft": "1" },
        credentials: "same-origin",
        redirect: "manual",
        ...options,
      });
      return answer.ok;
    } catch {
      return false;
    }
  }

  // The page is going away: a beacon is delivered even so, but its answer is not ours to hear.
  leave() {
    const body = this.typed();
    if (this.stopped || body === this.saved || body === this.left) return;
    if (navigator.sendBeacon(this.url, new URLSearchParams(body))) this.left = body;
  }

  // Said again only when it changes, so that a screen reader is not talked over.
  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) new Draft(form);
}
