// Schematic tile grid of the 34 province-level units of China, and cities as points by coordinates.
// No boundary line is drawn. <div class="zy-map" data-map="JSON_SCRIPT_ID" data-words="JSON_SCRIPT_ID">
// Data: {units: [{code, value, label, url, territory}], cities: [{name, lon, lat, value, label, url, territory}],
//        routes: [{tone, points: [[lon, lat], …]}], fit: true to show just the part where the cities lie}

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 56;
// GB/T 2260 code: [column, row, short name, English abbreviation]
export const TILES = {
  23: [8, 0, "黑龙江", "HLJ"], 15: [5, 1, "内蒙古", "NM"], 21: [7, 1, "辽宁", "LN"], 22: [8, 1, "吉林", "JL"],
  65: [0, 2, "新疆", "XJ"], 62: [2, 2, "甘肃", "GS"], 64: [3, 2, "宁夏", "NX"], 14: [4, 2, "山西", "SX"],
  13: [5, 2, "河北", "HE"], 11: [6, 2, "北京", "BJ"], 12: [7, 2, "天津", "TJ"],
  54: [0, 3, "西藏", "XZ"], 63: [2, 3, "青海", "QH"], 61: [3, 3, "陕西", "SN"], 41: [4, 3, "河南", "HA"], 37: [5, 3, "山东", "SD"],
  51: [2, 4, "四川", "SC"], 50: [3, 4, "重庆", "CQ"], 42: [4, 4, "湖北", "HB"], 34: [5, 4, "安徽", "AH"], 32: [6, 4, "江苏", "JS"], 31: [7, 4, "上海", "SH"],
  53: [2, 5, "云南", "YN"], 52: [3, 5, "贵州", "GZ"], 43: [4, 5, "湖南", "HN"], 36: [5, 5, "江西", "JX"], 33: [6, 5, "浙江", "ZJ"],
  45: [3, 6, "广西", "GX"], 44: [4, 6, "广东", "GD"], 35: [5, 6, "福建", "FJ"], 71: [6, 6, "台湾", "TW"],
  46: [3, 7, "海南", "HI"], 82: [4, 7, "澳门", "MO"], 81: [5, 7, "香港", "HK"],
};

function draw(tag, props = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  if (text !== "") node.textContent = text;
  return node;
}

const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

// Five steps of equal counts among the units that have a value.
function steps(values) {
  const known = [...new Set(values.filter((value) => value > 0))].sort((a, b) => a - b);
  return (value) => (value > 0 ? Math.max(1, Math.ceil(((known.indexOf(value) + 1) / known.length) * 5)) : 0);
}

function tiles(data, chinese) {
  const svg = draw("svg", { viewBox: `0 0 ${9 * SIZE} ${8 * SIZE}`, role: "group" });
  const byCode = new Map(data.units.map((unit) => [String(unit.code), unit]));
  const step = steps(data.units.map((unit) => Number(unit.value) || 0));
  for (const [code, [column, row, name, short]] of Object.entries(TILES)) {
    const unit = byCode.get(code) ?? { value: 0, label: "" };
    const group = draw(unit.url ? "a" : "g", {
      class: `zy-tile zy-tile-${step(Number(unit.value) || 0)}${unit.territory ? " zy-tile-territory" : ""}`,
      transform: `translate(${column * SIZE},${row * SIZE})`,
    });
    if (unit.url) group.setAttribute("href", unit.url);
    group.append(draw("title", {}, `${unit.name || name}${unit.label ? ` · ${unit.label}` : ""}`));
    group.append(draw("rect", { x: 1.5, y: 1.5, width: SIZE - 3, height: SIZE - 3, rx: 4 }));
    group.append(draw("text", { x: SIZE / 2, y: unit.value ? SIZE / 2 - 2 : SIZE / 2 + 5 }, chinese ? name : short));
    if (unit.value) group.append(draw("text", { class: "zy-tile-value", x: SIZE / 2, y: SIZE / 2 + 15 }, unit.short || unit.value));
    svg.append(group);
  }
  return svg;
}

// What is shown: the whole country (73–135.5° E, 15–54° N), or with `fit` the cities with some room around them.
function frame(data, width, height) {
  const whole = { west: 73, south: 15, across: 62.5, up: 39 };
  if (!data.fit || !data.cities.length) return whole;
  const lons = data.cities.map((city) => city.lon);
  const lats = data.cities.map((city) => city.lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  // One degree up is 1.2 degrees across at 35° N; the box keeps that shape.
  const across = Math.max(3, (east - west) * 1.35, (north - south) * 1.35 * 1.2 * (width / height));
  const up = across / 1.2 / (width / height);
  return { west: (west + east - across) / 2, south: (south + north - up) / 2, across, up };
}

// Plain equirectangular placing at 35° N.
function points(data) {
  const width = 620;
  const height = 450;
  const box = frame(data, width, height);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" });
  const most = Math.max(1, ...data.cities.map((city) => Number(city.value) || 0));
  const across = (lon) => ((lon - box.west) / box.across) * (width - 60) + 20;
  const down = (lat) => height - 20 - ((lat - box.south) / box.up) * (height - 50);
  for (let lon = 80; lon <= 130; lon += 10) svg.append(draw("line", { class: "zy-graticule", x1: across(lon), x2: across(lon), y1: 0, y2: height }));
  for (let lat = 20; lat <= 50; lat += 10) svg.append(draw("line", { class: "zy-graticule", x1: 0, x2: width, y1: down(lat), y2: down(lat) }));
  for (const route of data.routes ?? []) {
    const way = route.points.map(([lon, lat]) => `${across(lon).toFixed(1)},${down(lat).toFixed(1)}`).join(" ");
    svg.append(draw("polyline", { class: `zy-route zy-route-${route.tone}`, points: way }));
  }
  const placed = [];
  for (const city of [...data.cities].sort((a, b) => (b.value || 0) - (a.value || 0))) {
    const [x, y] = [across(city.lon), down(city.lat)];
    const group = draw(city.url ? "a" : "g", { class: `zy-point${city.territory ? " zy-point-territory" : ""}` });
    if (city.url) group.setAttribute("href", city.url);
    const radius = 3.5 + 15 * Math.sqrt((Number(city.value) || 0) / most);
    group.append(draw("title", {}, `${city.name}${city.label ? ` · ${city.label}` : ""}`));
    group.append(draw("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1) }));
    const free = placed.every(([px, py]) => Math.abs(px - x) > 44 || Math.abs(py - y) > 13);
    if (free) {
      group.append(draw("text", { x: (x + radius + 2).toFixed(1), y: (y + 4).toFixed(1) }, city.name));
      placed.push([x, y]);
    }
    svg.append(group);
  }
  return svg;
}

function mount(box) {
  const data = read(box.dataset.map);
  const words = read(box.dataset.words) ?? {};
  if (!data) return;
  const chinese = document.documentElement.lang.startsWith("zh");
  const stage = document.createElement("div");
  const views = { tiles: () => tiles(data, chinese), points: () => points(data) };
  const show = (view) => {
    stage.replaceChildren(views[view]());
    box.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.value === view)));
  };
  if (data.cities?.length && data.units?.length) {
    const bar = document.createElement("div");
    bar.className = "zy-map-switch";
    for (const view of ["tiles", "points"]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", value: view, textContent: words[view] ?? (chinese ? { tiles: "省份", points: "城市" } : { tiles: "Provinces", points: "Cities" })[view] });
      button.addEventListener("click", () => show(view));
      bar.append(button);
    }
    box.prepend(bar);
  }
  box.append(stage);
  show((box.dataset.view === "points" || !data.units?.length) && data.cities?.length ? "points" : "tiles");
}

document.querySelectorAll("[data-map]").forEach(mount);
