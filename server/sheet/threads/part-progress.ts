// How far a part is while it is made. Nothing of it counts as done yet (docs/decisions/0016-print-jobs.md).

/** Stamps of one file. */
export interface PartProgress {
  drawn: number;
  /** Those up to the page that was read back last, whether each was looked at or a sample. */
  read: number;
}

export type TellProgress = (progress: PartProgress) => void;
