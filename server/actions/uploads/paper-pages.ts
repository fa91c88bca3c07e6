// Draws the pages of a paper as pictures: a PDF by PDFium, which browsers use too, compiled to WebAssembly; a picture
// as its one page. Runs in the child process that reads uploads: a harmful file ends that process and nothing else.

import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';
import { PROOF_PAGES_MAX, PROOF_SIDE_PX } from '../../domain/registry/proof.ts';
import { readPicture } from './picture.ts';
import type { PagesRead } from './upload-work.ts';

const WEBP_QUALITY = 80;

/** @param drawn told after each page, because a long paper takes seconds */
export async function readPages(bytes: Uint8Array, drawn: () => void): Promise<PagesRead> {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') {
    const picture = await readPicture(bytes, { form: 'webp', sideMaxPx: PROOF_SIDE_PX });
    return picture.kind === 'broken' ? picture : { kind: 'pages', pages: [picture.bytes], left: 0 };
  }
  try {
    const library = await PDFiumLibrary.init();
    const document = await library.loadDocument(bytes);
    const count = document.getPageCount();
    const pages: Uint8Array[] = [];
    for (let at = 0; at < Math.min(count, PROOF_PAGES_MAX); at += 1) {
      const page = document.getPage(at);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const scale = PROOF_SIDE_PX / Math.max(originalWidth, originalHeight, 1);
      const size = {
        width: Math.max(1, Math.round(originalWidth * scale)),
        height: Math.max(1, Math.round(originalHeight * scale)),
      };
      const { data, width, height } = await page.render({ scale: 1, ...size, render: 'bitmap' });
      const picture = sharp(data, { raw: { width, height, channels: 4 } });
      pages.push(await picture.flatten({ background: '#fff' }).webp({ quality: WEBP_QUALITY }).toBuffer());
      drawn();
    }
    return pages.length === 0 ? { kind: 'broken' } : { kind: 'pages', pages, left: count - pages.length };
  } catch {
    return { kind: 'broken' };
  }
}
