// The frame: menus, confirmation, toasts, filters that submit themselves, search palette, keys.

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// Menus: one open at a time, Esc and a click outside close.
document.addEventListener("click", (event) => {
  for (const menu of all("details.zy-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all("details.zy-menu[open]")) {
    menu.open = false;
    $("summary", menu)?.focus();
  }
});

// <form data-confirm="…"> asks first, in a dialog of our own.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const dialog = $("#zy-confirm");
  const question = event.submitter?.dataset.confirm || form.dataset?.confirm;
  if (!question || form.dataset.confirmed || !dialog?.showModal) return;
  event.preventDefault();
  const submitter = event.submitter;
  $(".zy-dialog-text", dialog).textContent = question;
  dialog.returnValue = "no";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "1";
      form.requestSubmit(submitter ?? undefined);
      delete form.dataset.confirmed;
    },
    { once: true },
  );
  dialog.showModal();
});

// One POST per press: the button rests after submitting; the page's own return wakes it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  setTimeout(() => all("button:not([type=button])", form).forEach((button) => (button.disabled = true)), 0);
});
window.addEventListener("pageshow", () =>
  all("form button[disabled]:not([data-off])").forEach((button) => (button.disabled = false)),
);

// Filters submit on change of a select or date.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form && (event.target.tagName === "SELECT" || event.target.type === "date")) form.requestSubmit();
});
// On a phone a filter bar that filters nothing shows its first box only, until asked for more.
for (const form of all("form[data-fold]")) form.classList.add("zy-folded");
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-unfold]");
  if (!button) return;
  button.closest("form").classList.remove("zy-folded");
  button.remove();
});
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-autosubmit]")) return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
});

// The name of a chosen file beside its button.
document.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  const name = event.target.closest(".zy-file")?.querySelector(".zy-file-name");
  if (name) name.textContent = [...event.target.files].map((file) => file.name).join("、") || name.dataset.empty;
});

// Copy button: <button data-copy="#id">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const text = $(button.dataset.copy)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(text);
    toast(button.dataset.copied || "✓", "green");
  } catch {
    getSelection().selectAllChildren($(button.dataset.copy));
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

export function toast(text, tone = "blue") {
  const box = $("#zy-toasts");
  if (!box) return;
  const note = make("div", { class: `zy-message zy-tone-${tone}` }, text);
  box.append(note);
  setTimeout(() => note.remove(), 6000);
}
document.body.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.tone));
document.body.addEventListener("htmx:responseError", (event) => {
  const text = event.detail.xhr.getResponseHeader("X-Error-Text");
  toast(text ? decodeURIComponent(text) : `${event.detail.xhr.status}`, "red");
});

// Palette: Ctrl-K or "/".
const palette = $("#zy-palette");
if (palette) {
  const input = $("#zy-palette-input");
  const list = $("#zy-palette-list");
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  const choose = (index) => {
    const links = all("a", list);
    if (!links.length) return;
    chosen = (index + links.length) % links.length;
    links.forEach((link, at) => link.setAttribute("aria-selected", String(at === chosen)));
    links[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", links[chosen].id);
  };

  const show = (groups) => {
    list.replaceChildren();
    let at = 0;
    for (const group of groups) {
      list.append(make("div", { class: "zy-palette-group" }, group.kind));
      for (const hit of group.hits) {
        const link = make("a", { href: hit.url, role: "option", id: `zy-hit-${at++}` }, hit.title);
        if (hit.detail) link.append(make("small", {}, hit.detail));
        list.append(link);
      }
    }
    if (at) choose(0);
    else list.append(make("div", { class: "zy-palette-none" }, list.dataset.empty));
  };

  const ask = async () => {
    const mine = ++asked;
    try {
      const url = `${palette.dataset.url}?q=${encodeURIComponent(input.value.trim())}`;
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const data = await answer.json();
      if (mine === asked) show(data.groups);
    } catch {
      if (mine === asked) list.replaceChildren(make("div", { class: "zy-palette-none" }, list.dataset.failed));
    }
  };

  const open = (text = "") => {
    if (palette.open) return;
    input.value = text;
    palette.showModal();
    input.focus();
    ask();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") all("a", list)[chosen]?.click();
    else return;
    event.preventDefault();
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    if (!wanted || event.altKey) return;
    event.preventDefault();
    open();
  });
}

// Lists: J and K (or arrows) move along rows that have a link, Enter opens.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, dialog[open]")) return;
  const table = $(".zy-table[data-keys]");
  if (!table || !["j", "k"].includes(event.key)) return;
  const links = all("tbody tr", table).map((row) => $("a", row)).filter(Boolean);
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))].focus();
});
