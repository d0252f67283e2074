// Sends a file to the job routes, tells how far its check is, and shows what was found.
(() => {
  "use strict";
  const OWN = ["job", "sample", "rule", "severity", "column", "offset"];
  const POLL = 400;
  const byId = (id) => document.getElementById(id);
  // Its parts have no names: one called dataset would hide the form's own dataset.
  const form = () => byId("check-form");
  const say = (key) => form().dataset[key];
  const language = () => form().dataset.language;
  const place = () => document.querySelector("#check-result .md > *");
  const number = (n) => Math.round(n).toLocaleString("en-US");
  let dropped = null;
  let sending = null;
  let job = "";
  // A newer check or page makes the answers of an older one worthless.
  let turn = 0;

  const address = (values) => {
    const url = new URL(location.href);
    for (const key of OWN) url.searchParams.delete(key);
    url.searchParams.set("tab", "check");
    for (const [key, value] of Object.entries(values)) url.searchParams.set(key, value);
    history.replaceState(history.state, "", url);
    const other = byId("language");
    if (other) other.search = url.search;
  };

  const status = (text) => { byId("check-status").textContent = text; };
  const failed = (text) => {
    const at = byId("check-error");
    at.replaceChildren();
    if (!text) return;
    const head = document.createElement("strong");
    head.textContent = say("failed");
    const why = document.createElement("p");
    why.textContent = text;
    at.append(head, why);
    at.scrollIntoView({ block: "nearest" });
  };
  const told = (problem, fallback) => (problem && problem[`detail_${language()}`]) || fallback;
  const idle = () => {
    byId("check-progress").hidden = true;
    byId("check-send").disabled = false;
    sending = null;
  };
  const progress = (text, share) => {
    const box = byId("check-progress");
    box.hidden = false;
    byId("check-send").disabled = true;
    box.querySelector("p").textContent = text;
    const bar = box.querySelector("progress");
    if (share === null) bar.removeAttribute("value"); else bar.value = share;
  };
  const stop = (text) => { idle(); failed(text); status(""); };

  const problemOf = async (answer) => {
    try { return await answer.json(); } catch { return null; }
  };

  const show = async (id, values = {}, focus = "") => {
    const mine = ++turn;
    const asked = new URLSearchParams({ language: language(), ...values });
    let answer;
    try { answer = await fetch(`/page/check/${encodeURIComponent(id)}?${asked}`); }
    catch { stop(say("unreachable")); return; }
    if (mine !== turn) return;
    if (!answer.ok) {
      stop(answer.status === 404 ? say("lost") : told(await problemOf(answer), say("unreachable")));
      return;
    }
    job = id;
    // Made by this server's templates, which escape all text of the file.
    place().innerHTML = await answer.text();
    for (const time of place().querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      time.textContent = at.toLocaleTimeString(language() === "th" ? "th-TH" : "en-GB", { hour: "2-digit", minute: "2-digit" });
    }
    address({ job: id, ...values });
    idle();
    const aim = place().querySelector(focus || "h2");
    aim?.focus({ preventScroll: true });
    aim?.scrollIntoView({ block: "start" });
  };

  const follow = async (id) => {
    const mine = ++turn;
    job = id;
    let said = "";
    for (;;) {
      let answer;
      try { answer = await fetch(`/api/jobs/${encodeURIComponent(id)}`); }
      catch { stop(say("unreachable")); return; }
      if (mine !== turn) return;
      if (answer.status === 429) {
        await new Promise((then) => setTimeout(then, 1000 * Number(answer.headers.get("Retry-After") || 1)));
        continue;
      }
      if (!answer.ok) { stop(answer.status === 404 ? say("lost") : told(await problemOf(answer), say("unreachable"))); return; }
      const state = await answer.json();
      if (mine !== turn) return;
      if (state.state === "failed") { stop(told(state.problem, say("failed"))); address({}); return; }
      if (state.state === "done") { status(say("done")); await show(id); return; }
      const waits = state.state === "waiting";
      const text = say(state.state);
      if (text !== said) { status(text); said = text; }
      progress(
        waits ? text : `${text} · ${number(state.rows)} ${say("rate")} · ${number(state.rows_per_second)} ${say("perSecond")}`,
        waits || !state.bytes ? null : 100 * state.bytes_read / state.bytes,
      );
      await new Promise((then) => setTimeout(then, POLL));
    }
  };

  const send = (file, name) => {
    const mine = ++turn;
    const body = new FormData();
    body.append("dataset", byId("check-dataset").value);
    body.append("format", "json");
    body.append("keep", "true");
    body.append("file", file, name);
    failed("");
    place().replaceChildren();
    status(say("sending"));
    progress(say("sending"), 0);
    const request = new XMLHttpRequest();
    sending = request;
    request.open("POST", "/api/validate?wait=0");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (mine === turn && event.lengthComputable)
        progress(`${say("sending")} · ${Math.floor(100 * event.loaded / event.total)} %`, 100 * event.loaded / event.total);
    };
    request.onerror = () => { if (mine === turn) stop(say("unreachable")); };
    request.onload = () => {
      if (mine !== turn) return;
      sending = null;
      const answer = request.response;
      if (request.status !== 202) { stop(told(answer, say("unreachable"))); return; }
      address({ job: answer.id });
      follow(answer.id);
    };
    request.send(body);
  };

  const submit = () => {
    const file = dropped || byId("check-file").files[0];
    const text = byId("check-text").value;
    if (!file && !text.trim()) { stop(say("nothing")); byId("check-file").focus(); return; }
    const sent = file || new Blob([text], { type: "text/plain" });
    if (sent.size > Number(form().dataset.most)) { stop(say("tooLarge")); return; }
    send(sent, file ? file.name : say("pasted"));
  };

  const cancel = async (text) => {
    turn += 1;
    sending?.abort();
    const id = job;
    job = "";
    idle();
    failed("");
    if (id) try { await fetch(`/api/jobs/${encodeURIComponent(id)}`, { method: "DELETE" }); } catch { stop(say("unreachable")); return; }
    place().replaceChildren();
    address({});
    status(text);
    byId("check-send").focus();
  };

  const chosen = () => {
    const file = dropped || byId("check-file").files[0];
    const at = byId("check-chosen");
    at.hidden = !file;
    at.querySelector("strong").textContent = file ? file.name : "";
  };

  const dataset = () => {
    const slug = encodeURIComponent(byId("check-dataset").value);
    for (const link of document.querySelectorAll("#check-form [data-template]"))
      link.href = `/api/templates/${slug}?format=${link.dataset.template}`;
    const columns = byId("check-fields");
    columns.querySelector("div").replaceChildren();
    if (columns.open) describe();
  };
  const describe = async () => {
    const at = byId("check-fields").querySelector("div");
    if (at.firstChild) return;
    const asked = new URLSearchParams({ dataset: byId("check-dataset").value, language: language() });
    try {
      const answer = await fetch(`/page/check/fields?${asked}`);
      if (answer.ok) at.innerHTML = await answer.text();
    } catch { at.textContent = say("unreachable"); }
  };

  const sample = async (slug) => {
    byId("check-dataset").value = slug;
    dataset();
    let answer;
    try { answer = await fetch(`/api/samples/${encodeURIComponent(slug)}?rows=40&defects=0.4&seed=1`); }
    catch { stop(say("unreachable")); return; }
    if (!answer.ok) { stop(told(await problemOf(answer), say("unreachable"))); return; }
    dropped = null;
    byId("check-file").value = "";
    chosen();
    byId("check-text").value = await answer.text();
    byId("check-paste").open = true;
    submit();
  };

  const start = () => {
    const asked = new URLSearchParams(location.search);
    byId("check-fields").addEventListener("toggle", () => { if (byId("check-fields").open) describe(); });
    if (asked.get("tab") !== "check") return;
    if (asked.get("job")) {
      const values = Object.fromEntries(["rule", "severity", "column", "offset"].filter((key) => asked.has(key)).map((key) => [key, asked.get(key)]));
      if (Object.keys(values).length) show(asked.get("job"), values); else follow(asked.get("job"));
    } else if (asked.get("sample")) sample(asked.get("sample"));
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id === "check-form") { event.preventDefault(); submit(); }
    if (event.target.matches("[data-check-filter]")) {
      event.preventDefault();
      const values = {};
      for (const [key, value] of new FormData(event.target))
        if (key === "column" ? value !== "-" : value) values[key] = value;
      show(job, values, "#check-findings");
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "check-dataset") dataset();
    if (event.target.id === "check-file") { dropped = null; chosen(); failed(""); }
  });
  document.addEventListener("click", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const turned = event.target.closest("a[data-check]");
    if (turned && plain) {
      event.preventDefault();
      const values = Object.fromEntries(new URL(turned.href).searchParams);
      delete values.tab;
      delete values.job;
      show(job, values, "#check-findings");
    }
    if (event.target.closest("#check-try") && plain) { event.preventDefault(); sample("assessment"); }
    if (event.target.id === "check-cancel") cancel(say("cancelled"));
    if (event.target.closest("[data-check-delete]")) cancel(say("deleted"));
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"])
    document.addEventListener(kind, (event) => {
      const at = event.target.closest?.("#check-drop");
      if (!at) return;
      event.preventDefault();
      at.classList.toggle("m-over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        [dropped] = event.dataTransfer.files;
        chosen();
        failed("");
      }
    });
  const watch = new MutationObserver(() => { if (form() && place()) { watch.disconnect(); start(); } });
  document.addEventListener("DOMContentLoaded", () => watch.observe(document.body, { childList: true, subtree: true }));
})();
