// Encodes an uploaded picture again: without metadata (phones write their position into it), upright, and with a
// largest size. Runs in the child process that reads uploads.

import sharp from 'sharp';
import { SHOWN_SIDE_PX, SQUARE_SIDES_PX } from '../../domain/photo-sizes.ts';
import { PHOTO_PIXELS_MAX, type MarkRead, type PhotoRead, type PictureRead } from './upload-work.ts';

/** One second less than the child may be silent (upload-reader.ts), because a decoder cannot report progress. */
const DECODE_SECONDS_MAX = 19;
const WEBP_QUALITY = 82;

// One picture at a time in this process; the other core is for the service.
sharp.concurrency(1);
sharp.cache(false);

/** @param bytes begin like one of the formats of `isPicture` (kit/photo.ts) */
export async function readPicture(
  bytes: Uint8Array,
  { form, sideMaxPx }: { form: 'webp' | 'png' | 'jpeg'; sideMaxPx: number },
): Promise<PictureRead> {
  try {
    const picture = sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn: 'warning' })
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .autoOrient()
      .resize({ width: sideMaxPx, height: sideMaxPx, fit: 'inside', withoutEnlargement: true });
    const encoded = {
      png: () => picture.png(),
      jpeg: () => picture.jpeg(),
      webp: () => picture.webp({ quality: WEBP_QUALITY }),
    }[form]();
    return { kind: 'picture', bytes: await encoded.toBuffer() };
  } catch {
    return { kind: 'broken' };
  }
}

/** The squares are cut from the large one, so that the upload is decoded once. */
export async function readPhoto(bytes: Uint8Array): Promise<PhotoRead> {
  const large = await readPicture(bytes, { form: 'webp', sideMaxPx: SHOWN_SIDE_PX });
  if (large.kind === 'broken') return large;
  const [px112, px336] = await Promise.all(
    SQUARE_SIDES_PX.map((side) =>
      sharp(large.bytes)
        .timeout({ seconds: DECODE_SECONDS_MAX })
        .resize({ width: side, height: side, fit: 'cover' })
        .webp({ quality: WEBP_QUALITY })
        .toBuffer(),
    ),
  );
  return px112 === undefined || px336 === undefined
    ? { kind: 'broken' }
    : { kind: 'photo', large: large.bytes, px112, px336 };
}

/**
 * An office's artwork as both drawings and the preview need it: its picture elements on white, and the same as a PNG.
 * @param bytes a picture that was encoded again when it was uploaded
 */
export async function readMark(bytes: Uint8Array): Promise<MarkRead> {
  try {
    const flat = sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX })
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .flatten({ background: '#fff' })
      .toColourspace('srgb')
      .removeAlpha();
    const { data, info } = await flat.clone().raw().toBuffer({ resolveWithObject: true });
    const png = await flat.png().toBuffer();
    return { kind: 'mark', mark: { png, rgb: data, widthPx: info.width, heightPx: info.height } };
  } catch {
    return { kind: 'broken' };
  }
}
