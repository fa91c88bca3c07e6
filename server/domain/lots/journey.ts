// A lot's journey as its producer keeps it: which steps goods of a group usually take, what of an earlier lot's journey
// can be taken over, and whether a diary is too much like the last ones to have been kept (FIELD §2.7: every product
// with the same ten days after the spray and seven after the dung).

import { addDays, dayIn, daysBetween } from '../calendar.ts';
import type { Day, Id, Instant } from '../entity.ts';
import type { Lot, LotEvent } from './lot.ts';
import type { ProductGroup } from '../registry/product.ts';

/** A step that a form offers. It is kept in the words it was chosen in. */
export interface JourneyStep {
  vi: string;
  en: string;
  /**
   * Whether the public sees it unless the producer says otherwise: what is done with the goods, not how the farm keeps
   * its books.
   */
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

/**
 * An earlier lot's events for a new lot: as far from its first day as they were from the earlier one's, none later than
 * `now`.
 * Each is marked with the lot it came from until somebody looked at it; photographs show the other lot and stay there.
 */
export function copiedEvents(from: Lot, to: Lot, timeZone: string, now: Instant, newId: () => Id): LotEvent[] {
  const shift = daysBetween(firstDay(from, timeZone), to.producedOn ?? dayIn(timeZone, now));
  return inOrder(from.events).map((event) => ({
    ...event,
    id: newId(),
    at: earlier(shifted(event.at, shift), now),
    photoFileId: null,
    copiedFrom: from.id,
    recordedAt: now,
  }));
}

/** Fewer events prove nothing: anybody who picks in the morning packs in the evening. */
const DIARY_EVENTS_MIN = 3;
/** Lots before this one that its diary is held against. */
export const DIARIES_COMPARED = 5;

/**
 * Those of the earlier lots whose diary is this one's to the day: the same steps, the same days between them.
 * A journey all on one day is no diary. Copied events that nobody looked at are not held against it: they are marked
 * already.
 */
export function sameDiaries(lot: Lot, earlierLots: readonly Lot[], timeZone: string): Lot[] {
  const own = diaryOf(lot, timeZone);
  if (own === null) return [];
  return earlierLots
    .filter((other) => other.id !== lot.id)
    .slice(0, DIARIES_COMPARED)
    .filter((other) => diaryOf(other, timeZone) === own);
}

/** Steps with their days counted from the first, as one text; null where there is too little to compare. */
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

/** The same time of day, this many days later. */
function shifted(at: Instant, days: number): Instant {
  return `${addDays(at.slice(0, 10), days)}${at.slice(10)}`;
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}
