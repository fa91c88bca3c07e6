// Pages of the audit log end before they become too large for one answer.

import { describe, expect, test } from '@jest/globals';
import type { AuditEntry } from '../../server/domain/audit/audit.ts';
import { AUDIT_PAGE_BYTES_MAX } from '../../server/store/page-rows.ts';
import type { Page, Store } from '../../server/store/store.ts';
import { aLine } from '../fixtures/records/audit.ts';
import { storeOfGroup, type OpenStore } from './store-under-test.ts';

/** A line counts as the size of its values plus this. */
const LINE_BYTES = 1_024;
/** Two lines of this size fill a page exactly. */
const HALF = AUDIT_PAGE_BYTES_MAX / 2 - LINE_BYTES;

/** Values whose JSON has this many bytes, written with three-byte characters. */
function valuesOf(bytes: number): Record<string, unknown> {
  const room = bytes - Buffer.byteLength('{"x":""}');
  return { x: 'ệ'.repeat(Math.floor(room / 3)) + 'x'.repeat(room % 3) };
}

export function auditPagesContract(open: OpenStore): void {
  describe('a page of the audit log', () => {
    let store: Store;
    const on = storeOfGroup(open, (opened) => (store = opened));

    /** Adds lines of these sizes and returns the sizes on each page. */
    async function pagesOf(entity: string, sizes: readonly number[]): Promise<number[][]> {
      for (const bytes of sizes) await store.audit.add(aLine({ entity, values: valuesOf(bytes) }));
      await on.settled();
      const pages: number[][] = [];
      let after: string | null = null;
      do {
        const page: Page<AuditEntry> = await store.audit.list(
          { officeId: null, entity, from: null, to: null },
          { limit: 200, after },
        );
        pages.push(page.items.map(({ values }) => Buffer.byteLength(JSON.stringify(values))));
        const bytes = Buffer.byteLength(JSON.stringify(page.items));
        expect(page.items.length === 1 || bytes <= AUDIT_PAGE_BYTES_MAX).toBe(true);
        after = page.next;
      } while (after !== null);
      return pages;
    }

    test('holds what just fits', async () => {
      expect(await pagesOf('user:fits', [HALF, HALF])).toEqual([[HALF, HALF]]);
    });

    test('ends before the line that would be a byte too many, and the next page goes on with it', async () => {
      expect(await pagesOf('user:over', [HALF, HALF + 1, 100])).toEqual([[HALF], [HALF + 1, 100]]);
    });

    test('holds a line that is larger than a page alone', async () => {
      const large = AUDIT_PAGE_BYTES_MAX + 1;
      expect(await pagesOf('user:large', [100, large, large, 100])).toEqual([[100], [large], [large], [100]]);
    });
  });
}
