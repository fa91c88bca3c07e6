// Laws of inclusive ranges of serials.

export interface SerialRange {
  /** First serial, 1 or more, inclusive. */
  from: number;
  /** Last serial, inclusive. */
  to: number;
}
