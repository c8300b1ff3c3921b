// The log, followed: the page asks for itself again, as long as somebody looks.
const row = document.querySelector("[data-follow]");
const shown = document.querySelector("[data-log]");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { "Preau-Follow": "1" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-log]");
  const table = shown.querySelector(".table-scroll");
  const news = fresh?.querySelector("tbody");
  if (table && news) table.querySelector("tbody").replaceWith(news);
  else if (fresh) shown.replaceChildren(...fresh.childNodes);
}

if (row) {
  const box = row.querySelector("input");
  let timer = 0;
  row.hidden = false;
  const follow = () => {
    clearInterval(timer);
    if (box.checked) {
      look().catch(() => {}); // no network: the next time
      timer = setInterval(() => look().catch(() => {}), 5000);
    }
  };
  box.addEventListener("change", follow);
  follow();
}
