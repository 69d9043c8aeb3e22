// What every workspace page needs beside htmx: focus on the error summary, a word when a request fails, menus that close.
const focusSummary = (root) => root.querySelector?.(".summary")?.focus();
focusSummary(document);
document.body.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.target));

const say = (text) => {
  const box = document.getElementById("messages");
  if (!box || !text) return;
  box.innerHTML = "";
  const note = document.createElement("div");
  note.className = "note danger";
  note.textContent = text;
  box.append(note);
  box.scrollIntoView({ block: "nearest" });
};
document.body.addEventListener("htmx:responseError", ({ detail }) =>
  say(document.body.dataset[detail.xhr.status === 409 ? "changed" : "failed"]),
);

// One open menu at a time, closed by Escape and by a press outside it.
const shut = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => menu !== except && menu.removeAttribute("open"));
document.addEventListener("click", (event) => shut(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => event.key === "Escape" && shut());
