// Board: <div class="zy-board" data-drag data-url="…/ID/…"> with columns [data-stage] > .zy-board-list > [data-id].
// A dropped card opens the page that advances the project, because a stage needs its date and evidence:
// data-url with ID and STAGE replaced. Without data-url the card goes back.

const board = document.querySelector(".zy-board[data-drag]");
if (board && window.Sortable) {
  for (const list of board.querySelectorAll(".zy-board-list")) {
    window.Sortable.create(list, {
      group: "board",
      animation: 120,
      forceFallback: true,
      fallbackTolerance: 4,
      delay: 120,
      delayOnTouchOnly: true,
      ghostClass: "zy-board-ghost",
      filter: "a, button",
      preventOnFilter: false,
      onEnd(event) {
        const stage = event.to.closest("[data-stage]")?.dataset.stage;
        if (event.to === event.from || !stage || !board.dataset.url) return;
        const url = board.dataset.url.replace("ID", event.item.dataset.id).replace("STAGE", stage);
        event.from.insertBefore(event.item, event.from.children[event.oldIndex] ?? null);
        location.assign(url);
      },
    });
  }
}
