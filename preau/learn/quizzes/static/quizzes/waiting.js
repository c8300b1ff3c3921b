// Counts down to one's turn, then begins.
const form = document.querySelector("[data-waiting]");
const count = form.querySelector("[data-count]");
const turn = performance.now() + Number(form.dataset.waiting) * 1000;
form.querySelector("button").hidden = true;

function tick() {
  const left = Math.ceil((turn - performance.now()) / 1000);
  count.textContent = Math.max(0, left);
  if (left > 0) setTimeout(tick, 250);
  else form.submit();
}
tick();
