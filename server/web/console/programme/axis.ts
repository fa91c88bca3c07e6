// The scale of a drawn chart: round steps, and where a value lies.

/** Steps that people count in. */
const STEPS = [1, 2, 5] as const;

/** The figures of an axis from 0 to at least `max`, in at most `steps` even steps. */
export function axisTicks(max: number, steps = 4): number[] {
  if (max <= 0) return [0, 1];
  let step = 1;
  for (let power = 1; ; power *= 10) {
    const fits = STEPS.map((of) => of * power).find((one) => Math.ceil(max / one) <= steps);
    if (fits !== undefined) {
      step = fits;
      break;
    }
  }
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, i) => i * step);
}

/** Rounded to tenths of a pixel, so that drawings stay small. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}
