// Comfort only: every page works without this file.
"use strict";

document.documentElement.classList.add("scripted");
const policy = window.trustedTypes && window.trustedTypes.createPolicy("wecena", { createHTML: (text) => text });

// Copy buttons: the label says it for two seconds, and a polite region announces it.
async function copy(button) {
  await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent.trim());
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  document.getElementById("said").textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = label; document.getElementById("said").textContent = ""; }, 2000);
}

// Filters: each tap fetches the same address the form would go to, and replaces the parts marked data-live.
let latest = 0;
async function refresh(form) {
  const turn = ++latest;
  const address = form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
  const answer = await fetch(address, { headers: { "X-Part": "list" } });
  if (!answer.ok || turn !== latest) return;
  const text = await answer.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
  history.replaceState(null, "", address);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".copy");
  if (button) copy(button);
  const printer = event.target.closest("[data-print]");
  if (printer) window.print();
});

// On a narrow screen the search stays folded until it is asked for; without this file it is open.
for (const sift of document.querySelectorAll("details.sift:not([data-used])")) {
  if (window.matchMedia("(max-width: 47.99rem)").matches) sift.open = false;
}

for (const form of document.querySelectorAll("form[data-progressive]")) {
  let pause;
  form.addEventListener("change", () => refresh(form));
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(pause);
    pause = setTimeout(() => refresh(form), 300);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); refresh(form); });
}

// One press is enough: the label says that it was heard, a second press does nothing.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "yes";
  if (event.submitter) event.submitter.textContent += "...";
});

// A part that waits for something asks again every two seconds, until it waits no longer.
async function wait(part) {
  const answer = await fetch(part.dataset.waits);
  if (!answer.ok) return;
  const text = await answer.text();
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const fresh = page.getElementById(part.id);
  if (fresh && !fresh.dataset.waits) return part.replaceWith(document.adoptNode(fresh));
  setTimeout(wait, 2000, part);
}
for (const part of document.querySelectorAll("[data-waits]")) setTimeout(wait, 2000, part);
