// Markers on an image: drag one, or take it and click where it belongs. With the keyboard it is set
// in the middle, and arrow keys move it. The fields with x,y stay what is sent. Places are in pixels of
// the image as it is, however large it is shown: until it has come, and where it never does, the fields
// are typed into.
const setUp = (box) => {
  const image = box.querySelector("img");
  const stage = box.querySelector(".markers-image");
  let taken = null;
  box.classList.add("is-scripted");
  box.querySelector("[data-with-script]").hidden = false;

  const pins = new Map(); // field → its pin on the image
  const scale = () => image.clientWidth / (image.naturalWidth || 1);
  const place = (field) => {
    const [x, y] = field.value.split(",").map(Number);
    const pin = pins.get(field);
    pin.hidden = !field.value || Number.isNaN(x) || Number.isNaN(y);
    pin.style.setProperty("left", `${x * scale()}px`);
    pin.style.setProperty("top", `${y * scale()}px`);
  };
  const set = (field, x, y) => {
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    field.value = x === null ? "" : `${within(x, image.naturalWidth)},${within(y, image.naturalHeight)}`;
    place(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const at = (event) => {
    const bounds = image.getBoundingClientRect();
    return [(event.clientX - bounds.left) / scale(), (event.clientY - bounds.top) / scale()];
  };
  const free = (row) => {
    const fields = [...row.querySelectorAll("input")];
    return fields.find((it) => !it.value) ?? fields[0];
  };
  const drag = (pin, field) => {
    pin.addEventListener("pointerdown", (event) => {
      if (event.button === 0) pin.setPointerCapture(event.pointerId);
    });
    pin.addEventListener("pointermove", (event) => {
      if (pin.hasPointerCapture(event.pointerId)) set(field, ...at(event));
    });
  };
  const setInMiddle = (row) => {
    const field = free(row);
    if (!field.value) set(field, image.naturalWidth / 2, image.naturalHeight / 2);
    take(null);
    pins.get(field).focus();
  };
  const take = (row) => {
    taken = row;
    for (const it of box.querySelectorAll(".marker-take")) it.setAttribute("aria-pressed", String(it.closest("[data-marker]") === row));
  };

  for (const row of box.querySelectorAll("[data-marker]")) {
    const name = row.querySelector(".marker-name");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "word marker-take";
    button.textContent = name.textContent;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", (event) => {
      if (event.detail === 0) return setInMiddle(row); // pressed by a key, not by a pointer
      take(taken === row ? null : row);
    });
    button.draggable = true;
    button.addEventListener("dragstart", (event) => { take(row); event.dataTransfer.setData("text/plain", button.textContent); });
    button.addEventListener("dragend", () => take(null));
    name.replaceWith(button);
    for (const field of row.querySelectorAll("input")) {
      field.tabIndex = -1;
      const pin = document.createElement("button");
      pin.type = "button";
      pin.className = "pin";
      pin.textContent = button.textContent;
      pin.addEventListener("click", (event) => { event.stopPropagation(); take(row); });
      drag(pin, field);
      pin.addEventListener("keydown", (event) => {
        const step = event.shiftKey ? 10 : 2;
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
        const [x, y] = field.value.split(",").map(Number);
        if (event.key in moves) { event.preventDefault(); set(field, x + moves[event.key][0], y + moves[event.key][1]); }
        if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); set(field, null); button.focus(); }
      });
      pins.set(field, pin);
      stage.append(pin);
      field.addEventListener("input", () => place(field));
      place(field);
    }
  }
  const put = (event) => {
    const field = free(taken);
    set(field, ...at(event));
    pins.get(field).focus();
    take(null);
  };
  stage.addEventListener("click", (event) => { if (taken && event.target === image) put(event); });
  stage.addEventListener("dragover", (event) => { if (taken) event.preventDefault(); });
  stage.addEventListener("drop", (event) => { if (taken) { event.preventDefault(); put(event); } });
  const all = () => { for (const field of pins.keys()) place(field); };
  image.addEventListener("load", all);
  new ResizeObserver(all).observe(image);
  box.closest("[data-slot]").addEventListener("restored", all);
};
for (const box of document.querySelectorAll("[data-markers]:not([data-set])")) {
  box.querySelector("img").decode().then(() => setUp(box), () => {});
}

// Where an answer is only shown, each marker stands where it was set, and whether that is right.
for (const box of document.querySelectorAll("[data-markers][data-set]")) {
  const image = box.querySelector("img");
  box.classList.add("is-shown");
  const show = () => {
    for (const it of box.querySelectorAll(".pin")) it.remove();
    for (const row of box.querySelectorAll("[data-marker]")) {
      for (const field of row.querySelectorAll("input")) {
        const [x, y] = field.value.split(",").map((it) => Number(it) * image.clientWidth / (image.naturalWidth || 1));
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        const pin = document.createElement("span");
        pin.className = `pin pin-${row.dataset.verdict ?? "none"}`;
        pin.textContent = row.querySelector(".marker-name").textContent;
        pin.setAttribute("aria-hidden", "true"); // the list says it
        pin.style.setProperty("left", `${x}px`);
        pin.style.setProperty("top", `${y}px`);
        box.querySelector(".markers-image").append(pin);
      }
    }
  };
  image.addEventListener("load", show);
  new ResizeObserver(show).observe(image);
}
