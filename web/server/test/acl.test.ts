import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAccount } from '../src/auth/account.js';
import { topicRules } from '../src/auth/acl.js';

const rules = topicRules(() => true);
const a = parseAccount('1_alice')!;
const publish = (topic: string) => rules.judgePublish(a, topic);
const subscribe = (filter: string) => rules.maySubscribe(a, filter);

test('an account may publish to inboxes of its application, its presence and its groups, always as itself', () => {
  for (const topic of ['trtc/v1/in/1_bob/1_alice', 'trtc/v1/in/1_alice/1_alice', 'trtc/v1/on/1_alice', 'trtc/v1/group/1_team/1_alice']) {
    assert.equal(publish(topic), 'deliver', topic);
  }
});

test('an account may subscribe to its inbox, to one presence at a time and to whole groups', () => {
  for (const filter of ['trtc/v1/in/1_alice/+', 'trtc/v1/on/1_bob', 'trtc/v1/on/1_alice', 'trtc/v1/group/1_team/+']) {
    assert.ok(subscribe(filter), filter);
  }
});

test('nothing else may be published', () => {
  const topics = [
    'trtc/v1/in/1_bob/1_carol', 'trtc/v1/in/2_bob/1_alice', 'trtc/v1/in/1_Bob/1_alice', 'trtc/v1/in/bob/1_alice', 'trtc/v1/in/1_bob', 'trtc/v1/in/1_bob/1_alice/x',
    'trtc/v1/in//1_alice', 'trtc/v1/in/1_bob/', 'trtc/v1/on/1_bob', 'trtc/v1/on/1_alice/1_alice', 'trtc/v1/on/', 'trtc/v1/group/1_team/1_bob', 'trtc/v1/group/2_team/1_alice',
    'trtc/v1/group/1_team', 'trtc/v1/other/1_alice', 'trtc/v1', 'trtc/v2/on/1_alice', '/trtc/v1/on/1_alice', 'trtc/v1/on/1_alice ', '$SYS/x', '', 'x', `trtc/v1/in/1_${'b'.repeat(600)}/1_alice`,
  ];
  for (const topic of topics) assert.equal(publish(topic), 'refuse', topic);
});

test('nothing else may be subscribed to', () => {
  const filters = [
    '#', '+', 'trtc/#', 'trtc/v1/#', 'trtc/v1/in/#', 'trtc/v1/in/+/+', 'trtc/v1/in/1_bob/+', 'trtc/v1/in/1_alice/#', 'trtc/v1/in/1_alice', 'trtc/v1/in/1_alice/1_bob', 'trtc/v1/in/1_alice/+/+',
    'trtc/v1/on/+', 'trtc/v1/on/#', 'trtc/v1/on/2_bob', 'trtc/v1/on/1_bob/+', 'trtc/v1/group/+/+', 'trtc/v1/group/2_team/+', 'trtc/v1/group/1_team/1_bob', 'trtc/v1/group/1_team/#',
    '$SYS/#', '$SYS/+/new/clients', '$share/g/trtc/v1/in/1_alice/+', '+/v1/in/1_alice/+',
  ];
  for (const filter of filters) assert.ok(!subscribe(filter), filter);
});

test('the policy decides about groups, and sees decoded ids', () => {
  const asked: string[] = [];
  const strict = topicRules((account, group) => asked.push(`${account.userID}:${group}`) > 0 && group === 'Team-1');
  assert.equal(strict.judgePublish(a, 'trtc/v1/group/1_-team--1/1_alice'), 'deliver');
  assert.ok(strict.maySubscribe(a, 'trtc/v1/group/1_-team--1/+'));
  assert.equal(strict.judgePublish(a, 'trtc/v1/group/1_team/1_alice'), 'drop');
  assert.ok(!strict.maySubscribe(a, 'trtc/v1/group/1_team/+'));
  assert.ok(asked.includes('alice:Team-1'));
});

test('the policy is not asked about groups of another application, nor about messages under another name', () => {
  const strict = topicRules(() => assert.fail('asked'));
  assert.equal(strict.judgePublish(a, 'trtc/v1/group/2_team/1_alice'), 'refuse');
  assert.equal(strict.judgePublish(a, 'trtc/v1/group/1_team/1_bob'), 'refuse');
  assert.ok(!strict.maySubscribe(a, 'trtc/v1/group/2_team/+'));
});

test('a will may go to the account\'s own presence only', () => {
  assert.ok(rules.mayLeaveWill(a, 'trtc/v1/on/1_alice'));
  for (const topic of ['trtc/v1/on/1_bob', 'trtc/v1/in/1_bob/1_alice', 'trtc/v1/group/1_team/1_alice', 'trtc/v1/on/1_alice/x', '']) {
    assert.ok(!rules.mayLeaveWill(a, topic), topic);
  }
});
