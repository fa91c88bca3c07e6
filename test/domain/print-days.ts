// Runs as a separate process in another time zone (calendar.test.ts): instants half an hour before and after midnight
// in Vietnam. Prints JSON.

import { dayIn, startOfDay } from '../../server/domain/calendar.ts';
import { certificateState } from '../../server/domain/registry/certificate.ts';
import { stampFactsOf } from '../../server/domain/stamp/stamp-facts.ts';
import { verdictOf } from '../../server/domain/stamp/verdict.ts';
import { aCertificate, aLot, someFacts, TIME_ZONE } from './records.ts';

const facts = someFacts({ lots: new Map([['lot', aLot({ expiresOn: '2026-11-24' })]]) });
const certificate = aCertificate({ expiresOn: '2026-11-24' });

const told = ['2026-11-24T16:30:00.000Z', '2026-11-24T17:30:00.000Z'].map((instant) => {
  const now = new Date(instant);
  const day = dayIn(TIME_ZONE, now);
  return {
    localHour: now.getHours(),
    day,
    begins: startOfDay(TIME_ZONE, day).toISOString(),
    verdict: verdictOf(stampFactsOf(facts, 12, null, null), now, TIME_ZONE).verdict,
    certificate: certificateState(certificate, day),
  };
});
process.stdout.write(JSON.stringify(told));
