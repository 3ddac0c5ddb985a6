// The event log: everything the SDK said and everything the page asked of it, newest last.
import { byId, copyText, element } from './dom.js';

const LIMIT = 500;
const entries = [];
const nodes = byId('log-list');

const two = (n, width = 2) => String(n).padStart(width, '0');
const clock = (at) =>
  `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`;

function json(payload) {
  try {
    return JSON.stringify(payload) ?? '';
  } catch {
    return String(payload); // circular: a payload that an application could not send on either
  }
}

/** Long names may break after an underscore, nowhere else. */
const breakable = (name) => name.split(/(?<=_)/).flatMap((part) => [part, element('wbr')]);

function render(entry) {
  const row = element('li', { className: 'log-entry' });
  row.dataset.testid = 'log-entry';
  row.dataset.event = entry.name;
  row.dataset.kind = entry.kind;
  row.append(
    element('time', { textContent: clock(entry.at), dateTime: entry.at.toISOString() }),
    element('strong', {}, ...breakable(entry.name)),
    element('code', { textContent: entry.payload }),
  );
  return row;
}

/** kind: event | method | error. Never pass a UserSig. */
export function log(kind, name, payload) {
  const entry = { kind, name, at: new Date(), payload: json(payload) };
  // Follow the newest entry only while the reader is at the end; do not pull the list away under their eyes.
  const following = nodes.scrollHeight - nodes.scrollTop - nodes.clientHeight < 40;
  entries.push(entry);
  nodes.append(render(entry));
  if (entries.length > LIMIT) {
    entries.shift();
    nodes.firstChild.remove();
  }
  count();
  if (following) nodes.scrollTop = nodes.scrollHeight;
}

function count() {
  byId('log-count').textContent = String(entries.length);
  byId('log-empty').hidden = entries.length > 0;
}

function open(show) {
  byId('log').hidden = !show;
  byId('log-toggle').setAttribute('aria-expanded', String(show));
  document.body.toggleAttribute('data-log', show);
  if (show) {
    nodes.scrollTop = nodes.scrollHeight;
    nodes.focus();
  } else {
    byId('log-toggle').focus();
  }
}

export function startLog() {
  count();
  byId('log-toggle').addEventListener('click', () => open(byId('log').hidden));
  byId('log-close').addEventListener('click', () => open(false));
  byId('log').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open(false);
  });
  byId('log-copy').addEventListener('click', () =>
    copyText(entries.map((entry) => `${clock(entry.at)} ${entry.name} ${entry.payload}`).join('\n')),
  );
  byId('log-clear').addEventListener('click', () => {
    entries.length = 0;
    nodes.replaceChildren();
    count();
  });
}
