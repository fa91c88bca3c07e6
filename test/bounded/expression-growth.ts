// Decides from the source of a regular expression, without running it, whether some text may take it more than linear
// time.
//
// The expression becomes an automaton without empty moves (Glushkov: a state for each letter, class or dot). Time is
// more than linear exactly if there are two states p and q such that one word leads from p to p, from p to q and from q
// to q (Weber and Seidl 1991: infinite ambiguity), and the match can still fail after q. An expression that is not
// anchored may begin anywhere, which adds a state with a loop over every letter.

/** Letters that distinguish the classes of our expressions. */
const LETTERS = [
  ...Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)),
  ...Array.from('\u00a0\u00ad\u0301éđĐệ–•\u2028\u202a\ufeff\ud800中'),
];
/** For growth, more repeats behave like this many. */
const COPIES_MAX = 3;

interface Part {
  nullable: boolean;
  first: number[];
  last: number[];
}

/** Null if linear; otherwise the reason for the growth, in words. */
export function growthOf(source: string, flags: string): string | null {
  return new Growth(source, flags).fault();
}

class Growth {
  private at = 0;
  private readonly source: string;
  private readonly flags: string;
  /** For each state, which of LETTERS it reads. */
  private readonly reads: boolean[][] = [];
  private readonly follows: Set<number>[] = [];
  private anchored = false;
  /** Whether anything besides letters is required, so that no state is certain to succeed. */
  private asserts = false;
  private nested = false;

  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags.replaceAll(/[gyd]/g, '');
    this.anchored = source.startsWith('^') && !hasTopLevelBar(source);
  }

  fault(): string | null {
    const whole = this.alternatives();
    if (this.nested) return 'a repeat within a repeat reads the same letters in two ways';
    const ends = new Set(this.asserts ? [] : whole.last);
    if (!this.anchored) this.beginAnywhere(whole);
    for (let p = 0; p < this.reads.length; p += 1) {
      if (!this.reaches(p, p)) continue;
      for (let q = 0; q < this.reads.length; q += 1) {
        if (p === q || ends.has(q) || !this.reaches(q, q) || !this.reaches(p, q)) continue;
        if (this.ambiguous(p, q)) return `two repeats share a letter (states ${p} and ${q})`;
      }
    }
    return null;
  }

  private beginAnywhere({ first }: Part): void {
    const start = this.state(LETTERS.map(() => true));
    this.follows[start]?.add(start);
    for (const next of first) this.follows[start]?.add(next);
  }

  /** Whether one word leads from p to p, from p to q and from q to q. */
  private ambiguous(p: number, q: number): boolean {
    const seen = new Set<string>();
    const open: [number, number, number][] = [[p, p, q]];
    while (open.length > 0) {
      const [a, b, c] = open.pop() ?? [0, 0, 0];
      for (const x of this.follows[a] ?? []) {
        if (!this.reaches(x, p)) continue;
        for (const y of this.follows[b] ?? []) {
          if (!this.reaches(y, q) || !this.share(x, y)) continue;
          for (const z of this.follows[c] ?? []) {
            if (!this.reaches(z, q) || !this.share(x, y, z)) continue;
            if (x === p && y === q && z === q) return true;
            const key = `${x},${y},${z}`;
            if (seen.has(key)) continue;
            seen.add(key);
            open.push([x, y, z]);
          }
        }
      }
    }
    return false;
  }

  private share(...states: number[]): boolean {
    return LETTERS.some((_, i) => states.every((state) => this.reads[state]?.[i] === true));
  }

  private readonly reached = new Map<number, Set<number>>();

  /** Whether one or more letters lead from one state to the other, or both are the same state at the end of a word. */
  private reaches(from: number, to: number): boolean {
    let all = this.reached.get(from);
    if (all === undefined) {
      all = new Set();
      const open = [from];
      while (open.length > 0) {
        for (const next of this.follows[open.pop() ?? 0] ?? []) {
          if (all.has(next)) continue;
          all.add(next);
          open.push(next);
        }
      }
      this.reached.set(from, all);
    }
    return all.has(to);
  }

  private state(reads: boolean[]): number {
    this.reads.push(reads);
    this.follows.push(new Set());
    return this.reads.length - 1;
  }

  private alternatives(): Part {
    let part = this.sequence();
    while (this.source[this.at] === '|') {
      this.at += 1;
      const other = this.sequence();
      part = {
        nullable: part.nullable || other.nullable,
        first: [...part.first, ...other.first],
        last: [...part.last, ...other.last],
      };
    }
    return part;
  }

  private sequence(): Part {
    let part: Part = { nullable: true, first: [], last: [] };
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] ?? ''))
      part = this.join(part, this.item());
    return part;
  }

  private join(one: Part, two: Part): Part {
    for (const from of one.last) for (const to of two.first) this.follows[from]?.add(to);
    return {
      nullable: one.nullable && two.nullable,
      first: one.nullable ? [...one.first, ...two.first] : one.first,
      last: two.nullable ? [...one.last, ...two.last] : two.last,
    };
  }

  /** An atom with its repeat; a bounded repeat is expanded. */
  private item(): Part {
    const begin = this.at;
    const atom = this.atom();
    const end = this.at;
    const repeat = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(end));
    if (repeat === null) return atom;
    this.at = end + repeat[0].length;
    const after = this.at;
    const [, sign, low = '', comma, high] = repeat;
    const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const isOpen = sign === '*' || sign === '+' || (comma === ',' && high === '');
    const max = sign === '?' ? 1 : comma === ',' ? Number(high) : min;
    const copies = Math.min(Math.max(isOpen ? min : max, 1), COPIES_MAX);
    let whole = atom;
    const optional = (part: Part, i: number): Part => (i < min ? part : { ...part, nullable: true });
    whole = optional(isOpen && copies === 1 ? this.loop(atom) : atom, 0);
    for (let i = 1; i < copies; i += 1) {
      this.at = begin;
      const copy = this.atom();
      whole = this.join(whole, optional(isOpen && i === copies - 1 ? this.loop(copy) : copy, i));
    }
    this.at = after;
    return isOpen && min === 0 ? { ...whole, nullable: true } : whole;
  }

  private loop(part: Part): Part {
    for (const from of part.last) {
      for (const to of part.first) {
        if (this.follows[from]?.has(to) === true) this.nested = true;
        this.follows[from]?.add(to);
      }
    }
    return part;
  }

  private atom(): Part {
    const rest = this.source.slice(this.at);
    const nothing: Part = { nullable: true, first: [], last: [] };
    // A back-reference repeats what a group matched, so it is bounded as the group is.
    const assertion = /^(?:[$^]|\\[bB1-9])/.exec(rest);
    if (assertion !== null) {
      this.at += assertion[0].length;
      if (assertion[0] !== '^') this.asserts = true;
      return nothing;
    }
    const group = /^\((\?(?:<?[=!]|:|<\w+>))?/.exec(rest);
    if (group !== null) {
      this.at += group[0].length;
      const inner = this.alternatives();
      this.at += 1;
      const looks = group[1] !== undefined && /[=!]$/.test(group[1]);
      if (!looks) return inner;
      this.asserts = true;
      return nothing;
    }
    const letter =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{\w+\}|u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|[^])/u.exec(rest);
    if (letter === null) throw new RangeError(`cannot read ${rest}`);
    this.at += letter[0].length;
    const alone = new RegExp(`^(?:${letter[0]})$`, this.flags);
    const state = this.state(LETTERS.map((text) => alone.test(text)));
    return { nullable: false, first: [state], last: [state] };
  }
}

function hasTopLevelBar(source: string): boolean {
  let depth = 0;
  const marks = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '');
  for (const mark of marks) {
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (mark === '|' && depth === 0) return true;
  }
  return false;
}
