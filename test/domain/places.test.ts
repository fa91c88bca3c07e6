// Provinces, their old names and their distances.

import { describe, expect, test } from '@jest/globals';
import { differingPlace, PROVINCES, provinceToday } from '../../server/domain/places.ts';
import { kmBetween } from '../../server/domain/province-distance.ts';

describe('places', () => {
  test('are 34 provinces, and 63 old names lead to them', () => {
    expect(PROVINCES.length).toBe(34);
    expect(PROVINCES.every((name) => provinceToday(name) === name)).toBe(true);
  });

  test.each([
    ['Hòa Bình', 'Phú Thọ'],
    ['tỉnh Hoà Bình', 'Phú Thọ'],
    ['Bà Rịa–Vũng Tàu', 'Hồ Chí Minh'],
    ['TP. Hồ Chí Minh', 'Hồ Chí Minh'],
    ['Ho Chi Minh City', 'Hồ Chí Minh'],
    ['TP.Hồ Chí Minh', 'Hồ Chí Minh'],
    ['TPHCM', 'Hồ Chí Minh'],
    ['TP HCM', 'Hồ Chí Minh'],
    ['tp. hcm', 'Hồ Chí Minh'],
    ['HCMC', 'Hồ Chí Minh'],
    ['Thành phố Hồ Chí Minh, Vietnam', 'Hồ Chí Minh'],
    ['Saigon', 'Hồ Chí Minh'],
    ['Bà Rịa Vũng Tàu', 'Hồ Chí Minh'],
    ['TP.Huế', 'Huế'],
    ['Tỉnh Thừa Thiên-Huế', 'Huế'],
    ['Hanoi City', 'Hà Nội'],
    ['TP.Hà Nội'.normalize('NFD'), 'Hà Nội'],
    ['Đắc Lắc', 'Đắk Lắk'],
    ['Kontum', 'Quảng Ngãi'],
    ['Tp Cần Thơ', 'Cần Thơ'],
    ['HANOI', 'Hà Nội'],
    ['Thành phố Đà Nẵng', 'Đà Nẵng'],
    ['Quang Nam Province', 'Đà Nẵng'],
    ['Thừa Thiên Huế', 'Huế'],
    ['  dak lak ', 'Đắk Lắk'],
    ['Bangkok', null],
    ['', null],
    ['tỉnh', null],
  ])('%p is today %p', (name, today) => expect(provinceToday(name)).toBe(today));

  test('today is shown beside an address only where it says something else', () => {
    const certified = { commune: 'Cao Phong', province: 'Hòa Bình', detail: null };
    const today = { ...certified, province: 'Phú Thọ' };
    expect(differingPlace(certified, today)).toBe(today);
    expect(differingPlace(certified, { ...certified })).toBeNull();
    expect(differingPlace(certified, null)).toBeNull();
  });

  test('every province has a middle; distances are the same both ways and known ones come out', () => {
    for (const a of PROVINCES)
      for (const b of PROVINCES) expect(kmBetween(a, b)).toBeCloseTo(kmBetween(b, a) ?? Number.NaN, 6);
    expect(kmBetween('Hà Nội', 'Hồ Chí Minh')).toBeGreaterThan(1_130);
    expect(kmBetween('Hà Nội', 'Hồ Chí Minh')).toBeLessThan(1_170);
    expect(kmBetween('Hà Nội', 'Bangkok')).toBeNull();
  });
});
