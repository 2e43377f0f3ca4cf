// Runs before anything is drawn, so that nothing jumps. A file and not a line in the page,
// because the Content-Security-Policy allows no scripts in pages.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
