// The yardstick: what a broker would cost that did nothing. It believes every login, keeps inboxes in a Map, and hands packets
// on as they come. It reads no more of MQTT 3.1.1 than our own clients write: whole packets in each frame, QoS 0.
//
// usage: node relay.mjs; prints its port
import { WebSocketServer } from 'ws';

const CONNECT = 1, PUBLISH = 3, SUBSCRIBE = 8, UNSUBSCRIBE = 10, PINGREQ = 12;

/** Who hears a topic, by the topic; of an inbox, `…/in/{to}/+`, by its part before the sender. */
const listeners = new Map();
const keyOf = (topic) => (topic.startsWith('trtc/v1/in/') ? topic.slice(0, topic.lastIndexOf('/')) : topic);

/** Each packet of a frame: its type, where it begins, where its body begins, where it ends. */
function* packetsOf(frame) {
  for (let start = 0; start < frame.length; ) {
    let [length, shift, body] = [0, 0, start + 1];
    let byte;
    do {
      byte = frame[body];
      length |= (byte & 127) << shift;
      shift += 7;
      body += 1;
    } while (byte & 128);
    yield { type: frame[start] >> 4, start, body, end: body + length };
    start = body + length;
  }
}

const textAt = (frame, at) => frame.toString('utf8', at + 2, at + 2 + frame.readUInt16BE(at));

/** The answer has a code for each filter. */
function subscribe(socket, frame, { body, end }) {
  const codes = [];
  for (let at = body + 2; at < end; at += 3 + frame.readUInt16BE(at)) {
    const key = keyOf(textAt(frame, at));
    const known = listeners.get(key);
    if (known) known.add(socket);
    else listeners.set(key, new Set([socket]));
    socket.keys.push(key);
    codes.push(0);
  }
  socket.send(Buffer.from([0x90, 2 + codes.length, frame[body], frame[body + 1], ...codes]));
}

function onFrame(socket, frame) {
  for (const packet of packetsOf(frame)) {
    const { type, start, body, end } = packet;
    if (type === PUBLISH) {
      for (const one of listeners.get(keyOf(textAt(frame, body))) ?? []) one.send(frame.subarray(start, end));
    } else if (type === CONNECT) socket.send(Buffer.from([0x20, 2, 0, 0]));
    else if (type === SUBSCRIBE) subscribe(socket, frame, packet);
    else if (type === UNSUBSCRIBE) socket.send(Buffer.from([0xb0, 2, frame[body], frame[body + 1]]));
    else if (type === PINGREQ) socket.send(Buffer.from([0xd0, 0]));
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, handleProtocols: () => 'mqtt' });
server.on('listening', () => console.log(`relay on port ${server.address().port}`));
server.on('connection', (socket) => {
  socket.keys = [];
  socket.on('error', () => {});
  socket.on('message', (frame) => onFrame(socket, frame));
  socket.on('close', () => {
    for (const key of socket.keys) listeners.get(key)?.delete(socket);
  });
});
