/** How loud the own microphone is. Chromium's statistics tell; elsewhere somebody has to look at the sound itself. */
export class Level {
  /** 0 … 1, of the last statistics; undefined where those do not tell. */
  told: number | undefined = 0;
  private track: MediaStreamTrack | undefined;
  private context: AudioContext | undefined;
  private analyser: AnalyserNode | undefined;

  /** 0 … 100 */
  of(microphone: MediaStreamTrack | undefined): number {
    if (microphone === undefined || !microphone.enabled) return 0;
    return Math.min(100, Math.round(100 * (this.told ?? this.peak(microphone))));
  }

  /** Nothing is listened to but `microphone`. */
  update(microphone: MediaStreamTrack | undefined): void {
    if (microphone === this.track) return;
    // A context that is closed already is one that the browser has closed: nothing is left to do.
    this.context?.close().catch(() => undefined);
    this.context = this.analyser = this.track = undefined;
  }

  private peak(microphone: MediaStreamTrack): number {
    this.update(microphone);
    const analyser = (this.analyser ??= this.listen(microphone));
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  }

  /** A page that captures may run a context without a gesture. */
  private listen(microphone: MediaStreamTrack): AnalyserNode {
    this.track = microphone;
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    this.context.createMediaStreamSource(new MediaStream([microphone])).connect(analyser);
    return analyser;
  }
}
