// A hand scanner types like a keyboard, only faster than hands, and ends with Enter. This tells its bursts from people.

/** Between two letters of a scanner; people need more than twice as long. */
const SCANNER_GAP_MS = 45;
/** The shortest carrier of a code has eighteen symbols. */
const BURST_MIN = 18;
/** An address with a tail. */
const BURST_MAX = 2_048;

export class TypedKeys {
  private letters = '';
  private lastMs = -Infinity;

  /**
   * One key, at a time in ms.
   *
   * @param key as KeyboardEvent.key
   * @returns what the scanner read, when this key ended it; else null
   */
  press(key: string, atMs: number): string | null {
    const isFast = atMs - this.lastMs <= SCANNER_GAP_MS;
    this.lastMs = atMs;
    if (key === 'Enter' || key === 'Tab') {
      const read = isFast && this.letters.length >= BURST_MIN ? this.letters : null;
      this.letters = '';
      return read;
    }
    if (key.length !== 1) return null; // Shift and its like come between letters
    this.letters = isFast && this.letters.length < BURST_MAX ? this.letters + key : key;
    return null;
  }
}
