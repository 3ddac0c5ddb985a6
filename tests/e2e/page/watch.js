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
  };

  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };

  window.addEventListener('error', (event) => problems.push(String(event.error?.stack ?? event.message)));
  window.addEventListener('unhandledrejection', (event) => problems.push(String(event.reason?.stack ?? event.reason)));
  document.addEventListener('securitypolicyviolation', (event) => {
    problems.push(`${event.violatedDirective} forbids ${event.blockedURI || 'inline'}`);
  });

  window.watched = {
    problems,
    /** Peer connections that nobody has closed. */
    connections: () => connections.filter((connection) => connection.signalingState !== 'closed'),
    /** How many there have been. */
    connectionCount: () => connections.length,
    /** Captured tracks that still run. */
    tracks: () => tracks.filter((track) => track.readyState === 'live'),
  };
})();
