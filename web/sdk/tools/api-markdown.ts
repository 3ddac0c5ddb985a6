// The model as one page of Markdown.
import type { EventDoc, Member, MethodDoc, Model, TypeDoc } from './api-model.js';

export interface ErrorRow {
  code: number;
  name: string;
  message: string;
  remedy: string;
}

export interface Tables {
  errors: readonly ErrorRow[];
  callTypes: readonly (readonly [name: string, value: number])[];
  profiles: readonly { name: string; width: number; height: number; frame_rate: number; bitrate: number }[];
}

const TITLES: Readonly<Record<string, string>> = {
  'api/session.ts': 'Listeners, session and groups',
  'api/calls.ts': 'Calls',
  'api/media.ts': 'Camera, microphone, screen and devices',
  'api/views.ts': 'Pictures and sound in the page',
  'api/state.ts': 'What can be asked at any time',
};

/** As GitHub makes it from a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replace(/[^\w -]/g, '').replace(/ /g, '-');

const heading = ({ keys }: EventDoc): string => `EVENT.${keys[0]}`;

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`.replace(/ {2}/g, ' ');

const table = (head: string[], rows: string[][]): string =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

/** Comments of payloads begin with the events that carry them, which the reader has just read. */
const withoutEvents = (text: string): string =>
  text
    .replace(/^[A-Z_]+(?: and [A-Z_]+| \(= [A-Z_]+\))*[.,:;]\s*/, '')
    .replace(/^[a-z]/, (letter) => letter.toUpperCase());

const escaped = (text: string): string => text.replace(/\|/g, '\\|');

class Page {
  /** Where a type is described: with the method that takes it, the event that carries it, or on its own. */
  private readonly places = new Map<string, string>([['EventMap', 'events']]);
  private readonly eventPlaces = new Map<string, string>();

  constructor(
    private readonly model: Model,
    private readonly tables: Tables,
  ) {
    this.places.set('Options', 'constructor');
    const place = (name: string | undefined, where: string): void => {
      if (name && this.isInterface(name) && !this.places.has(name)) this.places.set(name, anchor(where));
    };
    for (const { methods } of model.groups) {
      for (const method of methods) place(method.params[0]?.type, method.name);
    }
    for (const event of model.events) {
      place(event.payload, heading(event));
      for (const key of event.keys) this.eventPlaces.set(key, anchor(heading(event)));
    }
  }

  private isInterface(name: string): boolean {
    return (this.model.types.get(name)?.members.length ?? 0) > 0;
  }

  /** Types that no method and no event shows. */
  private get otherTypes(): TypeDoc[] {
    return [...this.model.types.values()].filter(({ name }) => !this.places.has(name));
  }

  /** Prose with links to the events that it names. */
  private prose(text: string): string {
    const names = new RegExp(`(\`[^\`]*\`)|\\b(${[...this.eventPlaces.keys()].join('|')})\\b`, 'g');
    const linked = (name: string): string => `[${name}](#${this.eventPlaces.get(name)})`;
    return text.replace(names, (whole, code?: string) => (code ? whole : linked(whole)));
  }

  private cell(text: string): string {
    return escaped(this.prose(text));
  }

  /** A type with links to the names in it. */
  private type(text: string): string {
    const parts = text.replace(/^\| /, '').split(/\b([A-Z]\w+)\b/);
    const shown = parts.map((part) => {
      if (!this.model.types.has(part)) return part;
      return `\0[\`${part}\`](#${this.places.get(part) ?? anchor(part)})\0`;
    });
    const code = (part: string): string => (part.includes('](#') ? part : part.replace(/\S(?:.*\S)?/, '`$&`'));
    return shown.join('').split('\0').map(code).join('').trim();
  }

  private members(first: string, members: readonly Member[]): string {
    const rows = members.map(({ name, type, optional, text }) => [
      `\`${name}${optional ? '?' : ''}\``,
      escaped(this.type(type)),
      this.cell(text),
    ]);
    return table([first, 'Type', 'Meaning'], rows);
  }

  private parameters({ params }: MethodDoc): string[] {
    const [only] = params;
    if (!only) return [];
    const options = this.model.types.get(only.type);
    if (options && this.isInterface(only.type)) {
      const required = [...options.members].sort((a, b) => Number(a.optional) - Number(b.optional));
      return [`\`${only.name}\`: ${this.prose(only.text)}.`, this.members('Option', required)];
    }
    return [this.members('Parameter', params.map((param) => ({ ...param, optional: false })))];
  }

  private result({ signature, returns }: MethodDoc): string[] {
    const promised = /: Promise<(.*)>$/.exec(signature)?.[1];
    if (returns === '') {
      const link = this.type(promised ?? signature.replace(/^.*: /, ''));
      return link.includes('](#') ? [`${promised ? 'Resolves with' : 'Returns'} ${link}.`] : [];
    }
    const result = promised === undefined ? 'Returns' : 'Resolves';
    const type = promised === undefined || promised === 'void' ? '' : ` with ${this.type(promised)}`;
    return [`${result}${type}: ${this.prose(returns)}.`];
  }

  /** "2024 not logged in, 61007 – 61009 devices" as rows, with the names of the codes. */
  private rejections({ throws }: MethodDoc): string[] {
    if (throws === '') return [];
    const [, other] = /^as `(\w+)`$/.exec(throws) ?? [];
    if (other) return [`Rejects as [\`${other}\`](#${anchor(other)}).`];
    if (!/^\d/.test(throws)) return [`Throws ${throws}.`];
    const rows = throws.split(/[,;] (?=\d{4})/).map((item) => {
      const [, codes = '', when = ''] = /^(\d+(?:(?: – |, | and )\d+)*) (.*)$/.exec(item) ?? [];
      const [low = 0, high = low] = codes.split(/\D+/).map(Number);
      const isMeant = codes.includes('–')
        ? (code: number) => code >= low && code <= high
        : (code: number) => codes.split(/\D+/).includes(String(code));
      const meant = this.tables.errors.filter(({ code }) => isMeant(code));
      if (meant.length === 0) throw new Error(`@throws ${item}: there is no such error`);
      return [meant.map(({ code, name }) => `[${code}](#error-${code}) \`${name}\``).join(', '), this.cell(when)];
    });
    return [table(['Rejects with', 'When'], rows)];
  }

  private method(method: MethodDoc): string[] {
    return [
      `### ${method.name}`,
      `\`\`\`ts\n${method.signature}\n\`\`\``,
      this.prose(method.text),
      ...this.parameters(method),
      ...this.result(method),
      ...this.rejections(method),
    ];
  }

  private event(event: EventDoc): string[] {
    const { keys, value, text, payload } = event;
    const [, ...aliases] = keys;
    const also = aliases.map((key) => `, also \`EVENT.${key}\``).join('');
    const first = [`### ${heading(event)}`, `\`'${value}'\`${also}. ${this.prose(text)}`];
    const type = this.model.types.get(payload);
    if (!type) return [...first, 'Payload: `{}`.'];
    const about = `Payload: \`${payload}\`. ${this.prose(withoutEvents(type.text))}`.trim();
    return [...first, about, this.members('Field', type.members)];
  }

  private typeSection({ name, text, members, type, values }: TypeDoc): string[] {
    const rows = values.map(({ value, text: meaning }) => [`\`${value}\``, this.cell(meaning)]);
    return [
      `### ${name}`,
      this.prose(text),
      ...(members.length > 0 ? [this.members('Field', members)] : []),
      ...(type === '' ? [] : [this.type(type)]),
      ...(rows.length > 0 ? [table(['Value', 'Meaning'], rows)] : []),
    ];
  }

  private constants(): string[] {
    const { callTypes, profiles } = this.tables;
    return [
      '## Constants',
      '`TRTCCalling.CALL_TYPE` has its names for its values, too: `CALL_TYPE[2] === \'VIDEO_CALL\'`.',
      table(['`CALL_TYPE`', 'Value'], callTypes.map(([name, value]) => [`\`${name}\``, `${value}`])),
      'Profiles that [`setVideoQuality`](#setvideoquality) knows by name:',
      table(
        ['Profile', 'Pixels', 'Frames/s', 'kbit/s'],
        profiles.map(({ name, width, height, frame_rate, bitrate }) => [
          `\`'${name}'\``,
          `${width} × ${height}`,
          `${frame_rate}`,
          `${bitrate}`,
        ]),
      ),
    ];
  }

  private errors(): string[] {
    const rows = this.tables.errors.map(({ code, name, message, remedy }) => [
      `<a id="error-${code}"></a>${code}`,
      `\`${name}\``,
      this.cell(message),
      this.cell(remedy),
    ]);
    const about =
      'What promises reject with is a [`TRTCCallingError`](#trtccallingerror); [ERROR](#eventerror) carries the same ' +
      'codes, names and remedies.';
    return ['## Errors', about, table(['Code', 'Name', 'What happened', 'What to do'], rows)];
  }

  private contents(): string {
    const links = (names: string[]): string => names.map((name) => `[${name}](#${anchor(name)})`).join(' · ');
    const groups = this.model.groups.map(({ file, methods }) => [
      `[${TITLES[file]}](#${anchor(TITLES[file] ?? file)})`,
      links(methods.map(({ name }) => name)),
    ]);
    const events = this.model.events.map((event) => `[${event.keys[0]}](#${anchor(heading(event))})`).join(' · ');
    const types = links(this.otherTypes.map(({ name }) => name));
    const rest = [
      ['[Events](#events)', events],
      ['[Types](#types)', types],
      ['[Constants](#constants) · [Errors](#errors)', ''],
    ];
    return table(['', ''], [['[Constructor](#constructor)', ''], ...groups, ...rest]);
  }

  toString(): string {
    const { about, groups, events, types } = this.model;
    const methods = groups.flatMap(({ file, methods: listed }) => [
      `## ${TITLES[file]}`,
      ...listed.flatMap((method) => this.method(method)),
    ]);
    return `${[
      '# API of trtc-calling-wasm',
      'Generated from the sources by `scripts/check --fix`. [README](README.md) · [한국어](README.ko.md) · ' +
        '[differences from 1.0.6](README.md#deliberate-differences-from-106)',
      this.contents(),
      '## Constructor',
      '```ts\nnew TRTCCalling(options: Options)\n```',
      this.prose(about),
      'It never throws and touches nothing outside of the object; what is wrong with the options is said by ' +
        '[`login`](#login).',
      this.members('Option', types.get('Options')?.members ?? []),
      ...methods,
      '## Events',
      'A listener gets one object, and what it throws is logged. Names are members of `TRTCCalling.EVENT`, or the ' +
        'strings.',
      ...events.flatMap((event) => this.event(event)),
      '## Types',
      '`import TRTCCalling, { CallResult } from \'trtc-calling-wasm\'`, or `TRTCCalling.CallResult`.',
      ...this.otherTypes.flatMap((type) => this.typeSection(type)),
      ...this.constants(),
      ...this.errors(),
    ].join('\n\n')}\n`;
  }
}

export const markdown = (model: Model, tables: Tables): string => new Page(model, tables).toString();
