// Notes of meetings are sent through a queue on this device: without a network they wait here and are sent once, later.
// Each note carries its own key; the server writes a key once, however often it arrives. A note of another person who used
// this device is never sent in somebody else's name.

const BOX = "zhaoyin-notes";
const form = document.querySelector("form[data-note-url]");
const line = document.getElementById("note-queue");
const person = form?.dataset.person ?? line?.dataset.person ?? "";
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(BOX, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("notes", { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function store(mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const act = base.transaction("notes", mode);
    const asked = work(act.objectStore("notes"));
    act.oncomplete = () => resolve(asked?.result);
    act.onerror = () => reject(act.error);
  }).finally(() => base.close());
}

const keep = (note) => store("readwrite", (notes) => notes.put(note));
const drop = (key) => store("readwrite", (notes) => notes.delete(key));
const mine = async () => (await store("readonly", (notes) => notes.getAll())).filter((note) => note.person === person);

function say(text, tone = "yellow") {
  if (!line) return;
  line.hidden = text === "";
  line.className = `zy-message zy-tone-${tone}`;
  line.textContent = text;
}

async function send(note) {
  try {
    return await fetch(note.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "Idempotency-Key": note.key },
      body: JSON.stringify(note.body),
    });
  } catch {
    return null;
  }
}

let busy = false;
// Sends what waits, oldest first. A refusal of the server keeps the note, too: what was typed is not lost.
async function flush() {
  if (busy) return "";
  busy = true;
  let outcome = "sent";
  try {
    for (const note of (await mine()).sort((a, b) => a.at - b.at)) {
      const answer = await send(note);
      if (answer?.ok) {
        await drop(note.key);
        continue;
      }
      if (answer === null || answer.status >= 500) outcome = "waiting";
      else if (answer.status === 401 || answer.status === 403) outcome = "signedOut";
      else outcome = (await answer.json().catch(() => ({}))).message || "refused";
      break;
    }
  } finally {
    busy = false;
  }
  return outcome;
}

async function show(outcome) {
  const left = await mine();
  if (!left.length) return say("");
  const titles = left.map((note) => note.title).join("、");
  if (outcome === "signedOut") say(line.dataset.signedOut);
  else if (outcome === "waiting" || outcome === "sent" || outcome === "") say(`${line.dataset.waiting}${titles}`);
  else say(`${line.dataset.refused}${outcome}（${titles}）`, "red");
  return undefined;
}

async function submit(event) {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const given = new FormData(form);
  const note = {
    key: given.get("token"),
    at: Date.now(),
    person,
    url: form.dataset.noteUrl,
    title: form.dataset.title,
    body: {
      on: given.get("on"), note: given.get("note"), next_step: given.get("next_step") || "",
      next_due_on: given.get("next_due_on") || null, attended: given.getAll("attended"),
    },
  };
  await keep(note);
  const outcome = await flush();
  const left = await mine();
  if (!left.some((waiting) => waiting.key === note.key)) {
    location.assign(form.dataset.doneUrl);
    return;
  }
  if (outcome === "waiting" || outcome === "signedOut") form.querySelector("button").disabled = true;
  else await drop(note.key);
  if (outcome !== "waiting" && outcome !== "signedOut") say(`${line.dataset.refused}${outcome}`, "red");
  else await show(outcome);
}

if (window.indexedDB && line) {
  form?.addEventListener("submit", submit);
  const again = async () => show(await flush());
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  window.setInterval(async () => (await mine()).length && again(), 20000);
  again();
}
