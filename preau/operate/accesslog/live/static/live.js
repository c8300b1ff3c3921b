// Puts new numbers in the place of old ones while the page is open. The server answers 304 as long
// as there is nothing new; what is open, chosen or scrolled stays so.
"use strict";

const EVERY = 2000; // milliseconds
const PARTS = "h1, .facts, .last-day h2, .last-day figure, .list figure, .table, #notes";
const box = document.querySelector(".live");
const time = box.querySelector("time");
const lost = box.querySelector(".lost");
const button = box.querySelector("button");
let mark = box.dataset.mark;
let paused = false;

function partsOf(page) {
  const named = (it) => `${it.closest("section")?.id ?? ""} ${it.tagName} ${it.className}`;
  return new Map([...page.querySelectorAll(PARTS)].map((it) => [named(it), it]));
}

function put(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const now = partsOf(document);
  const then = partsOf(page);
  if ([...now.keys()].join() === [...then.keys()].join()) {
    for (const [name, it] of now) {
      const fresh = then.get(name);
      if (it.innerHTML !== fresh.innerHTML) it.replaceChildren(...fresh.childNodes);
    }
  } else {
    putAll(page);
  }
  document.title = page.title;
  time.textContent = page.querySelector(".live time").textContent;
}

// A list has come or gone.
function putAll(page) {
  const details = () => [...document.querySelectorAll("section details")];
  const open = new Map(details().map((it) => [it.closest("section").id, it.open]));
  for (const name of ["header", "main"]) {
    document.querySelector(name).replaceWith(page.querySelector(name));
  }
  for (const it of details()) it.open = open.get(it.closest("section").id) ?? it.open;
}

async function look() {
  if (paused || document.hidden) return;
  try {
    const known = { "If-None-Match": `"${mark}"` };
    const answer = await fetch("/", { headers: known, cache: "no-store" });
    if (answer.status === 200) {
      put(await answer.text());
      mark = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
    }
    lost.hidden = answer.status === 200 || answer.status === 304;
  } catch {
    lost.hidden = false;
  }
}

async function lookAgain() {
  await look();
  setTimeout(lookAgain, EVERY);
}

button.hidden = false;
button.addEventListener("click", () => {
  paused = !paused;
  button.setAttribute("aria-pressed", String(paused));
  look();
});
document.addEventListener("visibilitychange", look);
setTimeout(lookAgain, EVERY);
