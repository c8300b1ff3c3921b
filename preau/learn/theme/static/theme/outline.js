// The course outline stands open beside the activity where there is room for it.
const fold = document.querySelector(".sidebar-fold");
const wide = window.matchMedia("(min-width: 62rem)");
if (fold) {
  const follow = () => { fold.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
  const current = fold.querySelector("[aria-current]");
  if (wide.matches && current) {
    const panel = fold.closest(".course-sidebar");
    panel.scrollTop = Math.max(0, current.offsetTop - panel.clientHeight / 2);
  }
}
