// Prefix codes for deflate: lengths computed from counts, none above a limit, and the bits of each in the order in
// which a deflate stream is written (RFC 1951 §3.2.2).

export interface PrefixCode {
  /** Bits of each symbol, 0 if it has no code. */
  lengths: Uint8Array;
  /** Its bits, the first one lowest. */
  bits: Uint16Array;
}

/**
 * A code for symbols by how often each occurs. Symbols that never occur get no code, but at least two get one, as
 * decoders require.
 */
export function codeFor(counts: readonly number[], longest: number): PrefixCode {
  let scaled = withTwo(counts);
  let lengths = huffmanLengths(scaled);
  // Flatter counts give shorter codes; a few halvings are enough, and cost next to nothing in size.
  while (Math.max(...lengths) > longest) {
    scaled = scaled.map((count) => Math.ceil(count / 2));
    lengths = huffmanLengths(scaled);
  }
  return codeOfLengths(lengths);
}

/** The only code that has these lengths. */
export function codeOfLengths(lengths: Uint8Array): PrefixCode {
  const bits = new Uint16Array(lengths.length);
  let next = 0;
  for (let length = 1; length <= 15; length += 1) {
    next <<= 1;
    lengths.forEach((own, symbol) => {
      if (own === length) bits[symbol] = reversed(next++, length);
    });
  }
  return { lengths, bits };
}

function withTwo(counts: readonly number[]): number[] {
  const filled = [...counts];
  for (let symbol = 0; filled.filter((count) => count > 0).length < 2; symbol += 1)
    filled[symbol] = Math.max(1, filled[symbol] ?? 0);
  return filled;
}

interface Tree {
  count: number;
  symbols: number[];
}

/** Joins the two rarest trees until one is left; each join lengthens its symbols by a bit. */
function huffmanLengths(counts: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const trees: Tree[] = counts.flatMap((count, symbol) => (count > 0 ? [{ count, symbols: [symbol] }] : []));
  trees.sort((a, b) => b.count - a.count);
  for (
    let rarest = trees.pop(), other = trees.pop();
    rarest !== undefined && other !== undefined;
    rarest = trees.pop(), other = trees.pop()
  ) {
    const joined: Tree = { count: rarest.count + other.count, symbols: [...rarest.symbols, ...other.symbols] };
    for (const symbol of joined.symbols) lengths[symbol]! += 1;
    const at = trees.findIndex((tree) => tree.count < joined.count);
    trees.splice(at === -1 ? trees.length : at, 0, joined);
  }
  return lengths;
}

function reversed(value: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit += 1) turned |= ((value >> bit) & 1) << (length - 1 - bit);
  return turned;
}
