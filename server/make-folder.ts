// Makes a folder and those above it that are missing. Node's own `recursive` never ends where a folder refuses new ones with
// ENOENT, as /proc does: it goes up, finds the parent, comes down, and begins again.

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whatever it makes has mode 0700; a folder that is there stays as it is. @throws the system's error */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process of ours may have been quicker.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
