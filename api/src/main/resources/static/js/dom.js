import { calm } from './calm.js';

// Elements from data: text is always text, never markup.

/** An element; a property `on` maps events to handlers, `data` sets data attributes. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    set(element, name, value);
  }
  add(element, children);
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

/** As `fill`; what had the focus within gives it to what stands in its place. */
export function refill(element, ...children) {
  const at = places(element).indexOf(document.activeElement);
  fill(element, ...children);
  at >= 0 && (places(element)[at] ?? places(element).at(-1))?.focus({ preventScroll: true });
  return element;
}

/** What the keyboard gets to within, in its order. */
export const places = (element) => [...element.querySelectorAll('button, a, summary, input, select')];

/** As `fill`, where a value says something else than before: what is chosen to be copied stays chosen. */
export function fillAnew(element, value, make) {
  const says = JSON.stringify(value);
  if (element.says !== says) {
    element.says = says;
    refill(element, make(value));
  }
}

/** Writes only what is not written yet: who listens hears it once. */
export function write(element, words) {
  element.textContent === words || (element.textContent = words);
}

/** Whether a button was pressed before: what cannot be taken back asks once more, in place. */
export function sure(button, words) {
  const before = Boolean(button.dataset.sure);
  button.dataset.sure = 'true';
  before || (button.lastChild.textContent = words);
  return before;
}

/** As `h`, of a drawing. */
export function svg(tag, props, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    element.setAttribute(name, value);
  }
  add(element, children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name === 'on') {
    for (const [event, handler] of Object.entries(value)) {
      element.addEventListener(event, handler);
    }
  } else if (name === 'data') {
    Object.assign(element.dataset, value);
  } else if (name === 'class') {
    element.className = value;
  } else if (name in element && (typeof value !== 'string' || element instanceof View)) {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? '' : value);
  }
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

/** A custom element that draws itself, draws anew in another language, and stops listening when it goes. */
export class View extends HTMLElement {
  #stops = [];

  connectedCallback() {
    this.draw();
    this.start?.();
  }

  disconnectedCallback() {
    this.#stops.splice(0).forEach((stop) => stop());
  }

  /** @param millis where given, the handler is called at most once in so many */
  on(target, event, handler, millis = 0) {
    const called = millis ? calm(millis, () => this.isConnected && handler()) : handler;
    target.addEventListener(event, called);
    this.onleave(() => target.removeEventListener(event, called));
  }

  every(millis, action) {
    const timer = setInterval(action, millis);
    this.onleave(() => clearInterval(timer));
  }

  onleave(action) {
    this.#stops.push(action);
  }
}
