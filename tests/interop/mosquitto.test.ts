// What only our plugin for Mosquitto can do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { World } from './behaviours/world.ts';
import { otherAppID, settings } from './brokers/broker.ts';
import { mosquitto, type Mosquitto } from './brokers/mosquitto.ts';

let broker: Mosquitto;
before(async () => {
  broker = await mosquitto();
});
after(() => broker.stop());

test('SIGHUP reads keys and groups again, and a file that cannot be used changes nothing', async (t) => {
  const world = new World(broker);
  t.after(() => world.close());
  const isLetIn = async () => (await world.tryClient(world.name('bob'), { sdkAppID: otherAppID })) !== undefined;
  assert.ok(await isLetIn());
  const { [otherAppID]: _, ...fewer } = settings.apps;
  await broker.reload({ ...settings, apps: fewer }, /applications: 1$/);
  assert.ok(!(await isLetIn()));
  await broker.reload({ apps: 'nonsense' }, /apps has to be an object/);
  assert.ok(!(await isLetIn()));
  await world.client(world.name('alice'));
  await broker.reload(settings, /applications: 2$/);
  assert.ok(await isLetIn());
});
