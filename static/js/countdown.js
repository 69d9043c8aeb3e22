// Re-renders the deadline panels each minute; the words for one, few and many come from the server.
const started = Date.now();
const kinds = new Intl.PluralRules(document.documentElement.lang);
const place = { one: 0, few: 1, many: 2, other: 2 };
const word = (forms, n) => forms.split("|")[place[kinds.select(n)]];

function render(panel) {
  // Counted from what the server said was left: a wrong clock on the device changes nothing.
  const left = Math.max(0, panel.dataset.left - (Date.now() - started) / 1000);
  const parts = { days: left / 86400, hours: (left % 86400) / 3600, minutes: (left % 3600) / 60 };
  for (const figure of panel.querySelectorAll("b")) {
    const n = Math.floor(parts[figure.dataset.unit]);
    figure.textContent = n;
    figure.nextElementSibling.textContent = word(figure.dataset.forms, n);
  }
}

const panels = document.querySelectorAll(".count[data-left]");
if (panels.length) setInterval(() => panels.forEach(render), 60000);
