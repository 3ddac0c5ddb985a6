// The few things every part of the page does with the document.
import { nameOf } from './names.js';
import { language, text } from './texts.js';

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

/** Words of the table into the markup, at start and when the language changes. */
export function fillTexts() {
  document.documentElement.lang = language();
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text);
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', text(node.dataset.label));
  }
  for (const node of document.querySelectorAll('[data-title]')) node.title = text(node.dataset.title);
  for (const node of document.querySelectorAll('[data-placeholder]')) {
    node.placeholder = text(node.dataset.placeholder);
  }
}

const AVATAR_COLOURS = 8;

/** The first letters of the first two words; of one word its first two, or one where a letter is a syllable. */
function initials(name) {
  const words = name.split(/[\s_-]+/).filter(Boolean);
  const letters = [...(words[0] ?? name)];
  if (words.length > 1) return letters[0] + [...words[1]][0];
  return letters.slice(0, /^[\u3040-\u9fff\uac00-\ud7a3]/.test(letters[0] ?? '') ? 1 : 2).join('');
}

/** Initials on a colour that stays the same for a user; decorative, the name always stands beside it. */
export function avatar(userID) {
  let sum = 0;
  for (const letter of userID) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  const className = `avatar avatar-${sum % AVATAR_COLOURS}`;
  const node = element('span', { className, textContent: initials(nameOf(userID)).toUpperCase() });
  node.setAttribute('aria-hidden', 'true');
  return node;
}

/** Bars that rise; 1 … 6 of the SDK says how many are lit. Nothing before the first measurement. */
export function showQuality(bars, quality) {
  bars.hidden = !quality;
  if (!quality) return;
  bars.dataset.quality = quality;
  bars.setAttribute('aria-label', text(`quality.${quality}`));
  bars.title = text(`quality.${quality}`);
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

let toastTimer;

/** A message of a few seconds over the picture, for what is soon of no interest. */
export function toast(words) {
  const node = byId('toast');
  node.textContent = words;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (node.hidden = true), 4000);
  say(words);
}

/** The form of a user ID that the server accepts. */
export const isUserID = (value) => /^[A-Za-z0-9_-]{1,32}$/.test(value);

/** Marks a field and tells why; empty words clear it. */
export function fieldError(input, messageNode, words) {
  input.setAttribute('aria-invalid', String(Boolean(words)));
  messageNode.textContent = words;
}
