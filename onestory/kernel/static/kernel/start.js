// Wakes up the components on the page. Everything works without it.
import { createAll, ExitThisPage, initAll, isSupported } from "./vendor/govuk-frontend/govuk-frontend.min.js";
import { keepDrafts } from "./draft.js";

// The way out: as GOV.UK's, but the page we leave is not left in the browser's history.
class QuickExit extends ExitThisPage {
  static moduleName = "onestory-quick-exit";

  exitPage() {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    this.$overlay = document.createElement("div");
    this.$overlay.className = "govuk-exit-this-page-overlay";
    this.$overlay.setAttribute("role", "alert");
    document.body.append(this.$overlay);
    this.$overlay.textContent = "Loading.";
    document.title = "Loading";
    window.location.replace(this.$button.href);
  }
}

if (isSupported()) {
  initAll();
  createAll(QuickExit);
}
keepDrafts();
