// The editor of SPARQL: YASQE, fetched when its tab opens, in place of Gradio's box, which keeps the
// text. It asks nothing of another host: names come from /api/vocabulary, examples from /api/queries.
"use strict";
(() => {
  const PLACE = "/files/yasgui/yasqe.min";
  const LONGEST = 6000;
  const byId = (id) => document.getElementById(id);
  const box = () => document.querySelector("#sparql-query textarea");
  const isOpen = () => byId("tab-sparql-button")?.getAttribute("aria-selected") === "true";
  const english = document.documentElement.lang === "en";
  let editor = null;
  let begun = false;

  const get = async (path) => {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(path);
    return answer.json();
  };
  let kept = null;
  const queries = () => (kept ??= get("/api/queries").catch(() => { kept = null; return []; }));

  const style = () => new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${PLACE}.css`;
    link.onload = link.onerror = done;
    // Before our own, which sets its colours.
    document.querySelector('link[href="/files/query.css"]').before(link);
  });
  const script = () => new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = `${PLACE}.js`;
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });

  const text = () => (editor ? editor.getValue() : box()?.value ?? "");
  const hand = (query) => {
    const area = box();
    if (!area) return;
    area.value = query;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = (query) => {
    if (editor) editor.setValue(query);
    hand(query);
  };
  const run = () => byId("sparql-run")?.click();

  const address = (query) => {
    const url = new URL(location.href);
    for (const name of ["q", "query", "example"]) url.searchParams.delete(name);
    url.searchParams.set("tab", "sparql");
    if (query && query.length <= LONGEST) url.searchParams.set("query", query);
    return url;
  };
  const show = (url) => {
    history.replaceState(history.state, "", url);
    const other = byId("language");
    if (other) other.search = url.search;
  };

  // What a word may become: a class after "a", else a property or class, by prefixed name or label.
  const completer = (names) => {
    const label = (each) => (english ? each.en || each.th : each.th || each.en);
    const all = new Map([...names.classes, ...names.properties].map((each) => [each.curie, each]));
    const before = (cm, token) => cm.getPreviousNonWsToken(cm.getCursor().line, token)?.string;
    return {
      name: "terms",
      bulk: false,
      persistenceId: null,
      isValidCompletionPosition: (cm) => {
        const token = cm.getCompleteToken();
        return !/^[?$"'#<]/.test(token.string) && token.type !== "comment"
          && before(cm, token)?.toUpperCase() !== "PREFIX";
      },
      preProcessToken: (_, token) => ({ ...token, autocompletionString: token.string.trim() }),
      get: (cm, token) => {
        const typed = (token?.autocompletionString ?? "").toLowerCase();
        const kind = ["a", "rdf:type"].includes(before(cm, token)) ? names.classes : [...all.values()];
        const whole = (each) => `${each.curie} ${each.th} ${each.en}`.toLowerCase();
        const starts = kind.filter((each) => each.curie.toLowerCase().startsWith(typed));
        const holds = kind.filter((each) => !starts.includes(each) && whole(each).includes(typed));
        return [...starts, ...holds].slice(0, 60).map((each) => each.curie);
      },
      postProcessSuggestion: (_, __, found) => found,
      postprocessHints: (_, hints) => hints.map((hint) => {
        const each = all.get(hint.text);
        return { ...hint, displayText: each ? `${hint.text}  ${label(each)}` : hint.text };
      }),
    };
  };

  const mount = async (place) => {
    const [names] = await Promise.all([
      get("/api/vocabulary").catch(() => ({ prefixes: {}, classes: [], properties: [] })),
      style(), script(),
    ]);
    const Yasqe = window.Yasqe;
    const prefixes = Object.entries(names.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
    Yasqe.registerAutocompleter(completer(names), false);
    Yasqe.forkAutocompleter("prefixes", {
      name: "ours", persistenceId: null, bulk: false,
      get: (_, token) => prefixes.filter((each) => each.startsWith(token?.autocompletionString ?? "")),
    }, false);
    // Those it comes with ask hosts elsewhere, and a list given later is only laid over theirs.
    delete Yasqe.Autocompleters.class;
    delete Yasqe.Autocompleters.property;
    Yasqe.defaults.autocompleters.splice(0, Infinity, "ours", "terms", "variables");
    const host = document.createElement("div");
    host.id = "sparql-yasqe";
    const area = byId("sparql-query");
    (area.closest(".form") ?? area).before(host);
    const about = byId("sparql-editor");
    editor = new Yasqe(host, {
      value: place.value, persistenceId: null, showQueryButton: false, resizeable: false,
      createShareableLink: null, consumeShareLink: null, createShortLink: undefined,
      collapsePrefixesOnLoad: false, prefixCcApi: null,
      lineWrapping: true, viewportMargin: Infinity, editorHeight: "auto",
      screenReaderLabel: about.dataset.label,
    });
    // Our prefixes need no declaration, so they are no fault.
    const mode = editor.getMode();
    const start = mode.startState;
    mode.startState = (...given) => {
      const state = start.apply(mode, given);
      Object.assign(state.prefixes, names.prefixes);
      return state;
    };
    editor.setValue(box().value);
    // Tab moves on, as everywhere on the page; nobody is caught in the editor.
    editor.addKeyMap({
      Tab: false, "Shift-Tab": false, Esc: () => byId("sparql-run").focus(),
      "Ctrl-Enter": run, "Cmd-Enter": run,
    });
    editor.getInputField().setAttribute("aria-describedby", "sparql-keys");
    editor.on("change", () => hand(editor.getValue()));
    byId("sparql-keys").hidden = false;
    document.body.classList.add("q-edited");
  };

  const ready = () => byId("ready")?.textContent.trim() && box() && byId("sparql-editor");
  const begin = async () => {
    begun = true;
    const asked = new URLSearchParams(location.search);
    const mounting = mount(box()).catch((error) => {
      // Gradio's own box stays and serves as well.
      console.error(error);
    });
    const mine = asked.get("tab") === "sparql";
    const example = mine && asked.get("example");
    const query = mine && (asked.get("query")
      ?? (example && (await queries()).find((each) => each.name === example)?.query));
    if (query) {
      fill(query);
      setTimeout(run, 50);
    }
    await mounting;
  };

  const look = () => {
    if (!begun && isOpen() && ready()) begin();
  };

  const pick = (button) => {
    const result = button.closest(".q-result");
    for (const each of result.querySelectorAll("[data-view]"))
      each.setAttribute("aria-pressed", String(each === button));
    for (const each of result.querySelectorAll("[data-shown]"))
      each.hidden = each.dataset.shown !== button.dataset.view;
  };
  const copy = async () => {
    const said = byId("sparql-said");
    const link = address(text()).href;
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = byId("sparql-editor").dataset.copied;
    } catch {
      // A page without TLS may not write there: the link is shown to be copied by hand.
      said.textContent = link;
    }
  };

  document.addEventListener("click", async (event) => {
    const example = event.target.closest("a[data-example]");
    if (example && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const found = (await queries()).find((each) => each.name === example.dataset.example);
      if (found) {
        fill(found.query);
        setTimeout(run, 50);
      }
    }
    const view = event.target.closest(".q-views [data-view]");
    if (view) pick(view);
    if (event.target.closest("#sparql-copy")) copy();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#sparql-run")) {
      hand(text());
      show(address(text()));
    }
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(byId("content"), {
      childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected"],
    });
  });
})();
