// What copiers and rivals do to a stamp: each adds its looks to the honest ones.

import { PROVINCES } from '../../server/domain/places.ts';
import { COPIES_MAX, COPIES_MIN, SABOTAGE } from './parameters.ts';
import { DAY_MS, type Look, type People, type Phone } from './people.ts';

const MINUTE_MS = 60_000;
/** Further scans of one code are not simulated: by then it has been noticed or never will be. */
const SCANS_MAX = 300;

export interface Copying {
  looks: Look[];
  copies: number;
}

/** Copies of one code are sold and scanned from an instant on. */
export function copying(people: People, fromMs: number): Copying {
  const { chance, settings } = people;
  const copies = Math.round(chance.logUniform(COPIES_MIN, COPIES_MAX));
  const days = chance.logUniform(settings.copyDaysMin, Math.max(settings.copyDaysMin, settings.copyDaysMax));
  const places = placesOf(people);
  const scanned = chance.poisson(copies * settings.scannedShare);
  // If there are too many, take the first ones in time; the share keeps their rate.
  const played = Math.min(scanned, SCANS_MAX);
  const span = (days * DAY_MS * played) / Math.max(1, scanned);
  const gateways = places.map(() => (chance.isTrue(settings.gatewayShare) ? people.line() : null));
  const looks: Look[] = [];
  for (let i = 0; i < played; i += 1) {
    const at = chance.whole(0, places.length - 1);
    const phone = people.phone(places[at] as number);
    const inMarket = chance.isTrue(0.5) ? (gateways[at] as number | null) : null;
    let ms = fromMs + chance.next() * span;
    looks.push(people.look(phone, ms, true, inMarket));
    while (chance.isTrue(settings.repeatShare)) {
      ms += chance.logUniform(10 * MINUTE_MS, settings.cupboardDays * DAY_MS);
      looks.push(people.look(phone, ms, true));
    }
  }
  return { looks, copies };
}

function placesOf(people: People): number[] {
  const { chance, settings } = people;
  if (chance.isTrue(settings.copyProvincesOne)) return [people.province()];
  if (chance.isTrue(0.5)) return Array.from({ length: chance.whole(2, 4) }, () => people.province());
  return Array.from({ length: PROVINCES.length }, (_, i) => i);
}

/** A real stamp on a pack that is filled and sold again: one more buyer scans the same code. */
export function refilled(people: People, fromMs: number): Copying {
  const phone = people.phone(people.province());
  return { looks: [people.look(phone, fromMs + people.chance.next() * 60 * DAY_MS, true)], copies: 1 };
}

/** A day's list of visitors is full at 256 (store/visits.ts). Nine of the 152 families at each address fill it. */
const FAMILIES_PLAYED = Math.min(SABOTAGE.agentFamilies, 9);

export type RivalPlaces = 'one' | 'many' | 'lied';

/** Thirty addresses scan one shelf stamp every day, each with many agent families; wrong PINs too. */
export function sabotage(people: People, fromMs: number, rival: Rival): Look[] {
  const { chance } = people;
  const looks: Look[] = [];
  for (let day = 0; day < rival.days; day += 1) {
    for (const [i, phone] of rival.phones.entries()) {
      const ms = fromMs + day * DAY_MS + i * 2 * MINUTE_MS + 8 * 60 * MINUTE_MS;
      for (let agent = 0; agent < FAMILIES_PLAYED; agent += 1)
        looks.push({ ms, network: phone.line, agent, province: phone.province, kind: 'scan', copied: true });
    }
    for (let i = 0; i < 5; i += 1) {
      const phone = chance.pick(rival.phones);
      looks.push({
        ms: fromMs + day * DAY_MS + (i + 600) * MINUTE_MS,
        network: phone.line,
        agent: 0,
        province: phone.province,
        kind: 'wrong-pin',
        copied: true,
      });
    }
  }
  return looks;
}

export interface Rival {
  phones: Phone[];
  days: number;
}

/**
 * @param places where its addresses are registered; `lied`: a header that no trusted proxy wrote, so the place is
 * unknown
 */
export function rivalOf(people: People, places: RivalPlaces): Rival {
  const { chance, settings } = people;
  const at = people.province();
  const phones = Array.from({ length: SABOTAGE.addresses }, (): Phone => {
    const province = places === 'one' ? at : places === 'many' ? people.province() : -1;
    return { agent: 0, province: settings.placesKnown === 0 ? -1 : province, line: people.line() };
  });
  return { phones, days: Math.round(chance.logUniform(1, settings.sabotageDays)) };
}
