// The sign-in form: a user ID, and SDKAppID and UserSig where the server does not issue demo signatures.
import { byId, fieldError, isUserID } from './dom.js';
import { demoKeys, serverSettings } from './session.js';
import { onLanguage, text } from './texts.js';

const field = {
  user: byId('signin-user'),
  app: byId('signin-app'),
  sig: byId('signin-sig'),
  error: byId('signin-error'),
  keys: byId('signin-keys'),
};

function complain(input, words) {
  for (const each of [field.user, field.app, field.sig]) fieldError(each, field.error, '');
  if (!words) return;
  fieldError(input, field.error, words);
  input.focus();
}

export async function askForKeys() {
  field.keys.hidden = false;
  const { sdkAppID } = await serverSettings().catch(() => ({}));
  if (!field.app.value && sdkAppID) field.app.value = String(sdkAppID);
}

export function setSigningIn(busy, userID = '') {
  const button = byId('signin-submit');
  button.disabled = busy;
  button.firstElementChild.textContent = busy ? text('signin.busy', { user: userID }) : text('signin.submit');
}

export function showSignIn(userID) {
  if (userID) field.user.value = userID;
  complain(field.user, '');
  setSigningIn(false);
  (field.keys.hidden || !field.user.value ? field.user : field.sig).focus();
}

/** {sdkAppID, userID, userSig} from the server or from the fields; undefined after a complaint in the form. */
export async function keysFor(userID) {
  if (!isUserID(userID)) return void complain(field.user, text('signin.badUser'));
  complain(field.user, '');
  if (field.keys.hidden) return demoKeys(userID);
  if (!/^\d+$/.test(field.app.value.trim())) return void complain(field.app, text('signin.noApp'));
  if (!field.sig.value.trim()) return void complain(field.sig, text('signin.noSig'));
  return { sdkAppID: Number(field.app.value), userID, userSig: field.sig.value.trim() };
}

export function startSignIn(submit) {
  onLanguage(() => complain(field.user, ''));
  byId('signin-form').addEventListener('submit', (event) => {
    event.preventDefault();
    submit(field.user.value.trim());
  });
}
