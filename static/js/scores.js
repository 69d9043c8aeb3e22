// Keys on the score sheet: digits mark, J and K turn pages; a box switches them off (WCAG 2.1.4).
const box = document.querySelector("[data-keys]");
if (box) {
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
}

const mean = (criterion) => {
  const chosen = criterion.querySelector("[type=radio]:checked")?.value ?? "";
  for (const line of criterion.querySelectorAll("[data-anchor]")) line.hidden = line.dataset.anchor !== chosen;
};
document.addEventListener("change", ({ target }) => {
  for (const criterion of target.matches("form") ? target.querySelectorAll(".crit") : [target.closest(".crit")]) if (criterion) mean(criterion);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("textarea, select, input:not([type=radio])");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || (box && !box.checked)) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.code.replace("Key", "").toLowerCase())}"]`);
  if (link) return link.click();
  const cell = event.target.closest("fieldset")?.querySelector(`.score input[value="${CSS.escape(event.key)}"]`);
  if (cell) {
    cell.focus();
    cell.click();
    event.preventDefault();
  }
});
