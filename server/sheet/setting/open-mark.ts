// The office's artwork for both drawings and the preview: its pixels on white, and the same as a PNG.

import sharp from 'sharp';

import type { SheetMark } from '../threads/sheet-job.ts';

/** @param bytes a picture that was cleaned when it was uploaded */
export async function openMark(bytes: Uint8Array): Promise<SheetMark> {
  const flat = sharp(bytes).flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha();
  const { data, info } = await flat.clone().raw().toBuffer({ resolveWithObject: true });
  return { png: await flat.png().toBuffer(), rgb: data, widthPx: info.width, heightPx: info.height };
}
