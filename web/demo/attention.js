// What calls for attention: soft tones and the tab's title. Tones need a user gesture first; without one the page just
// stays silent, and nothing here ever throws.

let context;

function unlock() {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') context.resume().catch(() => {});
  } catch {
    context = undefined; // no audio device, or WebAudio is switched off
  }
}

/** One soft note; the ramps keep it from clicking. */
function note(frequency, start, length, loudness) {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(loudness, start + 0.04);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  tone.connect(gain).connect(outlet);
  tone.start(start);
  tone.stop(start + length + 0.05);
}

const TONES = {
  // Somebody calls: a rising pair, twice, then a pause.
  incoming: {
    every: 2600,
    notes: [[659, 0, 0.35], [880, 0.16, 0.6], [659, 0.7, 0.35], [880, 0.86, 0.8]],
    loudness: 0.09,
  },
  // It rings at the other end: one low, quiet note.
  outgoing: { every: 3200, notes: [[440, 0, 1.1]], loudness: 0.035 },
};

let timer;
let playing;
let outlet; // all notes of the tone that plays; cutting it silences those already scheduled

/** Repeats the tone `name` until it is called with undefined. */
export function playTone(name) {
  if (name === playing) return;
  playing = name;
  clearInterval(timer);
  outlet?.disconnect();
  outlet = undefined;
  if (!name) return;
  const { every, notes, loudness } = TONES[name];
  const round = () => {
    if (context?.state !== 'running') return;
    if (!outlet) {
      outlet = context.createGain();
      outlet.connect(context.destination);
    }
    for (const [frequency, offset, length] of notes) note(frequency, context.currentTime + offset, length, loudness);
  };
  round();
  timer = setInterval(round, every);
}

let usual = '';
let blinking;

/** The title while nothing rings. */
export function setTitle(words) {
  usual = words;
  if (!blinking) document.title = words;
}

/** Alternates the title with `words` while a call rings; undefined ends it. */
export function blinkTitle(words) {
  clearInterval(blinking);
  blinking = undefined;
  document.title = words ?? usual;
  if (!words || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  let shown = true;
  blinking = setInterval(() => {
    shown = !shown;
    document.title = shown ? words : usual;
  }, 1000);
}

export function startAttention() {
  for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, unlock, { capture: true, passive: true });
}
