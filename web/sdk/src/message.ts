// The IM-like object that results carry as data.message (behaviour document, 12 D11): what chat lists of applications
// read and write. Its payload has the form of section 7; only extractCallingInfoFromMessage() reads it again.
import type { CallFacts, Facts } from './facts.js';
import { callTypeOf } from './events.js';
import type { CallMessage } from './types.js';

/** `actionType` of section 7.1. */
export type Action = 'invite' | 'cancel' | 'accept' | 'reject' | 'busy';

const actionTypes: Readonly<Record<Action, number>> = { invite: 1, cancel: 2, accept: 3, reject: 4, busy: 4 };

function payloadOf(action: Action, call: CallFacts, invitees: string[], timeout: number): string {
  const invite = action === 'invite';
  const inner = {
    version: 4,
    businessID: 'av_call',
    platform: 'Web',
    extraInfo: '',
    call_type: callTypeOf(call.media),
    ...(invite ? { room_id: call.room } : {}),
    ...(action === 'busy' ? { line_busy: 'line_busy' } : {}),
    data: {
      cmd: call.media === 'video' ? 'videoCall' : 'audioCall',
      message: action === 'busy' ? 'lineBusy' : '',
      ...(invite ? { room_id: call.room } : {}),
      ...(invite && call.group_id === '' ? { userIDs: call.invitees } : {}),
    },
  };
  return JSON.stringify({
    businessID: 1,
    inviteID: call.call,
    inviter: call.inviter,
    actionType: actionTypes[action],
    inviteeList: invitees,
    data: JSON.stringify(inner),
    timeout,
    groupID: call.group_id,
  });
}

/**
 * To the group that was invited, or to one user: the other one of a call of two, where no `user` is given. `timeout`
 * is in seconds, and part of invitations only.
 */
export function messageOf(action: Action, call: CallFacts, facts: Facts, timeout = 0, user = ''): CallMessage {
  const { self, profile } = facts;
  const { group_id, inviter, invitees } = call;
  const isInviter = inviter === self;
  const peer = user || (isInviter ? (invitees[0] ?? '') : inviter);
  const conversationType = group_id === '' ? 'C2C' : 'GROUP';
  const to = group_id || peer;
  const about = group_id === '' ? [peer] : invitees;
  return {
    ID: `${call.call}-${action}${user && `-${user}`}`,
    type: 'TIMCustomElem',
    payload: {
      data: payloadOf(action, call, isInviter ? about : [self], timeout),
      description: '',
      extension: '',
    },
    conversationID: conversationType + to,
    conversationType,
    from: self,
    to,
    flow: 'out',
    time: Math.floor(Date.now() / 1000),
    ...profile,
  };
}
