// Section 3.14, and the messages of 3.5 that applications show in chat lists (12, D11 and D12).
import type { CallMessage } from '../../../web/sdk/src/types.js';
import { chapter, equal, holds } from '../support/suite.js';
import { pair, ringing } from '../support/calls.js';

const proves = chapter('messages', '3.14, 12 D11 Messages for chat lists');

const signal = (actionType: number, inner: object = {}, outer: object = {}) => ({
  type: 'TIMCustomElem',
  payload: { data: JSON.stringify({ businessID: 1, actionType, data: JSON.stringify(inner), ...outer }) },
});

const texts: [row: string, message: unknown, en: string][] = [
  ['actionType 1, call_end > 0', signal(1, { call_end: 3661 }), 'Call ended after 01:01:01'],
  ['actionType 1, room_id', signal(1, { room_id: 7 }), 'Call started'],
  ['actionType 1, otherwise', signal(1, { call_end: 0, room_id: 7 }), 'Call ended'],
  ['actionType 2', signal(2), 'Call cancelled'],
  ['actionType 3', signal(3), 'Call answered'],
  ['actionType 4', signal(4), 'Call declined'],
  ['actionType 5', signal(5), 'No answer'],
  ['nothing', undefined, ''],
  ['null', null, ''],
  ['another element', { ...signal(1), type: 'TIMTextElem' }, ''],
  ['another businessID', signal(1, {}, { businessID: 'av_call' }), ''],
  ['no JSON', { type: 'TIMCustomElem', payload: { data: '{' } }, ''],
  ['no payload', { type: 'TIMCustomElem' }, ''],
  ['a text', 'TIMCustomElem', ''],
];
for (const [row, message, text] of texts) {
  proves(`3.14 ${row}`, 'KEEP', text === '' ? 'is no text' : `is "${text}"`, async (world) => {
    equal(world.user('alice').sdk.extractCallingInfoFromMessage(message, 'en'), text);
  });
}

for (const [language, text] of [['ko', '통화 거절됨'], ['en', 'Call declined'], ['zh', '已拒绝'], ['ja', '拒否されました']] as const) {
  proves(`3.14 in ${language}`, 'SUPERSET', 'by the argument, and by the option', async (world) => {
    equal(world.user('alice').sdk.extractCallingInfoFromMessage(signal(4), language), text);
    equal(world.user('alice', { language }).sdk.extractCallingInfoFromMessage(signal(4)), text);
  });
}

/** What applications read and write of it. */
function isMessage(message: CallMessage | undefined, from: string, to: string): void {
  holds(message, { type: 'TIMCustomElem', from, to, flow: 'out', conversationType: 'C2C', conversationID: `C2C${to}` });
  equal([typeof message?.ID, typeof message?.time, typeof message?.payload.data], ['string', 'number', 'string']);
  if (message === undefined) return;
  message.nick = 'changed';
  (message as unknown as Record<string, unknown>)['more'] = 1;
  equal([message.nick, (message as unknown as Record<string, unknown>)['more'], Object.isExtensible(message)], ['changed', 1, true]);
}

proves('12 D11 call()', 'D11', 'has a message that may be changed', async (world) => {
  const { alice } = await pair(world);
  const { data } = await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  isMessage(data.message, 'alice', 'bob');
  equal(alice.sdk.extractCallingInfoFromMessage(data.message, 'en'), 'Call started');
});

for (const method of ['accept', 'reject'] as const) {
  proves(`12 D11 ${method}()`, 'D11', 'has one, too', async (world) => {
    const { bob } = await ringing(world);
    const answer = await world.until(bob.sdk[method]());
    isMessage(answer?.data.message, 'bob', 'alice');
    equal(bob.sdk.extractCallingInfoFromMessage(answer?.data.message, 'en'), method === 'accept' ? 'Call answered' : 'Call declined');
  });
}

proves('12 D11 hangup()', 'D11', 'has one where it took an invitation back', async (world) => {
  const { alice } = await ringing(world);
  const taken = await world.until(alice.sdk.hangup());
  if (!('data' in taken)) throw new Error('no invitation was taken back');
  isMessage(taken.data.message, 'alice', 'bob');
  equal(alice.sdk.extractCallingInfoFromMessage(taken.data.message, 'en'), 'Call cancelled');
});

proves('12 D11 groupCall()', 'D11', 'has one for each user', async (world) => {
  const { alice } = await pair(world);
  const { data } = await world.until(alice.sdk.groupCall({ userIDList: ['bob', 'carol'], type: 1 }));
  if (!Array.isArray(data)) throw new Error('no array');
  for (const { userID, data: one } of data) isMessage(one.message, 'alice', userID);
  equal(data.length, 2);
});

proves('12 D12 payload', 'D12', 'has the names of section 7', async (world) => {
  const { alice } = await pair(world);
  const placed = await world.until(alice.sdk.call({ userID: 'bob', type: 2 }));
  const outer = JSON.parse(placed.data.message.payload.data) as Record<string, unknown>;
  const about = { businessID: 1, inviteID: placed.inviteID, inviter: 'alice', actionType: 1, inviteeList: ['bob'] };
  holds(outer, { ...about, timeout: 30, groupID: '' });
  const inner = JSON.parse(String(outer['data'])) as Record<string, unknown>;
  holds(inner, { version: 4, businessID: 'av_call', platform: 'Web', extraInfo: '', call_type: 2, room_id: placed.roomID });
  holds(inner['data'], { cmd: 'videoCall', room_id: placed.roomID, message: '', userIDs: ['bob'] });
});
