// The result of one part of the benchmark, and its text: our figure, and its ratio to the naive way and to the floor.
// Absolute figures are true of one machine only. A ratio from interleaved rounds of one run holds on other machines.

export interface Reading {
  /** `naive`: what one writes first. `floor`: the best that the machine allows. `peer`: another program. */
  kind: 'naive' | 'peer' | 'floor';
  /** What was run: "one PNG a stamp with pdfkit". */
  what: string;
  value: number;
}

/** A ratio that the design asks for. It is met if `measured` is at least (or at most) `bound`. */
export interface Target {
  what: string;
  bound: number;
  rule: 'at least' | 'at most';
  measured: number;
}

export interface Figure {
  part: string;
  /** What was measured, with its conditions: "JSON look-up, durable, distinct stamps, 64 connections". */
  what: string;
  /** The unit of every value: "stamps per CPU-second". */
  unit: string;
  ours: number;
  beside: Reading[];
  targets: Target[];
  /** What a reader must know to judge the figure: the mask rule, or that it was scaled. */
  notes: string[];
}

export function isMet(target: Target): boolean {
  return target.rule === 'at least' ? target.measured >= target.bound : target.measured <= target.bound;
}

/** The middle value, or the mean of the two middle ones. @throws RangeError if there are no values */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share (0 to 1) of all values is, interpolated. @throws RangeError if there are no values */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return low + (high - low) * (place - Math.floor(place));
}

/** The table as text, one block per figure: long names then need no wide screen. */
export function tableOf(figures: readonly Figure[]): string {
  const lines: string[] = [];
  for (const figure of figures) {
    lines.push(`${figure.part}: ${figure.what}`, `  ours   ${shown(figure.ours).padStart(12)} ${figure.unit}`);
    for (const { kind, what, value } of figure.beside) {
      lines.push(`  ${kind.padEnd(6)} ${shown(value).padStart(12)} ${times(figure.ours / value).padEnd(10)} ${what}`);
    }
    for (const target of figure.targets) {
      const { what, bound, rule, measured } = target;
      const met = isMet(target) ? 'met   ' : 'MISSED';
      lines.push(`  ${met} ${shown(measured).padStart(12)}   ${rule} ${shown(bound)}: ${what}`);
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

/** Three significant digits, with thousands separators. */
function shown(value: number): string {
  if (value !== 0 && Math.abs(value) < 100) return String(Number(value.toPrecision(3)));
  return Math.round(value).toLocaleString('en-US');
}
