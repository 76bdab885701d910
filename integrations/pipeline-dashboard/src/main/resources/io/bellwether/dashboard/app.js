"use strict";
/* The page: a list of rollouts on one side, one of them on the other. Outside texts go through textContent alone. */
(() => {
  const byId = (id) => document.getElementById(id);
  const rows = new Map();
  const items = new Map();
  const past = new Map();
  let me = { acts: false, shows: {} };
  let selected = null;
  let report = null;
  let events = null;
  let polling = null;
  let asking = null;
  let sought = null;
  let lastDetail = 0;
  let lastBurn = 0;
  let missed = 0;
  const burns = [];

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const tones = {
    PROMOTED: "good", ROLLED_BACK: "warn", REVERTED: "warn", SUPERSEDED: "warn", REFUSED: "warn", ABORTING: "warn",
    ROLLBACK_FAILED: "bad", HELD: "held", AWAITING_APPROVAL: "held",
  };
  const tone = (phase) => tones[phase] || "running";
  const badge = (phase) => element("span", phase.replaceAll("_", " "), "badge " + tone(phase));
  const ago = (report, at) => Charts.span((Date.parse(at) - Date.parse(report.started_at)) / 1000);

  const get = async (path) => {
    const answer = await fetch(path, { headers: { Accept: "application/json" } });
    if (answer.status === 401) location.replace("/login");
    if (!answer.ok) throw new Error((await answer.json()).problem);
    return answer.json();
  };

  const toast = (text) => {
    byId("toast").textContent = text;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => (byId("toast").textContent = ""), 6000);
  };

  const live = (text, good) => {
    const sign = byId("live");
    if (sign.textContent !== text) sign.textContent = text;
    sign.className = good ? "on" : "off";
  };

  /* ---- the list ---- */

  const fill = (item, row) => {
    item.phase.replaceChildren(badge(row.phase));
    item.name.textContent = row.release;
    item.version.textContent = row.candidate;
    item.bar.value = row.phase === "PROMOTED" ? 100 : row.weight;
    item.bar.setAttribute("aria-label", "traffic to the candidate");
    item.weight.textContent = (row.phase === "PROMOTED" ? 100 : row.weight) + "%";
  };

  const item = (row) => {
    const li = element("li");
    const button = element("button", null, "row");
    button.type = "button";
    const made = {
      li, button, name: element("span", null, "name"), version: element("span", null, "version"),
      phase: element("span"), bar: element("progress"), weight: element("span", null, "weight"),
    };
    made.bar.max = 100;
    button.append(made.name, made.phase, made.version, made.bar, made.weight);
    button.addEventListener("click", () => select(row.id, true));
    li.append(button);
    return made;
  };

  const update = (row) => {
    rows.set(row.id, row);
    let known = items.get(row.id);
    if (!known) {
      known = item(row);
      items.set(row.id, known);
    }
    fill(known, row);
  };

  const order = () => {
    const wanted = byId("filter").value.trim().toLowerCase();
    const rank = (row) => (row.phase === "AWAITING_APPROVAL" || row.phase === "ROLLBACK_FAILED" ? 0 : row.ended ? 3 : row.phase === "HELD" ? 1 : 2);
    const all = [...rows.values()].sort((a, b) => rank(a) - rank(b) || Date.parse(b.started) - Date.parse(a.started));
    const list = byId("list");
    let place = list.firstElementChild;
    for (const row of all) {
      const { li } = items.get(row.id);
      li.hidden = !!wanted && !(row.release + " " + row.candidate + " " + row.phase).toLowerCase().includes(wanted);
      if (li === place) place = place.nextElementSibling;
      else list.insertBefore(li, place);
    }
    const going = all.filter((row) => !row.ended).length;
    byId("counts").textContent = all.length ? going + " under way, " + (all.length - going) + " ended" : "";
    for (const [id, one] of items) one.button.setAttribute("aria-current", id === selected ? "true" : "false");
    if (!selected && all.length) select(all[0].id, false);
    if (!selected) instead("No rollout has begun yet. The first one appears here by itself.");
  };

  /* Words where no rollout is shown; one that is shown stays. */
  const instead = (words) => {
    const empty = byId("detail").querySelector("p.empty");
    if (empty) empty.textContent = words;
  };

  const take = (news) => {
    for (const id of news.gone || []) {
      rows.delete(id);
      const gone = items.get(id);
      if (gone) gone.li.remove();
      items.delete(id);
    }
    for (const row of news.rows) update(row);
    order();
    if (selected && news.rows.some((row) => row.id === selected)) detail(true);
    if (selected && !rows.has(selected) && !past.has(selected)) seek(selected);
  };

  /* An address names a rollout that is not in the list: it may be an earlier one. */
  const seek = async (id) => {
    if (sought === id) return;
    sought = id;
    try {
      if (me.shows.history) await remember();
      if (id !== selected) return;
      if (!past.has(id)) {
        toast("There is no rollout '" + id + "' here.");
        selected = null;
      }
      order();
      detail(true);
    } catch (problem) {
      sought = null;
      toast(problem.message);
    }
  };

  byId("list").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...byId("list").querySelectorAll("li:not([hidden]) > button")];
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  byId("filter").addEventListener("input", order);

  /* ---- one rollout ---- */

  const select = (id, byHand) => {
    selected = id;
    report = null;
    Charts.clear();
    order();
    detail(true);
    if (byHand) {
      history.replaceState(null, "", "#" + encodeURIComponent(id));
      byId("detail").focus({ preventScroll: true });
      if (matchMedia("(max-width: 800px)").matches) byId("detail").scrollIntoView();
    }
  };

  const detail = async (now) => {
    const id = selected;
    const row = rows.get(id) || past.get(id);
    if (!id || (!now && (!row || row.ended || Date.now() - lastDetail < 900))) return;
    lastDetail = Date.now();
    try {
      const found = await get("/api/rollout?id=" + encodeURIComponent(id));
      if (id !== selected) return;
      report = found;
      show(rows.get(id) || past.get(id));
    } catch (problem) {
      toast(problem.message);
    }
  };

  const parts = {};

  const frame = (id) => {
    if (parts.id === id && byId("detail").contains(parts.head)) return;
    parts.id = id;
    for (const name of ["head", "actions", "facts", "charts", "gates", "holds", "people", "alerts", "budgets", "judge", "timeline"]) {
      parts[name] = element(name === "charts" ? "div" : "section", null, name);
    }
    parts.explain = element("section", null, "explain");
    parts.burn = element("section", null, "burn");
    const legend = element("p", null, "legend");
    for (const [style, text] of [["candidate", "candidate"], ["stable", "stable"], ["limit", "limit"], ["wait", "held"]]) {
      const key = element("span", null, "key");
      key.append(element("span", null, "swatch " + style), element("span", text));
      legend.append(key);
    }
    byId("detail").replaceChildren(
      parts.head, parts.actions, parts.facts, legend, parts.charts, parts.gates, parts.judge, parts.holds, parts.people,
      parts.alerts, parts.budgets, parts.burn, parts.explain, parts.timeline);
    if (me.shows.routing) routing(parts.explain);
    if (me.shows.budgets) burnDown(parts.burn);
  };

  const table = (place, title, heads, lines) => {
    place.replaceChildren();
    if (!lines.length) return;
    const scroll = element("div", null, "scroll");
    const made = element("table");
    const top = element("tr");
    heads.forEach((head) => {
      const cell = element("th", head);
      cell.scope = "col";
      top.append(cell);
    });
    made.append(top);
    lines.forEach((line) => {
      const tr = element("tr");
      line.forEach((cell) => {
        const td = element("td");
        td.append(cell instanceof Node ? cell : String(cell ?? ""));
        tr.append(td);
      });
      made.append(tr);
    });
    scroll.append(made);
    place.append(element("h3", title), scroll);
  };

  const outcome = (word) =>
    element("span", word.replaceAll("_", " "), "badge " + (word === "PASS" ? "good" : word === "FAIL" ? "bad" : "held"));

  const show = (row) => {
    if (!row) return;
    frame(row.id);
    const head = element("h2", row.release + " ");
    head.append(element("span", row.candidate, "version"));
    parts.head.replaceChildren(head, badge(row.phase), element("p", report.explanation, "explanation"));
    actions(row);
    const facts = [
      ["Stable", row.stable], ["Traffic", report.weight_percent + "% to the candidate"], ["Step", report.step],
      ["Began", report.started_at.slice(0, 19).replace("T", " ") + " UTC"], [row.ended ? "Took" : "Runs for", Charts.span(report.took_ms / 1000)],
    ];
    const list = element("dl");
    facts.forEach(([name, value]) => {
      const one = element("div");
      one.append(element("dt", name), element("dd", value));
      list.append(one);
    });
    parts.facts.replaceChildren(list);
    Charts.draw(parts.charts, report);
    if (me.shows.budgets && Date.now() - lastBurn > 60000) burnDown(parts.burn);
    table(parts.gates, "Gates", ["Gate", "Requires", "Candidate", "Stable", "Samples", "Outcome"],
      report.gates.map((g) => [g.gate, g.metric + " " + g.limit, g.value, g.stable, g.samples, outcome(g.outcome)]));
    table(parts.judge, "Judge", ["Stream", "Candidate", "Stable", "E-value"],
      report.judge.streams.map((s) => [s.name, rate(s.candidate), rate(s.stable), s.e_value == null ? "" : +s.e_value.toPrecision(3)]));
    if (report.judge.says) {
      if (!report.judge.streams.length) parts.judge.append(element("h3", "Judge"));
      parts.judge.append(element("p", report.judge.says, "soft"));
    }
    table(parts.holds, "Holds", ["After", "Reason", "Lasted", "Evidence"],
      report.holds.map((h) => [ago(report, h.from), h.reason.replaceAll("_", " ").toLowerCase(),
        Charts.span(h.length_ms / 1000) + (h.until ? "" : " so far"), h.detail]));
    table(parts.people, "People", ["After", "Who", "Asked for", ""],
      report.requests.map((r) => [ago(report, r.at), r.who, r.what, r.approval ? "approved" : r.refused_because ? "not done: " + r.refused_because : ""]));
    table(parts.alerts, "Alerts", ["After", "Severity", "Alert", "Delivered"],
      report.alerts.map((a) => [ago(report, a.at), a.severity, a.summary, a.delivered ? "yes" : "no"]));
    table(parts.budgets, "Error budgets", ["SLO", "Before", "After"],
      report.budgets.map((b) => [b.slo, standing(b.before), standing(b.after)]));
    table(parts.timeline, "Timeline", ["After", "Phase", "What"],
      report.timeline.slice(-60).reverse().map((m) => [ago(report, m.at), m.phase.replaceAll("_", " "), m.text]));
  };

  const standing = (one) => (one ? one.status + ", " + one.words : "no data");
  const rate = (one) => (one.requests ? pc(one.rate) + " (" + pc(one.low) + " to " + pc(one.high) + " of " + one.requests + ")" : "nothing yet");
  const pc = (v) => +(v * 100).toPrecision(2) + "%";

  /* ---- acting ---- */

  const actions = (row) => {
    const wanted = [];
    if (me.acts && !row.ended && rows.has(row.id)) {
      if (row.phase === "AWAITING_APPROVAL") wanted.push("approve", "reject");
      wanted.push(row.hold === "PAUSED" ? "resume" : "pause");
      if (row.phase !== "ABORTING") wanted.push("abort");
    }
    const key = wanted.join() + row.step + row.id;
    if (parts.actionKey === key && parts.actions.hasChildNodes()) return;
    parts.actionKey = key;
    const had = parts.actions.contains(document.activeElement) && document.activeElement.dataset.action;
    parts.actions.replaceChildren();
    wanted.forEach((action) => {
      const button = element("button", action[0].toUpperCase() + action.slice(1), { abort: "danger", reject: "danger", approve: "primary" }[action] || "");
      button.type = "button";
      button.dataset.action = action;
      button.addEventListener("click", () => ask(action, rows.get(row.id)));
      parts.actions.append(button);
      if (had === action) button.focus();
    });
    if (me.shows.pages) {
      const link = element("a", "Report to keep");
      link.href = "/report?id=" + encodeURIComponent(row.id);
      parts.actions.append(link);
    }
  };

  const consequence = {
    approve: "It goes on to its next step.", reject: "It goes back: all traffic returns to stable.",
    pause: "Its weight stays until somebody resumes; the gates go on watching.", resume: "It goes on.",
    abort: "It goes back now: all traffic returns to stable.",
  };

  const ask = (action, row) => {
    asking = { action, rollout: row.id, step: row.step };
    byId("asktitle").textContent = action[0].toUpperCase() + action.slice(1) + " " + row.release + " " + row.candidate + "?";
    byId("askwhat").textContent = consequence[action];
    byId("askproblem").textContent = "";
    byId("reason").value = "";
    byId("reason").required = action !== "resume";
    byId("askyes").className = action === "abort" || action === "reject" ? "danger" : "primary";
    byId("askyes").textContent = action[0].toUpperCase() + action.slice(1);
    byId("ask").showModal();
    byId("reason").focus();
  };

  byId("askno").addEventListener("click", () => byId("ask").close());
  byId("ask").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const yes = byId("askyes");
    yes.disabled = true;
    try {
      const answer = await fetch("/api/act", {
        method: "POST",
        headers: { "X-CSRF-Token": me.csrf || "host" },
        body: new URLSearchParams({ ...asking, reason: byId("reason").value }),
      });
      const said = await answer.json();
      if (answer.ok) {
        byId("ask").close();
        toast("Done: " + said.done);
        detail(true);
      } else {
        byId("askproblem").textContent = said.problem;
        detail(true);
      }
    } catch {
      byId("askproblem").textContent = "The server does not answer; look whether it was done.";
    }
    yes.disabled = false;
  });

  /* ---- besides ---- */

  const routing = (place) => {
    const form = element("form");
    const label = element("label", "What does a user get?");
    label.htmlFor = "key";
    const input = element("input");
    input.id = "key";
    input.placeholder = "user key";
    input.maxLength = 500;
    input.required = true;
    const answer = element("p", "", "soft");
    answer.setAttribute("role", "status");
    const release = (rows.get(parts.id) || past.get(parts.id)).release;
    form.append(label, input, element("button", "Explain"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const said = await get("/api/explain?release=" + encodeURIComponent(release) + "&key=" + encodeURIComponent(input.value));
        answer.textContent = said.explanation;
      } catch (problem) {
        answer.textContent = problem.message;
      }
    });
    place.replaceChildren(element("h3", "Routing"), form, answer);
  };

  const burnDown = async (place) => {
    const release = (rows.get(parts.id) || past.get(parts.id)).release;
    try {
      lastBurn = Date.now();
      const budgets = await get("/api/budgets?release=" + encodeURIComponent(release));
      burns.splice(0).forEach((plot) => plot.destroy());
      place.replaceChildren();
      budgets.filter((budget) => budget.points.length).forEach((budget) => {
        const figure = element("figure");
        const canvas = element("div");
        const left = budget.points.map((p) => p.left).filter((v) => v != null).pop();
        const words = "Error budget of " + budget.slo + (left == null ? ": not measured" : ": " + pc(left) + " left");
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", words);
        figure.append(element("figcaption", words), canvas);
        place.append(figure);
        burns.push(Charts.burnDown(canvas, budget));
      });
    } catch (problem) {
      toast(problem.message);
    }
  };

  const remember = async () => {
    for (const row of await get("/api/history")) {
      if (rows.has(row.id) || past.has(row.id)) continue;
      past.set(row.id, row);
      const made = item(row);
      fill(made, row);
      items.set(row.id, made);
      byId("list").append(made.li);
    }
  };

  const earlier = () => {
    const button = element("button", "Earlier rollouts", "more");
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await remember();
      } catch (problem) {
        toast(problem.message);
        return;
      }
      button.disabled = true;
      button.textContent = past.size ? past.size + " earlier ones are shown" : "There are no earlier ones";
    });
    byId("list").after(button);
  };

  /* ---- news ---- */

  const poll = async () => {
    try {
      const all = await get("/api/rollouts");
      const here = new Set(all.map((row) => row.id));
      take({ rows: all.filter((row) => JSON.stringify(row) !== JSON.stringify(rows.get(row.id))), gone: [...rows.keys()].filter((id) => !here.has(id)) });
      live(events && events.readyState === 1 ? "live" : "asking every few seconds", true);
      detail(false);
    } catch {
      live("no connection, trying again", false);
    }
  };

  const listen = () => {
    events = new EventSource("/api/events");
    events.addEventListener("open", () => {
      missed = 0;
      clearInterval(polling);
      polling = null;
      live("live", true);
      poll();
    });
    events.addEventListener("rows", (event) => take(JSON.parse(event.data)));
    events.addEventListener("tick", () => detail(false));
    events.addEventListener("error", () => {
      live("no connection, trying again", false);
      events.close();
      missed++;
      if (!polling && missed > 1) polling = setInterval(poll, 3000);
      setTimeout(listen, Math.min(10000, 500 * missed));
    });
  };

  const wanted = () => {
    try {
      return decodeURIComponent(location.hash.slice(1)) || null;
    } catch {
      return null;
    }
  };

  const begin = async () => {
    me = await get("/api/me");
    if (!me.reads) {
      location.replace("/login");
      return;
    }
    byId("who").textContent = me.name || "";
    byId("logout").hidden = !me.csrf;
    byId("loginlink").hidden = !!me.name;
    selected = wanted();
    if (me.shows.history) earlier();
    listen();
  };

  byId("logout").addEventListener("click", async () => {
    await fetch("/logout", { method: "POST" });
    location.replace("/login");
  });
  let resized;
  const redraw = () => {
    clearTimeout(resized);
    resized = setTimeout(() => report && Charts.draw(parts.charts, report), 150);
  };
  addEventListener("resize", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  begin().catch(() => {
    live("no connection, trying again", false);
    setTimeout(() => location.reload(), 3000);
  });
})();
