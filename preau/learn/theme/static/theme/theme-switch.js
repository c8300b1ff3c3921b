// Light, dark, or as the system: the choice stays on this device. Runs before the page is drawn.
(() => {
  const KEY = "preau-theme";
  const ICONS = { auto: "auto", light: "sun", dark: "moon" };
  const NEXT = { auto: "light", light: "dark", dark: "auto" };
  const read = () => {
    try { return localStorage.getItem(KEY) || "auto"; } catch { return "auto"; }
  };
  const apply = (choice) => {
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  };
  const show = (button, choice) => {
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[choice]}`));
    button.querySelector("span").textContent = button.dataset[choice];
    button.title = button.dataset[choice];
  };
  let choice = read();
  if (!(choice in NEXT)) choice = "auto";
  apply(choice);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    show(button, choice);
    button.hidden = false;
    button.addEventListener("click", () => {
      choice = NEXT[choice];
      try { localStorage.setItem(KEY, choice); } catch { /* private mode: this page only */ }
      apply(choice);
      show(button, choice);
    });
  });
})();
