// Turns an uploaded photograph into what we keep: WebP of at most 1,200 pixels a side, upright, without a word of
// metadata (a phone writes its position). A stranger controls the bytes: only three formats, and a bounded number of
// pixels, reach the decoder.

import sharp from 'sharp';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';

export const PHOTO_MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const PHOTO_SIDE_MAX_PX = 1_200;
/** A page of A4 at 200 dpi: its small print can be read. */
export const PAPER_SIDE_MAX_PX = 2_400;
/**
 * A phone's best camera has 200 megapixels, its everyday picture 12 to 50; each costs four bytes while it is decoded.
 */
export const PHOTO_PIXELS_MAX = 50_000_000;
const DECODE_SECONDS_MAX = 20;
const WEBP_QUALITY = 82;

/** The photograph as WebP bytes; `invalid` at `photo` for what is no whole picture of the three formats. */
export async function shrinkPhoto(bytes: Uint8Array, sideMaxPx = PHOTO_SIDE_MAX_PX): Promise<Result<Uint8Array>> {
  if (!isPicture(bytes)) return fieldProblem('invalid', 'photo', 'format', 'This is no JPEG, PNG or WebP picture.');
  try {
    const small = await sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn: 'warning' })
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .autoOrient()
      .resize({ width: sideMaxPx, height: sideMaxPx, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: WEBP_QUALITY })
      .toBuffer();
    return ok(small);
  } catch {
    return fieldProblem(
      'invalid',
      'photo',
      'broken',
      `This picture is broken, or has more than ${PHOTO_PIXELS_MAX / 1_000_000} million pixels.`,
    );
  }
}

/** The first bytes of the three formats: no other decoder (SVG, TIFF, …) is ever given these bytes. */
export function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return (
    head.startsWith('\xFF\xD8\xFF') ||
    head.startsWith('\x89PNG\r\n\x1A\n') ||
    (head.startsWith('RIFF') && head.slice(8) === 'WEBP')
  );
}
