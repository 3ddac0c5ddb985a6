import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PacketStream } from '../../src/trace/packets.js';

const packet = (size: number, letter: string): string => {
  const length = size < 128 ? String.fromCharCode(size) : String.fromCharCode((size & 127) | 128, size >> 7);
  return `0${length}${letter.repeat(size)}`;
};

function pieces(stream: PacketStream, ...given: string[]): string[] {
  const back: string[] = [];
  for (const piece of given) stream.push(piece, (redacted) => back.push(redacted));
  return back;
}

describe('A stream of packets', () => {
  const upper = (text: string, body: number) => text.slice(0, body) + text.slice(body).toUpperCase();

  test('sees whole packets wherever the stream was cut, and gives back what was given in its sizes', () => {
    const stream = packet(3, 'a') + packet(200, 'b') + packet(0, '') + packet(1, 'c');
    for (let first = 1; first < 20; first += 1) {
      for (let second = first; second < stream.length; second += 7) {
        const given = [stream.slice(0, first), stream.slice(first, second), stream.slice(second)];
        const back = pieces(new PacketStream(upper), ...given);
        assert.equal(back.join(''), stream.replace(/[a-c]/g, (letter) => letter.toUpperCase()));
        assert.deepEqual(back.map(({ length }) => length), given.map(({ length }) => length));
      }
    }
  });

  test('gives nothing back before it knows everything of it', () => {
    const stream = new PacketStream(upper);
    assert.deepEqual(pieces(stream, packet(2, 'a') + '0\u0004b'), []);
    assert.deepEqual(pieces(stream, 'bbb'), ['BBB'], 'the first piece goes to whoever gave it');
  });

  test('shows only the head of a packet that never ends', () => {
    const stream = new PacketStream(upper);
    const back: string[] = [];
    stream.push(packet(200, 'b').slice(0, 50), (redacted) => back.push(redacted));
    stream.end();
    assert.deepEqual(back, [`0\u00c8\u0001bb${'x'.repeat(45)}`]);
    assert.deepEqual(pieces(stream, packet(1, 'c')), [packet(1, 'C')], 'the next one begins afresh');
  });

  test('keeps nothing of a packet that the core does not read either', () => {
    const stream = new PacketStream(upper);
    const head = '0\u0080\u0080\u0005';
    assert.deepEqual(pieces(stream, `${head}bbb`), [`${head}xxx`]);
    assert.deepEqual(pieces(stream, 'b'.repeat(81917) + packet(1, 'c')), ['x'.repeat(81917) + packet(1, 'C')]);
  });
});
