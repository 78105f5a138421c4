// Funnel, bar and line charts: <div class="zy-chart" data-chart="funnel|bar|line|waterfall" data-source="JSON_SCRIPT_ID">
// Data: {title, items: [{name, value, label, url}]} for funnel and bar,
//       {bars: [{name, from, to, label}]} for waterfall,
//       {categories: [...], series: [{name, values: [...]}]} for grouped bars and lines. Each item with a url is a link.

const BLUES = ["#1450b0", "#1a5fd0", "#3f80de", "#6ba0e9", "#8fb8f0", "#b1cff6", "#d0e2fa"];
const SERIES = ["#1a5fd0", "#e08600", "#0f7b4a", "#8b5cf6", "#667085"];
const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

function base(scale) {
  const family = getComputedStyle(document.body).fontFamily;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: BLUES,
    textStyle: { fontFamily: family, fontSize: 12 * scale },
    aria: { enabled: true },
    grid: { left: 8, right: 16 * scale, top: 28, bottom: 8, containLabel: true },
    tooltip: { trigger: "item", confine: true, renderMode: "richText" },
  };
}

function funnel(data, scale) {
  const most = Math.max(...data.items.map((item) => item.value ?? 0), 1);
  return {
    ...base(scale),
    series: [{
      type: "funnel", sort: "none", left: "6%", right: "34%", top: 6, bottom: 6, gap: 3, minSize: "6%", max: most,
      label: { position: "right", formatter: (point) => point.data.label ?? `${point.name} ${point.value}`, fontSize: 12 * scale, color: "#1c2533" },
      labelLine: { length: 12, lineStyle: { color: "#c3cedd" } },
      data: data.items.map((item, at) => ({ ...item, itemStyle: { color: BLUES[Math.min(at, BLUES.length - 1)], borderWidth: 0 } })),
    }],
  };
}

function bars(data, scale) {
  const items = [...data.items].reverse();
  return {
    ...base(scale),
    xAxis: { type: "value", splitLine: { lineStyle: { color: "#eef1f6" } }, axisLabel: { fontSize: 11 * scale } },
    yAxis: { type: "category", data: items.map((item) => item.name), axisTick: { show: false }, axisLabel: { fontSize: 12 * scale } },
    series: [{ type: "bar", barMaxWidth: 18 * scale, label: { show: true, position: "right", formatter: (point) => point.data.label ?? point.value, fontSize: 11 * scale }, data: items.map((item) => ({ ...item, itemStyle: { color: BLUES[1], borderRadius: [0, 3, 3, 0] } })) }],
  };
}

function grouped(data, scale, type) {
  return {
    ...base(scale),
    color: SERIES,
    tooltip: { trigger: "axis", confine: true, renderMode: "richText" },
    legend: data.series.length > 1 ? { top: 0, textStyle: { fontSize: 12 * scale } } : undefined,
    xAxis: { type: "category", data: data.categories, axisLabel: { fontSize: 11 * scale } },
    yAxis: { type: "value", splitLine: { lineStyle: { color: "#eef1f6" } }, axisLabel: { fontSize: 11 * scale } },
    series: data.series.map((series) => ({ type, name: series.name, data: series.values, barMaxWidth: 26, smooth: false })),
  };
}

// From the first total to the last: each bar starts where the one before it ended; up is green, down is red.
function waterfall(data, scale) {
  const bars = data.bars.map((bar) => ({ ...bar, low: Math.min(bar.from, bar.to), size: Math.abs(bar.to - bar.from) }));
  const last = bars.length - 1;
  const colour = (bar, at) => (at === 0 || at === last ? BLUES[1] : bar.to >= bar.from ? "#0f7b4a" : "#b42318");
  return {
    ...base(scale),
    xAxis: { type: "category", data: bars.map((bar) => bar.name), axisLabel: { fontSize: 11 * scale, interval: 0 } },
    yAxis: { type: "value", scale: true, splitLine: { lineStyle: { color: "#eef1f6" } }, axisLabel: { fontSize: 11 * scale } },
    series: [
      { type: "bar", stack: "w", silent: true, itemStyle: { color: "transparent" }, data: bars.map((bar) => bar.low) },
      { type: "bar", stack: "w", barMaxWidth: 46, label: { show: true, position: "top", formatter: (point) => bars[point.dataIndex].label, fontSize: 11 * scale },
        data: bars.map((bar, at) => ({ value: bar.size, itemStyle: { color: colour(bar, at), borderRadius: [3, 3, 0, 0] } })) },
    ],
  };
}

function mount(box) {
  const data = read(box.dataset.source);
  if (!data || !window.echarts) return;
  const scale = document.documentElement.dataset.text === "large" ? 1.25 : 1;
  const kind = box.dataset.chart;
  const option = kind === "waterfall" ? waterfall(data, scale) : data.series ? grouped(data, scale, kind === "line" ? "line" : "bar") : kind === "funnel" ? funnel(data, scale) : bars(data, scale);
  const chart = window.echarts.init(box);
  chart.setOption(option);
  chart.on("click", (point) => point.data?.url && location.assign(point.data.url));
  new ResizeObserver(() => chart.resize()).observe(box);
}

document.querySelectorAll("[data-chart]").forEach(mount);
