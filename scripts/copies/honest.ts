// The honest life of one stamp that somebody scans: its producer tries it, people scan it in the shop, at home after
// buying, and months later, or a tourist takes it away. Also the lives that look like copying: a fair, a film, a pack
// on show.

import { DAY_MS, type Look, type People, type Phone } from './people.ts';

/** Per 100,000. */
const RATE = 100_000;
const MINUTE_MS = 60_000;
/** Longest time from leaving the producer to being sold. */
const SHELF_DAYS_MAX = 90;

export type HonestKind = 'bought' | 'fair' | 'shown' | 'on show';

export interface HonestLife {
  kind: HonestKind;
  looks: Look[];
  /** When the pack was sold, and where it is then. */
  soldMs: number;
  province: number;
}

/** @param home the producer's province @param fromMs when it leaves the producer */
export function honestLife(people: People, home: number, fromMs: number): HonestLife {
  const { chance, settings } = people;
  const looks: Look[] = [];
  if (chance.isTrue(settings.producerTries)) {
    const tried = people.phone(home);
    const tries = chance.whole(1, 3);
    for (let i = 0; i < tries; i += 1)
      looks.push(people.look(tried, fromMs - chance.next() * 3 * DAY_MS + 3 * DAY_MS, false));
  }
  const shop = chance.isTrue(0.5) ? home : people.province();
  const soldMs = fromMs + (1 + chance.next() * SHELF_DAYS_MAX) * DAY_MS;
  inShop(people, looks, shop, fromMs, soldMs);
  const isTourist = chance.isTrue(settings.tourists);
  const buyerProvince = isTourist ? people.province() : shop;
  if (isTourist) looks.push(people.look(people.phone(shop), soldMs + chance.next() * DAY_MS, false));
  atHome(people, looks, buyerProvince, soldMs);
  return { kind: special(people, looks, shop, fromMs, soldMs), looks, soldMs, province: buyerProvince };
}

function inShop(people: People, looks: Look[], shop: number, fromMs: number, soldMs: number): void {
  const { chance, settings } = people;
  const shopLine = people.line();
  const gateway = chance.isTrue(settings.gatewayShare) ? people.line() : null;
  const staff = people.phone(shop, shopLine);
  const scans = chance.poisson(settings.shopScans);
  for (let i = 0; i < scans; i += 1) {
    const who = chance.isTrue(settings.browsingShare) ? people.phone(shop) : staff;
    looks.push(people.look(who, fromMs + chance.next() * (soldMs - fromMs), false, gateway));
  }
}

function atHome(people: People, looks: Look[], province: number, soldMs: number): void {
  const { chance, settings } = people;
  const line = people.line();
  const phones: Phone[] = Array.from({ length: chance.whole(1, settings.familyPhones) }, () =>
    people.phone(province, line),
  );
  let ms = soldMs + chance.next() * DAY_MS;
  looks.push(people.look(phones[0] as Phone, ms, false));
  if (chance.isTrue(settings.pinUsed)) looks.push({ ...(looks.at(-1) as Look), ms: ms + MINUTE_MS, kind: 'pin' });
  while (chance.isTrue(settings.repeatShare)) {
    ms += chance.logUniform(10 * MINUTE_MS, settings.cupboardDays * DAY_MS);
    looks.push(people.look(chance.pick(phones), ms, false));
  }
}

function special(people: People, looks: Look[], shop: number, fromMs: number, soldMs: number): HonestKind {
  const { chance, settings } = people;
  const drawn = chance.next() * RATE;
  if (drawn < settings.fairs) {
    crowdAtOnePlace(people, looks, shop, { fromMs: soldMs, days: chance.whole(1, 3), visitors: chance.whole(5, 60) });
    return 'fair';
  }
  if (drawn < settings.fairs + settings.shownInPublic) {
    viewers(people, looks, soldMs);
    return 'shown';
  }
  if (drawn < settings.fairs + settings.shownInPublic + settings.unmarkedDisplays) {
    const days = chance.whole(30, 180);
    const perDay = chance.logUniform(0.2, 5);
    crowdAtOnePlace(people, looks, shop, { fromMs, days, visitors: chance.poisson(perDay * days) });
    return 'on show';
  }
  return 'bought';
}

function crowdAtOnePlace(
  people: People,
  looks: Look[],
  province: number,
  { fromMs, days, visitors }: { fromMs: number; days: number; visitors: number },
): void {
  const gateway = people.line();
  for (let i = 0; i < visitors; i += 1) {
    const ms = fromMs + people.chance.next() * days * DAY_MS;
    looks.push(people.look(people.phone(province), ms, false, people.chance.isTrue(0.5) ? gateway : null));
  }
}

/** Most viewers scan while the film runs or within a day; one in ten does so in the following weeks. */
function viewers(people: People, looks: Look[], fromMs: number): void {
  const { chance, settings } = people;
  const count = Math.round(chance.logUniform(3, settings.viewersMax));
  for (let i = 0; i < count; i += 1) {
    const later = chance.isTrue(0.1) ? chance.exponential(10 * DAY_MS) : chance.exponential(0.4 * DAY_MS);
    looks.push(people.look(people.phone(people.province()), fromMs + later, false));
  }
}
