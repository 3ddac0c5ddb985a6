// The dialog of the signed-in user: the name that others see, the devices, signing out.
import { avatar, byId } from './dom.js';
import { devicesChanged, showDevices, startDevices } from './devices.js';
import { learnName, nameOf } from './names.js';
import { errorWords } from './notices.js';
import { ask } from './session.js';
import { recall, remember } from './storage.js';
import { languages, language, onLanguage, setLanguage, text } from './texts.js';

const dialog = byId('settings');
let session; // {trtc, self}
let renamed = () => {};

const nickOf = (self) => String(recall(`nick.${self}`) ?? '');

/** Before login(): the first invitation carries the name already. */
export function introduce(trtc, self) {
  const nickName = nickOf(self);
  learnName(self, nickName);
  return nickName ? ask(trtc, 'setSelfInfo', { nickName }).catch(() => {}) : Promise.resolve();
}

function showMe() {
  const { self } = session;
  byId('me-avatar').replaceChildren(avatar(self));
  byId('me').textContent = nameOf(self);
  byId('settings-avatar').replaceChildren(avatar(self));
  byId('settings-user').textContent = text('settings.user', { user: self });
}

async function saveName(event) {
  event.preventDefault();
  const { trtc, self } = session;
  const nickName = byId('nick').value.trim();
  try {
    await ask(trtc, 'setSelfInfo', { nickName });
  } catch (error) {
    const { title, detail } = errorWords(error);
    byId('nick-status').textContent = `${title}. ${detail}`;
    return;
  }
  remember(`nick.${self}`, nickName);
  learnName(self, nickName);
  showMe();
  renamed();
  byId('nick-status').textContent = text('settings.nickSaved');
}

export function signedInAs(next) {
  session = next;
  showMe();
  byId('open-settings').hidden = false;
}

export function signedOut() {
  session = undefined;
  byId('open-settings').hidden = true;
  if (dialog.open) dialog.close();
}

export function openSettings() {
  if (!session || dialog.open) return;
  byId('nick').value = nickOf(session.self);
  byId('nick-status').textContent = '';
  showDevices(session.trtc);
  dialog.showModal();
}

export const deviceListChanged = () => dialog.open && devicesChanged();

function startLanguage() {
  const select = byId('language');
  select.replaceChildren(...Object.entries(languages).map(([tag, name]) => new Option(name, tag)));
  select.value = language();
  select.addEventListener('change', () => setLanguage(select.value));
}

/** signOut(): the user wants to; nameChanged(): the own name is to be shown anew. */
export function startSettings({ signOut, nameChanged }) {
  renamed = nameChanged;
  startLanguage();
  startDevices();
  byId('open-settings').addEventListener('click', openSettings);
  byId('call-settings').addEventListener('click', openSettings);
  byId('settings-close').addEventListener('click', () => dialog.close());
  byId('nick-form').addEventListener('submit', saveName);
  byId('sign-out').addEventListener('click', signOut);
  // A click on the backdrop is a click on the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  onLanguage(() => {
    byId('nick-status').textContent = '';
    if (session) showMe();
  });
}
