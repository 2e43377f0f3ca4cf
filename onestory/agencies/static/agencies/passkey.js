// Says on the page when a passkey fails; allauth's script only says it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const message of document.querySelectorAll("[data-passkey-failed]")) message.hidden = false;
});
