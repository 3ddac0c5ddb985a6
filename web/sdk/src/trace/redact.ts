// Takes out of JSON text and MQTT packets what is nobody's business. The core carries texts, signatures and descriptions
// from one place to another without looking into them, and only asks how many bytes they have. So a placeholder of the
// same size in an input comes out of the core wherever the text itself would: a redacted trace replays, and what is
// redacted of the effects is what the replay answers.

/** Members whose values are ids and words of the protocol. Every other text is a user's, until it is named here. */
const KNOWN = new Set(
  (
    'type call user users inviter invitees media session status role group_id from to why what reason state kind phase ' +
    'cancelled mid error seed pass url servers sdp offer candidate message detail fragment'
  ).split(' '),
);

/** A string, the colon behind it if it is a member's name, and that member's value if it is a string. */
const STRINGS = /"([^"\\]*(?:\\.[^"\\]*)*)"(?:(\s*:)(\s*)(?:"([^"\\]*(?:\\.[^"\\]*)*)")?)?/g;

/** What stays: an escape that JSON cannot do without. Then other escapes, and bytes. */
const UNITS = /(\\(?:u00(?:[01].|22|5c)|[^u/]))|\\u(....)|\\?[^]/gi;

/** Escapes (which stay); ICE credentials; addresses of servers; IPv4; IPv6 and fingerprints; names of mDNS. */
const TOKENS =
  /\\(?:u....|.)|(ice-(?:ufrag|pwd):| ufrag |wss?:\/\/|turns?:)([^\s"\\]+)|\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,}(?:\.\d{1,3}){0,3}|[\da-f-]{36}\.local/gi;

const MOST_ALIASES = 999;

/** How many bytes an escaped character has; the halves of a pair count for both. */
function sizeOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0xd800 || code > 0xdfff ? 3 : code < 0xdc00 ? 4 : 0;
}

const masked = (value: string): string =>
  value.replace(UNITS, (_unit, kept: string | undefined, hex: string | undefined) =>
    kept !== undefined ? kept : 'x'.repeat(hex === undefined ? 1 : sizeOf(parseInt(hex, 16))),
  );

export class Redactor {
  private readonly aliases = new Map<string, number>();

  /** Keeps the length, and whatever is JSON stays JSON. */
  readonly json = (text: string): string => {
    let key = '';
    return text
      .replace(STRINGS, (all, name: string, colon?: string, space?: string, value?: string) => {
        if (colon === undefined) return KNOWN.has(key) ? all : this.hidden(name);
        key = name;
        if (value === undefined || (KNOWN.has(key) && key !== 'fragment')) return all;
        return `"${name}"${colon}${space}${this.hidden(value, key === 'fragment')}`;
      })
      .replace(TOKENS, (all, prefix: string = '', token: string = all) =>
        all[0] === '\\' ? all : prefix + this.alias(token),
      );
  };

  /** One MQTT packet whose variable header begins at `body`. Its length stays. */
  readonly packet = (packet: string, body: number): string => {
    const size = (at: number) => (packet.charCodeAt(at) << 8) | packet.charCodeAt(at + 1);
    const type = packet.charCodeAt(0) >> 4;
    if (type === 3) {
      const payload = body + 2 + size(body);
      return packet.slice(0, payload) + this.json(packet.slice(payload));
    }
    if (type !== 1) return packet;
    // CONNECT: its last field is the password (MQTT 3.1.1, 3.1.3).
    let last = body + 10;
    for (let next = last; next < packet.length; next = last + size(last - 2)) last = next + 2;
    return packet.slice(0, last) + 'x'.repeat(packet.length - last);
  };

  /** Other ways to write the same text become the usual one; what that is shorter by follows as white space. */
  private hidden(value: string, alias = false): string {
    const short = alias ? this.alias(value) : masked(value);
    return `"${short}"${' '.repeat(value.length - short.length)}`;
  }

  /** Equal ones stay equal, so that candidates, credentials and descriptions can be matched. */
  private alias(token: string): string {
    let number = this.aliases.get(token) ?? 0;
    if (number === 0 && this.aliases.size < MOST_ALIASES) {
      number = this.aliases.size + 1;
      this.aliases.set(token, number);
    }
    return (number + 'x'.repeat(token.length)).slice(0, token.length);
  }
}

/** For those who asked for everything. */
export const plain: Pick<Redactor, 'json' | 'packet'> = { json: (text) => text, packet: (packet) => packet };
