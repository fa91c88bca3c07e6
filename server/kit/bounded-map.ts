// A map with a bound: when it is full, the entry that was set longest ago is dropped.
//
// Reading with `get` does not change the order; `set` and `getOrMake` make an entry the newest.

export class BoundedMap<K, V> extends Map<K, V> {
  private readonly entriesMax: number;

  /** @param entriesMax entries kept, at least 1 */
  constructor(entriesMax: number) {
    super();
    this.entriesMax = entriesMax;
  }

  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.entriesMax) this.delete(this.keys().next().value as K);
    return this;
  }

  /** The value under `key`, created if there is none; in both cases it becomes the newest. */
  getOrMake(key: K, make: () => V): V {
    const value = this.has(key) ? (this.get(key) as V) : make();
    this.set(key, value);
    return value;
  }
}
