// The page's address, text size and names of Gradio's parts. Served as a file: the policy allows no
// inline script.
"use strict";
(() => {
  const root = document.documentElement;
  const KEY = "mattra-text-size";
  const SIZES = ["1", "2", "3"];

  // Gradio takes the browser's language for its own words and for the page; here the address says it.
  const language = root.lang;
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });

  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const resize = (size) => {
    root.dataset.size = SIZES.includes(size) ? size : "1";
    for (const button of document.querySelectorAll("[data-size][aria-pressed]"))
      button.setAttribute("aria-pressed", String(button.dataset.size === root.dataset.size));
  };
  // Before anything is painted, so that nothing jumps.
  resize(kept());

  const tabs = () => [...document.querySelectorAll('#tabs [role="tablist"] [role="tab"]')]
    .filter((tab) => tab.id.startsWith("tab-"));
  const nameOf = (tab) => tab.id.replace(/^tab-/, "").replace(/-button$/, "");
  const chosen = () => tabs().find((tab) => tab.getAttribute("aria-selected") === "true");

  // Every change to the address keeps what else it says.
  const address = (change) => {
    const url = new URL(location.href);
    change(url.searchParams);
    history.replaceState(history.state, "", url);
    const other = document.getElementById("language");
    if (other) other.search = url.search;
  };

  const when = (find, then) => {
    const now = find();
    if (now) { then(now); return; }
    const watch = new MutationObserver(() => {
      const found = find();
      if (found) { watch.disconnect(); then(found); }
    });
    watch.observe(document.body, { childList: true, subtree: true, attributes: true });
  };

  const type = (box, text) => {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const ask = (name, text) => {
    const box = document.querySelector(`#${CSS.escape(name)}-q textarea`);
    if (!box) return;
    type(box, text);
    // A tab with more boxes than one fills them from the address.
    document.dispatchEvent(new CustomEvent("mattra-ask", { detail: { name, type } }));
    // A turn later, when Gradio has taken the text.
    setTimeout(() => document.getElementById(`${name}-go`)?.click(), 50);
  };

  const open = () => {
    const asked = new URLSearchParams(location.search);
    const first = nameOf(tabs()[0]);
    const name = asked.get("tab") || (asked.has("q") ? first : "");
    const tab = tabs().find((each) => nameOf(each) === name);
    if (!tab) { follow(); return; }
    const text = asked.get("q");
    if (tab !== chosen()) tab.click();
    if (text) when(
      () => document.getElementById("ready")?.textContent.trim()
        && document.querySelector(`#${CSS.escape(name)}-q textarea`),
      () => ask(name, text),
    );
    when(() => nameOf(chosen()) === name, follow);
  };

  const follow = () => {
    let last = chosen();
    const changed = () => {
      const tab = chosen();
      if (!tab || tab === last) return;
      last = tab;
      // What one tab says in the address is not another's.
      address((says) => {
        for (const key of [...says.keys()]) says.delete(key);
        says.set("tab", nameOf(tab));
      });
    };
    new MutationObserver(changed).observe(document.querySelector('#tabs [role="tablist"]'), {
      attributes: true, attributeFilter: ["aria-selected"], subtree: true,
    });
    address(() => {});
  };

  // What is asked stands in the address, so that it can be sent to somebody.
  const sent = (box) => {
    const name = box?.id.replace(/-q$/, "");
    const text = box?.querySelector("textarea")?.value.trim();
    if (name && text) address((says) => {
      says.set("tab", name);
      says.set("q", text);
      document.dispatchEvent(new CustomEvent("mattra-sent", { detail: { name, says } }));
    });
  };

  const name = () => {
    const content = document.getElementById("content");
    document.querySelector('#tabs [role="tablist"]')?.setAttribute("aria-label", content.dataset.tabs);
    for (const panel of document.querySelectorAll('[role="tabpanel"]:not([aria-labelledby])'))
      if (document.getElementById(`${panel.id}-button`))
        panel.setAttribute("aria-labelledby", `${panel.id}-button`);
    for (const place of document.querySelectorAll('.block[id$="-result"]:not([role])')) {
      place.setAttribute("role", "region");
      place.setAttribute("aria-live", "polite");
      place.setAttribute("aria-label", content.dataset.result);
    }
  };

  document.addEventListener("click", (event) => {
    const size = event.target.closest(".m-sizes button");
    if (size) {
      resize(size.dataset.size);
      try { localStorage.setItem(KEY, size.dataset.size); } catch { /* then it lasts for this page */ }
    }
    const sample = event.target.closest("a[data-ask]");
    if (sample && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      ask(sample.dataset.ask, sample.textContent);
    }
    const go = event.target.closest('button[id$="-go"]');
    if (go) sent(document.getElementById(go.id.replace(/-go$/, "-q")));
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest(".m-box");
    if (box && event.key === "Enter" && !event.shiftKey && !event.isComposing) sent(box);
    const tab = event.target.closest('#tabs [role="tab"]');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (tab && step) {
      const all = tabs();
      const next = all[(all.indexOf(tab) + step + all.length) % all.length];
      event.preventDefault();
      event.stopPropagation();
      next.focus();
      next.click();
    }
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    resize(kept());
    new MutationObserver(name).observe(document.getElementById("content"), { childList: true, subtree: true });
    when(() => tabs().length && chosen(), open);
  });
})();
