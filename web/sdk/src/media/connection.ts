import type { ConnectionState } from '../core/protocol.js';
import { listen } from '../listen.js';

/**
 * Watches how a peer connection is doing and tells every change; returns how to stop watching.
 *
 * `connectionState` alone is late in one case: when the other browser closes its side in an orderly way (close(), a
 * closed tab) the DTLS transport turns `closed` at once, but that counts as healthy for `connectionState`
 * (W3C WebRTC 4.3.3) until ICE has missed answers for seconds. A closed association cannot be opened again, so we
 * call that `failed`, for good.
 */
export function watchConnection(pc: RTCPeerConnection, changed: (state: ConnectionState) => void): () => void {
  let last: ConnectionState | undefined;
  const transports = new Set<RTCDtlsTransport>();

  const look = (): void => {
    for (const { transport } of pc.getReceivers()) {
      // Absent, not null, in a browser that does not know it: ICE has to tell, then.
      if (!transport || transports.has(transport)) continue;
      transports.add(transport);
      transport.addEventListener('statechange', look);
    }
    const state = [...transports].some(isOver) ? 'failed' : stateOf(pc);
    if (state === undefined || state === last) return;
    last = state;
    changed(state);
  };

  const stop = listen(pc, ['connectionstatechange', 'iceconnectionstatechange', 'signalingstatechange'], look);
  return () => {
    stop();
    for (const transport of transports) transport.removeEventListener('statechange', look);
  };
}

function isOver(transport: RTCDtlsTransport): boolean {
  return transport.state === 'closed' || transport.state === 'failed';
}

function stateOf(pc: RTCPeerConnection): ConnectionState | undefined {
  // Firefox derives connectionState from its transports a moment after ICE has told its own; the worse of both counts.
  if (pc.iceConnectionState === 'failed') return 'failed';
  if (pc.iceConnectionState === 'disconnected' && pc.connectionState === 'connected') return 'disconnected';
  return pc.connectionState === 'new' || pc.connectionState === 'closed' ? undefined : pc.connectionState;
}
