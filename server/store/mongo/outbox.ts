// A line on its way into the audit chain. It is written inside the document whose change it records, so that neither
// exists without the other, and moved from there by the appender (audit-appender.ts). It is sealed, so everything in
// the chain was written with the row key.

import { Types } from 'mongoose';
import { canonicalJson } from '../../domain/audit/audit-chain.ts';
import type { AuditLine } from '../../domain/audit/audit.ts';
import { isSealOf, sealText } from '../row-seal.ts';
import type { WriteNote } from '../store.ts';
import type { OutboxEntry } from './schemas.ts';

const SEALED_AS = 'outbox';

export class Outbox {
  private readonly rowKey: Uint8Array;
  private readonly now: () => Date;
  private lastTick = 0;

  constructor(rowKey: Uint8Array, now: () => Date) {
    this.rowKey = rowKey;
    this.now = now;
  }

  /** The entry for a change; ids are unique over all servers, and ticks increase. */
  entryOf({ line, request }: WriteNote): OutboxEntry {
    // A thousand ticks a millisecond, so that lines of one process keep their order even if its clock stops or goes
    // back.
    this.lastTick = Math.max(this.lastTick + 1, this.now().getTime() * 1_000);
    const entry = {
      id: new Types.ObjectId().toHexString(),
      tick: this.lastTick,
      line: canonicalJson(line),
      request:
        request === null
          ? null
          : { key: request.key, bodyHash: request.bodyHash, answer: JSON.stringify(request.answer) },
    };
    return { ...entry, seal: sealText(this.rowKey, SEALED_AS, canonicalJson(entry)) };
  }

  /** The line of an entry; null if the entry is not as it was written. */
  lineOf({ seal, ...entry }: OutboxEntry): AuditLine | null {
    const { id, tick, line, request } = entry;
    if (!isSealOf(this.rowKey, SEALED_AS, canonicalJson({ id, tick, line, request }), seal)) return null;
    return JSON.parse(line) as AuditLine;
  }
}
