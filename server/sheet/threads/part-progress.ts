// How far a part is while it is made. Nothing of it counts as done yet (docs/decisions/0016-print-jobs.md).

/** Stamps of one file. */
export interface PartProgress {
  drawn: number;
  /** Stamps up to the page that was read back last, whether all or a sample was checked. */
  read: number;
}

export type TellProgress = (progress: PartProgress) => void;
