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
