// What one part of the benchmark found, and how it is shown: our figure beside the naive way's and the floor's, as ratios.
// Absolute figures say something of the machine only; a ratio of one run, its rounds interleaved, travels.

export interface Reading {
  /** `naive`: what a programmer would write first. `floor`: what the machine allows with the rest left out. `peer`: another's. */
  kind: 'naive' | 'peer' | 'floor';
  /** What was run: "one PNG a stamp with pdfkit". */
  what: string;
  value: number;
}

/** A ratio the design asks for. `measured` at least (or at most) `bound` is met. */
export interface Target {
  what: string;
  bound: number;
  rule: 'at least' | 'at most';
  measured: number;
}

export interface Figure {
  part: string;
  /** What ours is, with its conditions: "JSON look-up, durable, distinct stamps, 64 connections". */
  what: string;
  /** Of every value: "stamps per CPU-second". */
  unit: string;
  ours: number;
  beside: Reading[];
  targets: Target[];
  /** What a reader must know to judge it: the mask rule, a scaled figure. */
  notes: string[];
}

export function isMet(target: Target): boolean {
  return target.rule === 'at least' ? target.measured >= target.bound : target.measured <= target.bound;
}

/** The middle value; of an even number, the mean of the two in the middle. @throws RangeError for none */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share (0 to 1) lies, between neighbours by proportion. @throws RangeError for none */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return low + (high - low) * (place - Math.floor(place));
}

/** The table as text: a figure a block, so that long names need no wide screen. */
export function tableOf(figures: readonly Figure[]): string {
  const lines: string[] = [];
  for (const figure of figures) {
    lines.push(`${figure.part}: ${figure.what}`, `  ours   ${shown(figure.ours).padStart(12)} ${figure.unit}`);
    for (const { kind, what, value } of figure.beside) {
      lines.push(`  ${kind.padEnd(6)} ${shown(value).padStart(12)} ${times(figure.ours / value).padEnd(10)} ${what}`);
    }
    for (const target of figure.targets) {
      lines.push(
        `  ${isMet(target) ? 'met   ' : 'MISSED'} ${shown(target.measured).padStart(12)}   ${target.rule} ${shown(target.bound)}: ${target.what}`,
      );
    }
    for (const note of figure.notes) lines.push(`  note   ${note}`);
    lines.push('');
  }
  const targets = figures.flatMap((figure) => figure.targets);
  lines.push(`${targets.filter(isMet).length} of ${targets.length} targets met`);
  return lines.join('\n');
}

function times(ratio: number): string {
  return ratio < 0.01 ? `1/${shown(1 / ratio)} x` : `${shown(ratio)} x`;
}

/** Three significant digits, thousands set apart. */
function shown(value: number): string {
  if (value !== 0 && Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return Math.round(value).toLocaleString('en-US');
}
