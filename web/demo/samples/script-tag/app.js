'use strict';

const $ = (id) => document.getElementById(id);
const { EVENT, CALL_TYPE } = TRTCCalling;

let calling;
let self = '';

/** Stands for the application's own server, which signs for users that it has authenticated. */
async function userSigOf(userID) {
  const answer = await fetch(`/dev/usersig?userID=${encodeURIComponent(userID)}`);
  if (!answer.ok) throw new Error(`no UserSig: ${answer.status}`);
  return answer.json();
}

function show(section, notice = '') {
  for (const id of ['sign-in', 'dial', 'ringing', 'call']) $(id).hidden = id !== section;
  $('notice').textContent = notice;
}

function showCall(notice) {
  $('microphone').checked = true;
  $('camera').checked = true;
  show('call', notice);
  calling.startLocalView({ userID: self, videoViewDomID: 'local' });
}

function listen() {
  calling.on(EVENT.INVITED, ({ sponsor }) => {
    $('inviter').textContent = sponsor;
    show('ringing');
  });
  calling.on(EVENT.USER_ENTER, ({ userID }) => {
    showCall(`In a call with ${userID}`);
    calling.startRemoteView({ userID, videoViewDomID: 'remote' });
  });
  calling.on(EVENT.REJECT, ({ userID }) => show('dial', `${userID} has declined`));
  calling.on(EVENT.LINE_BUSY, ({ userID }) => show('dial', `${userID} is busy`));
  calling.on(EVENT.NO_RESP, ({ userID }) => show('dial', `${userID} does not answer`));
  calling.on(EVENT.CALLING_CANCEL, () => show('dial', 'The call was taken back'));
  calling.on(EVENT.CALLING_TIMEOUT, () => show('dial', 'Missed call'));
  calling.on(EVENT.CALLING_END, ({ callEnd }) => {
    if (!$('call').hidden) show('dial', `Call ended after ${callEnd} s`);
  });
  calling.on(EVENT.KICKED_OUT, () => show('sign-in', 'Logged in elsewhere'));
  calling.on(EVENT.ERROR, ({ msg }) => ($('notice').textContent = msg));
}

/** What a method refuses is said, and whoever was about to be in a call is not. */
const attempt = (act) => async (event) => {
  event.preventDefault();
  try {
    await act(event.target);
  } catch (error) {
    show(self === '' ? 'sign-in' : 'dial', error.message);
  }
};

$('sign-in').onsubmit = attempt(async (form) => {
  const userID = form.elements.user.value;
  const { sdkAppID, userSig } = await userSigOf(userID);
  calling = new TRTCCalling({ SDKAppID: sdkAppID });
  listen();
  await calling.login({ userID, userSig });
  self = userID;
  show('dial', `Logged in as ${userID}`);
});
$('dial').onsubmit = attempt(async (form) => {
  const userID = form.elements.callee.value;
  await calling.call({ userID, type: CALL_TYPE.VIDEO_CALL, timeout: 30 });
  showCall(`Calling ${userID}`);
});
$('accept').onclick = attempt(() => calling.accept());
$('reject').onclick = attempt(async () => {
  await calling.reject();
  show('dial');
});
$('hangup').onclick = attempt(async () => {
  await calling.hangup();
  if (!$('call').hidden) show('dial');
});
$('microphone').onchange = attempt(({ checked }) => calling.setMicMute(!checked));
$('camera').onchange = attempt(({ checked }) => (checked ? calling.openCamera() : calling.closeCamera()));
