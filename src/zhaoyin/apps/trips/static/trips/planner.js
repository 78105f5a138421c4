// The planner: drag somebody onto a day of a team to pin them there; right-click opens the menu of the same things.
// The page is shown anew after each change, because a pin may move what else is pinned.

const root = document.querySelector("[data-planner][data-pin-url]");
const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];

async function pin(stop, team, day) {
  const url = root.dataset.pinUrl.replace("00000000-0000-0000-0000-000000000000", stop);
  const body = new URLSearchParams({ act: "pin", team, day });
  const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });
  if (answer.ok) location.reload();
  else document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: await answer.text().then((text) => text.slice(0, 200)), tone: "red" } }));
}

function arrange() {
  for (const list of root.querySelectorAll("[data-list]")) {
    const cell = list.dataset.list === "cell";
    window.Sortable.create(list, {
      group: { name: "stops", pull: cell ? true : "clone", put: cell },
      sort: false,
      draggable: "[data-stop]",
      filter: "summary, select, button, details",
      preventOnFilter: false,
      forceFallback: true,
      fallbackTolerance: 5,
      delay: 150,
      delayOnTouchOnly: true,
      ghostClass: "zy-board-ghost",
      onEnd(event) {
        const to = event.to.dataset;
        const same = event.to === event.from;
        if (!same) event.item.classList.add("zy-moving");
        if (!same && to.team && event.item.dataset.stop) pin(event.item.dataset.stop, to.team, to.day);
      },
    });
  }
  root.addEventListener("contextmenu", (event) => {
    const stop = event.target.closest("[data-stop]")?.dataset.stop;
    const menu = stop && root.querySelector(`.zy-trip-list [data-stop="${stop}"] .zy-trip-menu`);
    if (!menu) return;
    event.preventDefault();
    menu.open = true;
    menu.scrollIntoView({ block: "nearest" });
    menu.querySelector("select, button")?.focus();
  });
}

if (root && window.Sortable) arrange();
else if (root) window.addEventListener("load", () => window.Sortable && arrange());
