// The numbers behind the pictures, while somebody looks at them.
import { byId, element } from './dom.js';
import { nameOf } from './names.js';
import { onSide } from './side.js';
import { hasText, onLanguage, text } from './texts.js';

const EVERY_MS = 2000;
let timer;
let look = async () => {};

const rate = (flow) => `${Math.round(flow.bitrate)} kbit/s`;
const share = (value) => `${(100 * value).toFixed(1)} %`;

function flowWords(flow) {
  if (!flow || (flow.bitrate === 0 && !flow.frameRate)) return text('stats.none');
  const size = flow.width && flow.height ? `${flow.width} × ${flow.height}` : '';
  const pace = flow.frameRate === undefined ? '' : text('stats.fps', { count: Math.round(flow.frameRate) });
  const lost = flow.loss === undefined ? '' : text('stats.loss', { share: share(flow.loss) });
  const limited = hasText(`stats.limited.${flow.limitedBy}`) ? text(`stats.limited.${flow.limitedBy}`) : '';
  return [rate(flow), size, pace, lost, flow.codec, limited].filter(Boolean).join(' · ');
}

function pathWords({ candidateType, protocol }) {
  if (!candidateType) return '–';
  return `${text(candidateType === 'relay' ? 'stats.relay' : 'stats.direct')}${protocol ? ` (${protocol})` : ''}`;
}

function entry(user) {
  const { userID, quality, roundTrip, availableBitrate, sent, received } = user;
  const lines = [
    ['quality', quality ? text(`quality.${quality}`) : '–'],
    ['roundTrip', roundTrip === undefined ? '–' : `${Math.round(roundTrip)} ms`],
    ['path', pathWords(user)],
    ['available', availableBitrate === undefined ? '–' : rate({ bitrate: availableBitrate })],
    ['receivedAudio', flowWords(received.audio)],
    ['receivedVideo', flowWords(received.video)],
    ['sentAudio', flowWords(sent.audio)],
    ['sentVideo', flowWords(sent.video)],
  ];
  const terms = lines.flatMap(([name, words]) => [
    element('dt', { textContent: text(`stats.${name}`) }),
    element('dd', { textContent: words }),
  ]);
  const node = element('section', {}, element('h3', { textContent: nameOf(userID) }), element('dl', {}, ...terms));
  node.dataset.testid = 'stats-user';
  node.dataset.user = userID;
  return node;
}

async function refresh() {
  const stats = await look().catch(() => undefined);
  if (timer === undefined) return;
  const users = stats?.users ?? [];
  byId('stats-empty').hidden = users.length > 0;
  byId('stats').replaceChildren(...users.map(entry));
}

/** `getStats`: the call's numbers, as getCallStats() gives them. */
export function startStats(getStats) {
  look = getStats;
  onSide((tab) => {
    clearInterval(timer);
    timer = tab === 'stats' ? setInterval(refresh, EVERY_MS) : undefined;
    if (timer !== undefined) void refresh();
  });
  onLanguage(() => timer !== undefined && refresh());
}
