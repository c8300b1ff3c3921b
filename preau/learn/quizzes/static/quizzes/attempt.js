// Answers are sent as they are given. What the network does not take waits in this browser, for
// this person and this attempt, and goes out as soon as it can.
const quiz = document.querySelector("[data-attempt]");
const form = quiz.querySelector(".quiz-form");
const line = quiz.querySelector("[data-saving]");
const store = `preau-quiz ${document.body.dataset.person} ${quiz.dataset.attempt} `; // and the slot
const sections = new Map([...form.querySelectorAll("[data-slot]")].map((it) => [it.dataset.slot, it]));
const PAUSE = 700; // milliseconds without typing before an answer is sent
const AGAIN = [1000, 2000, 4000, 8000]; // before a request that failed is tried again
const PATIENCE = 30_000; // for a request without any answer

let waiting = read(); // slot → {answer, base}
let sending = null; // what is under way now, by slot
let flight = null; // the promise of its end
let failures = 0;
let timer = 0;
let closed = false;
const clashing = new Set(); // slots whose answer here is not the one that stands

// Each answer lies by itself: tabs share the store, and none may wipe what another one keeps.
function read() {
  const found = {};
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(store)) found[name.slice(store.length)] = JSON.parse(localStorage.getItem(name));
    }
  } catch { /* private mode: this page only */ }
  return found;
}

function keep(slot) {
  try { localStorage.setItem(store + slot, JSON.stringify(waiting[slot])); } catch { /* as above */ }
}

function forget(slot, it) {
  try {
    const kept = JSON.parse(localStorage.getItem(store + slot));
    if (kept && same(kept.answer, it.answer)) localStorage.removeItem(store + slot);
  } catch { /* as above */ }
}

function say(what, more = "") {
  line.hidden = false;
  line.dataset.state = what;
  const words = `${line.dataset[what]} ${more}`.trim();
  if (line.textContent !== words) line.textContent = words;
}

function answerOf(slot) {
  const answer = {};
  const start = `q${slot}-`;
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith(start) || name === `${start}base` || typeof value !== "string") continue;
    if (value.trim()) (answer[name.slice(start.length)] ??= []).push(value.replaceAll("\r\n", "\n"));
  }
  return answer;
}

function put(slot, { answer, base }) {
  const start = `q${slot}-`;
  const left = structuredClone(answer);
  for (const field of form.elements) {
    if (!field.name?.startsWith(start) || field.name === `${start}base` || field.type === "file") continue;
    const name = field.name.slice(start.length);
    if (field.type === "radio" || field.type === "checkbox") field.checked = answer[name]?.includes(field.value) ?? false;
    else field.value = left[name]?.shift() ?? "";
  }
  rebase(slot, base);
  sections.get(slot).dispatchEvent(new CustomEvent("restored", { bubbles: true }));
}

// From which answer the fields were made: the script's word for it and the form's are the same.
function rebase(slot, base) {
  sections.get(slot).dataset.base = base;
  form.elements[`q${slot}-base`].value = base;
}

const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
const unsent = () => !closed && Boolean(flight || Object.keys(waiting).length);

function changed(slot) {
  if (closed) return;
  // Typed while an answer is under way, it is made from that one: its key comes with the reply.
  waiting[slot] = { answer: answerOf(slot), base: sending?.[slot] ? null : sections.get(slot).dataset.base };
  keep(slot);
  say(navigator.onLine ? "waiting" : "offline");
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

function send() {
  clearTimeout(timer);
  if (!flight && unsent()) flight = sent().finally(() => { flight = null; next(); });
  return flight;
}

function next() {
  clearTimeout(timer);
  if (unsent()) timer = setTimeout(send, failures ? AGAIN[Math.min(failures, AGAIN.length) - 1] : 0);
}

// Send everything now; afterwards `unsent()` tells whether it went.
async function flush() {
  await flight;
  await send();
}

async function sent() {
  sending = waiting;
  waiting = {};
  const answers = Object.entries(sending).map(([slot, it]) => ({ slot: Number(slot), ...it }));
  try {
    received(await post(answers));
    failures = 0;
  } catch (error) {
    failures += 1;
    back();
    say(error.message === "signed out" ? "signedOut" : "offline");
  }
  sending = null;
}

async function post(answers, again = true) {
  const reply = await fetch(quiz.dataset.answers, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ answers }),
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (reply.status === 401) throw new Error("signed out");
  if (reply.status >= 500 || reply.status === 429) throw new Error(String(reply.status));
  if (reply.status === 403 && again && await renewToken()) return post(answers, false);
  const json = reply.headers.get("Content-Type")?.includes("json");
  return { ok: reply.ok, status: reply.status, told: json ? await reply.json() : {} };
}

// Who signed in again in another tab has a new token for forms; the page takes it over. The sign-in
// page is not followed to: it would set a token that spoils the form in that other tab.
async function renewToken() {
  const page = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  if (page.type === "opaqueredirect") throw new Error("signed out");
  const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector(".quiz-form [name=csrfmiddlewaretoken]");
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = found?.value ?? field.value;
  return Boolean(found);
}

// What was under way waits again, but for what was typed anew meanwhile: that has its base.
function back() {
  for (const [slot, it] of Object.entries(sending)) {
    if (waiting[slot]) waiting[slot].base ??= it.base;
    else waiting[slot] = it;
    keep(slot);
  }
}

function received({ ok, status, told }) {
  if (told.closed) {
    closed = true;
    back();
    return say("closed");
  }
  if (!ok) {
    for (const [slot, it] of Object.entries(sending)) if (told.error) forget(slot, it);
    if (!told.error) back();
    failures = told.error ? 0 : failures + 1;
    return say("refused", told.error ?? status);
  }
  for (const [slot, it] of Object.entries(sending)) {
    forget(slot, it);
    if (slot in told.conflicts || told.done.includes(Number(slot))) clash(slot);
    else settled(slot, told.saved[slot]);
    if (waiting[slot]) { waiting[slot].base ??= told.saved[slot] ?? it.base; keep(slot); }
  }
  if (typeof told.seconds_left === "number") ends = performance.now() + told.seconds_left * 1000;
  if (clashing.size) say("conflict");
  else if (!Object.keys(waiting).length) say("saved");
}

// Another tab or device has changed this answer. What stands is not overwritten; the form, which
// sends from which answer it was made, is answered with both.
function clash(slot) {
  const section = sections.get(slot);
  clashing.add(slot);
  if (section && !section.querySelector(".conflict")) section.append(quiz.querySelector("[data-conflict-notice]").content.cloneNode(true));
}

function settled(slot, key) {
  const section = sections.get(slot);
  clashing.delete(slot);
  if (!section || !form.elements[`q${slot}-base`]) return;
  rebase(slot, key);
  section.querySelector(".conflict")?.remove();
  const words = key ? quiz.dataset.answered : quiz.dataset.unanswered;
  const state = section.querySelector("[data-state]");
  const place = quiz.querySelector(`[data-map="${slot}"]`);
  if (state && !waiting[slot]) state.textContent = words;
  if (!place) return;
  place.classList.toggle("map-answered", Boolean(key));
  place.classList.toggle("map-none", !key);
  place.querySelector(".visually-hidden").textContent = ` ${words}`;
}

// A fast hand answers before this script is there.
function isTouched(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return "defaultValue" in field && field.value !== field.defaultValue;
  const shown = [...field.options].findIndex((it) => it.defaultSelected);
  return field.selectedIndex !== Math.max(0, shown);
}
const early = new Set();
for (const [slot, it] of sections) {
  const fields = [...it.querySelectorAll("input, select, textarea")].filter((field) => field.type !== "file");
  if (form.elements[`q${slot}-base`] && fields.some(isTouched)) early.add(slot);
}
early.forEach(changed);

// What this browser still has from before: shown again and sent, unless the server has it already.
for (const [slot, it] of Object.entries(waiting)) {
  if (early.has(slot)) continue;
  if (!sections.has(slot) || !form.elements[`q${slot}-base`]) {
    it.base ??= "";
    if ("sequential" in quiz.dataset) { forget(slot, it); delete waiting[slot]; }
    continue;
  }
  it.base ??= sections.get(slot).dataset.base;
  if (same(it.answer, answerOf(slot))) { forget(slot, it); delete waiting[slot]; }
  else put(slot, it);
}
send();

function touched(event) {
  const slot = event.target.closest?.("[data-slot]")?.dataset.slot;
  if (slot && event.target.type !== "file" && form.elements[`q${slot}-base`]) changed(slot);
}
form.addEventListener("input", touched);
form.addEventListener("change", touched);
window.addEventListener("online", () => { if (unsent()) send(); else line.hidden = true; });
window.addEventListener("offline", () => say("offline"));
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("visibilitychange", () => send()); // left, or come back to, perhaps signed in again

// Nobody leaves the page before its answers are taken: without network they would see nothing of it.
async function leaving(event, go) {
  if (!unsent() && navigator.onLine) return;
  event.preventDefault();
  await flush();
  if (!navigator.onLine) say("offline");
  else if (!unsent()) go(); // what failed has said why
}
form.addEventListener("submit", (event) => leaving(event, () => form.requestSubmit(event.submitter)));
for (const link of quiz.querySelectorAll("[data-map][href]")) {
  link.addEventListener("click", (event) => {
    const stays = event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute("aria-current");
    if (!stays) leaving(event, () => { location.href = link.href; });
  });
}

// The clock counts by the server's time; at its end the answers are handed in.
const clock = quiz.querySelector("[data-clock-words]");
let ends = quiz.dataset.due ? performance.now() + (Date.parse(quiz.dataset.due) - Date.parse(quiz.dataset.now)) : null;

function tick() {
  const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
  const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  clock.textContent = `${clock.dataset.left} ${shown.map((it, index) => (index ? String(it).padStart(2, "0") : it)).join(":")}`;
  clock.closest("[data-clock]").classList.toggle("is-near", left < 60);
  if (left) setTimeout(tick, 1000);
  else finish();
}

async function finish() {
  say("over");
  await flush();
  if (unsent() || !navigator.onLine) setTimeout(finish, 1000);
  else quiz.querySelector("[data-hand-in]").submit();
}

if (ends !== null) tick();
