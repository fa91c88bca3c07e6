// One text for one value: JSON with its keys in order, so that two stores and two years hash and seal a record alike.

/** `value` as JSON without spaces, keys of every object sorted by UTF-16 code units; fields that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}

/** A replacer of JSON.stringify that hands on objects with their keys in order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(fields).sort().map((key) => [key, fields[key]]));
}
