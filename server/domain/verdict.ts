// The one verdict a scan gives; the gravest rule that holds wins.

/** Gravest first. */
export const VERDICTS = ['unknown', 'recalled', 'void', 'not-activated', 'suspect', 'expired', 'valid'] as const;
export type Verdict = (typeof VERDICTS)[number];
