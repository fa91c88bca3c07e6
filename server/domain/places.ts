// Places change names: 34 provinces since 2025-07-01, districts are gone. An address keeps its words as certified
// and, beside them, its place today; both are shown where they differ.

export interface Address {
  commune: string;
  province: string;
  detail: string | null;
}

/** Whether two addresses name the same place in the same words. */
export function samePlace(a: Address, b: Address): boolean {
  return a.commune === b.commune && a.province === b.province && a.detail === b.detail;
}
