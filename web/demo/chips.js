// A text field for one user ID or several. What a comma, a space or Enter ends becomes a chip; what is still being typed
// counts, too. Pasting a list works.
import { avatar, element, icon, isUserID } from './dom.js';
import { nameOf } from './names.js';
import { onLanguage, text } from './texts.js';

const SEPARATOR = /[\s,;]+/;

/** `root` holds a list for the chips and the input. */
export function createChips(root, { changed = () => {} } = {}) {
  const list = root.querySelector('ul');
  const input = root.querySelector('input');
  let ids = [];

  function set(next) {
    ids = [...new Set(next)];
    list.replaceChildren(...ids.map(chip));
    list.hidden = ids.length === 0;
    changed();
  }

  function chip(userID) {
    const label = text('people.remove', { peer: nameOf(userID) });
    const remove = element('button', { type: 'button', className: 'chip-remove', title: label }, icon('close'));
    remove.setAttribute('aria-label', label);
    remove.addEventListener('click', () => {
      set(ids.filter((id) => id !== userID));
      input.focus();
    });
    const node = element('li', { className: 'chip' }, avatar(userID), element('span', { textContent: nameOf(userID) }), remove);
    node.dataset.testid = 'chip';
    node.dataset.user = userID;
    return node;
  }

  /** Turns into chips what is complete; what is no user ID stays in the field, where it can be mended. */
  function gather(words) {
    const good = words.filter(isUserID);
    const bad = words.filter((word) => word && !isUserID(word));
    if (good.length > 0) set([...ids, ...good]);
    return bad.join(' ');
  }

  input.addEventListener('input', () => {
    const words = input.value.split(SEPARATOR);
    const rest = words.pop();
    if (words.length > 0) input.value = [gather(words), rest].filter(Boolean).join(' ');
    changed();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace' || input.value !== '' || ids.length === 0 || event.repeat) return;
    event.preventDefault();
    input.value = ids.at(-1);
    set(ids.slice(0, -1));
  });
  root.addEventListener('click', (event) => event.target === root && input.focus());
  onLanguage(() => set(ids));

  return {
    input,
    /** Everybody named, in order, once; also words that are no user IDs. */
    read: () => [...new Set([...ids, ...input.value.split(SEPARATOR).filter(Boolean)])],
    clear() {
      input.value = '';
      set([]);
    },
  };
}

/** What is wrong with the list, in words; '' = nothing. `room`: how many there may be. */
export function problemWith(ids, { self, room, taken = [] }) {
  const bad = ids.find((id) => !isUserID(id));
  if (ids.length === 0) return text('people.nobody');
  if (bad !== undefined) return text('people.badUser', { id: bad.slice(0, 40) });
  if (ids.includes(self)) return text('people.self');
  const already = ids.find((id) => taken.includes(id));
  if (already !== undefined) return text('people.already', { peer: nameOf(already) });
  return ids.length > room ? text('people.tooMany', { room }) : '';
}
