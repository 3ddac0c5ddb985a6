// Prints THIRD-PARTY-LICENSES: what is inside the package besides the project's own code, with the licence texts of the
// Debian packages that the project is built with. scripts/check compares it with the file, and writes it with --fix.
//
// usage: node --import tsx web/sdk/tools/licenses.ts
import { readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} is missing: the texts are those of Debian 12's packages (scripts/setup --build)`);
  }
};

/** The first group of `pattern` in a file, for versions. */
function found(path: string, pattern: RegExp): string {
  const [, ...groups] = pattern.exec(read(path)) ?? [];
  if (groups.length === 0) throw new Error(`${path} has no ${pattern.source}`);
  return groups.join('.');
}

/** Debian's copyright files: stanzas of fields, whose further lines are indented (its copyright-format 1.0). */
class Copyrights {
  private readonly stanzas: Map<string, string>[];

  constructor(private readonly path: string) {
    this.stanzas = read(path).split(/\n(?:[ \t]*\n)+/).map(fieldsOf);
  }

  /** Who holds the copyright of the files that are named so. */
  holders(files: string): string {
    const stanza = this.stanzas.find((fields) => (fields.get('Files') ?? '').split(/\s+/).includes(files));
    return this.text(stanza?.get('Copyright'), files);
  }

  /** The stanza that holds nothing but a licence. */
  license(name: string): string {
    const stanza = this.stanzas.find((fields) => !fields.has('Files') && fields.get('License')?.split('\n')[0]?.trim() === name);
    return this.text(stanza?.get('License')?.split('\n').slice(1).join('\n'), name);
  }

  private text(field: string | undefined, what: string): string {
    if (field === undefined || field.trim() === '') throw new Error(`${this.path} does not have ${what}`);
    return field.split('\n').map((line) => line.trim().replace(/^\.$/, '')).join('\n').trim();
  }
}

function fieldsOf(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of stanza.matchAll(/^([A-Z][\w-]*):(.*(?:\n[ \t].*)*)/gm)) fields.set(name, value);
  return fields;
}

const SYSTEM = '/usr/share/emscripten/system/lib';
const emscripten = new Copyrights('/usr/share/doc/emscripten/copyright');
const nlohmann = new Copyrights('/usr/share/doc/nlohmann-json3-dev/copyright');
const emscriptenVersion = read('/usr/share/emscripten/emscripten-version.txt').replace(/"/g, '').trim();
const llvm = found(`${SYSTEM}/libcxx/include/__config`, /_LIBCPP_VERSION (\d+)000/);

interface Component {
  name: string;
  version: string;
  /** SPDX. */
  license: string;
  /** Which files it is in. */
  where: string;
  copyright: string;
  text: string;
}

const WASM = 'core.wasm (and its copies in core-base64.mjs and trtc-calling.js)';

const ofLlvm = (name: string, folder: string): Component => ({
  name,
  version: `${llvm}, with Emscripten ${emscriptenVersion}`,
  license: 'Apache-2.0 WITH LLVM-exception',
  where: WASM,
  copyright: emscripten.holders(`system/lib/${folder}/*`),
  text: 'The Apache License 2.0 and the LLVM exception: see the end of this file.',
});

const components: readonly Component[] = [
  {
    name: 'JSON for Modern C++ (nlohmann/json)',
    version: found('/usr/include/nlohmann/json.hpp', /version (\d+)\.(\d+)\.(\d+)/),
    license: 'MIT',
    where: WASM,
    copyright: ['*', 'include/nlohmann/detail/conversions/to_chars.hpp', 'include/nlohmann/detail/output/serializer.hpp']
      .map((files) => nlohmann.holders(files))
      .join('\n'),
    text: nlohmann.license('Expat'),
  },
  {
    name: 'Emscripten: embind, memory allocator',
    version: emscriptenVersion,
    license: 'MIT OR NCSA',
    where: WASM,
    copyright: emscripten.holders('*'),
    text: emscripten.license('Expat'),
  },
  {
    name: 'musl',
    version: read(`${SYSTEM}/libc/musl/VERSION`).trim(),
    license: 'MIT',
    where: WASM,
    copyright: 'See below.',
    text: read(`${SYSTEM}/libc/musl/COPYRIGHT`).trim(),
  },
  ofLlvm('libc++', 'libcxx'),
  ofLlvm('libc++abi', 'libcxxabi'),
  ofLlvm('compiler-rt', 'compiler-rt'),
];

const rule = (title: string): string => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}`;

const section = ({ name, version, license, where, copyright, text }: Component): string =>
  `${rule(`${name} ${version}`)}\nLicence: ${license}\nIn: ${where}\n\nCopyright:\n${copyright}\n\n${text}`;

export function thirdPartyLicenses(): string {
  const list = components.map(({ name, version, license }) => `- ${name} ${version}: ${license}`).join('\n');
  return `What is inside the files of this package besides the project's own code, whose licence is in LICENSE.

${list}

${components.map(section).join('\n\n')}

${rule('Apache License 2.0')}
${read('/usr/share/common-licenses/Apache-2.0').trim()}

${rule('LLVM exception to the Apache License 2.0')}
${llvmException()}
`;
}

/** Debian has it only beside the files that it is for. */
function llvmException(): string {
  const text = found('/usr/share/doc/emscripten/copyright', /License: Apache-2\.0 with LLVM exception\n((?: .*\n)+)/);
  return text.split('\n').map((line) => line.trim().replace(/^\.$/, '')).join('\n').trim();
}

if (process.argv[1]?.endsWith('licenses.ts') === true) process.stdout.write(thirdPartyLicenses());
