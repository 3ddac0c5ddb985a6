// What the public sources say about themselves, as data. They are parsed by the oldest compiler that must be able to
// read the declarations made from them, so nothing newer gets in unnoticed.
import ts from 'typescript-4.1';

/** A member of an interface; one of an object inside another is named with a dot. */
export interface Member {
  name: string;
  type: string;
  optional: boolean;
  text: string;
}

export interface TypeDoc {
  name: string;
  text: string;
  /** Of an interface, with what it inherits first. */
  members: Member[];
  /** Of a type that is no interface: the type, and the words it lists if they have comments. */
  type: string;
  values: { value: string; text: string }[];
}

export interface MethodDoc {
  name: string;
  signature: string;
  text: string;
  params: { name: string; type: string; text: string }[];
  returns: string;
  throws: string;
}

export interface EventDoc {
  keys: string[];
  value: string;
  text: string;
  payload: string;
}

export interface Model {
  about: string;
  groups: { file: string; methods: MethodDoc[] }[];
  events: EventDoc[];
  types: ReadonlyMap<string, TypeDoc>;
}

export type ReadSource = (file: string) => string;

const METHODS = ['session', 'calls', 'media', 'views', 'state'].map((part) => `api/${part}.ts`);
const TYPES = ['types.ts', 'payloads.ts', 'meter/types.ts'];

/** Members that mean the same wherever they stand, and need no comment of their own there. */
const COMMON: Readonly<Record<string, string>> = {
  userID: 'Who.',
  userId: 'Who.',
  direction: "'send': to this user; 'receive': from this user.",
  kind: 'Sound or picture.',
  'sent.audio': 'The sound that goes to this user.',
  'sent.video': 'The picture that goes to this user.',
  'received.audio': 'The sound that comes from this user.',
  'received.video': 'The picture that comes from this user.',
};

/** In one line, without clauses of a document that readers of the reference do not have at hand. */
export function plain(comment: string | undefined): string {
  return (comment ?? '')
    .replace(/\s+/g, ' ')
    .replace(/ \((?:(?:\d+(?:\.\d+)?|D\d+)(?:, |; | and | )?)+\)/g, '')
    .replace(/\(\d+\.\d+; /g, '(')
    .replace(/\{@link (?:TRTCCalling\.)?(\w+)\}/g, '`$1`')
    .trim();
}

const docOf = (node: ts.Node): ts.JSDoc | undefined => (node as { jsDoc?: ts.JSDoc[] }).jsDoc?.slice(-1)[0];

const textOf = (node: ts.Node): string => plain(docOf(node)?.comment);

function parse(file: string, text: string): ts.SourceFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2020, true);
  const [fault] = (source as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics;
  if (fault) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
  return source;
}

const oneLine = (node: ts.Node): string =>
  node
    .getText()
    .replace(/\/\*\*.*?\*\//gs, ' ')
    .replace(/\s+/g, ' ')
    .trim();

// ---- Types. ----

function membersOf(nodes: ts.NodeArray<ts.TypeElement>, prefix = ''): Member[] {
  return nodes.flatMap((node) => {
    if (!node.name) return [];
    const name = prefix + node.name.getText();
    const optional = node.questionToken !== undefined;
    if (ts.isMethodSignature(node)) {
      return [{ name: `${name}()`, type: node.type?.getText() ?? '', optional, text: textOf(node) }];
    }
    const { type } = node as ts.PropertySignature;
    if (type && ts.isTypeLiteralNode(type)) return membersOf(type.members, `${name}.`);
    return [{ name, type: type ? oneLine(type) : '', optional, text: textOf(node) || (COMMON[name] ?? '') }];
  });
}

type Resolve = (name: string) => Member[];

/** What `extends` names: an interface, or Pick and Partial of one. */
function inherited(name: string, args: readonly ts.TypeNode[], resolve: Resolve): Member[] {
  const [of, keys] = args;
  if (!of) return resolve(name);
  const all = ts.isTypeReferenceNode(of) ? inherited(of.typeName.getText(), of.typeArguments ?? [], resolve) : [];
  if (name === 'Partial') return all.map((member) => ({ ...member, optional: true }));
  if (name === 'Pick') return all.filter((member) => keys?.getText().includes(`'${member.name}'`));
  throw new Error(`${name}<…> in an extends clause cannot be read yet`);
}

function interfaceDoc(node: ts.InterfaceDeclaration, resolve: Resolve): TypeDoc {
  const bases = (node.heritageClauses ?? []).flatMap((clause) => [...clause.types]);
  const before = bases.flatMap((base) => inherited(base.expression.getText(), base.typeArguments ?? [], resolve));
  const own = membersOf(node.members);
  const kept = before.filter(({ name }) => !own.some((member) => member.name === name));
  return { name: node.name.text, text: textOf(node), members: [...kept, ...own], type: '', values: [] };
}

/** A comment on a word of a union stands before the bar before it, where the parser does not look. */
function valuesOf(type: ts.TypeNode, text: string): TypeDoc['values'] {
  if (!ts.isUnionTypeNode(type)) return [];
  const values = type.types.map((word, index) => {
    const before = type.types[index - 1]?.end ?? type.getFullStart();
    const comments = ts.getLeadingCommentRanges(text, before) ?? [];
    const comment = comments.map(({ pos, end }) => text.slice(pos + 3, end - 2)).join(' ');
    return { value: word.getText(), text: plain(comment) };
  });
  return values.some((value) => value.text !== '') ? values : [];
}

function readTypes(read: ReadSource): Map<string, TypeDoc> {
  const declared = new Map<string, () => TypeDoc>();
  const types = new Map<string, TypeDoc>();
  const resolve = (name: string): Member[] => declared.get(name)?.().members ?? [];
  for (const file of TYPES) {
    const source = parse(file, read(file));
    for (const node of source.statements) {
      if (ts.isInterfaceDeclaration(node)) declared.set(node.name.text, () => interfaceDoc(node, resolve));
      if (!ts.isTypeAliasDeclaration(node)) continue;
      const values = valuesOf(node.type, source.text);
      const type = values.length > 0 ? '' : oneLine(node.type);
      declared.set(node.name.text, () => ({ name: node.name.text, text: textOf(node), members: [], type, values }));
    }
  }
  for (const [name, make] of declared) types.set(name, make());
  return types;
}

// ---- Methods. ----

const classIn = (source: ts.SourceFile): ts.ClassDeclaration => {
  const found = source.statements.find(ts.isClassDeclaration);
  if (!found) throw new Error(`${source.fileName} declares no class`);
  return found;
};

const tagOf = (node: ts.Node, names: string[]): string =>
  plain(docOf(node)?.tags?.find((tag) => names.includes(tag.tagName.text))?.comment);

const nameOf = (parameter: ts.ParameterDeclaration): string => parameter.name.getText().replace(/^_/, '');

function signatureOf(node: ts.MethodDeclaration | ts.GetAccessorDeclaration): string {
  const name = node.name.getText();
  if (ts.isGetAccessor(node)) return `readonly ${name}: ${node.type?.getText()}`;
  const generics = node.typeParameters ? `<${node.typeParameters.map((one) => one.getText()).join(', ')}>` : '';
  const parameters = node.parameters.map((one) => oneLine(one).replace(/^_/, ''));
  return `${name}${generics}(${parameters.join(', ')}): ${node.type?.getText()}`;
}

function methodDoc(node: ts.MethodDeclaration | ts.GetAccessorDeclaration): MethodDoc {
  const params = node.parameters.map((parameter) => {
    const tag = ts.getJSDocParameterTags(parameter)[0]?.comment;
    const type = parameter.type ? oneLine(parameter.type) : '';
    return { name: nameOf(parameter), type, text: plain(tag).replace(/^- /, '') };
  });
  const returns = tagOf(node, ['returns']);
  const throws = tagOf(node, ['throws']);
  return { name: node.name.getText(), signature: signatureOf(node), text: textOf(node), params, returns, throws };
}

const isMethod = (node: ts.Node): node is ts.MethodDeclaration | ts.GetAccessorDeclaration =>
  ts.isMethodDeclaration(node) || ts.isGetAccessor(node);

// ---- Events. ----

/** The members of the table of events. */
function eventNodes(source: ts.SourceFile): ts.PropertyAssignment[] {
  const declared = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === 'EVENT');
  const nodes: ts.PropertyAssignment[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) nodes.push(node);
    else ts.forEachChild(node, visit);
  };
  if (declared) visit(declared);
  return nodes;
}

function readEvents(read: ReadSource, types: ReadonlyMap<string, TypeDoc>): EventDoc[] {
  const events: EventDoc[] = [];
  const payloads = types.get('EventMap')?.members ?? [];
  for (const node of eventNodes(parse('constants.ts', read('constants.ts')))) {
    const value = node.initializer.getText().slice(1, -1);
    const key = node.name.getText();
    const same = events.find((event) => event.value === value);
    const payload = payloads.find(({ name }) => name === value)?.type ?? '';
    if (same) same.keys.push(key);
    else events.push({ keys: [key], value, text: textOf(node), payload });
  }
  return events;
}

export function readModel(read: ReadSource): Model {
  const types = readTypes(read);
  const groups = METHODS.map((file) => ({
    file,
    methods: classIn(parse(file, read(file))).members.filter(isMethod).map(methodDoc),
  }));
  const about = textOf(classIn(parse('trtc-calling.ts', read('trtc-calling.ts'))));
  return { about, groups, events: readEvents(read, types), types };
}

/** Names of everything that has no description. */
export function undocumented({ groups, events, types }: Model): string[] {
  const methods = groups.flatMap((group) => group.methods);
  const missing = (name: string, text: string): string[] => (text === '' ? [name] : []);
  return [
    ...methods.flatMap(({ name, text, params }) => [
      ...missing(`${name}()`, text),
      ...params.flatMap((param) => missing(`${name}(${param.name})`, param.text)),
    ]),
    ...events.flatMap(({ keys, text, payload }) => [
      ...missing(keys.join(), text),
      ...missing(`payload of ${keys.join()}`, payload),
    ]),
    ...[...types.values()].flatMap(({ name, text, members, values }) => [
      ...missing(name, text),
      ...(name === 'EventMap' ? [] : members.flatMap((member) => missing(`${name}.${member.name}`, member.text))),
      ...values.flatMap(({ value, text: meaning }) => missing(`${name} ${value}`, meaning)),
    ]),
  ];
}
