"use strict";
/* Charts of a rollout's report, drawn by uPlot in the colors of the style sheet. */
const Charts = (() => {
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const fade = (hex) => hex + "2b";
  const percent = (v) => +(v * 100).toPrecision(3) + "%";
  const millis = (v) => Math.round(v) + " ms";
  const plain = (v) => (v !== 0 && (v >= 1e6 || v < 1e-3) ? v.toExponential(0) : String(+v.toPrecision(3)));

  const span = (seconds) => {
    const s = Math.round(seconds);
    if (s < 60) return s + "s";
    if (s < 3600) return Math.floor(s / 60) + "m" + (s % 60 ? " " + (s % 60) + "s" : "");
    if (s < 86400) return Math.floor(s / 3600) + "h" + (s % 3600 >= 60 ? " " + Math.floor((s % 3600) / 60) + "m" : "");
    return Math.floor(s / 86400) + "d" + (s % 86400 >= 3600 ? " " + Math.floor((s % 86400) / 3600) + "h" : "");
  };

  const since = (report, at) => (Date.parse(at) - Date.parse(report.started_at)) / 1000;

  const axis = (values, more) => ({
    stroke: color("soft"), grid: { stroke: color("edge"), width: 1 }, ticks: { stroke: color("edge"), width: 1 },
    font: "11px system-ui, sans-serif", values: (u, list) => list.map((v) => (v == null ? "" : values(v))), ...more,
  });

  /* Levels across, and shaded holds, drawn behind the lines. */
  const backdrop = (report, limits) => (u) => {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = color("wait") + "88";
    for (const hold of report.holds) {
      const from = u.valToPos(since(report, hold.from), "x", true);
      const to = u.valToPos(since(report, hold.until || report.as_of), "x", true);
      ctx.fillRect(from, bbox.top, Math.max(1, to - from), bbox.height);
    }
    ctx.strokeStyle = color("limit");
    ctx.lineWidth = devicePixelRatio * 1.5;
    ctx.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const limit of limits) {
      const y = u.valToPos(limit, "y", true);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
    ctx.restore();
  };

  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 432000, 864000, 2592000];
  const powers = (u, axis, low, high) => {
    const all = [];
    for (let power = Math.round(Math.log10(low)); power <= Math.log10(high) + 1e-9; power++) all.push(10 ** power);
    return all;
  };

  const known = (list) => list.filter((v) => v != null && isFinite(v));

  /* What there is to draw: a title, columns by time, the limits, and words for who cannot see it. */
  const charts = (report) => {
    const all = [];
    const end = Math.max(1, since(report, report.as_of));
    const weights = report.weights.map((w) => [since(report, w.at), w.percent / 100]);
    weights.push([end, report.weight_percent / 100]);
    all.push({
      title: "Traffic to the candidate", format: percent, limits: [], range: [0, 1], steps: true,
      data: [weights.map((w) => w[0]), weights.map((w) => w[1])], lines: ["candidate"],
    });
    const samples = report.samples;
    const column = (side, field) => samples.map((s) => (s[side] && s[side][field] != null ? s[side][field] : null));
    const compared = (title, field, metric, format) => {
      const limits = report.gates.filter((g) => g.metric === metric && g.threshold != null).map((g) => g.threshold);
      const top = Math.max(0, ...known([...column("stable", field), ...column("candidate", field), ...limits])) * 1.25;
      const bound = (side) => column(side, field).map((v, i) => {
        const high = samples[i][side] && samples[i][side][field + "_high"];
        return v == null ? null : high != null ? Math.min(high, top) : samples[i][side][field + "_low"] != null ? top : v;
      });
      const low = (side) => column(side, field).map((v, i) => (v == null ? null : samples[i][side][field + "_low"] ?? v));
      all.push({
        title, format, limits, range: [0, top || (format === percent ? 0.01 : 100)], lines: ["stable", "candidate"],
        data: [samples.map((s) => since(report, s.at)), column("stable", field), column("candidate", field),
          bound("stable"), low("stable"), bound("candidate"), low("candidate")],
      });
    };
    compared("Error rate", "error_rate", "error_rate", percent);
    compared("Latency, 95th percentile", "p95_ms", "latency_p95", millis);
    const evidence = report.judge.e_values;
    if (evidence.length) {
      const limit = evidence[evidence.length - 1].limit;
      const values = evidence.map((e) => Math.max(0.01, e.e_value ?? 0.01));
      all.push({
        title: "Evidence against the candidate (e-value)", format: plain, limits: [limit], log: true,
        range: [0.01, 10 ** Math.ceil(Math.log10(Math.max(limit, ...values) * 2))], lines: ["candidate"],
        data: [evidence.map((e) => since(report, e.at)), values],
      });
    }
    all.forEach((chart) => (chart.end = end));
    return all;
  };

  const words = (chart) => {
    const last = (list) => known(list).pop();
    const text = chart.lines.map((name, i) => {
      const now = last(chart.data[i + 1]);
      return name + " " + (now === undefined ? "not measured" : chart.format(now));
    });
    chart.limits.forEach((limit) => text.push("limit " + chart.format(limit)));
    return text.join(", ");
  };

  const options = (chart, report, width) => {
    const series = [{}];
    const line = (name) => ({
      stroke: color(name), width: 2, points: { show: chart.data[0].length < 2 }, spanGaps: false,
      dash: name === "stable" ? [6, 3] : undefined,
      paths: chart.steps ? uPlot.paths.stepped({ align: 1 }) : undefined,
    });
    chart.lines.forEach((name) => series.push(line(name)));
    const bands = [];
    for (let i = chart.lines.length + 1; i < chart.data.length; i += 2) {
      const name = i < chart.lines.length + 3 ? "stable" : "candidate";
      series.push({ stroke: "transparent", width: 0, points: { show: false } }, { stroke: "transparent", width: 0, points: { show: false } });
      bands.push({ series: [i, i + 1], fill: fade(color(name)) });
    }
    return {
      width, height: 190, series, bands, legend: { show: false }, cursor: { show: false }, padding: [8, 26, 0, 0],
      scales: {
        x: { time: false, range: [0, chart.end] },
        y: { range: chart.range, distr: chart.log ? 3 : 1 },
      },
      axes: [axis(span, { size: 28, space: 60, incrs: steps }), axis(chart.format, { size: 62, space: 34, ...(chart.log && { splits: powers, filter: (u, splits) => splits }) })],
      hooks: { drawAxes: [backdrop(report, chart.limits)] },
    };
  };

  let drawn = [];

  /* Draws all charts of a report into a place, reusing what stands there. */
  const draw = (place, report) => {
    const all = charts(report);
    if (drawn.length !== all.length || !place.contains(drawn[0].figure)) {
      clear();
      place.replaceChildren();
      drawn = all.map(() => {
        const figure = document.createElement("figure");
        const title = document.createElement("figcaption");
        const canvas = document.createElement("div");
        canvas.setAttribute("role", "img");
        const text = document.createElement("p");
        text.className = "figures";
        figure.append(title, canvas, text);
        place.append(figure);
        return { figure, title, canvas, text, plot: null };
      });
    }
    all.forEach((chart, i) => {
      const old = drawn[i];
      old.title.textContent = chart.title;
      old.text.textContent = words(chart);
      old.canvas.setAttribute("aria-label", chart.title + ": " + words(chart));
      if (old.plot) old.plot.destroy();
      old.plot = new uPlot(options(chart, report, Math.max(220, old.canvas.clientWidth)), chart.data, old.canvas);
    });
  };

  const clear = () => {
    drawn.forEach((one) => one.plot && one.plot.destroy());
    drawn = [];
  };

  /* A budget's way down, beside the ideal one. */
  const burnDown = (place, budget) => {
    const from = Date.parse(budget.points[0].at);
    const data = [
      budget.points.map((p) => (Date.parse(p.at) - from) / 1000),
      budget.points.map((p) => p.ideal),
      budget.points.map((p) => p.left ?? null),
    ];
    const low = Math.min(0, ...known(data[2]));
    return new uPlot({
      width: Math.max(220, place.clientWidth), height: 160, legend: { show: false }, cursor: { show: false }, padding: [8, 26, 0, 0],
      scales: { x: { time: false }, y: { range: [low, 1] } },
      series: [{}, { stroke: color("soft"), dash: [6, 4], points: { show: false } }, { stroke: color("running"), width: 2, points: { show: false } }],
      axes: [axis(span, { size: 28, space: 70, incrs: steps }), axis(percent, { size: 62, space: 34 })],
    }, data, place);
  };

  return { draw, clear, span, burnDown };
})();
