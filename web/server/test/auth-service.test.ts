import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { TestClock, account, app, credentials, key, newSession, otherApp, serve, type Person, type TestServer } from './helpers.js';

const service = (t: TestContext, settings = {}, ports = {}) => serve(t, { authService: true, ...settings }, ports);
const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });
const json = (fields: unknown, headers = {}): RequestInit => ({ method: 'POST', body: JSON.stringify(fields), headers: { 'Content-Type': 'application/json', ...headers } });
const ask = (server: TestServer, path: string, init: RequestInit) => fetch(`${server.origin}/auth/${path}`, init);
const textOf = async (server: TestServer, path: string, init: RequestInit) => (await ask(server, path, init)).text();
const login = (person: Person = {}) => {
  const { clientId, username, password } = credentials(person);
  return { username, password, client_id: clientId };
};
const [alice, bob] = [account('Alice-1'), account('bob')];

test('an auth service has no broker, and everything else of the server', async (t) => {
  const server = await service(t, { mqttServers: ['wss://mqtt.example.com/mqtt'] });
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/mqtt`, 'mqtt');
  const [error] = await once(socket, 'error') as [Error];
  assert.match(error.message, /404/);
  assert.equal(server.url, 'wss://mqtt.example.com/mqtt');
  assert.deepEqual(await (await fetch(`${server.origin}/readyz`)).json(), { status: 'ready' });
  const config = await fetch(`${server.origin}/config.json`);
  assert.deepEqual((await config.json() as { servers: string[] }).servers, ['wss://mqtt.example.com/mqtt']);
  assert.match(config.headers.get('content-security-policy') ?? '', /; connect-src 'self' wss:\/\/mqtt\.example\.com https:\/\/mqtt\.example\.com$/);
  assert.equal((await fetch(`${server.origin}/v1/ice`, { headers: { Authorization: `Bearer ${credentials().password}` } })).status, 200);
});

test('a server with its broker answers no other broker', async (t) => {
  const server = await serve(t);
  for (const path of ['rabbitmq/user', 'emqx/login', 'vernemq/']) assert.notEqual((await ask(server, path, form(login()))).status, 200, path);
});

test('RabbitMQ may let in who has a UserSig of its own and a client id of its own', async (t) => {
  const server = await service(t);
  const verdict = (fields: Record<string, string>) => textOf(server, 'rabbitmq/user', form({ vhost: '/', ...fields }));
  assert.equal(await verdict(login({ userID: 'Alice-1' })), 'allow');
  assert.equal(await verdict(login({ sdkAppID: otherApp })), 'allow');
  for (const wrong of [
    login({ key: 'wrong'.repeat(10) }), login({ expire: 1, time: 1 }), { ...login(), username: bob }, { ...login(), client_id: `${bob}_${newSession()}` },
    { ...login(), client_id: 'x' }, { username: account('alice'), password: login().password }, { ...login(), password: '' }, {},
  ]) assert.equal(await verdict(wrong as Record<string, string>), 'deny', JSON.stringify(wrong));
});

test('RabbitMQ is told about the queue of the client\'s own and about amq.topic, and about nothing else', async (t) => {
  const server = await service(t);
  const resource = (fields: Record<string, string>) => textOf(server, 'rabbitmq/resource', form({ username: alice, vhost: '/', resource: 'queue', permission: 'write', name: `mqtt-subscription-${alice}_${newSession()}qos0`, ...fields }));
  assert.equal(await textOf(server, 'rabbitmq/vhost', form({ username: alice, vhost: '/', ip: '127.0.0.1' })), 'allow');
  assert.equal(await textOf(server, 'rabbitmq/vhost', form({ username: 'guest', vhost: '/' })), 'deny');
  for (const permission of ['configure', 'write', 'read']) assert.equal(await resource({ permission }), 'allow');
  for (const permission of ['write', 'read']) assert.equal(await resource({ resource: 'exchange', name: 'amq.topic', permission }), 'allow');
  for (const wrong of [
    { name: `mqtt-subscription-${bob}_${newSession()}qos0` }, { name: 'mqtt-subscription-xqos0' }, { name: 'anything' }, { username: 'guest' }, { resource: 'exchange', name: 'amq.direct' },
    { resource: 'exchange', name: 'amq.topic', permission: 'configure' }, { resource: 'exchange', name: 'amq.topic', username: '7_nobody' }, { resource: 'vhost' },
  ] as Record<string, string>[]) assert.equal(await resource(wrong), 'deny', JSON.stringify(wrong));
});

const rightTopics: [string, string][] = [
  ['publish', `trtc/v1/in/${bob}/${alice}`], ['publish', `trtc/v1/on/${alice}`], ['publish', `trtc/v1/group/${app}_team/${alice}`],
  ['subscribe', `trtc/v1/in/${alice}/+`], ['subscribe', `trtc/v1/on/${bob}`], ['subscribe', `trtc/v1/group/${app}_team/+`],
];
const wrongTopics: [string, string][] = [
  ['publish', `trtc/v1/in/${alice}/${bob}`], ['publish', `trtc/v1/on/${bob}`], ['publish', `trtc/v1/in/${otherApp}_bob/${alice}`], ['publish', `trtc/v1/group/${app}_secret/${alice}`], ['publish', 'x'],
  ['subscribe', `trtc/v1/in/${bob}/+`], ['subscribe', 'trtc/v1/on/+'], ['subscribe', '#'], ['subscribe', `trtc/v1/group/${app}_secret/+`], ['subscribe', 'trtc/v1/group/+/+'], ['subscribe', ''], ['dance', `trtc/v1/in/${alice}/+`],
];
const teams = { groups: { team: ['Alice-1'] } };

test('RabbitMQ is told the topic rule in routing keys', async (t) => {
  const server = await service(t, teams);
  const routingKey = (topic: string) => topic.replaceAll('/', '.').replaceAll('+', '*');
  const fields = ([action, topic]: [string, string]) => ({ username: alice, vhost: '/', resource: 'topic', name: 'amq.topic', permission: action === 'publish' ? 'write' : action === 'subscribe' ? 'read' : action, routing_key: routingKey(topic) });
  for (const topic of rightTopics) assert.equal(await textOf(server, 'rabbitmq/topic', form(fields(topic))), 'allow', topic.join());
  for (const topic of wrongTopics) assert.equal(await textOf(server, 'rabbitmq/topic', form(fields(topic))), 'deny', topic.join());
  const [right] = rightTopics as [[string, string]];
  for (const change of [{ name: 'amq.direct' }, { username: 'guest' }, { username: '' }]) assert.equal(await textOf(server, 'rabbitmq/topic', form({ ...fields(right), ...change })), 'deny');
});

test('EMQX gets JSON with allow or deny', async (t) => {
  const server = await service(t, teams);
  const answer = async (path: string, fields: unknown) => (await (await ask(server, path, json(fields))).json() as { result: string; is_superuser: boolean });
  const { username, password, client_id: clientid } = login({ userID: 'Alice-1' });
  assert.deepEqual(await answer('emqx/login', { username, password, clientid, peerhost: '192.0.2.1' }), { result: 'allow', is_superuser: false });
  for (const wrong of [{ username: bob }, { password: 'x' }, { password: 7 }, { clientid: undefined }, { clientid: `${bob}_${newSession()}` }]) {
    assert.equal((await answer('emqx/login', { username, password, clientid, ...wrong })).result, 'deny', JSON.stringify(wrong));
  }
  for (const [action, topic] of rightTopics) assert.equal((await answer('emqx/topic', { username, action, topic })).result, 'allow', topic);
  for (const [action, topic] of wrongTopics) assert.equal((await answer('emqx/topic', { username, action, topic })).result, 'deny', topic);
  for (const extra of [{ retain: true }, { retain: 'true' }, { qos: 2 }, { qos: '2' }]) {
    assert.equal((await answer('emqx/topic', { username, action: 'publish', topic: `trtc/v1/on/${alice}`, ...extra })).result, 'deny', JSON.stringify(extra));
  }
});

test('VerneMQ gets ok or an error from one address, by the name of its hook', async (t) => {
  const server = await service(t, teams);
  const answer = async (hook: string, fields: object) => (await (await ask(server, 'vernemq/', json({ mountpoint: '', client_id: 'x', username: alice, ...fields }, { 'vernemq-hook': hook }))).json() as { result: unknown }).result;
  const refused = { error: 'not_allowed' };
  assert.equal(await answer('auth_on_register', { peer_addr: '192.0.2.1', peer_port: 7, clean_session: true, ...login({ userID: 'Alice-1' }) }), 'ok');
  assert.deepEqual(await answer('auth_on_register', { ...login({ userID: 'Alice-1' }), password: 'x' }), refused);
  assert.deepEqual(await answer('auth_on_register', { ...login({ userID: 'Alice-1' }), client_id: 'x' }), refused);
  for (const [action, topic] of rightTopics) {
    assert.equal(await (action === 'publish' ? answer('auth_on_publish', { topic, qos: 0, retain: false, payload: 'e30=' }) : answer('auth_on_subscribe', { topics: [{ topic, qos: 0 }] })), 'ok', topic);
  }
  for (const [action, topic] of wrongTopics) {
    assert.deepEqual(await (action === 'publish' ? answer('auth_on_publish', { topic, qos: 0 }) : answer('auth_on_subscribe', { topics: [{ topic: `trtc/v1/in/${alice}/+`, qos: 0 }, { topic, qos: 0 }] })), action === 'dance' ? 'ok' : refused, topic);
  }
  for (const topics of [[], undefined, [7], 'x', [null]]) assert.deepEqual(await answer('auth_on_subscribe', { topics }), refused);
  assert.deepEqual(await answer('auth_on_publish', { topic: `trtc/v1/on/${alice}`, qos: 0, retain: true }), refused);
});

test('whoever is not listed gets no answer', async (t) => {
  const elsewhere = await service(t, { authFrom: ['192.0.2.0/24'] });
  assert.equal((await ask(elsewhere, 'rabbitmq/user', form(login()))).status, 403);
  const server = await service(t);
  for (const headers of [{ Origin: 'http://127.0.0.1' }, { 'X-Forwarded-For': '127.0.0.1' }, { Forwarded: 'for=127.0.0.1' }] as Record<string, string>[]) {
    assert.equal((await ask(server, 'rabbitmq/user', { ...form(login()), headers })).status, 403, JSON.stringify(headers));
  }
  const proxied = await service(t, { trustedProxies: ['127.0.0.1'] });
  assert.equal((await ask(proxied, 'rabbitmq/user', { ...form(login()), headers: { 'X-Forwarded-For': '198.51.100.1' } })).status, 403);
});

test('what is not a question gets 400, 405 or 413, and no verdict', async (t) => {
  const server = await service(t, { maxMessageBytes: 1024 });
  for (const init of [form({}), json([]), json(null), { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }, { method: 'POST', body: 'x' }]) {
    assert.equal((await ask(server, 'vernemq/', init)).status, 400);
  }
  assert.equal((await ask(server, 'vernemq/', json({}, { 'vernemq-hook': 'constructor' }))).status, 400);
  assert.equal((await ask(server, 'rabbitmq/user', { method: 'GET' })).status, 405);
  assert.equal((await ask(server, 'rabbitmq/', form({}))).status, 405);
  assert.equal((await ask(server, 'emqx/topic', json({ x: 'x'.repeat(20_000) }))).status, 413);
});

test('a question that ends early, or never, holds nothing up', async (t) => {
  const server = await service(t);
  const half = httpRequest({ host: '127.0.0.1', port: server.port, path: '/auth/rabbitmq/user', method: 'POST', headers: { 'Content-Length': 100, 'Content-Type': 'application/x-www-form-urlencoded' } });
  half.on('error', () => {});
  half.write('username=');
  assert.equal(await textOf(server, 'rabbitmq/user', form(login())), 'allow');
  half.destroy();
  assert.equal(await textOf(server, 'rabbitmq/user', form(login())), 'allow');
});

test('guessing UserSigs is limited by the client\'s address, where the broker tells it', async (t) => {
  const clock = new TestClock();
  const server = await service(t, { failedLoginBurst: 2, failedLoginsPerMinute: 6 }, { clock });
  const { username, password, client_id: clientid } = login({ time: clock.seconds });
  const answer = async (fields: object) => (await (await ask(server, 'emqx/login', json({ username, password, clientid, ...fields }))).json() as { result: string }).result;
  for (let i = 0; i < 2; i += 1) assert.equal(await answer({ password: 'x', peerhost: '192.0.2.1' }), 'deny');
  assert.equal(await answer({ peerhost: '192.0.2.1' }), 'deny');
  assert.equal(await answer({ peerhost: '192.0.2.2' }), 'allow');
  assert.equal(await answer({ peerhost: 'nonsense' }), 'allow');
  clock.advance(10_000);
  assert.equal(await answer({ peerhost: '192.0.2.1' }), 'allow');
});

test('the log names accounts and reasons, and no secret', async (t) => {
  const server = await service(t);
  const given = login();
  await ask(server, 'rabbitmq/user', form(given));
  await ask(server, 'rabbitmq/user', form({ ...given, password: `${given.password}!` }));
  const lines = server.lines.filter(({ event }) => event.startsWith('login '));
  assert.deepEqual(lines.map(({ level, event, account: name, reason, key: id }) => [level, event, name, reason, id]), [
    ['info', 'login allowed', account('alice'), undefined, '1'], ['warn', 'login refused', undefined, 'UserSig refused: malformed', undefined],
  ]);
  const log = JSON.stringify(server.lines);
  for (const secret of [given.password, key, given.client_id]) assert.ok(!log.includes(secret));
  const metrics = await (await fetch(`${server.origin}/metrics`)).text();
  assert.match(metrics, new RegExp(`trtc_logins_total\\{app="${app}",key="1"\\} 1`));
  assert.match(metrics, /trtc_refusals_total\{what="login",reason="UserSig refused: malformed"\} 1/);
});

test('keys that are changed by a reload are those that count', async (t) => {
  const server = await service(t);
  const given = login();
  server.reload({ apps: new Map([[app, [{ id: 'new', key: 'n'.repeat(40) }]]]) });
  assert.equal(await textOf(server, 'rabbitmq/user', form(given)), 'deny');
  assert.equal(await textOf(server, 'rabbitmq/user', form(login({ key: 'n'.repeat(40) }))), 'allow');
});
