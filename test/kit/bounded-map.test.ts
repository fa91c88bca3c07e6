import { describe, expect, test } from '@jest/globals';
import { BoundedMap } from '../../server/kit/bounded-map.ts';

function filled(entriesMax: number, keys: string): BoundedMap<string, string> {
  const map = new BoundedMap<string, string>(entriesMax);
  for (const key of keys) map.set(key, key.toUpperCase());
  return map;
}

describe('a bounded map', () => {
  test('keeps everything up to its bound', () => {
    expect([...filled(3, 'abc').keys()]).toEqual(['a', 'b', 'c']);
  });

  test('drops the entry that was set longest ago beyond its bound', () => {
    expect([...filled(3, 'abcd').keys()]).toEqual(['b', 'c', 'd']);
  });

  test('of one entry keeps the newest', () => {
    expect([...filled(1, 'ab').keys()]).toEqual(['b']);
  });

  test('setting a known key makes it the newest and drops nothing', () => {
    const map = filled(3, 'abc').set('a', 'again');
    expect([...map]).toEqual([
      ['b', 'B'],
      ['c', 'C'],
      ['a', 'again'],
    ]);
  });

  test('reading moves nothing', () => {
    const map = filled(2, 'ab');
    expect(map.get('a')).toBe('A');
    expect([...map.set('c', 'C').keys()]).toEqual(['b', 'c']);
  });

  test('makes a value once, and what was asked for last goes last', () => {
    const map = filled(2, 'ab');
    expect(map.getOrMake('a', () => 'made')).toBe('A');
    expect(map.getOrMake('c', () => 'made')).toBe('made');
    expect([...map.keys()]).toEqual(['a', 'c']);
  });

  test('keeps null and undefined as values', () => {
    const map = new BoundedMap<string, null | undefined>(2).set('a', null).set('b', undefined);
    const make = (): never => {
      throw new Error('is there already');
    };
    expect(map.getOrMake('a', make)).toBeNull();
    expect(map.getOrMake('b', make)).toBeUndefined();
  });

  test('stores nothing when making fails', () => {
    const map = filled(2, 'ab');
    const fail = (): never => {
      throw new Error('cannot be made');
    };
    expect(() => map.getOrMake('c', fail)).toThrow('cannot be made');
    expect([...map.keys()]).toEqual(['a', 'b']);
  });
});
