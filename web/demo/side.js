// The panel beside the pictures: the people of the call, or the numbers of its connections.
import { byId } from './dom.js';

const panel = byId('side');
const TABS = { people: byId('people-toggle'), stats: byId('stats-toggle') };
const listeners = [];
let opened = '';

/** `listener` hears which tab is open; '' = none. */
export const onSide = (listener) => void listeners.push(listener);

function show(tab) {
  opened = tab;
  panel.hidden = tab === '';
  byId('call').toggleAttribute('data-side', tab !== '');
  for (const [name, button] of Object.entries(TABS)) {
    button.setAttribute('aria-expanded', String(name === tab));
    byId(`side-${name}`).hidden = name !== tab;
  }
  for (const listener of listeners) listener(tab);
}

export function closeSide() {
  if (opened) show('');
}

/** The focus goes back to the button that opened it. */
function leave() {
  const button = TABS[opened];
  show('');
  button?.focus();
}

export function startSide() {
  for (const [name, button] of Object.entries(TABS)) {
    button.addEventListener('click', () => {
      if (opened === name) return show('');
      show(name);
      byId(`side-${name}-title`).focus({ preventScroll: true });
    });
  }
  for (const button of panel.querySelectorAll('.side-close')) button.addEventListener('click', leave);
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && leave());
}
