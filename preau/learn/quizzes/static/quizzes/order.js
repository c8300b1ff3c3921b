// Ordering: buttons that move an item up or down; the lists of places stay what is sent.
function button(name, words, list, item, step) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "order-button";
  made.textContent = name;
  made.setAttribute("aria-label", `${words}: ${item.querySelector(".order-text").textContent.trim()}`);
  made.addEventListener("click", () => {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(item); else other.after(item);
    number(list);
    made.focus();
  });
  return made;
}

// Things may lie in their right order from the start: that is an answer only when somebody says so.
function keep(list) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = list.dataset.keep;
  made.addEventListener("click", () => { number(list); list.querySelector("button").focus(); });
  list.after(made);
  const look = () => { made.hidden = [...list.querySelectorAll("select")].every((it) => it.value); };
  list.addEventListener("change", look);
  list.closest("[data-slot]").addEventListener("restored", look);
  look();
}

function number(list) {
  [...list.children].forEach((item, index) => { item.querySelector("select").value = String(index + 1); });
  list.querySelector("select").dispatchEvent(new Event("change", { bubbles: true }));
}

for (const list of document.querySelectorAll("[data-order]")) {
  list.classList.add("order-scripted");
  for (const item of list.children) {
    const tools = document.createElement("span");
    tools.className = "order-tools";
    tools.append(button("↑", list.dataset.up, list, item, -1), button("↓", list.dataset.down, list, item, 1));
    item.append(tools);
    item.draggable = true;
    item.addEventListener("dragstart", (event) => { item.classList.add("is-dragged"); event.dataTransfer.effectAllowed = "move"; });
    item.addEventListener("dragend", () => { item.classList.remove("is-dragged"); number(list); });
  }
  list.addEventListener("dragover", (event) => {
    const dragged = list.querySelector(".is-dragged");
    const over = event.target.closest?.(".order-item");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
  });
  list.closest("[data-slot]").addEventListener("restored", () => {
    [...list.children]
      .sort((one, other) => Number(one.querySelector("select").value || 99) - Number(other.querySelector("select").value || 99))
      .forEach((item) => list.append(item));
  });
  keep(list);
}
