// What the app shows for a text that was read, before the server has said anything: by the pack and by the very verdict
// function of the server. Offline nothing is green: a stamp that looks like ours is "to be confirmed". What is grave
// (recalled, void, expired) is told from the pack at once.

import { dayIn } from '../../server/domain/calendar.ts';
import { publicRatingOf } from '../../server/domain/registry/certificate.ts';
import { readCarriedCode } from '../../server/domain/stamp/carried-code.ts';
import { verdictOf, type VerdictView } from '../../server/domain/stamp/verdict.ts';
import { strangeHost } from './hosts.ts';
import type { HeldPack, PackSet } from './pack-set.ts';
import type { Judged, Shown } from './round-book.ts';
import type { OfflineWord, StampKnown } from './wire.ts';

/** A rating that lapsed is told beside every verdict, because it changes none. */
const RATING_LAPSED = 'rating-lapsed';
const LAST = 4;

/**
 * @param read whole, as the symbol or the person gave it
 * @param hosts of the deployment, besides those that batches were printed with
 */
export function judge(read: string, packs: PackSet, hosts: readonly string[], nowMs: number): Judged {
  const { parsed, link } = readCarriedCode(read);
  if (!parsed.ok) return notOurs(read);
  const { code, batchId, index } = parsed;
  const serial = index + 1;
  const plain = { code, batchId, serial, lastFour: code.slice(-LAST), also: [], offline: null };
  const word = packs.ask(parsed, nowMs);
  if (word.kind === 'not-here') {
    const away = strangeHost(read, hosts);
    if (away !== null) return { ...plain, shown: 'elsewhere', about: away, source: 'none' };
    return { ...plain, shown: 'waiting', about: null, source: 'none' };
  }
  const { pack } = word;
  const { edition } = pack.manifest;
  const batch = pack.index.batchOf(batchId);
  const sameLink =
    link === null ||
    (batch?.digitalLink?.gtin === link.gtin && (link.lot === null || batch.digitalLink.lot === link.lot));
  const facts = word.kind === 'ours' && sameLink ? pack.index.stampFactsOf(batchId, serial) : null;
  const view = verdictOf(facts, new Date(nowMs), pack.manifest.timeZone);
  const offline = { edition, verdict: view.verdict, ours: facts !== null };
  if (facts === null) return { ...plain, shown: 'unknown', about: null, source: 'pack', offline };
  const lapsed = facts.product !== null && isRatingLapsed(pack, batchId, facts.product.id, nowMs);
  const away = strangeHost(read, [...hosts, batch?.origin ?? '']);
  if (away !== null) return { ...plain, shown: 'elsewhere', about: away, source: 'pack', offline };
  return {
    ...plain,
    // The pack's green is none: who copied the pack may have made this code.
    shown: view.verdict === 'valid' ? 'ours' : view.verdict,
    also: [...view.also, ...(view.display ? ['display'] : []), ...(lapsed ? [RATING_LAPSED] : [])],
    about: facts.product?.name ?? pack.index.batchFactsOf(batchId)?.producer.name ?? null,
    source: 'pack',
    offline,
  };
}

/** The same stamp by the server's word. @param before what the phone said of it */
export function judgedByServer(before: Judged, known: StampKnown | 'not-ours'): Judged {
  if (known === 'not-ours') {
    const away = before.shown === 'elsewhere';
    return {
      ...before,
      shown: away ? 'elsewhere' : 'unknown',
      also: [],
      about: away ? before.about : null,
      source: 'server',
    };
  }
  const { verdict, product, producer, batch, rating } = known;
  const lapsed = rating !== null && (rating.state === 'expired' || rating.state === 'revoked');
  return {
    ...before,
    // Where its symbol leads is seen on the phone alone.
    shown: before.shown === 'elsewhere' ? 'elsewhere' : lookOfServer(verdict, batch.kind === 'plaque'),
    also: [...verdict.also, ...(lapsed ? [RATING_LAPSED] : [])],
    about: before.shown === 'elsewhere' ? before.about : (product?.name ?? producer.name),
    source: 'server',
  };
}

/** Whether the server takes back what the pack said: the phone must say so aloud. */
export function contradicts(offline: OfflineWord | null, known: StampKnown | 'not-ours'): boolean {
  if (offline === null) return false;
  if (known === 'not-ours') return offline.ours;
  return !offline.ours;
}

function lookOfServer({ verdict, display }: VerdictView, plaque: boolean): Shown {
  if (verdict !== 'valid') return verdict;
  return display ? 'display' : plaque ? 'plaque' : 'valid';
}

/** Whether the product's rating is out of force, by what the pack holds of its certificates. */
function isRatingLapsed({ index, manifest }: HeldPack, batchId: string, productId: string, nowMs: number): boolean {
  const certificates = index.batchFactsOf(batchId)?.certificates ?? [];
  const today = dayIn(manifest.timeZone, new Date(nowMs));
  const state = publicRatingOf(certificates, productId, today, null)?.state;
  return state === 'expired' || state === 'revoked';
}

/** Something else than a code: another maker's symbol, a web address, a word. */
function notOurs(read: string): Judged {
  const away = strangeHost(read, []);
  const text = read.trim().slice(-LAST);
  const plain = { code: null, batchId: null, serial: null, lastFour: text, also: [], offline: null };
  return { ...plain, shown: away === null ? 'unknown' : 'elsewhere', about: away, source: 'none' };
}
