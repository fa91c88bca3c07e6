// How far apart two provinces are, and the least time that goods or people need between them. A scan's place is at best
// a province, derived from where a network address is registered. So the distance is the least between two places in
// them, not between their capitals.

import { PROVINCES } from './places.ts';

/**
 * Middle of each of today's provinces (degrees north, east): mean of the seats of the provinces that it was made of.
 */
const CENTRES: Readonly<Record<string, readonly [north: number, east: number]>> = {
  'An Giang': [10.2, 105.3],
  'Bắc Ninh': [21.2, 106.1],
  'Cà Mau': [9.2, 105.4],
  'Cao Bằng': [22.7, 106.3],
  'Cần Thơ': [9.8, 105.7],
  'Đà Nẵng': [15.8, 108.3],
  'Đắk Lắk': [12.9, 108.7],
  'Điện Biên': [21.4, 103.0],
  'Đồng Nai': [11.2, 106.9],
  'Đồng Tháp': [10.4, 106.0],
  'Gia Lai': [13.9, 108.6],
  'Hà Nội': [21.0, 105.8],
  'Hà Tĩnh': [18.3, 105.9],
  'Hải Phòng': [20.9, 106.5],
  'Hồ Chí Minh': [10.7, 106.8],
  Huế: [16.5, 107.6],
  'Hưng Yên': [20.5, 106.2],
  'Khánh Hòa': [11.9, 109.1],
  'Lai Châu': [22.4, 103.5],
  'Lạng Sơn': [21.9, 106.8],
  'Lào Cai': [22.1, 104.4],
  'Lâm Đồng': [11.6, 108.1],
  'Nghệ An': [18.7, 105.7],
  'Ninh Bình': [20.4, 106.0],
  'Phú Thọ': [21.1, 105.4],
  'Quảng Ngãi': [14.7, 108.4],
  'Quảng Ninh': [21.0, 107.1],
  'Quảng Trị': [17.1, 106.9],
  'Sơn La': [21.3, 103.9],
  'Tây Ninh': [10.9, 106.3],
  'Thái Nguyên': [21.9, 105.8],
  'Thanh Hóa': [19.8, 105.8],
  'Tuyên Quang': [22.3, 105.1],
  'Vĩnh Long': [10.1, 106.2],
};

const EARTH_RADIUS_KM = 6_371;
/** How far from its middle a province usually extends. */
const REACH_KM = 100;
/** Nobody crosses country by road faster than this. */
const ROAD_KMH = 100;
/** By air: at least an hour and a half on the ground, then a jet. */
const AIR_GROUND_HOURS = 1.5;
const AIR_KMH = 800;

const HOURS = hoursTable();

/** Kilometres between the middles of two of today's provinces; null for an unknown name. */
export function kmBetween(a: string, b: string): number | null {
  const from = CENTRES[a];
  const to = CENTRES[b];
  if (from === undefined || to === undefined) return null;
  const radians = Math.PI / 180;
  const haversine =
    Math.sin(((to[0] - from[0]) * radians) / 2) ** 2 +
    Math.cos(from[0] * radians) * Math.cos(to[0] * radians) * Math.sin(((to[1] - from[1]) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(haversine));
}

/** Hours that the quickest traveller needs between the nearest places of two provinces; 0 for near and unknown ones. */
export function leastHoursBetween(a: string, b: string): number {
  return HOURS.get(a)?.get(b) ?? 0;
}

/** Computed once, because every scan asks. */
function hoursTable(): Map<string, Map<string, number>> {
  const row = (a: string): Map<string, number> =>
    new Map(
      PROVINCES.map((b) => {
        const km = Math.max(0, (kmBetween(a, b) ?? 0) - 2 * REACH_KM);
        return [b, Math.min(km / ROAD_KMH, AIR_GROUND_HOURS + km / AIR_KMH)];
      }),
    );
  return new Map(PROVINCES.map((a) => [a, row(a)]));
}
