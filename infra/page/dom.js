// Elements made piece by piece: what reviewers wrote only ever becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** An HTML element; a function as an attribute listens to the event of that name. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** The element of an id, which index.html has. */
export function byId(id) {
  return document.getElementById(id);
}

/** Shows text in an element, or hides the element if there is none. */
export function show(element, text) {
  element.textContent = text ?? '';
  element.hidden = !text;
}

/** Tells who listens instead of looking. */
export function announce(text) {
  const live = byId('live');
  // the same words twice are told twice
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}

/** 1 motive, 2 motives. */
export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

export function quoted(text) {
  return `\u201c${text}\u201d`;
}

/** Text cut at a word, with an ellipsis. */
export function short(text, max = 60) {
  if (text.length <= max) {
    return text;
  }
  const cut = text.slice(0, max);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), max / 2))}\u2026`;
}

export function calm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
