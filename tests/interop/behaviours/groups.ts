import { sdkAppID, team } from '../brokers/broker.ts';
import { encodeID } from '../../../web/server/src/auth/account.ts';
import type { Behaviour } from './world.ts';

const group = `trtc/v1/group/${sdkAppID}_${encodeID(team.groupID)}`;
const [caller, callee, listener] = team.members as [string, string, string];

export const groups: readonly Behaviour[] = [
  {
    name: 'an invitation to a group reaches its members as one message',
    async run(world) {
      const [alice, bob] = [await world.host(caller), await world.host(callee)];
      await bob.ask({ type: 'JoinGroup', group_id: team.groupID });
      const witness = await world.client(listener);
      await witness.subscribe(`${group}/+`);
      await alice.ask({ type: 'GroupCall', users: [callee], media: 'audio', timeout: 30_000, user_data: '', room: 0, group_id: team.groupID });
      await bob.next('Invited');
      await witness.message(({ topic, payload }) => topic === `${group}/${world.account(caller)}` && payload.includes('"invite"'));
      return true;
    },
  },
  {
    name: 'a group with a list of members is closed to others',
    async run(world) {
      const mallory = world.name('mallory');
      const [member, outsider] = [await world.client(callee), await world.client(mallory)];
      await member.subscribe(`${group}/+`);
      await outsider.subscribe(`${group}/+`);
      const still = (await outsider.isAlive()) ? outsider : await world.client(mallory);
      still.publish(`${group}/${world.account(mallory)}`, 'from outside');
      await still.isAlive();
      member.publish(`${group}/${world.account(callee)}`, 'inside');
      await member.message(({ payload }) => payload.toString() === 'inside');
      await outsider.isAlive();
      const heard = [...member.received, ...outsider.received].map(({ payload }) => payload.toString());
      return heard.join() === 'inside';
    },
  },
  {
    name: 'the messages of all groups at once cannot be heard',
    async run(world) {
      const member = await world.client(caller);
      await member.subscribe(`${group}/+`);
      const outsider = await world.client(world.name('mallory'));
      await outsider.subscribe('trtc/v1/group/+/+');
      member.publish(`${group}/${world.account(caller)}`, 'inside');
      await member.message(({ payload }) => payload.toString() === 'inside');
      await outsider.isAlive();
      return outsider.received.length === 0;
    },
  },
];
