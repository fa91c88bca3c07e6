// Reads the code of an operating system's error: `ENOENT`, `ENOSPC`.

/** Null: the error has no code. Recognised by its field, because a file system's errors may come from another realm. */
export function systemCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
