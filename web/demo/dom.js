// The few things every part of the page does with the document.
import { locale, text } from './texts.js';

export const byId = (id) => document.getElementById(id);

/** element('p', { className: 'hint' }, child, …); sets properties, not attributes. */
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An icon of icons.svg; decorative, so the control that carries it needs its own name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export const setIcon = (id, name) => byId(id).setAttribute('href', `icons.svg#${name}`);

/** Words of the table into the markup, once at start. */
export function fillTexts() {
  document.documentElement.lang = locale;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', text(node.dataset.label));
  }
  for (const node of document.querySelectorAll('[data-placeholder]')) {
    node.placeholder = text(node.dataset.placeholder);
  }
}

const AVATAR_COLOURS = 8;

/** Initials on a colour that stays the same for a user; decorative, the name always stands beside it. */
export function avatar(userID) {
  let sum = 0;
  for (const letter of userID) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  const parts = userID.split(/[-_]+/).filter(Boolean);
  const initials = parts.length > 1 ? parts[0][0] + parts[1][0] : (parts[0] ?? userID).slice(0, 2);
  const className = `avatar avatar-${sum % AVATAR_COLOURS}`;
  const node = element('span', { className, textContent: initials.toUpperCase() });
  node.setAttribute('aria-hidden', 'true');
  return node;
}

/** For screen readers and for tests: what the page has just told. */
export function say(words) {
  byId('status').textContent = words;
}

export async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    say(text('copied'));
    return true;
  } catch {
    say(text('copyFailed'));
    return false;
  }
}

/** The form of a user ID that the server accepts. */
export const isUserID = (value) => /^[A-Za-z0-9_-]{1,32}$/.test(value);

/** Marks a field and tells why; empty words clear it. */
export function fieldError(input, messageNode, words) {
  input.setAttribute('aria-invalid', String(Boolean(words)));
  messageNode.textContent = words;
}
