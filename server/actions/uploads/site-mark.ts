// Reads the picture that SITE_MARK names: a person put it there, and still it is decoded in the child process that may
// die alone, and encoded again.

import { readFileSync } from 'node:fs';
import { readUpload } from './upload-reader.ts';

/** Sharp as an icon on a phone. */
const SIDE_MAX_PX = 256;
const BYTES_MAX = 2 * 1024 * 1024;

/** The mark as PNG; null: there is no such file, it is larger than 2 MB, or it is no picture. */
export async function readSiteMark(path: string): Promise<Uint8Array | null> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  if (bytes.length > BYTES_MAX) return null;
  const read = await readUpload({ kind: 'picture', bytes, form: 'png', sideMaxPx: SIDE_MAX_PX }, 'signed-in');
  return read !== null && 'kind' in read && read.kind === 'picture' ? read.bytes : null;
}
