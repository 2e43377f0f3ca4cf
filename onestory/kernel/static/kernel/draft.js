// A form with data-draft-url, or a part of a form that has it, saves itself while it is being filled
// in. Nothing is ever kept in the browser: these computers are shared.

const QUIET = 600; // milliseconds after the last keystroke
const AGAIN = [2000, 5000, 15000, 30000]; // then every 30 seconds
// A colleague has written meanwhile: that is not mended by waiting.
const CHANGED = 409;
const SEE_WHY = "Not saved – changed by somebody else. Send the page to see it";

class Draft {
  constructor(part) {
    this.part = part;
    this.form = part.closest("form");
    this.url = part.dataset.draftUrl;
    this.saving = hiddenField(part, "saving");
    this.saved = this.typed();
    this.left = null;
    this.failures = 0;
    this.sending = false;
    this.timer = null;
    this.status = paragraph(part, "os-draft-status");
    this.status.setAttribute("aria-hidden", "true");
    this.spoken = paragraph(part, "govuk-visually-hidden");
    this.spoken.setAttribute("aria-live", "polite");
    for (const event of ["input", "change"]) {
      part.addEventListener(event, () => this.changed());
    }
    part.addEventListener("focusout", () => this.now());
    this.form.addEventListener("submit", () => this.stop());
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
    const here = new Set([...this.part.querySelectorAll("[name]")].map((field) => field.name));
    here.delete("saving");
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && here.has(name)) fields.append(name, value);
    }
    return fields.toString();
  }

  // Savings may overtake each other on their way, and the form itself may overtake the last of
  // them. Each is numbered, so that older words never take the place of newer ones. The clock goes
  // on where a page that was left and opened again would start to count anew.
  next() {
    this.saving.value = Math.max(Date.now(), Number(this.saving.value) + 1);
    return `saving=${this.saving.value}`;
  }

  changed() {
    const kept = this.typed() === this.saved;
    if (!this.failures) this.show(kept ? this.spoken.textContent : "Not saved yet");
    this.later(QUIET);
  }

  later(wait) {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), wait);
  }

  stop() {
    window.clearTimeout(this.timer);
    this.next();
    this.stopped = true;
  }

  async now() {
    const body = this.typed();
    if (this.stopped || this.sending || body === this.saved) return;
    window.clearTimeout(this.timer);
    this.sending = true;
    const answer = await this.send(`${body}&${this.next()}`);
    this.sending = false;
    if (this.stopped) return;
    if (answer.ok) {
      this.saved = body;
      this.failures = 0;
      if (this.typed() === body) this.say(`Saved ${clock()}`);
      else this.later(QUIET);
    } else {
      this.say(answer.status === CHANGED ? SEE_WHY : "Not saved – we will keep trying");
      this.later(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
      this.failures += 1;
    }
  }

  // A session that has ended answers with the sign-in page: that is not "saved".
  async send(body) {
    try {
      return await fetch(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Draft": "1" },
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch {
      return Response.error();
    }
  }

  // The page is going away: a beacon is delivered even so, but its answer is not ours to hear.
  leave() {
    const body = this.typed();
    if (this.stopped || body === this.saved || body === this.left) return;
    const words = new URLSearchParams(`${body}&${this.next()}`);
    if (navigator.sendBeacon(this.url, words)) this.left = body;
  }

  show(text) {
    this.status.textContent = text;
  }

  // Spoken only when it is news, so that a screen reader is not talked over.
  say(text) {
    this.show(text);
    if (this.spoken.textContent !== text) this.spoken.textContent = text;
  }
}

function paragraph(part, name) {
  const made = document.createElement("p");
  made.className = name;
  part.append(made);
  return made;
}

function hiddenField(part, name) {
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, value: "0" });
  part.append(made);
  return made;
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

export function keepDrafts() {
  for (const part of document.querySelectorAll("[data-draft-url]")) new Draft(part);
}
