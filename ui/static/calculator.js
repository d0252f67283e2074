// Sends the tax form, shows the steps, and keeps what was typed in the address.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const form = () => byId("tax-form");
  const place = () => document.querySelector("#tax-result .md > *");
  const names = () => [...new Set([...form().elements].map((each) => each.name).filter(Boolean))];
  let turn = 0;

  const values = () => {
    const found = new URLSearchParams();
    for (const [name, text] of new FormData(form())) if (text.trim()) found.set(name, text.trim());
    return found;
  };
  const replace = (change) => {
    const url = new URL(location.href);
    for (const name of names()) url.searchParams.delete(name);
    change(url.searchParams);
    history.replaceState(history.state, "", url);
    const other = byId("language");
    if (other) other.search = url.search;
  };
  const failed = (text) => {
    const at = byId("tax-error");
    at.replaceChildren();
    if (!text) return;
    const head = document.createElement("strong");
    head.textContent = form().dataset.failed;
    const why = document.createElement("p");
    why.textContent = text;
    at.append(head, why);
    at.scrollIntoView({ block: "nearest" });
  };

  const send = async () => {
    const mine = ++turn;
    const asked = values();
    replace((says) => {
      says.set("tab", "tax");
      for (const [name, text] of asked) says.set(name, text);
    });
    asked.set("language", form().dataset.language);
    failed("");
    try {
      const answer = await fetch(`/page/tax?${asked}`);
      const text = await answer.text();
      if (mine !== turn) return;
      if (answer.ok) {
        // Made by this server's templates, which escape all that was typed.
        place().innerHTML = text;
        const head = place().querySelector("h2");
        head.focus({ preventScroll: true });
        head.scrollIntoView({ block: "center" });
      } else {
        place().replaceChildren();
        failed(JSON.parse(text)[`detail_${form().dataset.language}`]);
      }
    } catch {
      if (mine === turn) failed(form().dataset.unreachable);
    }
  };

  const fill = (asked) => {
    form().reset();
    for (const name of names()) {
      if (!asked.has(name)) continue;
      const part = form().elements[name];
      if (part.type === "checkbox") part.checked = asked.get(name) === part.value;
      else part.value = asked.get(name);
      const hidden = part.closest("details");
      if (hidden) hidden.open = true;
    }
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id === "tax-form") { event.preventDefault(); send(); }
  });
  document.addEventListener("click", (event) => {
    const sample = event.target.closest("a[data-tax]");
    if (sample && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      fill(new URL(sample.href).searchParams);
      send();
    }
    if (event.target.id === "tax-clear") {
      turn += 1;
      form().reset();
      failed("");
      place().replaceChildren();
      replace(() => {});
      form().elements.use.focus();
    }
  });
  const start = () => {
    const asked = new URLSearchParams(location.search);
    if (asked.get("tab") !== "tax" || !["value", "land", "building"].some((name) => asked.has(name))) return;
    fill(asked);
    send();
  };
  const watch = new MutationObserver(() => { if (form() && place()) { watch.disconnect(); start(); } });
  document.addEventListener("DOMContentLoaded", () => watch.observe(document.body, { childList: true, subtree: true }));
})();
