// An office's artwork as drawings need it. It is a stranger's picture that was encoded again, and is decoded in the
// child process that may die alone (upload-reader.ts), as every picture is. A file never changes under its id, so the
// last ones are kept.

import type { Id } from '../../domain/entity.ts';
import { BoundedMap } from '../../kit/bounded-map.ts';
import type { SheetMark } from '../../sheet/threads/sheet-job.ts';
import { readUpload } from './upload-reader.ts';

/** Three megabytes each at most; a server draws for a few offices at a time. */
const MARKS_KEPT = 8;

class Marks {
  private readonly kept = new BoundedMap<Id, Promise<SheetMark | null>>(MARKS_KEPT);

  async open(fileId: Id, bytes: Uint8Array): Promise<SheetMark | null> {
    const opening = this.kept.get(fileId) ?? readMark(bytes);
    this.kept.set(fileId, opening);
    const mark = await opening.catch(() => null);
    // The child may have been ended for want of memory: the next drawing tries again.
    if (mark === null && this.kept.get(fileId) === opening) this.kept.delete(fileId);
    return mark;
  }
}

async function readMark(bytes: Uint8Array): Promise<SheetMark | null> {
  const read = await readUpload({ kind: 'mark', bytes }, 'signed-in');
  return read !== null && 'kind' in read && read.kind === 'mark' ? read.mark : null;
}

/** Those of this process. */
const marks = new Marks();

/** @param bytes a picture that was cleaned when it was uploaded. Null: it could not be decoded */
export function openMark(fileId: Id, bytes: Uint8Array): Promise<SheetMark | null> {
  return marks.open(fileId, bytes);
}
