// Looking through the graph: what is looked at stands in the address, and names are suggested as they
// are typed. Links lead within the tab, and to the same place in a new window.
"use strict";
(() => {
  const NAMES = ["q", "ref", "before", "kind", "status", "year", "act", "certainty", "start"];
  const WAIT = 150;
  const byId = (id) => document.getElementById(id);
  const isOpen = () => byId("tab-browse-button")?.getAttribute("aria-selected") === "true";
  let begun = false;

  const wanted = () => {
    const url = new URL(location.href);
    const found = new URLSearchParams();
    if (url.searchParams.get("tab") === "browse")
      for (const name of NAMES) for (const value of url.searchParams.getAll(name)) found.append(name, value);
    return found.toString();
  };
  const other = () => {
    const link = byId("language");
    if (link) link.search = location.search;
  };
  const look = (at) => {
    const area = document.querySelector("#browse-at :is(textarea, input)");
    area.value = at;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    byId("browse-text").value = new URLSearchParams(at).get("q") ?? "";
    // A turn later, when Gradio has taken the text.
    setTimeout(() => byId("browse-move").click(), 50);
  };
  const go = (at) => {
    const url = new URL(location.href);
    url.search = `?tab=browse${at ? `&${at}` : ""}`;
    url.hash = "";
    history.pushState(history.state, "", url);
    other();
    close();
    look(at);
    byId("browse-form").scrollIntoView({ block: "nearest" });
  };
  const open = (ref) => go(`ref=${encodeURIComponent(ref)}`);

  const list = () => byId("browse-names");
  const close = () => {
    list().hidden = true;
    list().replaceChildren();
    byId("browse-text").setAttribute("aria-expanded", "false");
    byId("browse-text").removeAttribute("aria-activedescendant");
  };
  const choose = (step) => {
    const all = [...list().children];
    if (!all.length) return;
    const now = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const next = all[(now + step + all.length + (now < 0 && step < 0 ? 1 : 0)) % all.length];
    for (const each of all) each.setAttribute("aria-selected", String(each === next));
    byId("browse-text").setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };
  const shown = (found) => {
    list().replaceChildren(...found.map((each, place) => {
      const item = document.createElement("li");
      item.id = `browse-name-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.ref = each.ref;
      item.append(each.label);
      if (each.matched !== each.label) {
        const matched = document.createElement("small");
        matched.textContent = each.matched;
        item.append(" ", matched);
      }
      return item;
    }));
    list().hidden = !found.length;
    byId("browse-text").setAttribute("aria-expanded", String(Boolean(found.length)));
  };
  let waiting = 0;
  let asking = null;
  const suggest = () => {
    clearTimeout(waiting);
    asking?.abort();
    const text = byId("browse-text").value.trim();
    if (!text) { close(); return; }
    waiting = setTimeout(async () => {
      asking = new AbortController();
      try {
        const answer = await fetch(`/api/suggest?q=${encodeURIComponent(text.slice(0, 200))}`, { signal: asking.signal });
        if (answer.ok && byId("browse-text").value.trim() === text && document.activeElement === byId("browse-text"))
          shown(await answer.json());
      } catch { /* a later letter was typed, or the server is away: searching still says so */ }
    }, WAIT);
  };

  // The thing in the middle of its picture is seen first; on a phone the cards come before filters.
  const place = () => {
    for (const box of document.querySelectorAll("#browse-result .d-scroll:not([data-placed])")) {
      const middle = box.querySelector(".d-center");
      if (!middle || !box.clientWidth) continue;
      box.dataset.placed = "";
      box.scrollLeft = middle.getBBox().x + middle.getBBox().width / 2 - box.clientWidth / 2;
    }
    for (const filters of document.querySelectorAll("#browse-result .b-facets:not([data-placed])")) {
      filters.dataset.placed = "";
      if (matchMedia("(max-width: 40rem)").matches) filters.open = false;
    }
  };

  const begin = () => {
    place();
    if (!begun && isOpen() && byId("browse-form") && byId("browse-move")
      && document.querySelector("#browse-at :is(textarea, input)") && byId("ready")?.textContent.trim()) {
      begun = true;
      look(wanted());
    }
  };

  document.addEventListener("click", (event) => {
    const item = event.target.closest('#browse-names [role="option"]');
    if (item) { open(item.dataset.ref); return; }
    if (!event.target.closest("#browse-form") && list() && !list().hidden) close();
    const link = event.target.closest("#browse-result a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || "permanent" in link.dataset) return;
    const href = link.getAttribute("href") ?? "";
    const page = /^\/(?:id|doc)\/([^?#]+)$|^\/(concept\/[^?#]+)$/.exec(href);
    const term = /^\/ns\/tax#(.+)$/.exec(href);
    const at = link.dataset.at ?? (href.startsWith("?tab=browse&") ? href.slice("?tab=browse&".length) : null);
    if (at === null && !page && !term) return;
    event.preventDefault();
    if (at !== null) go(at);
    else open(page ? decodeURIComponent(page[1] ?? page[2]) : `tax/${term[1]}`);
  });
  document.addEventListener("submit", (event) => {
    const { compare } = event.target.dataset;
    if (compare) {
      event.preventDefault();
      const before = event.target.elements.before.value.trim();
      if (before) go(new URLSearchParams({ ref: compare, before }).toString());
      return;
    }
    if (event.target.id !== "browse-form") return;
    event.preventDefault();
    const chosen = list().querySelector('[aria-selected="true"]');
    if (chosen) { open(chosen.dataset.ref); return; }
    const text = byId("browse-text").value.trim();
    go(text ? `q=${encodeURIComponent(text)}` : "");
  });
  document.addEventListener("input", (event) => { if (event.target.id === "browse-text") suggest(); });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "browse-text") return;
    if (event.key === "Escape") close();
    if (["ArrowDown", "ArrowUp"].includes(event.key) && !list().hidden) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  window.addEventListener("popstate", () => { if (begun && isOpen()) { other(); look(wanted()); } });
  document.addEventListener("DOMContentLoaded", () => {
    // Once more a turn later: the page's own script may write the address after this.
    new MutationObserver(() => { begin(); setTimeout(begin); }).observe(byId("content"), {
      childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected"],
    });
  });
})();
