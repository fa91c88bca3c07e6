// What happens to the demo's stamps besides scans: journeys of their lots, half a roll activated, samples on a fair's
// table, sheets that got wet, a recall, a complaint, a foreign stamp and an inspector's finding.

import { activateStamps, activateStampsInput } from '../../server/actions/batches/activate-stamps.ts';
import { addLotEvent, addLotEventInput } from '../../server/actions/lots/add-lot-event.ts';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { displayStamps, displayStampsInput } from '../../server/actions/batches/display-stamps.ts';
import { fileComplaint, fileComplaintInput } from '../../server/actions/market/file-complaint.ts';
import { fileStampReport, fileStampReportInput } from '../../server/actions/market/file-stamp-report.ts';
import { makeInspection, makeInspectionInput } from '../../server/actions/market/make-inspection.ts';
import { makeRecall, makeRecallInput } from '../../server/actions/recalls/make-recall.ts';
import { voidStamps, voidStampsInput } from '../../server/actions/batches/void-stamps.ts';
import { startOfDay } from '../../server/domain/calendar.ts';
import { PUBLIC, SYSTEM } from '../../server/domain/people/account.ts';
import { doneBy } from '../system.ts';
import type { IssuedBatch } from './papers.ts';
import type { SampleLot, SampleRegistry } from './sample.ts';
import {
  ACTIVATED,
  BATCHES,
  COPIED_SERIAL,
  DISPLAY,
  TIME_ZONE,
  VOIDED,
  type StoryClock,
  type StoryTimes,
} from './story.ts';

const HOUR_MS = 3_600_000;

export async function tellLives(
  registry: SampleRegistry,
  batches: ReadonlyMap<string, IssuedBatch>,
  times: StoryTimes,
  clock: StoryClock,
  ctx: ActionContext,
): Promise<void> {
  const of = (key: string): IssuedBatch => {
    const batch = batches.get(key);
    if (batch === undefined) throw new RangeError(`no batch ${key} was issued`);
    return batch;
  };
  clock.at = new Date(Math.max(...[...batches.values()].map(({ issuedAt }) => issuedAt.getTime())) + 2 * HOUR_MS);
  await tellJourneys(registry, of, clock.at, ctx);

  const roll = of('pomelo-roll');
  const activation = activateStampsInput.parse({ ...ACTIVATED, lotId: of('pomelo').lotId });
  await doneBy(activateStamps(SYSTEM, { id: roll.id, activation }, ctx));
  await doneBy(displayStamps(SYSTEM, { id: of('orange-link').id, display: displayStampsInput.parse(DISPLAY) }, ctx));
  const voiding = voidStampsInput.parse({ ...VOIDED, reason: 'spoiled', note: 'Tờ tem bị ướt trước khi dán' });
  await doneBy(voidStamps(SYSTEM, { id: of('herbal-tea').id, voiding }, ctx));

  clock.at = later(clock.at, times.hoursAgo(40));
  const complaint = fileComplaintInput.parse({
    about: 'looks-copied',
    message: 'Chai này màu khác chai tôi mua trước đây.',
    where: 'Chợ Bến Thành, Hồ Chí Minh',
  });
  await doneBy(fileComplaint(PUBLIC, { code: of('honey').codeOf(COPIED_SERIAL), complaint }, ctx));
  const foreign = fileStampReportInput.parse({
    readAs: 'https://tem-ocop.example/q/18372',
    says: 'OCOP 5 sao, tem chống giả',
    goods: 'Mật ong, chai 500 ml',
    province: 'Hồ Chí Minh',
    place: 'Quầy ven đường gần chợ Bến Thành',
  });
  await doneBy(fileStampReport(PUBLIC, foreign, ctx));

  clock.at = later(clock.at, times.hoursAgo(30));
  const reason = {
    vi: 'Kho lạnh mất điện hơn 12 giờ, cá có thể đã rã đông.',
    en: 'The cold store was without power for over 12 hours; the fish may have thawed.',
  };
  const advice = {
    vi: 'Xin đừng ăn. Mang trả nơi mua để được hoàn tiền.',
    en: 'Please do not eat it. Take it back to the shop for a refund.',
  };
  await doneBy(makeRecall(SYSTEM, makeRecallInput.parse({ lotId: of('fish').lotId, reason, advice }), ctx));

  clock.at = later(clock.at, times.hoursAgo(26));
  const finding = makeInspectionInput.parse({
    code: of('scarf').codeOf(17),
    finding: 'in-order',
    place: 'Chợ Mai Châu',
    note: 'Tem nguyên vẹn, đúng sản phẩm.',
  });
  await doneBy(makeInspection(SYSTEM, finding, ctx));
}

/** Records three steps per lot, all before this moment. */
async function tellJourneys(
  registry: SampleRegistry,
  of: (key: string) => IssuedBatch,
  until: Date,
  ctx: ActionContext,
): Promise<void> {
  for (const { key, lot: number } of BATCHES) {
    const lot = registry.lots.find((one) => one.number === number);
    const { lotId } = of(key);
    if (lot === undefined || lotId === null) continue;
    for (const { step, stepEn, place, hours, note } of stepsOf(lot)) {
      const at = new Date(startOfDay(TIME_ZONE, lot.producedOn).getTime() + hours * HOUR_MS);
      if (at >= until) continue;
      await doneBy(
        addLotEvent(
          SYSTEM,
          { id: lotId, event: addLotEventInput.parse({ at: at.toISOString(), step, stepEn, place, note }) },
          ctx,
        ),
      );
    }
  }
}

function stepsOf(
  lot: SampleLot,
): { step: string; stepEn: string | null; place: string; hours: number; note: string | null }[] {
  return [
    { step: 'Thu hoạch, sản xuất', stepEn: 'Harvested or made', place: 'Cơ sở của chủ thể', hours: 6, note: null },
    {
      step: 'Đóng gói, dán tem',
      stepEn: 'Packed, stamps stuck on',
      place: 'Xưởng đóng gói',
      hours: 30,
      note: `Lô ${lot.number}`,
    },
    { step: 'Xuất kho', stepEn: null, place: 'Kho của chủ thể', hours: 54, note: null },
  ];
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
