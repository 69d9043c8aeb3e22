// Questions that hang on an answer of the same page come and go as it changes. The server decides again at every saving.
const form = document.querySelector("form[data-draft]");

function given(name) {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  return fields.filter((f) => (/radio|checkbox/.test(f.type) ? f.checked : f.value.trim())).map((f) => f.value);
}

function holds(part) {
  const asked = form.querySelector(`[name="${CSS.escape(part.dataset.when)}"]`);
  // Its own question stands on another page, or is hidden itself.
  if (!asked) return !part.hidden;
  if (asked.closest("[data-when][hidden]")) return false;
  const any = part.dataset.any.split(" ").filter(Boolean);
  const values = given(part.dataset.when);
  return any.length ? values.some((value) => any.includes(value)) : values.length > 0;
}

// In page order, so that a chain settles in one pass.
const settle = () => form.querySelectorAll("[data-when]").forEach((part) => (part.hidden = !holds(part)));
form?.addEventListener("input", settle);
form?.addEventListener("change", settle);
