// One message at a time, in the flow of the page so that it covers nothing: how a call ended, or what went wrong and
// what to do about it.
import { byId, say, setIcon } from './dom.js';
import { hasText, onLanguage, text } from './texts.js';

let shown;

function write({ title, detail = '', kind = 'info' }) {
  const notice = byId('notice');
  notice.dataset.kind = kind;
  setIcon('notice-icon', kind === 'error' ? 'alert' : 'info');
  byId('notice-title').textContent = title;
  byId('notice-detail').textContent = detail;
  notice.hidden = false;
  return detail ? `${title}. ${detail}` : title;
}

/** `words` gives {title, detail, kind}: asked again when the language changes. */
export function showNotice(words) {
  shown = words;
  say(write(words()));
}

export function clearNotice() {
  shown = undefined;
  byId('notice').hidden = true;
}

export const errorIsShown = () => !byId('notice').hidden && byId('notice').dataset.kind === 'error';

/** The SDK's sentence without the name of the method, which stands in the log. */
function sentence(words) {
  const bare = String(words ?? '').replace(/^TRTCCalling\.\w+ - /, '');
  return bare && bare[0].toUpperCase() + bare.slice(1) + (/[.!?]$/.test(bare) ? '' : '.');
}

/** An error of the SDK in people's words: ERROR's payload {code, msg, remedy} or a rejection {code, message, remedy}. */
export function errorWords(error) {
  const { code } = error ?? {};
  const known = hasText(`error.${code}`);
  const title = known ? text(`error.${code}`) : text('error.unknown');
  const words = known
    ? [text(`error.${code}.remedy`)]
    : [sentence(error?.msg ?? error?.message), sentence(error?.remedy)];
  if (code !== undefined) words.push(`(${text('error.code', { code })})`);
  return { title, detail: words.filter(Boolean).join(' '), kind: 'error' };
}

export const showError = (error) => showNotice(() => errorWords(error));

export function startNotices() {
  byId('notice-close').addEventListener('click', clearNotice);
  onLanguage(() => shown && write(shown()));
}
