// Takes the media of two pages through this process, where it can be held up. The pages are told (page/watch.js) that
// the other side is at the detour's address; whoever sends there first is the one to forward to.
//
//   alice ── near ═ far ── bob
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Participant } from './participant.ts';

export class Detour {
  /** No packet passes while it is true. */
  blocked = false;
  /** Packets that have passed. */
  count = 0;

  static async between(alice: Participant, bob: Participant): Promise<Detour> {
    const [near, far] = await Promise.all([listen(), listen()]);
    const detour = new Detour([near, far]);
    await Promise.all([detour.tell(alice, near), detour.tell(bob, far)]);
    return detour;
  }

  private constructor(private readonly sockets: readonly [Socket, Socket]) {
    const senders: [RemoteInfo?, RemoteInfo?] = [];
    sockets.forEach((socket, side) => {
      const other = 1 - side;
      socket.on('message', (packet, from) => {
        senders[side] = from;
        const to = senders[other];
        if (this.blocked || !to) return;
        this.count += 1;
        sockets[other]!.send(packet, to.port, to.address);
      });
      // ICMP says that a page has closed its port.
      socket.on('error', () => undefined);
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  private tell(participant: Participant, socket: Socket): Promise<unknown> {
    const { address, port } = socket.address();
    return participant.evaluate(`void (watched.detour = ${JSON.stringify({ address, port })})`);
  }
}

async function listen(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind({ address: ownAddress() }, resolve));
  return socket;
}

/** Not loopback: browsers send nothing of ICE there. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = all.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('no network interface for ICE');
  return found.address;
}
