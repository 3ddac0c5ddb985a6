// The IM-like object that results carry as data.message (behaviour document, 12 D11): what chat lists of applications
// read and write. Its payload has the form of section 7; nothing in this package reads it again.
import type { CallFacts } from './facts.js';
import { callTypeOf } from './events.js';
import type { CallMessage } from './types.js';

/** `actionType` of section 7.1. */
export type Action = 'invite' | 'cancel' | 'accept' | 'reject' | 'busy';

const actionTypes: Readonly<Record<Action, number>> = { invite: 1, cancel: 2, accept: 3, reject: 4, busy: 4 };

function payloadOf(action: Action, facts: CallFacts, self: string, timeout: number): string {
  const callee = facts.inviter === self ? facts.peer : self;
  const video = facts.media === 'video';
  const invite = action === 'invite';
  const inner = {
    version: 4,
    businessID: 'av_call',
    platform: 'Web',
    extraInfo: '',
    call_type: callTypeOf(facts.media),
    ...(invite ? { room_id: facts.room } : {}),
    ...(action === 'busy' ? { line_busy: 'line_busy' } : {}),
    data: {
      cmd: video ? 'videoCall' : 'audioCall',
      message: action === 'busy' ? 'lineBusy' : '',
      ...(invite ? { room_id: facts.room, userIDs: [callee] } : {}),
    },
  };
  return JSON.stringify({
    businessID: 1,
    inviteID: facts.call,
    inviter: facts.inviter,
    actionType: actionTypes[action],
    inviteeList: [callee],
    data: JSON.stringify(inner),
    timeout,
    groupID: '',
  });
}

/** `timeout` in seconds is part of invitations only. */
export function messageOf(action: Action, facts: CallFacts, self: string, timeout = 0): CallMessage {
  return {
    ID: `${facts.call}-${action}`,
    type: 'TIMCustomElem',
    payload: { data: payloadOf(action, facts, self, timeout), description: '', extension: '' },
    conversationID: `C2C${facts.peer}`,
    conversationType: 'C2C',
    from: self,
    to: facts.peer,
    flow: 'out',
    time: Math.floor(Date.now() / 1000),
    nick: '',
    avatar: '',
  };
}
