// Absent and undefined mean the same in an input, but not in a record or a filter.

export type WithoutUndefined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields of a change that have a value; null is a value. */
export function withoutUndefined<T extends object>(change: T): WithoutUndefined<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as WithoutUndefined<T>;
}
