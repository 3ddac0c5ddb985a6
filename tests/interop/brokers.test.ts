// The C++ core over brokers of other people, and what each of them enforces of protocol section 2. `scripts/brokers` runs all
// of them; here are those that need no more than a moment. The expectations are the table in web/server/brokers/README.md.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { behaviours } from './behaviours/index.ts';
import { World } from './behaviours/world.ts';
import { brokerNames, brokers, type BrokerName } from './brokers/index.ts';
import type { Broker } from './brokers/broker.ts';
import { shortcomings } from './expected.ts';
import { matrix } from './matrix.ts';

const given = process.env['BROKERS'] ?? 'Aedes,Mosquitto';
const wanted = (given === 'all' ? [...brokerNames] : given.split(',')).map((name) => {
  const known = brokerNames.find((one) => one.toLowerCase() === name.toLowerCase());
  if (!known) throw new Error(`BROKERS names ${name}, which is none of ${brokerNames.join(', ')}`);
  return known;
});
const seen = new Map<BrokerName, Map<string, boolean>>();

// Side by side: they spend most of the time waiting.
describe('the core, and a client that misbehaves', { concurrency: wanted.length }, () => {
  for (const name of wanted) {
    describe(name, { concurrency: 1 }, () => {
      let broker: Broker;
      const results = new Map<string, boolean>();
      seen.set(name, results);

      before(async () => {
        broker = await brokers[name]();
      });
      after(() => broker?.stop());

      for (const behaviour of behaviours) {
        const shortcoming = shortcomings[behaviour.name]?.[name];
        test(shortcoming === undefined ? behaviour.name : `NOT: ${behaviour.name}`, async (t) => {
          const world = new World(broker);
          t.after(() => world.close());
          const holds = await behaviour.run(world);
          results.set(behaviour.name, holds);
          assert.equal(holds, shortcoming === undefined, shortcoming ?? 'tests/interop/expected.ts says that it does');
        });
      }
    });
  }
});

after(() => {
  const verdict = (holds: boolean | undefined) => (holds === undefined ? 'failed' : holds ? 'yes' : 'no');
  console.log(`\n${matrix(wanted, (row, column) => verdict(seen.get(column)?.get(row)))}\n`);
});
