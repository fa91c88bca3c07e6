// Turns an uploaded photograph into what we keep: WebP of at most 1,200 pixels a side, upright, without any metadata
// (phones write their position into it). A stranger controls the bytes: only three formats and a bounded number of
// pixels reach the decoder, which runs in a process of its own (uploads/upload-reader.ts).

import type { Actor } from '../../domain/people/account.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import { readUpload } from '../uploads/upload-reader.ts';
import { PHOTO_PIXELS_MAX, type PhotoRead } from '../uploads/upload-work.ts';

export const PHOTO_MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
const PHOTO_SIDE_MAX_PX = 1_200;
/** A page of A4 at 200 dpi: its small print can be read. */
export const PAPER_SIDE_MAX_PX = 2_400;

const NO_PICTURE = fieldProblem('invalid', 'photo', 'format', 'This is no JPEG, PNG or WebP picture.');
const BROKEN = fieldProblem(
  'invalid',
  'photo',
  'broken',
  `This picture is broken, or has more than ${PHOTO_PIXELS_MAX / 1_000_000} million pixels.`,
);

/** The photograph as WebP bytes; `invalid` at `photo` if it is not a complete picture in one of the three formats. */
export async function shrinkPhoto(
  actor: Actor,
  bytes: Uint8Array,
  sideMaxPx = PHOTO_SIDE_MAX_PX,
): Promise<Result<Uint8Array>> {
  if (!isPicture(bytes)) return NO_PICTURE;
  const photo = await encodeAnew(actor, bytes, { form: 'webp', sideMaxPx });
  return photo === null ? BROKEN : ok(photo);
}

/** A photograph that buyers will see, in its three sizes; problems as `shrinkPhoto`. */
export async function photoInSizes(
  actor: Actor,
  bytes: Uint8Array,
): Promise<Result<Exclude<PhotoRead, { kind: 'broken' }>>> {
  if (!isPicture(bytes)) return NO_PICTURE;
  const read = await readUpload({ kind: 'photo', bytes }, senderOf(actor));
  return read !== null && 'kind' in read && read.kind === 'photo' ? ok(read) : BROKEN;
}

/** The picture encoded again, with a largest size; null: it is not a complete picture in one of the three formats. */
export async function encodeAnew(
  actor: Actor,
  bytes: Uint8Array,
  how: { form: 'webp' | 'png' | 'jpeg'; sideMaxPx: number },
): Promise<Uint8Array | null> {
  if (!isPicture(bytes)) return null;
  const read = await readUpload({ kind: 'picture', bytes, ...how }, senderOf(actor));
  return read !== null && 'kind' in read && read.kind === 'picture' ? read.bytes : null;
}

function senderOf(actor: Actor): 'stranger' | 'signed-in' {
  return actor.kind === 'public' ? 'stranger' : 'signed-in';
}

/** Recognises the three formats by their first bytes, so that no other decoder (SVG, TIFF, …) gets them. */
function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return (
    head.startsWith('\xFF\xD8\xFF') ||
    head.startsWith('\x89PNG\r\n\x1A\n') ||
    (head.startsWith('RIFF') && head.slice(8) === 'WEBP')
  );
}
