// What the SDK tells about the call, as changes of the page's picture of it.
import { entered, find, patch, withRoster } from './members.js';
import { learnName } from './names.js';
import { ask } from './session.js';

const LOUD = 8; // of 100: somebody speaks
const flowing = { silent: '', unsent: '' };

/** ON_CALL_CANCELED's reason as an outcome; the two sides tell some of them differently. */
function outcomeOf(reason, outgoing) {
  switch (reason) {
    case 'reject':
      return outgoing ? 'declined' : 'declinedByMe';
    case 'busyline':
      return 'busy';
    case 'timeout':
      return outgoing ? 'noAnswer' : 'missed';
    case 'answered_elsewhere':
      return 'answeredElsewhere';
    case 'rejected_elsewhere':
      return 'declinedElsewhere';
    case 'unreachable':
      return outgoing ? 'unreachable' : 'missed';
    case 'failed':
      return 'failed';
    case 'kicked_out':
    case 'logged_out':
      return 'signedOut';
    default:
      return outgoing ? 'cancelledByMe' : 'missed';
  }
}

/** Keeps the call in step with the SDK's events. */
export function listen({ trtc, EVENT, self }, { get, set, is, begin, finish, lookAtCamera, failed }) {
  const isOn = () => !is('idle', 'ending');
  const change = (userID, changes) => isOn() && set({ members: patch(get().members, userID, changes) });

  /** The event itself is the news: the roster of a group follows it, and a call of two is told of none. */
  function settle(userIDs, status) {
    if (isOn()) set({ members: withRoster(get().members, userIDs.map((userID) => ({ userID, status }))) });
  }

  function enter({ userID, nickName }) {
    learnName(userID, nickName);
    if (!isOn()) return;
    const call = get();
    const since = call.since || Date.now();
    const group = call.group || trtc.isGroupCall();
    set({ phase: 'connected', since, group, members: entered(call.members, userID) });
    // Also in an audio call: it may get pictures, and then the place for them is known.
    ask(trtc, 'startRemoteView', { userID, videoViewDomID: `view-${userID}` }).catch(failed);
  }

  function invited({ sponsor, nickName, userIDList, isFromGroup, groupID, roomID, inviteData }) {
    learnName(sponsor, nickName);
    const others = userIDList.filter((userID) => userID !== self && userID !== sponsor);
    const members = others.reduce((list, userID) => patch(list, userID, { status: 'ringing' }), entered([], sponsor));
    const type = inviteData.callType;
    begin({ phase: 'incoming', outgoing: false, peer: sponsor, type, group: isFromGroup, groupID, roomID, members });
  }

  /** The text on a screen must not lose its edges; a face fills its place. */
  function screen({ userID, isScreenAvailable }) {
    change(userID, { screen: isScreenAvailable });
    const objectFit = isScreenAvailable ? 'contain' : 'cover';
    ask(trtc, 'setVideoRenderParams', { userID, objectFit }).catch(failed);
  }

  function qualities(list) {
    if (!isOn()) return;
    const call = get();
    const of = (userID) => list.find(({ userId }) => userId === userID)?.quality ?? 0;
    const isNews = of(self) !== call.uplink || call.members.some(({ userID, quality }) => quality !== of(userID));
    if (isNews) set({ uplink: of(self), members: call.members.map((each) => ({ ...each, quality: of(each.userID) })) });
  }

  function volumes(list) {
    if (!isOn()) return;
    const call = get();
    const isLoud = (userID) => (list.find(({ userId }) => userId === userID)?.audioVolume ?? 0) >= LOUD;
    const loud = !call.muted && isLoud(self);
    if (loud === call.loud && call.members.every((each) => each.loud === isLoud(each.userID))) return;
    set({ loud, members: call.members.map((each) => ({ ...each, loud: isLoud(each.userID) })) });
  }

  let watching;

  /** NO_MEDIA is told once; the statistics tell when it is over. */
  function noMedia({ userID, direction, kind }) {
    change(userID, direction === 'receive' ? { silent: kind } : { unsent: kind });
    watching ??= setInterval(lookForMedia, 2000);
  }

  async function lookForMedia() {
    const stats = await trtc.getCallStats().catch(() => ({ users: [] }));
    for (const { userID, received, sent } of stats.users) {
      const { silent, unsent } = find(get().members, userID) ?? {};
      if (received[silent]?.bitrate > 0) change(userID, { silent: '' });
      if (sent[unsent]?.bitrate > 0) change(userID, { unsent: '' });
    }
    if (get().members.some(({ silent, unsent }) => silent || unsent)) return;
    clearInterval(watching);
    watching = undefined;
  }

  function typeChanged({ newCallType }) {
    if (!isOn()) return;
    set({ type: newCallType, members: get().members.map((each) => ({ ...each, ...flowing })) });
    lookAtCamera();
  }

  function roster(payload) {
    if (!isOn()) return;
    const { groupID, roomID } = payload;
    set({ group: true, groupID, roomID, members: withRoster(get().members, payload.roster) });
  }

  const listeners = {
    INVITED: invited,
    USER_ACCEPT: () => is('dialing', 'ringing') && set({ phase: 'joining' }),
    USER_ENTER: enter,
    USER_LEAVE: ({ userID }) => settle([userID], 'left'),
    REJECT: ({ userIDList }) => settle(userIDList, 'rejected'),
    LINE_BUSY: ({ userIDList }) => settle(userIDList, 'busy'),
    NO_RESP: ({ userIDList }) => settle(userIDList, 'no_answer'),
    GROUP_CALL_INVITEE_LIST_UPDATE: roster,
    USER_VIDEO_AVAILABLE: ({ userID, isVideoAvailable }) => change(userID, { video: isVideoAvailable, ...flowing }),
    USER_AUDIO_AVAILABLE: ({ userID, isAudioAvailable }) => change(userID, { audio: isAudioAvailable, ...flowing }),
    USER_CONNECTION_STATE_CHANGED: ({ userID, state }) => change(userID, { link: state, ...flowing }),
    USER_SCREEN_AVAILABLE: screen,
    SCREEN_SHARE_STOPPED: () => set({ sharing: false }),
    ON_USER_NETWORK_QUALITY_CHANGED: ({ networkQualityList }) => qualities(networkQualityList),
    USER_VOICE_VOLUME: ({ volumeMap }) => {
      volumes(volumeMap);
      lookAtCamera(); // once a second: the SDK tells of the others' cameras only
    },
    NO_MEDIA: noMedia,
    CALL_TYPE_CHANGED: typeChanged,
    DEVICED_UPDATED: lookAtCamera,
    // It follows whatever ended a call that never was connected; in a group a refusal alone ends nothing.
    ON_CALL_CANCELED: ({ reason } = {}) => finish(is('ending') ? 'cancelledByMe' : outcomeOf(reason, get().outgoing)),
    CALLING_END: ({ callEnd } = {}) => (get().since ? finish('ended', callEnd ?? 0) : finish('endedEarly')),
  };
  for (const [name, listener] of Object.entries(listeners)) if (EVENT[name]) trtc.on(EVENT[name], listener);
}
