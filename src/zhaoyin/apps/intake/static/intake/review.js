// The review page: hovering one side lights the other; J/K move, A accepts, E edits, X refuses.
const root = document.querySelector("[data-review]");
const marks = [...root.querySelectorAll("[data-drafts]")];
const byDraft = new Map();
for (const mark of marks) for (const draft of mark.dataset.drafts.split(" ")) byDraft.set(draft, [...(byDraft.get(draft) ?? []), mark]);

const cards = () => [...root.querySelectorAll("[data-draft]")];
const cardOf = (draft) => root.querySelector(`[data-draft="${draft}"]`);

function light(drafts, on) {
  for (const draft of drafts) {
    cardOf(draft)?.classList.toggle("zy-lit", on);
    for (const mark of byDraft.get(draft) ?? []) mark.classList.toggle("zy-lit", on);
  }
}
for (const kind of ["pointerover", "pointerout"]) {
  root.addEventListener(kind, (event) => {
    const mark = event.target.closest("[data-drafts]");
    const card = event.target.closest("[data-draft]");
    const drafts = mark ? mark.dataset.drafts.split(" ") : card ? [card.dataset.draft] : [];
    light(drafts, kind === "pointerover");
  });
}
root.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-drafts]");
  if (mark) go(cardOf(mark.dataset.drafts.split(" ")[0]));
});

let at = null;
function go(card, move = true) {
  if (!card) return;
  cards().forEach((other) => other.classList.toggle("zy-at", other === card));
  at = card.dataset.draft;
  if (!move) return;
  card.scrollIntoView({ block: "nearest", behavior: "smooth" });
  card.focus({ preventScroll: true });
  byDraft.get(at)?.[0]?.scrollIntoView({ block: "nearest" });
}
const open = () => cards().filter((card) => card.classList.contains("zy-draft-proposed"));
function step(by) {
  const list = cards();
  const index = list.findIndex((card) => card.dataset.draft === at);
  go(list[Math.max(0, Math.min(list.length - 1, index + by))]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const card = at === null ? null : cardOf(at);
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "a") card?.querySelector("[data-accept]")?.click();
  else if (key === "x") card?.querySelector("[data-refuse]")?.click();
  else if (key === "e" && card) {
    const edit = card.querySelector(".zy-draft-edit");
    if (!edit) return;
    edit.open = true;
    edit.querySelector("input, select")?.focus();
  } else return;
  event.preventDefault();
});

// After a decision the next open card is at hand.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const card = cardOf(event.target.closest?.("[data-draft]")?.dataset.draft ?? at);
  root.querySelectorAll(".zy-lit").forEach((lit) => lit.classList.remove("zy-lit"));
  const count = root.querySelector("[data-waiting]");
  if (count) count.textContent = count.textContent.replace(/\d+/, open().length);
  if (card && !card.classList.contains("zy-draft-proposed")) go(open()[0] ?? card);
});
go(open()[0] ?? cards()[0], false);
