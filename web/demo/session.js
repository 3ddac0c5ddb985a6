// One signed-in user: the server's settings, the UserSig, the SDK object, and its connection to the server.
import { log } from './log.js';

/** A problem of our own requests; `kind` picks the words. */
export class SignInProblem extends Error {
  constructor(kind, status) {
    super(kind);
    this.kind = kind; // keysNeeded | noServer | noSignature | noSdk
    this.status = status;
  }
}

async function getJson(path) {
  let response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' } });
  } catch {
    throw new SignInProblem('noServer');
  }
  return { status: response.status, body: response.ok ? await response.json().catch(() => ({})) : {} };
}

let settings;

/** GET /config.json -> {sdkAppID, devMode, servers?}. A server without it is one that hands out nothing. */
export async function serverSettings() {
  if (!settings) {
    const { status, body } = await getJson('/config.json');
    settings = status === 200 ? body : { devMode: false };
  }
  return settings;
}

/** {sdkAppID, userID, userSig} from the server's development mode. */
export async function demoKeys(userID) {
  const { status, body } = await getJson(`/dev/usersig?userID=${encodeURIComponent(userID)}`);
  if (status === 404) throw new SignInProblem('keysNeeded');
  if (status !== 200 || !body.userSig) throw new SignInProblem('noSignature', status);
  return { sdkAppID: body.sdkAppID, userID, userSig: body.userSig };
}

/** The names under which the SDK's events are logged: CALLING_END, not its older alias CALL_END. */
function eventNames(EVENT) {
  const names = new Map();
  for (const [key, value] of Object.entries(EVENT)) {
    if (typeof value === 'string' && !(key === 'CALL_END' && EVENT.CALLING_END)) names.set(value, key);
  }
  return names;
}

/** Makes an SDK object whose events and method calls stand in the log. */
export function createSdk({ sdkAppID }) {
  const { TRTCCalling } = globalThis;
  if (!TRTCCalling) throw new SignInProblem('noSdk');
  const { servers: server } = settings ?? {};
  const trtc = new TRTCCalling({ SDKAppID: sdkAppID, ...(server && { server }) });
  for (const [value, key] of eventNames(TRTCCalling.EVENT)) {
    // Once a second during calls: it would push everything else out of the log.
    if (key !== 'USER_VOICE_VOLUME') trtc.on(value, (payload) => log('event', key, payload));
  }
  // For the curious: the browser's console can use the very object that the page uses.
  globalThis.trtcCalling = trtc;
  return trtc;
}

const problem = (error) => ({ code: error?.code, message: error?.message, remedy: error?.remedy });

/** Calls a method of the SDK and writes it, and its failure, to the log. The UserSig of login is left out. */
export async function ask(trtc, method, argument) {
  const shown = method === 'login' ? { userID: argument.userID } : argument;
  log('method', `${method}()`, shown);
  try {
    return await (argument === undefined ? trtc[method]() : trtc[method](argument));
  } catch (error) {
    log('error', `${method}() rejected`, problem(error));
    throw error;
  }
}
