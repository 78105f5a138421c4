// Figures as locked chips inside the text. Without this script the boxes hold {figure} marks and work the same.
const TOKEN = /\{([A-Za-z0-9_.]+)\}/g;

function chip(key, value) {
  const span = document.createElement("span");
  span.className = "zb-chip";
  span.contentEditable = "false";
  span.dataset.key = key;
  span.textContent = value;
  return span;
}

function fill(box, text, values) {
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    box.append(text.slice(at, match.index));
    box.append(values.has(match[1]) ? chip(match[1], values.get(match[1])) : match[0]);
    at = match.index + match[0].length;
  }
  box.append(text.slice(at));
}

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.dataset && node.dataset.key) return `{${node.dataset.key}}`;
  const inside = [...node.childNodes].map(textOf).join("");
  return node.nodeName === "BR" ? " " : node.nodeName === "DIV" ? ` ${inside}` : inside;
}

function enhance(area) {
  const holder = area.parentElement;
  const values = new Map([...holder.querySelectorAll("[data-figure]")].map((one) => [one.dataset.figure, one.dataset.value]));
  const box = document.createElement("div");
  box.className = "form-control zb-wording";
  box.contentEditable = "true";
  box.setAttribute("role", "textbox");
  box.setAttribute("aria-multiline", "true");
  for (const name of ["aria-label", "aria-invalid", "aria-describedby"]) {
    if (area.hasAttribute(name)) box.setAttribute(name, area.getAttribute(name));
  }
  fill(box, area.value, values);
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  const keep = () => { area.value = [...box.childNodes].map(textOf).join("").replace(/\s+/g, " ").trim(); };
  box.addEventListener("input", keep);
  area.classList.add("zb-hidden");
  area.after(box);
  area.form.addEventListener("submit", keep);
}

document.querySelectorAll("form[data-wording] textarea.zb-source").forEach(enhance);
