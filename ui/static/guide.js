// The guided path: what is chosen stands in the address, ticks stay in this browser.
"use strict";
(() => {
  const KEYS = ["agency", "activity", "data", "channel", "day"];
  const TICKS = "mattra-guide:";
  const form = () => document.getElementById("guide-form");
  const result = () => document.getElementById("guide-result");

  const chosenIn = (params) => {
    const kept = new URLSearchParams();
    for (const key of KEYS) for (const value of params.getAll(key)) if (value) kept.append(key, value);
    return kept;
  };

  const fill = (params) => {
    const place = form();
    if (!place) return;
    for (const input of place.elements) {
      if (!input.name) continue;
      if (input.type === "text") input.value = params.get(input.name) ?? "";
      else input.checked = params.getAll(input.name).includes(input.value)
        || (input.type === "radio" && !input.value && !params.get(input.name));
    }
    for (const fold of place.querySelectorAll("details"))
      if (fold.querySelector("input:checked")) fold.open = true;
  };

  // Gradio takes the query from a box that nobody sees.
  const show = (params) => {
    const box = document.querySelector("#guide-choices textarea");
    if (!box) return;
    box.value = params.toString();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.getElementById("guide-show")?.click(), 50);
  };

  const address = (params) => {
    const url = new URL(location.href);
    for (const key of [...KEYS, "q"]) url.searchParams.delete(key);
    url.searchParams.set("tab", "guide");
    for (const [key, value] of params) url.searchParams.append(key, value);
    history.replaceState(history.state, "", url);
    const other = document.getElementById("language");
    if (other) other.search = url.search;
  };

  const ticks = (query) => {
    try { return JSON.parse(localStorage.getItem(TICKS + query)) ?? []; } catch { return []; }
  };

  let shown = null;
  const took = () => {
    const now = result()?.querySelector("[data-query], [role='alert']");
    if (!now || now === shown) return;
    shown = now;
    result().scrollIntoView({ block: "start" });
    if (!now.dataset.query) return;
    const list = now;
    const params = new URLSearchParams(list.dataset.query);
    params.set("day", list.dataset.day);
    fill(params);
    params.set("day", new URLSearchParams(list.dataset.query).get("day"));
    if (new URLSearchParams(location.search).get("tab") === "guide") address(params);
    const done = ticks(list.dataset.query);
    for (const box of list.querySelectorAll("input[data-tick]")) box.checked = done.includes(box.dataset.tick);
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    const params = chosenIn(new URLSearchParams(new FormData(form())));
    address(params);
    show(params);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#guide-clear")) fill(new URLSearchParams());
    const copy = event.target.closest("#guide-copy");
    if (copy) {
      const url = new URL(`?tab=guide&${copy.dataset.link}`, location.href);
      navigator.clipboard?.writeText(url.href).then(() => { copy.textContent = copy.dataset.done; }, () => {});
    }
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("input[data-tick]");
    const list = box?.closest("[data-query]");
    if (!list) return;
    const done = [...list.querySelectorAll("input[data-tick]:checked")].map((each) => each.dataset.tick);
    try { localStorage.setItem(TICKS + list.dataset.query, JSON.stringify(done)); } catch { /* then it lasts for this page */ }
  });
  document.addEventListener("DOMContentLoaded", () => {
    const asked = new URLSearchParams(location.search);
    let waiting = asked.get("tab") === "guide" && !asked.has("q") && chosenIn(asked).size > 0;
    new MutationObserver(() => {
      took();
      if (!waiting || !form() || !document.getElementById("ready")?.textContent.trim()) return;
      if (!document.querySelector("#guide-choices textarea")) return;
      waiting = false;
      fill(asked);
      show(chosenIn(asked));
    }).observe(document.getElementById("content"), { childList: true, subtree: true, characterData: true });
  });
})();
