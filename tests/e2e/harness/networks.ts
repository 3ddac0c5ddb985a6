// Two networks that cannot reach each other, and a hub that both reach: network namespaces, joined by two cables.
//
//   left 10.77.1.2 ── 10.77.1.1 hub 10.77.2.1 ── 10.77.2.2 right        the hub is 10.77.0.1 to both
//
// Neither side has a route to the other's addresses, and the machine's own networks are not touched.
import { execFileSync } from 'node:child_process';

export type Place = 'hub' | 'left' | 'right';
/** Of the server, and of the TURN server. */
export const hubAddress = '10.77.0.1';

const places: readonly Place[] = ['hub', 'left', 'right'];

export class Networks {
  private constructor(private readonly tag: string) {}

  /** Undefined where namespaces can be made; else why not. */
  static whyNot(): string | undefined {
    const probe = `trtc-probe-${process.pid}`;
    try {
      ip('netns', 'add', probe);
      ip('netns', 'exec', probe, 'true');
      return undefined;
    } catch (error) {
      return `network namespaces cannot be made here: ${String((error as { stderr?: unknown }).stderr ?? error).trim()}`;
    } finally {
      quietly('netns', 'del', probe);
    }
  }

  static create(): Networks {
    const networks = new Networks(`trtc-${process.pid}`);
    process.once('exit', () => networks.remove());
    for (const place of places) {
      ip('netns', 'add', networks.name(place));
      networks.inside(place, 'link', 'set', 'lo', 'up');
    }
    networks.inside('hub', 'address', 'add', `${hubAddress}/32`, 'dev', 'lo');
    networks.join('left', 1);
    networks.join('right', 2);
    return networks;
  }

  name(place: Place): string {
    return `${this.tag}-${place}`;
  }

  /** What to write before a command, so that it runs there. */
  prefix(place: Place): string[] {
    return ['ip', 'netns', 'exec', this.name(place)];
  }

  remove(): void {
    for (const place of places) quietly('netns', 'del', this.name(place));
  }

  private join(place: 'left' | 'right', number: number): void {
    ip('link', 'add', 'cable', 'netns', this.name(place), 'type', 'veth', 'peer', 'name', place, 'netns', this.name('hub'));
    this.inside('hub', 'address', 'add', `10.77.${number}.1/24`, 'dev', place);
    this.inside('hub', 'link', 'set', place, 'up');
    this.inside(place, 'address', 'add', `10.77.${number}.2/24`, 'dev', 'cable');
    this.inside(place, 'link', 'set', 'cable', 'up');
    this.inside(place, 'route', 'add', hubAddress, 'via', `10.77.${number}.1`);
  }

  private inside(place: Place, ...args: string[]): void {
    ip('-netns', this.name(place), ...args);
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` } });
}

function quietly(...args: string[]): void {
  try {
    ip(...args);
  } catch {
    // It was not there.
  }
}
