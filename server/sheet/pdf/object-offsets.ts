// Where each object of a print file begins, in pieces of eight bytes an object that are never moved. It replaces
// pdfkit's own array, which is copied again and again as it grows to a million pages of a roll.

const PIECE = 16_384;
/** No object begins at byte 0, because the file's head is there. */
const NOT_WRITTEN = 0;

export class ObjectOffsets {
  #pieces: Float64Array[] = [];
  /** Number of objects. The next one's number is one more. */
  length = 0;

  /** @param offsets of the objects from 1 on */
  constructor(offsets: readonly (number | null)[]) {
    for (const offset of offsets) this.push(offset);
  }

  /** Adds an object, null if it is not written yet. Returns its number. */
  push(offset: number | null): number {
    if (this.length % PIECE === 0) this.#pieces.push(new Float64Array(PIECE));
    this.length += 1;
    this.set(this.length, offset ?? NOT_WRITTEN);
    return this.length;
  }

  /** @param id number of an object that was added */
  set(id: number, offset: number): void {
    this.#pieceOf(id)[(id - 1) % PIECE] = offset;
  }

  /** @throws Error for an object that was added and never written */
  get(id: number): number {
    const offset = this.#pieceOf(id)[(id - 1) % PIECE] ?? NOT_WRITTEN;
    if (offset === NOT_WRITTEN) throw new Error(`object ${id} was promised and not written`);
    return offset;
  }

  #pieceOf(id: number): Float64Array {
    const piece = this.#pieces[Math.floor((id - 1) / PIECE)];
    if (piece === undefined) throw new RangeError(`there is no object ${id}`);
    return piece;
  }
}
