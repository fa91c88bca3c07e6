// The fingerprint of a tag, as packs hold it: the first 16 bits of HMAC-SHA-256 under a batch's pack key (FIPS 198-1,
// FIPS 180-4). Computed here and not by WebCrypto, whose answer comes from another thread: on a slow phone the way
// there and back takes longer than the work, and a code must be told within a millisecond.

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;
const ROUNDS = constants(64, (prime) => Math.cbrt(prime));
const START = constants(8, (prime) => Math.sqrt(prime));

/** The fingerprint function of a batch. @param key at most 64 bytes */
export function fingerprintFunction(key: Uint8Array): (message: Uint8Array) => number {
  const inner = afterPad(key, INNER);
  const outer = afterPad(key, OUTER);
  return (message) => {
    const digest = new Uint8Array(32);
    const view = new DataView(digest.buffer);
    finish(inner, message).forEach((word, at) => view.setUint32(at * 4, word));
    return (finish(outer, digest)[0] ?? 0) >>> 16;
  };
}

/** The state after the key's block. */
function afterPad(key: Uint8Array, pad: number): Uint32Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  key.forEach((byte, at) => (block[at] = byte ^ pad));
  return compress(START, new DataView(block.buffer));
}

/** Hashes a message that fits into the last block: at most 55 bytes, after one block of 64. */
function finish(state: Uint32Array, message: Uint8Array): Uint32Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(message);
  block[message.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(BLOCK_BYTES - 4, (BLOCK_BYTES + message.length) * 8);
  return compress(state, view);
}

/** FIPS 180-4 §6.2.2. */
function compress(state: Uint32Array, block: DataView): Uint32Array {
  const words = new Uint32Array(64);
  for (let at = 0; at < 16; at += 1) words[at] = block.getUint32(at * 4);
  for (let at = 16; at < 64; at += 1) {
    const w15 = words[at - 15] ?? 0;
    const w2 = words[at - 2] ?? 0;
    const s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3);
    const s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10);
    words[at] = (words[at - 16] ?? 0) + s0 + (words[at - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[at] ?? 0) + (words[at] ?? 0)) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    // One by one: an array for each round would cost more than the round before it is compiled.
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return Uint32Array.from([a, b, c, d, e, f, g, h], (word, at) => word + (state[at] ?? 0));
}

function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits of the fractions of a root of the first primes (FIPS 180-4 §4.2.2, §5.3.3). */
function constants(count: number, root: (prime: number) => number): Uint32Array {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    let divisor = 2;
    while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor += 1;
    if (divisor * divisor > candidate) found.push(Math.floor((root(candidate) % 1) * 2 ** 32));
  }
  return Uint32Array.from(found);
}
