// A round's record as a PDF and as a workbook, and what its public page states. The paper shows names, stamps and
// findings; the public page shows none of them.

import { dayIn, minuteOfDay } from '../../../domain/calendar.ts';
import type { Id } from '../../../domain/entity.ts';
import { FINDINGS, type Inspection } from '../../../domain/market/inspection.ts';
import type { Round, RoundEdition } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import { drawRecord, type RecordItem, type RecordPaper } from '../../../sheet/record/draw-record.ts';
import { RECORD_WORDS } from '../../../sheet/record/record-words.ts';
import { tableSheet, writeWorkbook } from '../../import/write-workbook.ts';
import type { ActionContext } from '../../kit/context.ts';
import { encodeAnew } from '../../kit/photo.ts';
import { readInReach } from '../../kit/reach.ts';
import { recordContentOf, type RecordContent } from './round-record.ts';

/** On paper, 40 mm at 300 dpi. */
const PHOTO_SIDE_PX = 480;

export interface RecordFile {
  name: string;
  source: AsyncIterable<Uint8Array>;
}

/** Problems: not-allowed, not-found. */
export async function printRecord(actor: Actor, roundId: Id, ctx: ActionContext): Promise<Result<RecordFile>> {
  const read = await readRecord(actor, roundId, ctx);
  if (!read.ok) return read;
  const { paper, content } = read.value;
  const photosOf = async (no: number): Promise<Uint8Array[]> => {
    const photos: Uint8Array[] = [];
    for (const fileId of content.items[no - 1]?.photoFileIds ?? []) {
      const file = await ctx.store.files.get(fileId);
      const jpeg =
        file === null ? null : await encodeAnew(actor, file.bytes, { form: 'jpeg', sideMaxPx: PHOTO_SIDE_PX });
      if (jpeg !== null) photos.push(jpeg);
    }
    return photos;
  };
  return ok({ name: `bien-ban-${paper.number}.pdf`, source: drawRecord(paper, photosOf) });
}

/** The same as a workbook, one row a stamp. */
export async function exportRecord(actor: Actor, roundId: Id, ctx: ActionContext): Promise<Result<RecordFile>> {
  const read = await readRecord(actor, roundId, ctx);
  if (!read.ok) return read;
  const { paper } = read.value;
  const heads = ['STT', 'Lúc', 'Tem', 'Phát hiện', 'Hệ thống', 'Trùng', 'Ghi chú', 'Vị trí', 'Cán bộ kiểm tra'];
  const rows = paper.items.map((item) => [
    String(item.no),
    item.at,
    item.stamp,
    RECORD_WORDS.findings[item.finding],
    item.verdict ?? '',
    item.duplicateOf === null ? '' : String(item.duplicateOf),
    item.note ?? '',
    item.position ?? '',
    item.by ?? '',
  ]);
  const facts = [
    ['Biên bản', paper.number],
    [RECORD_WORDS.place, paper.place],
    [RECORD_WORDS.time, `${paper.from} ${RECORD_WORDS.to} ${paper.to}`],
    [RECORD_WORDS.inspectors, paper.inspectors.join(', ')],
    [RECORD_WORDS.met, paper.met.join(', ')],
    [RECORD_WORDS.kept, paper.kept ?? ''],
    [RECORD_WORDS.note, paper.note ?? ''],
    [RECORD_WORDS.hash, paper.hash],
  ];
  const sheets = [
    tableSheet('Từng tem', [heads, ...rows], [6, 18, 46, 24, 20, 8, 50, 24, 24]),
    tableSheet('Biên bản', [['Mục', 'Nội dung'], ...facts], [24, 90]),
  ];
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield await writeWorkbook(sheets);
  };
  return ok({ name: `bien-ban-${paper.number}.xlsx`, source: once() });
}

export interface RecordProof {
  number: string;
  office: string;
  state: Round['state'];
  openedAt: string | null;
  closedAt: string | null;
  editions: readonly RoundEdition[];
}

/** What anyone who has the paper may compare. Problems: not-found. */
export async function readRecordProof(_actor: Actor, number: string, ctx: ActionContext): Promise<Result<RecordProof>> {
  const round = await ctx.store.rounds.findBy('number', [number]);
  if (round === null || (round.state !== 'closed' && round.state !== 'open'))
    return fail('not-found', 'There is no record of this number.');
  const office = await ctx.store.offices.get(round.officeId);
  const { state, openedAt, closedAt, records } = round;
  return ok({ number, office: office?.name ?? '', state, openedAt, closedAt, editions: records });
}

async function readRecord(
  actor: Actor,
  roundId: Id,
  ctx: ActionContext,
): Promise<Result<{ paper: RecordPaper; content: RecordContent }>> {
  const found = await readInReach(ctx.store.rounds, actor, 'read-round', roundId);
  if (!found.ok) return found;
  const content = await recordContentOf(found.value, ctx);
  return ok({ content, paper: await paperOf(content, ctx) });
}

async function paperOf({ round, items, counts, hash }: RecordContent, ctx: ActionContext): Promise<RecordPaper> {
  const office = await ctx.store.offices.get(round.officeId);
  const names = await namesOf([...round.inspectors, ...items.map(({ by }) => by)], ctx);
  const products = await productsOf(items, ctx);
  const numbers = new Map(items.map(({ id }, i) => [id, i + 1]));
  const { place } = round;
  const where = place === null ? '' : [place.name, place.detail, place.commune, place.province];
  const when = (at: string | null): string => (at === null ? '…' : momentIn(at, ctx));
  return {
    number: round.number,
    office: office?.name ?? '',
    isDraft: round.state !== 'closed',
    edition: round.records.findLast((edition) => edition.hash === hash)?.edition ?? null,
    place: typeof where === 'string' ? '…' : where.filter((part) => part !== null).join(', '),
    from: when(round.openedAt),
    to: when(round.closedAt),
    inspectors: round.inspectors.map((id) => names.get(id) ?? id),
    met: round.met.map(({ name, role }) => (role === null ? name : `${name}, ${role}`)),
    kept: round.kept,
    note: round.note,
    position: positionText(round.position),
    counts: [...FINDINGS, 'none' as const].map((kind) => ({
      label: RECORD_WORDS.findings[kind],
      count: counts.findings[kind],
    })),
    items: items.map((item, i): RecordItem => {
      const isForeign = item.batchId === null;
      const product = products.get(item.batchId ?? '') ?? null;
      const own = `Đợt ${item.batchId ?? ''}, số ${item.serial ?? ''}`;
      return {
        no: i + 1,
        at: momentIn(item.at, ctx),
        stamp: isForeign
          ? (item.read ?? '?')
          : [own, product, item.read ?? null].filter((part) => part !== null).join(' · '),
        isForeign,
        duplicateOf: numbers.get(item.duplicateOf ?? '') ?? null,
        verdict: VERDICT_WORDS[item.verdict ?? ''] ?? null,
        contradicted: item.contradicted === true,
        finding: item.finding ?? 'none',
        note: item.note,
        position: positionText(item.position ?? null),
        by: round.inspectors.length > 1 ? (names.get(item.by) ?? null) : null,
      };
    }),
    photos: counts.photos,
    hash,
    proofUrl: `${ctx.settings.publicOrigin}/b/${round.number}`,
    madeAt: round.records.at(-1)?.at ?? round.updatedAt,
  };
}

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  unknown: 'không có trong hệ thống',
  recalled: 'lô đang bị thu hồi',
  void: 'tem đã hủy',
  'not-activated': 'tem chưa kích hoạt',
  suspect: 'cần kiểm tra thêm',
  expired: 'hàng đã quá hạn dùng',
  valid: 'tem hợp lệ',
};

async function namesOf(ids: readonly Id[], ctx: ActionContext): Promise<Map<Id, string>> {
  const names = new Map<Id, string>();
  for (const id of new Set(ids)) {
    const name = (await ctx.store.users.get(id))?.name ?? (await ctx.store.apiKeys.get(id))?.name;
    if (name !== undefined) names.set(id, name);
  }
  return names;
}

/** The goods of a batch that has one product. */
async function productsOf(items: readonly Inspection[], ctx: ActionContext): Promise<Map<Id, string>> {
  const names = new Map<Id, string>();
  for (const batchId of new Set(items.flatMap((item) => item.batchId ?? []))) {
    const batch = await ctx.store.batches.get(batchId);
    const product = batch?.productId == null ? null : await ctx.store.products.get(batch.productId);
    if (product !== null) names.set(batchId, product.name);
  }
  return names;
}

function momentIn(at: string, { settings: { timeZone } }: ActionContext): string {
  const [year, month, day] = dayIn(timeZone, at).split('-');
  const minutes = minuteOfDay(timeZone, at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${day}/${month}/${year}`;
}

function positionText(position: Round['position']): string | null {
  return position === null ? null : `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}`;
}
