// A lot's journey as its producer records it: the usual steps for goods of a group, what can be copied from an earlier
// lot's journey, and whether a diary resembles earlier ones so closely that it was probably never kept (FIELD §2.7:
// every product with the same ten days after the spray and seven after the dung).

import { addDays, addMonths, dayIn, daysBetween, instantAt, isDay, minuteOfDay, startOfDay } from '../calendar.ts';
import type { Day, Id, Instant } from '../entity.ts';
import type { Lot, LotEvent } from './lot.ts';
import type { ProductGroup } from '../registry/product.ts';

/** A step that a form offers. The record keeps the words that were shown. */
export interface JourneyStep {
  vi: string;
  en: string;
  /** Whether the public sees it by default: work on the goods is shown, the farm's bookkeeping is not. */
  public: boolean;
}

const step = (vi: string, en: string, isPublic = true): JourneyStep => ({ vi, en, public: isPublic });

/** In the order in which they happen. */
export const JOURNEY_STEPS: Readonly<Record<ProductGroup, readonly JourneyStep[]>> = {
  food: [
    step('Gieo trồng', 'Sown or planted'),
    step('Bón phân', 'Manured', false),
    step('Phun thuốc', 'Sprayed', false),
    step('Thu hoạch', 'Harvested'),
    step('Sơ chế', 'Prepared'),
    step('Chế biến', 'Processed'),
    step('Kiểm nghiệm', 'Tested'),
    step('Đóng gói', 'Packed'),
    step('Xuất kho', 'Shipped'),
  ],
  drink: [
    step('Thu hái', 'Picked'),
    step('Lên men', 'Fermented'),
    step('Sao, sấy', 'Roasted or dried'),
    step('Chưng cất', 'Distilled'),
    step('Kiểm nghiệm', 'Tested'),
    step('Đóng chai', 'Bottled'),
    step('Đóng gói', 'Packed'),
    step('Xuất kho', 'Shipped'),
  ],
  herbal: [
    step('Thu hái', 'Gathered'),
    step('Rửa, làm sạch', 'Washed'),
    step('Phơi, sấy', 'Dried'),
    step('Chiết xuất', 'Extracted'),
    step('Kiểm nghiệm', 'Tested'),
    step('Đóng gói', 'Packed'),
    step('Xuất kho', 'Shipped'),
  ],
  craft: [
    step('Chọn nguyên liệu', 'Material chosen'),
    step('Làm thủ công', 'Made by hand'),
    step('Hoàn thiện', 'Finished'),
    step('Kiểm tra', 'Checked'),
    step('Đóng gói', 'Packed'),
    step('Xuất kho', 'Shipped'),
  ],
  ornamental: [
    step('Nhân giống', 'Propagated'),
    step('Chăm sóc', 'Tended', false),
    step('Phun thuốc', 'Sprayed', false),
    step('Kiểm dịch', 'Quarantine checked'),
    step('Cắt, đào', 'Cut or lifted'),
    step('Xuất vườn', 'Left the nursery'),
  ],
  tourism: [
    step('Đón khách', 'Guests received'),
    step('Kiểm tra an toàn', 'Safety checked'),
    step('Bảo dưỡng', 'Maintained', false),
  ],
};

const STEPS_BY_WORDS: ReadonlyMap<string, JourneyStep> = new Map(
  // Where two groups share a step's Vietnamese words, the first one's English stands.
  Object.values(JOURNEY_STEPS)
    .flat()
    .toReversed()
    .flatMap((one) => [one.vi, one.en].map((words) => [words.toLowerCase(), one] as const)),
);

/** A step's words in both languages if it is one that we offer, in either of them; null: somebody's own words. */
export function usualStep(words: string): JourneyStep | null {
  return STEPS_BY_WORDS.get(words.normalize('NFC').trim().toLowerCase()) ?? null;
}

/** When something happened: an instant, or a day without a known time (`at` is then the day's first instant). */
export type EventMoment = Pick<LotEvent, 'at' | 'day'>;

/** @param at an instant, or a day */
export function momentOf(at: string, timeZone: string): EventMoment {
  return isDay(at) ? { at: startOfDay(timeZone, at).toISOString(), day: at } : { at, day: null };
}

/**
 * Years between a lot's day of production and its first event: seven for ginseng, a few more for spirits and for trees
 * that were planted for it. An earlier date is a typing mistake in the year.
 */
export const JOURNEY_YEARS_MAX = 10;

/** Why an event of a lot cannot have happened then; null: it can. */
export function momentFault(
  { at, day }: EventMoment,
  lot: Pick<Lot, 'producedOn'>,
  timeZone: string,
  now: Instant,
): 'future' | 'too-early' | null {
  const today = dayIn(timeZone, now);
  if (day == null ? at > now : day > today) return 'future';
  const firstDay = addMonths(lot.producedOn ?? today, -12 * JOURNEY_YEARS_MAX);
  return (day ?? dayIn(timeZone, at)) < firstDay ? 'too-early' : null;
}

/**
 * An earlier lot's events that this one lacks, at the same distance from its first day, none later than `now`. Each is
 * marked with the lot it came from until somebody has checked it. Photographs show the other lot and are not copied;
 * the other lot's number is removed from the words.
 */
export function copiedEvents(from: Lot, to: Lot, timeZone: string, now: Instant, newId: () => Id): LotEvent[] {
  const shift = daysBetween(firstDay(from, timeZone), to.producedOn ?? dayIn(timeZone, now));
  const there = new Set(to.events.flatMap((event) => [event.sourceId ?? event.id, sameAs(event, timeZone)]));
  // Copies made before events recorded their source are recognised by lot and step.
  const before = new Set(
    to.events.filter(({ copiedFrom, sourceId }) => copiedFrom === from.id && sourceId == null).map(({ step }) => step),
  );
  const without = (text: string | null): string | null => (text === null ? null : withoutNumber(text, from.number));
  return inOrder(from.events)
    .map((event) => ({
      ...event,
      ...shifted(event, shift, timeZone, now),
      id: newId(),
      place: without(event.place),
      by: without(event.by),
      note: without(event.note),
      photoFileId: null,
      photoSizes: null,
      copiedFrom: from.id,
      sourceId: event.sourceId ?? event.id,
      correctedAt: null,
      recordedAt: now,
    }))
    .filter((event) => !there.has(event.sourceId) && !there.has(sameAs(event, timeZone)) && !before.has(event.step));
}

/** Step and day as one text: the same work on the same day is one event. */
function sameAs({ step, at, day }: Pick<LotEvent, 'step' | 'at' | 'day'>, timeZone: string): string {
  return `${day ?? dayIn(timeZone, at)} ${step.normalize('NFC').toLowerCase()}`;
}

/** A text without a lot's number and the word before it; null if nothing else is left. */
function withoutNumber(text: string, number: string): string | null {
  const literal = number.normalize('NFC').replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const named = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:(?:lô(?: hàng)?|lot)(?: số| no\.?)?\s{0,3}:?\s{0,3})?${literal}(?![\p{L}\p{N}])`,
    'giu',
  );
  const left = text
    .normalize('NFC')
    .replaceAll(named, '')
    .replaceAll(/[ \t]{2,}/g, ' ')
    .replaceAll(/^[\s,;:.–-]+|[\s,;:–-]+$/gu, '');
  return left === '' ? null : left;
}

/** Fewer events prove nothing: anyone who picks in the morning packs in the evening. */
const DIARY_EVENTS_MIN = 3;
/** Earlier lots that a diary is compared with. */
export const DIARIES_COMPARED = 5;

/**
 * The earlier lots whose diary equals this one's to the day: the same steps with the same days between them. A journey
 * that happened all on one day is not a diary. Copied events that nobody has checked are left out, because they are
 * marked already.
 */
export function sameDiaries(lot: Lot, earlierLots: readonly Lot[], timeZone: string): Lot[] {
  const own = diaryOf(lot, timeZone);
  if (own === null) return [];
  return earlierLots
    .filter((other) => other.id !== lot.id)
    .slice(0, DIARIES_COMPARED)
    .filter((other) => diaryOf(other, timeZone) === own);
}

/** Steps with their days counted from the first, as one text; null if there is too little to compare. */
function diaryOf(lot: Lot, timeZone: string): string | null {
  const events = inOrder(lot.events.filter(({ copiedFrom }) => copiedFrom === null));
  const first = events[0];
  if (first === undefined || events.length < DIARY_EVENTS_MIN) return null;
  const start = dayIn(timeZone, first.at);
  const days = events.map((event) => daysBetween(start, dayIn(timeZone, event.at)));
  if ((days.at(-1) ?? 0) === 0) return null;
  return events
    .map((event, at) => `${String(days[at])} ${event.step.normalize('NFC').toLowerCase()}`)
    .toSorted()
    .join('\n');
}

function firstDay(lot: Lot, timeZone: string): Day {
  return lot.producedOn ?? dayIn(timeZone, inOrder(lot.events)[0]?.at ?? lot.createdAt);
}

function inOrder(events: readonly LotEvent[]): LotEvent[] {
  return events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The same time of day, this many days later; today if that is in the future. */
function shifted(event: EventMoment, days: number, timeZone: string, now: Instant): EventMoment {
  const today = dayIn(timeZone, now);
  const day = addDays(event.day ?? dayIn(timeZone, event.at), days);
  if (day > today) return momentOf(today, timeZone);
  if (event.day != null) return momentOf(day, timeZone);
  const at = instantAt(timeZone, day, minuteOfDay(timeZone, event.at))?.toISOString() ?? null;
  return at === null || at > now ? momentOf(day, timeZone) : { at, day: null };
}
