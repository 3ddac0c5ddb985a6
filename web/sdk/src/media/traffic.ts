const interval = 500;

/**
 * Tells when RTP packets of any kind begin and cease to arrive; returns how to stop. The next look is planned when
 * the last one is done: in a throttled page two looks are further apart, never closer, so that a pause is a pause.
 */
export function watchTraffic(pc: RTCPeerConnection, changed: (flowing: boolean) => void): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let packets = 0;
  let flowing = false;

  const look = async (): Promise<void> => {
    // A failed look says nothing about the traffic.
    const now = await packetsReceived(pc).catch(() => undefined);
    if (stopped) return;
    if (now !== undefined) {
      const grew = now > packets;
      packets = now;
      if (grew !== flowing) changed((flowing = grew));
    }
    timer = setTimeout(look, interval);
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function packetsReceived(pc: RTCPeerConnection): Promise<number> {
  let packets = 0;
  (await pc.getStats()).forEach((report: RTCStats) => {
    if (isInboundRtp(report)) packets += report.packetsReceived ?? 0;
  });
  return packets;
}

function isInboundRtp(report: RTCStats): report is RTCInboundRtpStreamStats {
  return report.type === 'inbound-rtp';
}
