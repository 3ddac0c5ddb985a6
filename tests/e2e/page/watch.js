// Keeps what the SDK opens, so that a test can count it, read its statistics, or break it.
(() => {
  const connections = [];
  const tracks = [];
  const problems = [];

  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends Real {
    constructor(...args) {
      super(...args);
      connections.push(this);
    }

    addIceCandidate(candidate) {
      if (!watched.detour || !candidate?.candidate) return super.addIceCandidate(candidate);
      const line = redirected(candidate.candidate);
      return line ? super.addIceCandidate({ ...candidate, candidate: line }) : Promise.resolve();
    }

    setRemoteDescription(description) {
      if (!watched.detour) return super.setRemoteDescription(description);
      const lines = description.sdp.split('\r\n').map((line) => {
        const candidate = /^a=(candidate:.*)/.exec(line)?.[1];
        if (!candidate) return line;
        const other = redirected(candidate);
        return other && `a=${other}`;
      });
      return super.setRemoteDescription({ type: description.type, sdp: lines.filter((line) => line !== undefined).join('\r\n') });
    }
  };

  /** The candidate at the address of the detour (harness/detour.ts); undefined for what cannot go there. */
  function redirected(candidate) {
    const words = candidate.split(' ');
    const [, , protocol] = words;
    if (protocol.toLowerCase() !== 'udp' || !candidate.includes('typ host')) return undefined;
    return [...words.slice(0, 4), watched.detour.address, watched.detour.port, ...words.slice(6)].join(' ');
  }

  const devices = navigator.mediaDevices;
  for (const name of ['getUserMedia', 'getDisplayMedia']) {
    const capture = devices[name].bind(devices);
    devices[name] = async (constraints) => {
      const stream = await capture(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  }

  // Firefox' stacks do not begin with what happened.
  const tell = (kind, reason) => problems.push(`${kind}: ${reason}\n${reason?.stack ?? ''}`);
  window.addEventListener('error', (event) => tell('error', event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => tell('unhandled', event.reason));
  document.addEventListener('securitypolicyviolation', (event) => {
    problems.push(`${event.violatedDirective} forbids ${event.blockedURI || 'inline'}`);
  });

  const watched = {
    problems,
    /** Where media goes instead of to the other side, `{address, port}`. */
    detour: undefined,
    /** Peer connections that nobody has closed. */
    connections: () => connections.filter((connection) => connection.signalingState !== 'closed'),
    /** How many there have been. */
    connectionCount: () => connections.length,
    /** Captured tracks that still run. */
    tracks: () => tracks.filter((track) => track.readyState === 'live'),
  };
  window.watched = watched;
})();
