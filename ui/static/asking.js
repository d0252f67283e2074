// The tab where questions are asked: its address, evidence, copying, printing, what users think.
"use strict";
(() => {
  const box = (id) => document.querySelector(`#${id} textarea, #${id} input`);
  const thread = () => {
    try { return JSON.parse(box("ask-before")?.value || "[]"); } catch { return []; }
  };

  // A link to an answer names its day and the questions before it.
  document.addEventListener("mattra-ask", ({ detail }) => {
    const says = new URLSearchParams(location.search);
    if (detail.name !== "ask" || thread().length || says.get("q") !== box("ask-q")?.value) return;
    const after = says.getAll("after").slice(-5);
    if (says.has("as-of") && box("ask-day")) detail.type(box("ask-day"), says.get("as-of"));
    if (after.length && box("ask-before")) detail.type(box("ask-before"), JSON.stringify(after));
  });
  document.addEventListener("mattra-sent", ({ detail: { name, says } }) => {
    if (name !== "ask") return;
    const before = thread();
    if (before.at(-1) === says.get("q")) before.pop();
    const day = box("ask-day")?.value.trim();
    says.delete("after");
    says.delete("as-of");
    for (const question of before) says.append("after", question);
    if (day) says.set("as-of", day);
  });

  const shown = (id) => {
    const place = document.getElementById(id);
    const details = place?.querySelector("details");
    if (!details) return;
    for (const other of document.querySelectorAll(".m-shown")) other.classList.remove("m-shown");
    place.classList.add("m-shown");
    details.open = true;
    // A turn later, for following the link takes the focus away.
    setTimeout(() => details.querySelector("summary").focus({ preventScroll: true }), 0);
  };

  const copy = async (text, tools) => {
    const done = tools.querySelector(".m-done");
    try {
      await navigator.clipboard.writeText(text);
      done.textContent = done.dataset.copied;
    } catch {
      // Without leave, or over plain HTTP, the text itself is shown to be copied by hand.
      const shownText = tools.querySelector(".m-text");
      shownText.value = text;
      shownText.hidden = false;
      shownText.select();
      done.textContent = document.execCommand("copy") ? done.dataset.copied : done.dataset.not;
    }
  };

  const send = async (form, note) => {
    const done = form.querySelector(".m-done");
    const verdict = form.querySelector('[aria-pressed="true"]')?.dataset.verdict;
    const refs = form.dataset.refs.split(" ").filter(Boolean);
    let kept = false;
    try {
      const answer = await fetch("/api/feedback", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question: form.dataset.question, verdict, note, refs }),
      });
      kept = answer.ok;
      if (!kept) {
        const problem = await answer.json();
        done.textContent = document.documentElement.lang === "th" ? problem.detail_th : problem.detail_en;
      }
    } catch {
      done.textContent = form.dataset.not;
    }
    if (kept) done.textContent = form.dataset.sent;
    return kept;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#ask-again")) {
      const url = new URL(location.href);
      for (const key of ["q", "after", "as-of"]) url.searchParams.delete(key);
      url.hash = "";
      history.replaceState(history.state, "", url);
      const other = document.getElementById("language");
      if (other) other.search = url.search;
      box("ask-q")?.focus();
    }
    if (!event.target.closest("#ask-result")) return;
    const cite = event.target.closest("a.cite");
    if (cite) shown(cite.hash.slice(1));
    const copying = event.target.closest("[data-copy]");
    if (copying) {
      const tools = copying.closest(".m-tools");
      const link = copying.dataset.link;
      copy(link ? new URL(link, location.href.split("?")[0]).href : tools.querySelector(".m-text").defaultValue, tools);
    }
    if (event.target.closest("[data-print]")) print();
    if (event.target.closest("[data-go-on], [data-day]")) {
      event.preventDefault();
      const next = box(event.target.closest("[data-day]") ? "ask-day" : "ask-q");
      next?.focus();
      next?.select?.();
      next?.scrollIntoView({ block: "center" });
    }
    const verdict = event.target.closest("[data-verdict]");
    if (verdict) {
      const form = verdict.closest("form");
      for (const each of form.querySelectorAll("[data-verdict]"))
        each.setAttribute("aria-pressed", String(each === verdict));
      form.querySelector(".m-note").hidden = false;
      send(form, "");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.closest("#ask-day")) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("ask-go")?.click();
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".m-feedback");
    if (!form) return;
    event.preventDefault();
    const note = form.querySelector("textarea");
    send(form, note.value.trim()).then((kept) => { if (kept) note.closest(".m-note").hidden = true; });
  });

  // On paper nothing is folded.
  const opened = new Set();
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll(".m-thread details:not([open])")) {
      opened.add(each);
      each.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    opened.clear();
  });

  // The newest answer is brought into view once, and its first sentence is read out.
  let seen = "";
  const look = () => {
    const place = document.getElementById("ask-result");
    if (!place) return;
    place.setAttribute("aria-live", "off");
    const last = [...place.querySelectorAll(".m-asked")].at(-1);
    const key = last ? `${last.id} ${last.dataset.state} ${last.querySelector(".m-question").textContent}` : "";
    if (key && key !== seen) {
      last.scrollIntoView({ block: "start" });
      said.textContent = last.querySelector(".m-lead")?.textContent ?? "";
    }
    seen = key;
  };
  const said = document.createElement("p");
  said.className = "m-hidden";
  said.setAttribute("role", "status");
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(said);
    new MutationObserver(look).observe(document.getElementById("content"), { childList: true, subtree: true });
  });
})();
