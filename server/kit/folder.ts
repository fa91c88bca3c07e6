// Folders and names that survive a power cut.

import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and its missing parents, each with mode 0700; an existing folder keeps its mode. Node's own
 * `recursive` loops for ever if a folder refuses new ones with ENOENT, as /proc does. @throws the system's error
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process of ours may have been faster.
    if (!isFolder(path)) throw error;
  }
}

/** Makes the names in a folder durable. Does nothing on Windows, which cannot sync a folder. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
