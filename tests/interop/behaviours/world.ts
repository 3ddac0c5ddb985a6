// The people of one behaviour: the core as the SDK runs it, and clients that misbehave.
import { randomBytes } from 'node:crypto';
import { accountName } from '../../../web/server/src/auth/account.ts';
import { sdkAppID, type Broker, type Wanted } from '../brokers/broker.ts';
import { Client, type Credentials } from '../client.ts';
import { Host } from '../host.ts';

/** What a broker does, or does not. */
export interface Behaviour {
  /** A sentence that is true of a broker that does all that we ask for. */
  readonly name: string;
  /** Whether it is true; throws where the broker does neither what we ask for nor its opposite. */
  readonly run: (world: World) => Promise<boolean>;
}

export type PersonOptions = Wanted & Partial<Credentials>;

let people = 0;

export class World {
  private readonly leaving: (() => unknown)[] = [];

  constructor(readonly broker: Broker) {}

  /** Nobody has had this name before. Upper case and a hyphen: what account names have to escape. */
  name(base: string): string {
    people += 1;
    return `${base}-${people}`;
  }

  account(userID: string, app = sdkAppID): string {
    return accountName(app, userID);
  }

  inbox(to: string, from: string): string {
    return `trtc/v1/in/${this.account(to)}/${this.account(from)}`;
  }

  /** The core, not signed in. */
  async stranger(userID: string): Promise<Host> {
    const host = await Host.start(userID, sdkAppID, this.broker.url);
    this.leaving.push(() => host.close());
    return host;
  }

  /** The core, signed in. */
  async host(userID: string): Promise<Host> {
    const host = await this.stranger(userID);
    await host.login(await this.broker.userSig(userID));
    await host.next('Ready');
    return host;
  }

  /** Undefined where the broker did not let it in. */
  async tryClient(userID: string, options: PersonOptions = {}): Promise<Client | undefined> {
    const account = this.account(userID, options.sdkAppID);
    const password = options.password ?? (await this.broker.userSig(userID, options));
    const clientID = `${account}_${randomBytes(16).toString('hex')}`;
    const client = await Client.connect(this.broker.url, { clientID, userName: account, ...options, password });
    if (client) this.leaving.push(() => client.leave());
    return client;
  }

  async client(userID: string, options: PersonOptions = {}): Promise<Client> {
    const client = await this.tryClient(userID, options);
    if (!client) throw new Error(`${userID} was not let in`);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all(this.leaving.splice(0).map((leave) => leave()));
  }
}
