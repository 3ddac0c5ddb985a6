// A TCP proxy in front of the server that can break what passes through it.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type Target = { host: string; port: number };

export class Proxy {
  private readonly links = new Set<{ near: Socket; far: Socket }>();
  private refusing = false;
  private stalled = false;

  static async start(target: Target): Promise<Proxy> {
    const listener = createServer({ allowHalfOpen: false });
    const proxy = new Proxy(listener);
    listener.on('connection', (near) => proxy.link(near, target));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private constructor(private readonly listener: Server) {}

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}/`;
  }

  /** How many connections pass through at the moment. */
  get size(): number {
    return this.links.size;
  }

  /** Ends every connection at once, as a router that forgets them; new ones are welcome. */
  cut(): void {
    for (const { near, far } of this.links) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Ends nothing, but no byte passes any more: a half-open connection. */
  stall(): void {
    this.stalled = true;
    for (const { near, far } of this.links) {
      near.pause();
      far.pause();
    }
  }

  /** Lets pass again, what has piled up first. */
  resume(): void {
    this.stalled = false;
    for (const { near, far } of this.links) {
      near.resume();
      far.resume();
    }
  }

  /** New connections are reset; the open ones stay. */
  refuse(refusing: boolean): void {
    this.refusing = refusing;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    this.cut();
    await closed;
  }

  private link(near: Socket, target: Target): void {
    if (this.refusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target);
    const link = { near, far };
    this.links.add(link);
    near.setNoDelay(true);
    far.setNoDelay(true);
    const over = () => {
      this.links.delete(link);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', over);
      from.on('close', over);
    }
    if (this.stalled) {
      near.pause();
      far.pause();
    }
  }
}
