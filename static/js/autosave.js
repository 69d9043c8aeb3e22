// Words for the autosave line and a copy of the draft on this device while there is no network.
// One saving at a time: an aborted one may have been kept, and the next would carry an old version.
const line = document.getElementById("save-state");
const form = document.querySelector("form[data-draft]");
const key = form && `draft:${form.dataset.draft}`;
// The version is the server's.
const ours = ([name, value]) => !["csrfmiddlewaretoken", "version"].includes(name) && typeof value === "string";
const kept = () => [...new FormData(form)].filter(ours);
let spoken = 0;

function show(text, kind = "") {
  line.className = `save ${kind}`;
  // A screen reader hears at most one such line a minute.
  const may = Date.now() - spoken > 60000;
  line.setAttribute("aria-live", may ? "polite" : "off");
  if (may) spoken = Date.now();
  if (text) line.textContent = text;
}

function restore(pairs) {
  for (const field of form.elements) if (/radio|checkbox/.test(field.type)) field.checked = false;
  for (const [name, value] of pairs) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (/radio|checkbox/.test(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function offer() {
  const copy = sessionStorage.getItem(key);
  if (!copy || copy === JSON.stringify(kept())) return sessionStorage.removeItem(key);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn second small";
  button.textContent = line.dataset.restore;
  button.onclick = () => (restore(JSON.parse(copy)), button.remove());
  show(line.dataset.offer, "busy");
  line.after(button);
}

if (form && line) {
  offer();
  const keep = (text) => (sessionStorage.setItem(key, JSON.stringify(kept())), show(text, "lost"));
  form.addEventListener("htmx:sendError", () => keep(line.dataset.lost));
  form.addEventListener("htmx:responseError", ({ detail }) => keep(document.body.dataset[detail.xhr.status === 409 ? "changed" : "failed"]));
  // A press waits for the saving under way: its answer brings the version to send.
  let isSaving, pressed;
  form.addEventListener("htmx:beforeRequest", () => (show(line.dataset.busy, "busy"), (isSaving = true)));
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) sessionStorage.removeItem(key), show("");
    const press = pressed;
    isSaving = pressed = null; // one press, one sending
    if (press) form.requestSubmit(press.button);
  });
  form.addEventListener("submit", (event) => {
    if (isSaving) event.preventDefault(), (pressed = { button: event.submitter });
  });
  // Back on the net: save at once what was written meanwhile.
  addEventListener("online", () => form.dispatchEvent(new Event("change", { bubbles: true })));
}
