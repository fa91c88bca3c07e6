// Gives the demo's valid stamp what the demo leaves out and a page may hold: pictures of product and journey, a shown
// paper of its lot and of its certificate, an emblem of the office. Everything through the service's own actions.

import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { addLotEvent, addLotEventInput } from '../../server/actions/lots/add-lot-event.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { todayOf } from '../../server/actions/kit/today.ts';
import { addPaper, type PaperSubject } from '../../server/actions/registry/papers.ts';
import { setOfficeMark } from '../../server/actions/registry/set-office-mark.ts';
import { setProductPhoto } from '../../server/actions/registry/set-product-photo.ts';
import { showPaper, showPaperInput } from '../../server/actions/registry/show-paper.ts';
import type { Id } from '../../server/domain/entity.ts';
import type { Actor } from '../../server/domain/people/account.ts';
import { parseStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { mustGet } from '../../server/store/must-get.ts';
import { doneBy } from '../system.ts';

/** @param code of an active stamp */
export async function dressStamp(code: string, ctx: ActionContext): Promise<void> {
  const parsed = parseStampCode(code);
  if (!parsed.ok) throw new RangeError('this is no code');
  const batch = await mustGet(ctx.store.batches, parsed.batchId);
  const lot = await mustGet(ctx.store.lots, batch.activations[0]?.lotId ?? '');
  const product = await mustGet(ctx.store.products, lot.productId);
  const office = await mustGet(ctx.store.offices, lot.officeId);
  const keeper: Actor = { kind: 'person', id: 'axe', role: 'admin', officeId: null, producerId: null };
  const picture = await pictureOf(1_200, 800);

  await doneBy(setProductPhoto(keeper, { id: product.id, version: product.version, bytes: picture }, ctx));
  const event = addLotEventInput.parse({ at: todayOf(ctx), step: 'Đóng gói', place: 'Xưởng' });
  await doneBy(addLotEvent(keeper, { id: lot.id, event, photo: picture }, ctx));
  const emblem = await pictureOf(200, 200);
  await doneBy(
    setOfficeMark(keeper, { id: office.id, version: office.version, bytes: emblem, picture: 'emblem' }, ctx),
  );
  const show = showPaperInput.parse({ reference: 'KN-2026/118', link: 'https://kiemnghiem.example/118' });
  const bytes = await paperOf();
  const shown = async (subject: PaperSubject, id: Id): Promise<void> => {
    const kind = subject === 'lot' ? 'test-result' : 'certificate';
    const paper = await doneBy(addPaper(keeper, { subject, id, kind, name: 'giay.pdf', bytes }, ctx));
    await doneBy(showPaper(keeper, { id: paper.id, show }, ctx));
  };
  await shown('lot', lot.id);
  const certificates = await ctx.store.certificates.list({ productId: product.id }, { limit: 1, after: null });
  for (const { id } of certificates.items) await shown('certificate', id);
}

function pictureOf(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#b97a00' } })
    .jpeg()
    .toBuffer();
}

async function paperOf(): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4' });
  document.rect(60, 60, 475, 700).stroke();
  document.end();
  const parts: Buffer[] = [];
  for await (const part of document) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
