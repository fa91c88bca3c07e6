// Who scans, and from where: phones with their agent family, at home on a fixed line, on a carrier's shared address
// whose place may be a gateway city, or in a market where everybody shares one address.

import { PROVINCES } from '../../server/domain/places.ts';
import type { Chance } from './chance.ts';
import type { Settings } from './parameters.ts';

/** One request as the product would see it. */
export interface Look {
  /** Milliseconds since the simulated year began. */
  ms: number;
  /** Identifies the address, across days. */
  network: number;
  /** Identifies the agent family. */
  agent: number;
  /** Index in PROVINCES, as a proxy would report it; -1: unknown. */
  province: number;
  kind: 'scan' | 'pin' | 'wrong-pin';
  /** Made on a copy (or by the rival), not in the honest life. */
  copied: boolean;
}

export interface Phone {
  agent: number;
  province: number;
  /** The fixed line of its home or shop. */
  line: number;
}

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Where the carriers' gateways are. */
const HUBS = ['Hà Nội', 'Đà Nẵng', 'Hồ Chí Minh'].map((name) => PROVINCES.indexOf(name));
/** Phones whose carrier addresses a stamp's buyers draw from: a district or two. */
const PHONES_AROUND = 100_000;
const AGENT_FAMILIES = 24;
/** Share of buyers in the two large cities. */
const GREAT_CITIES_SHARE = 0.3;
/** Lines and gateways are numbered from here, carriers' addresses below. */
const FIRST_LINE = 1_000_000_000;

export class People {
  readonly chance: Chance;
  readonly settings: Settings;
  private lines = FIRST_LINE;

  constructor(chance: Chance, settings: Settings) {
    this.chance = chance;
    this.settings = settings;
  }

  /** A new fixed line, or a market's gateway. */
  line(): number {
    this.lines += 1;
    return this.lines;
  }

  phone(province: number, line = this.line()): Phone {
    const { chance, settings } = this;
    const agent = chance.isTrue(settings.frozenAgents) ? 0 : chance.whole(1, AGENT_FAMILIES);
    return { agent, province, line };
  }

  province(): number {
    const { chance } = this;
    return chance.isTrue(GREAT_CITIES_SHARE)
      ? (HUBS[chance.isTrue(0.5) ? 0 : 2] as number)
      : chance.whole(0, PROVINCES.length - 1);
  }

  /** @param gateway the address that everybody there shares; null: each phone has its own */
  look(phone: Phone, ms: number, copied: boolean, gateway: number | null = null): Look {
    const { chance, settings } = this;
    const onLine = gateway !== null || chance.isTrue(settings.wifiShare);
    const addresses = Math.max(1, Math.round(PHONES_AROUND / settings.phonesAtAddress));
    const network = gateway ?? (onLine ? phone.line : phone.province * 1_000_000 + chance.whole(0, addresses - 1));
    const isWrong = !onLine && chance.isTrue(settings.placeWrong);
    const stated = isWrong ? chance.pick(HUBS) : phone.province;
    const province = settings.placesKnown === 0 ? -1 : stated;
    return { ms: atDaytime(ms, chance), network, agent: phone.agent, province, kind: 'scan', copied };
  }
}

/** People scan between seven in the morning and ten at night (the simulated clock is local). */
function atDaytime(ms: number, chance: Chance): number {
  const inDay = ms % DAY_MS;
  if (inDay >= 7 * HOUR_MS && inDay < 22 * HOUR_MS) return Math.floor(ms);
  return Math.floor(ms - inDay + (7 + chance.next() * 15) * HOUR_MS);
}
