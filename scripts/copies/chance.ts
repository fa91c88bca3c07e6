// Random numbers from a seed, so that a run can be repeated exactly.

export interface Chance {
  /** Uniform, 0 inclusive to 1 exclusive. */
  next: () => number;
  isTrue: (probability: number) => boolean;
  /** A whole number, both ends inclusive. */
  whole: (from: number, to: number) => number;
  /** Uniform in the logarithm. */
  logUniform: (from: number, to: number) => number;
  /** Exponentially distributed, with this mean. */
  exponential: (mean: number) => number;
  poisson: (mean: number) => number;
  pick: <T>(of: readonly T[]) => T;
}

/** Above this mean a Poisson number is drawn from the normal distribution, which is then close enough. */
const KNUTH_MEAN_MAX = 30;

/** sfc32 (Practically Random, C. Doty-Humphrey): fast, with a period that no run exhausts. */
export function chanceOf(seed: number): Chance {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 15; i += 1) next();

  const exponential = (mean: number): number => -Math.log(1 - next()) * mean;
  const poisson = (mean: number): number => {
    if (mean > KNUTH_MEAN_MAX) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
    }
    const least = Math.exp(-mean);
    let drawn = 0;
    for (let product = next(); product > least; product *= next()) drawn += 1;
    return drawn;
  };
  return {
    next,
    isTrue: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    logUniform: (from, to) => (to <= from ? from : from * Math.exp(next() * Math.log(to / from))),
    exponential,
    poisson,
    pick: (of) => of[Math.floor(next() * of.length)] as (typeof of)[number],
  };
}
