// The video page: speed, quality, a transcript that follows, resuming, and reporting what was seen.
const REPORT_EVERY = 10_000; // ms
const TROUBLE = { 400: "refused", 401: "signedOut", 403: "stale", 404: "closed" }; // else: busy
const LONGEST_STEP = 2; // seconds of the video between two timeupdates at normal speed

class Watch {
  // What was seen since the last report that the server acknowledged: [[from, to], …] in seconds.
  constructor(key) {
    this.key = key;
    this.seen = this.#kept();
    this.from = null;
    this.to = null;
  }

  step(time, rate) {
    const follows = this.to !== null && time >= this.to && time - this.to < LONGEST_STEP * Math.max(rate, 1);
    if (!follows) this.cut(time);
    this.to = time;
  }

  cut(next = null) {
    if (this.from !== null && this.to > this.from) this.seen.push([this.from, this.to]);
    this.from = next;
    this.to = next;
    this.#keep();
  }

  forget(sent) {
    this.seen = this.seen.filter((interval) => !sent.includes(interval));
    this.#keep();
  }

  #kept() {
    try { return JSON.parse(localStorage.getItem(this.key)) || []; } catch { return []; }
  }

  #keep() {
    try {
      if (this.seen.length) localStorage.setItem(this.key, JSON.stringify(this.seen.slice(-400)));
      else localStorage.removeItem(this.key);
    } catch { /* private mode: this page only */ }
  }
}

function start(layout) {
  const video = layout.querySelector("video");
  const url = layout.dataset.watchedUrl;
  const state = layout.querySelector("[data-watched-state]");
  const watch = new Watch(`preau-watch ${document.body.dataset.person} ${url}`);
  let sending = false;

  async function report(leaving = false) {
    if (!url || !video.duration) return;
    if (!video.paused) watch.step(video.currentTime, video.playbackRate);
    watch.cut(video.paused ? null : video.currentTime);
    if (!watch.seen.length || (sending && !leaving)) return;
    const seen = watch.seen.slice(0, 400);
    let trouble = "later"; // no answer
    sending = true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", "X-CSRFToken": layout.dataset.csrf },
        body: JSON.stringify({ position: video.currentTime, duration: video.duration, seen }),
      });
      if (!answer.ok) trouble = TROUBLE[answer.status] ?? "busy";
      if (answer.status === 400) watch.forget(seen); // of another cut of the video: never accepted
      if (answer.ok) {
        tell(await answer.json());
        watch.forget(seen);
        return;
      }
    } catch { /* kept, and sent with the next report */ } finally {
      sending = false;
    }
    state.textContent = layout.dataset[trouble];
  }

  function tell({ share, completed }) {
    state.textContent = layout.dataset.seen.replace("{share}", Math.round(share));
    if (completed) tick(layout.dataset.done);
  }

  function resume() {
    const position = watch.seen.at(-1)?.[1] ?? Number(layout.dataset.position);
    if (position > 1 && position < video.duration - 2) video.currentTime = position;
    report(); // what an earlier visit could not send
  }

  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) resume();
  else video.addEventListener("loadedmetadata", resume, { once: true });
  const step = () => { if (!video.paused && !video.seeking) watch.step(video.currentTime, video.playbackRate); };
  video.addEventListener("timeupdate", step);
  video.addEventListener("seeking", () => watch.cut());
  video.addEventListener("pause", () => { watch.cut(); report(); });
  video.addEventListener("ended", () => { watch.step(video.duration, video.playbackRate); watch.cut(); report(); });
  window.addEventListener("online", () => report());
  document.addEventListener("visibilitychange", () => { if (document.hidden) report(true); });
  window.addEventListener("pagehide", () => report(true));
  setInterval(() => { if (!video.paused) report(); }, REPORT_EVERY);
  controls(layout, video);
  follow(layout, video);
}

function tick(words) {
  document.querySelector(".outline-item:has([aria-current]) .tick")?.classList.replace("tick-circle", "tick-check");
  for (const place of document.querySelectorAll("[data-state], .outline-item:has([aria-current]) .tick")) {
    const use = place.querySelector("use");
    use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#check"));
    (place.querySelector(".visually-hidden") || place.lastChild).textContent = ` ${words}`;
  }
}

function controls(layout, video) {
  const panel = layout.querySelector("[data-video-controls]");
  panel.hidden = false;
  const speed = panel.querySelector("[data-speed]");
  speed.addEventListener("change", () => { video.playbackRate = Number(speed.value); });
  panel.querySelector("[data-quality]")?.addEventListener("change", (event) => {
    const { currentTime, paused, playbackRate } = video;
    video.src = event.target.value;
    video.addEventListener("loadedmetadata", () => {
      video.currentTime = currentTime;
      video.playbackRate = playbackRate;
      if (!paused) video.play();
    }, { once: true });
  });
}

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = text.className;
  Object.assign(made.dataset, text.dataset);
  made.append(...text.childNodes);
  text.replaceWith(made);
  return made;
}

function follow(layout, video) {
  const jumps = [...layout.querySelectorAll("[data-seek]")].map(button);
  for (const jump of jumps) {
    const seek = () => { video.currentTime = Number(jump.dataset.seek) + 0.01; video.play(); };
    jump.addEventListener("click", seek);
  }
  const cues = jumps.filter((jump) => jump.dataset.end);
  const chapters = jumps.filter((jump) => !jump.dataset.end);
  const panel = layout.querySelector(".transcript");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const mark = (list, found) => {
    if (found?.ariaCurrent) return false;
    for (const jump of list) jump.ariaCurrent = jump.classList.toggle("is-current", jump === found) || null;
    return Boolean(found);
  };
  video.addEventListener("timeupdate", () => {
    const time = video.currentTime;
    mark(chapters, chapters.findLast((chapter) => time >= chapter.dataset.seek));
    const cue = cues.find(({ dataset }) => time >= dataset.seek && time < dataset.end);
    if (mark(cues, cue) && !video.paused) {
      panel.scrollTo({ top: cue.offsetTop - panel.clientHeight / 3, behavior: calm.matches ? "auto" : "smooth" });
    }
  });
}

for (const layout of document.querySelectorAll("[data-video]")) start(layout);
