// Which camera, microphone and speaker are used: three lists that follow what is plugged in.
import { byId } from './dom.js';
import { errorWords } from './notices.js';
import { ask } from './session.js';
import { onLanguage, text } from './texts.js';

const KINDS = ['camera', 'microphone', 'speaker'];
let trtc;
let changing = false;
let turn = 0;

/** Without permission browsers give no names; the SDK numbers them from 0. */
function labelOf({ label, deviceId }) {
  const numbered = /^(camera|microphone|speaker)_(\d+)$/.exec(label);
  if (numbered) return text(`devices.${numbered[1]}N`, { n: Number(numbered[2]) + 1 });
  return deviceId === 'default' ? text('devices.default', { label: label.replace(/^Default - /, '') }) : label;
}

const isUnnamed = ({ label }) => /^(camera|microphone|speaker)_\d+$/.test(label);

function fill(kind, list, current) {
  const select = byId(`device-${kind}`);
  const options = list.map((device) => new Option(labelOf(device), device.deviceId));
  select.replaceChildren(...(options.length > 0 ? options : [new Option(text(`devices.no.${kind}`), '')]));
  select.disabled = changing || list.length === 0;
  if (current) select.value = current.deviceId;
}

/** Reads the lists anew; the newest reading counts. */
async function refresh() {
  if (!trtc) return;
  const mine = ++turn;
  const of = async (kind) => [await trtc.getDeviceList(kind), await trtc.getCurrentDevice(kind)];
  const found = await Promise.all(KINDS.map(of)).catch(() => undefined);
  if (mine !== turn || !found) return;
  KINDS.forEach((kind, index) => fill(kind, ...found[index]));
  byId('devices-allow').hidden = !found.some(([list]) => list.some(isUnnamed));
}

const tell = (words) => (byId('devices-error').textContent = words);

async function choose(kind) {
  changing = true;
  tell('');
  for (const each of KINDS) byId(`device-${each}`).disabled = true;
  try {
    await ask(trtc, 'switchDevice', { deviceType: kind, deviceId: byId(`device-${kind}`).value });
  } catch (error) {
    const { title, detail } = errorWords(error);
    tell(`${title}. ${detail}`);
  }
  changing = false;
  await refresh();
  byId(`device-${kind}`).focus();
}

/** The browser asks once, and then tells the names. */
async function allow() {
  tell('');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) track.stop();
  } catch {
    tell(text('devices.denied'));
  }
  await refresh();
}

/** Devices are the signed-in user's: the SDK tells of them only then. */
export function showDevices(sdk) {
  trtc = sdk;
  tell('');
  void refresh();
}

export const devicesChanged = () => void refresh();

export function startDevices() {
  for (const kind of KINDS) byId(`device-${kind}`).addEventListener('change', () => choose(kind));
  byId('devices-allow').addEventListener('click', allow);
  onLanguage(refresh);
}
