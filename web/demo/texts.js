// Every word the page shows comes from here. A further language is a further table with the same keys; nothing else changes.
import { recall, remember } from './storage.js';
import { en } from './texts.en.js';
import { ko } from './texts.ko.js';

const tables = { en, ko };

/** What there is to choose from, each in its own words. */
export const languages = Object.fromEntries(Object.entries(tables).map(([tag, table]) => [tag, table['language.name']]));

/** The one chosen here before, else the first of the browser's that there is, else English. */
function preferred() {
  const wanted = [recall('language'), ...(navigator.languages ?? []), navigator.language];
  const tags = wanted.map((tag) => String(tag).toLowerCase().split('-')[0]);
  return tags.find((tag) => Object.hasOwn(tables, tag)) ?? 'en';
}

let current = preferred();
const listeners = [];

/** The language of the words, for <html lang> and for dates. */
export const language = () => current;

/** `listener` writes its words anew; in the order of registration. */
export const onLanguage = (listener) => void listeners.push(listener);

export function setLanguage(tag) {
  if (!Object.hasOwn(tables, tag) || tag === current) return;
  current = tag;
  remember('language', tag);
  for (const listener of listeners) listener();
}

export const hasText = (key) => Object.hasOwn(tables[current], key);

/** The words of `key` with its {names} filled in. An unknown key shows itself: easy to see, harmless to the user. */
export function text(key, values = {}) {
  const words = hasText(key) ? tables[current][key] : key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** 83 -> 1:23, 3723 -> 1:02:03 */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
