// What a change names, without what it leaves out: absent and undefined are the same in an input, never in a record.

export type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields of a change that have a value; null is one. */
export function given<T extends object>(change: T): Given<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;
}
