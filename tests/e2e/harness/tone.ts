// Something to hear. A steady tone would be taken for noise by the browser's noise suppression, so it chirps.

const RATE = 48_000;
const SECONDS = 2;

/** A mono 16-bit WAV: four rising chirps a second. */
export function chirps(): Buffer {
  const samples = RATE * SECONDS;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    const phase = ((index / RATE) * 4) % 1;
    const loud = phase < 0.6 ? Math.sin(Math.PI * (phase / 0.6)) : 0;
    const angle = 2 * Math.PI * (300 * phase + 500 * phase * phase);
    wav.writeInt16LE(Math.round(Math.sin(angle) * loud * 20_000), 44 + index * 2);
  }
  return wav;
}
