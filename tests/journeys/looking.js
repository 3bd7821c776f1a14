() => {
  const faults = [];
  const told = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  const text = (element) => (element.textContent || "").trim();
  const pointed = (ids) => (ids || "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean).map(text).join("");

  if (!document.documentElement.lang) faults.push("the page has no language");
  if (!text(document.querySelector("title") || document.createElement("i"))) faults.push("the page has no title");

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((each, place) => ids.indexOf(each) !== place))) faults.push(`the id ${id} occurs twice`);

  const headings = [...document.querySelectorAll("main h1, main h2, main h3, main h4")].filter(shown);
  if (headings.filter((each) => each.tagName === "H1").length !== 1) faults.push("there is not exactly one first heading");
  let before = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    if (before && level > before + 1) faults.push(`a heading skips a level: ${told(heading)}`);
    before = level;
  }

  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const label = [...(field.labels || [])].map(text).join("") || field.getAttribute("aria-label") || pointed(field.getAttribute("aria-labelledby"));
    if (!label) faults.push(`a field has no label: ${told(field)}`);
  }
  for (const control of document.querySelectorAll("a[href], button, summary, [role=button]")) {
    const image = control.querySelector("img[alt]:not([alt=''])");
    const name = control.getAttribute("aria-label") || pointed(control.getAttribute("aria-labelledby")) || text(control) || image;
    if (!name) faults.push(`a control has no name: ${told(control)}`);
  }
  for (const image of document.querySelectorAll("img:not([alt]), [role=img]:not([aria-label]):not([aria-labelledby])")) faults.push(`an image has no words: ${told(image)}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(`${attribute} points at nothing (${id}): ${told(element)}`);
      }
    }
  }
  for (const element of document.querySelectorAll("[hx-target^='#']")) {
    if (!document.querySelector(element.getAttribute("hx-target"))) faults.push(`an answer would be swapped into nothing: ${told(element)}`);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th")) faults.push(`a table has no heads: ${told(table)}`);
  }

  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const numbers = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (front, back) => [0, 1, 2].map((part) => front[part] * front[3] + back[part] * (1 - front[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      layers.push(numbers(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !shown(element)) continue;
    seen.add(element);
    if (element.closest("[disabled], [aria-disabled=true], svg, .sr-only, option")) continue;
    const style = getComputedStyle(element);
    const back = ground(element);
    if (!back) continue;
    const [lower, higher] = [light(over(numbers(style.color), back)), light(back)].sort((one, other) => one - other);
    const ratio = (higher + 0.05) / (lower + 0.05);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < wanted - 0.01) faults.push(`the contrast is ${ratio.toFixed(2)}, not ${wanted}: ${told(element)}`);
  }
  return [...new Set(faults)];
}
