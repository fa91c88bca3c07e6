// Reads the code of an operating system's error: `ENOENT`, `ENOSPC`.

/** Null: it is none. Not by its class: a file system's errors may come from another realm than ours. */
export function systemCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
