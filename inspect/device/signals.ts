// What eyes on the goods hear and feel: one short tone for a stamp in order, two low ones for one to look at.

const TONES = { calm: [880], look: [330, 262] } as const;
const BUZZES = { calm: [40], look: [120, 60, 120] } as const;
const TONE_MS = 90;
const LOUDNESS = 0.2;

export type Signal = keyof typeof TONES;

export class Signals {
  sound = true;
  private context: AudioContext | null = null;

  /** Browsers let a page sound only after a tap; this is called by one. */
  wake(): void {
    this.context ??= new AudioContext();
    void this.context.resume();
  }

  give(signal: Signal): void {
    navigator.vibrate?.(BUZZES[signal]);
    if (this.sound) this.play(TONES[signal]);
  }

  private play(tones: readonly number[]): void {
    const { context } = this;
    if (context === null) return;
    for (const [at, hertz] of tones.entries()) {
      const begin = context.currentTime + (at * TONE_MS) / 1_000;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.value = LOUDNESS;
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + TONE_MS / 1_000);
    }
  }
}
