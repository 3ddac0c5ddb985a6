import { listen } from '../listen.js';

/**
 * Tells, once, that nothing but a relay could connect and none is to be had: no TURN server has given an address, and
 * only relays are allowed, or the direct paths have failed. Returns how to stop watching.
 */
export function watchRelay(pc: RTCPeerConnection, { iceServers = [], iceTransportPolicy }: RTCConfiguration, missing: (why: string) => void): () => void {
  const hasTurn = iceServers.some(({ urls }) => /\bturns?:/.test(String(urls)));
  let why = hasTurn ? 'no TURN server answers' : 'no TURN server is known';
  let isOver = false;

  const look = (event: Event): void => {
    const { url, errorCode, errorText, candidate } = event as Partial<RTCPeerConnectionIceErrorEvent & RTCPeerConnectionIceEvent>;
    // 701: no answer; any other is the server's own word.
    if (errorCode !== undefined && /^turn/.test(url ?? '')) why = `${url}: ${errorCode} ${errorText}`;
    isOver ||= pc.connectionState === 'connected' || / typ relay /.test(candidate?.candidate ?? '');
    const isMissing = iceTransportPolicy === 'relay' ? pc.iceGatheringState === 'complete' : hasTurn && pc.iceConnectionState === 'failed';
    if (isOver || !isMissing) return;
    isOver = true;
    missing(why);
  };

  const names = ['icecandidate', 'icecandidateerror', 'icegatheringstatechange', 'iceconnectionstatechange', 'connectionstatechange'];
  return listen(pc, names, look);
}
