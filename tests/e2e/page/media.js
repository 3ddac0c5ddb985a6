// Proof of media: frames that were presented, packets that came in, sound that is not silence.
(() => {
  const { watched } = window;

  /** Polls until `probe` gives something else than undefined; a hidden page throttles timers, not the deadline. */
  async function until(what, ms, probe) {
    const deadline = performance.now() + ms;
    for (;;) {
      const found = await probe();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Sums over all live connections. */
  async function stats() {
    const sum = { framesDecoded: 0, framesSent: 0, audioReceived: 0, audioSent: 0, connected: 0 };
    for (const connection of watched.connections()) {
      if (connection.connectionState === 'connected') sum.connected += 1;
      for (const report of (await connection.getStats()).values()) {
        const kind = report.kind ?? report.mediaType;
        if (report.type === 'inbound-rtp' && kind === 'video') sum.framesDecoded += report.framesDecoded ?? 0;
        if (report.type === 'inbound-rtp' && kind === 'audio') sum.audioReceived += report.packetsReceived ?? 0;
        if (report.type === 'outbound-rtp' && kind === 'video') sum.framesSent += report.framesSent ?? 0;
        if (report.type === 'outbound-rtp' && kind === 'audio') sum.audioSent += report.packetsSent ?? 0;
      }
    }
    return sum;
  }

  /** Waits until each named statistic has grown by what is asked; resolves with the growth. */
  async function grows(wanted, ms) {
    const before = await stats();
    let growth;
    const what = () => `${JSON.stringify(wanted)} more, but ${JSON.stringify(growth)}`;
    try {
      return await until('', ms, async () => {
        const now = await stats();
        growth = Object.fromEntries(Object.keys(wanted).map((key) => [key, now[key] - before[key]]));
        return Object.entries(wanted).every(([key, count]) => growth[key] >= count) ? growth : undefined;
      });
    } catch {
      throw new Error(`not within ${ms} ms: ${what()}`);
    }
  }

  function videoIn(container) {
    return document.getElementById(container).querySelector('video');
  }

  /** Waits until `count` new frames have been presented in `container`; resolves with the picture's size. */
  async function frames(container, count, ms) {
    const video = await until(`a video in #${container}`, ms, () => videoIn(container) ?? undefined);
    return new Promise((resolve, reject) => {
      let seen = 0;
      const timer = setTimeout(() => reject(new Error(`${seen} of ${count} frames in #${container} within ${ms} ms`)), ms);
      const onFrame = () => {
        seen += 1;
        if (seen < count) return video.requestVideoFrameCallback(onFrame);
        clearTimeout(timer);
        resolve({ width: video.videoWidth, height: video.videoHeight, time: video.currentTime });
      };
      video.requestVideoFrameCallback(onFrame);
    });
  }

  /** Waits until no frame was presented in `container` for `quiet` ms. */
  async function still(container, quiet, ms) {
    let last = performance.now();
    let watching = true;
    const video = videoIn(container);
    const onFrame = () => {
      last = performance.now();
      if (watching) video.requestVideoFrameCallback(onFrame);
    };
    video?.requestVideoFrameCallback(onFrame);
    try {
      await until(`${quiet} ms without a frame in #${container}`, ms, () => (performance.now() - last > quiet ? true : undefined));
    } finally {
      watching = false;
    }
  }

  /** Energy of a decoded remote track. (An AnalyserNode needs a sound card in Firefox, and build machines have none.) */
  async function energyOf(track) {
    for (const connection of watched.connections()) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.trackIdentifier === track.id) return report.totalAudioEnergy ?? 0;
      }
    }
    return 0;
  }

  /** Waits until the audio element below `container` plays, and what it plays is not silence; resolves with the energy. */
  async function hears(container, ms) {
    const playing = () => {
      const audio = document.getElementById(container)?.querySelector('audio');
      const track = audio?.srcObject?.getAudioTracks()[0];
      return track?.readyState === 'live' && !audio.paused && !audio.muted && audio.volume > 0 ? { audio, track } : undefined;
    };
    const { audio, track } = await until(`a playing audio element in #${container}`, ms, playing);
    const from = { time: audio.currentTime, energy: await energyOf(track) };
    return until(`sound in #${container} that is not silence`, ms, async () => {
      const heard = (await energyOf(track)) - from.energy;
      return heard > 0.001 && audio.currentTime > from.time ? heard : undefined;
    });
  }

  function videoEncodings() {
    const senders = watched.connections().flatMap((connection) => connection.getSenders());
    return senders.filter(({ track }) => track?.kind === 'video').map((sender) => ({ ...sender.getParameters().encodings[0] }));
  }

  /** What is left of a call. */
  function remains() {
    return {
      connections: watched.connections().length,
      tracks: watched.tracks().length,
      players: document.querySelectorAll('[id^="player_"]').length,
      media: document.querySelectorAll('audio, video').length,
      layer: document.querySelectorAll('#_trtc_calling_layer > *').length,
    };
  }

  window.media = { until, stats, grows, frames, still, hears, videoEncodings, remains };
})();
