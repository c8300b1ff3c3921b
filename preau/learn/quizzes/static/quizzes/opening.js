// Opens the quiz at its time, without anybody reloading the page.
const hidden = document.querySelector("[data-opens-in]");
const message = document.querySelector("[data-opens-message]");
const opens = performance.now() + Number(hidden.dataset.opensIn) * 1000;

function look() {
  const left = opens - performance.now();
  if (left > 0) return setTimeout(look, Math.min(left, 1000));
  hidden.hidden = false;
  message.textContent = message.dataset.open;
}
look();
