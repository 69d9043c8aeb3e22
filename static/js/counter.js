// "Characters left: 62" under long answers, from four fifths of the limit on; typing beyond it is never blocked.
const words = document.body.dataset;
for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const line = document.createElement("p");
  line.className = "count-left";
  field.after(line);
  const count = () => {
    // The server counts a line break as two signs, as the browser sends it.
    const left = limit - field.value.replace(/\r?\n/g, "\r\n").length;
    line.hidden = left > limit / 5;
    line.classList.toggle("over", left < 0);
    line.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left));
  };
  field.addEventListener("input", count);
  count();
}
