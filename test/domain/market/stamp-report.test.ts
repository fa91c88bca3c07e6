import { describe, expect, test } from '@jest/globals';
import { sourceOf } from '../../../server/domain/market/stamp-report.ts';

describe('the source of a report', () => {
  test.each([
    [null, 'none'],
    ['  ', 'none'],
    ['https://Tem-La.vn/t/7K3M9Q-00001V-515K52?x=1', 'host:tem-la.vn'],
    ['tem-la.vn/abc', 'host:tem-la.vn'],
    // Ends differ, the batch's id is the same.
    ['7K3M9Q-00001V-515K53', 'code:7K3M9Q'],
    ['7k3m9q 00001v 000000', 'code:7K3M9Q'],
    // An address of ours says nothing by its host.
    ['https://tem.example.vn/t/7K3M9Q-00001V-515K53', 'code:7K3M9Q'],
    ['https://tem.example.vn/', 'text:https://tem.example.vn/'],
    ['Tem  OCOP số 12', 'text:tem ocop so 12'],
  ])('of %p is %s', (readAs, source) => expect(sourceOf(readAs, 'tem.example.vn')).toBe(source));

  test('is bounded, whatever was read', () => {
    for (const text of [`${'a'.repeat(60)}.`.repeat(50), '😀'.repeat(300), `x${'😀'.repeat(300)}`])
      expect(sourceOf(text, 'tem.example.vn').length).toBeLessThanOrEqual(260);
  });
});
