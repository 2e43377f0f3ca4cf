// Brings the page of an import up to date while it is under way; then shows what came of it.
const EVERY = 1500; // milliseconds

async function look() {
  const here = document.querySelector("[data-under-way]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-under-way]");
    if (!answer.ok || !there) return location.reload();
    here.replaceWith(document.adoptNode(there));
    document.title = page.title;
  } catch {
    // The network is away for a moment: look again later.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
