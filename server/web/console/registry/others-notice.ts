// Shown to a person who revokes a certificate or approves its revocation: the other certificate on which the product's
// stars will then rest (docs/decisions/0028-in-force.md).

import { lastDayInForce, type Certificate } from '../../../domain/registry/certificate.ts';
import { html, type Html } from '../../html.ts';
import { registryWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { dayOrDash } from '../moments.ts';
import { notice } from '../notices.ts';
import { starsMark } from './marks.ts';

const PATH = '/console/certificates';

/** Null: there is no other. */
export function othersNotice(others: readonly Certificate[], call: Pick<PageCall, 'language'>): Html | null {
  if (others.length === 0) return null;
  const words = registryWordsOf(call.language);
  const own = words.certificates;
  return notice(
    'warn',
    own.othersTitle,
    html`${own.othersText}<ul>${others.map(
      (other) =>
        html`<li><a href="${PATH}/${other.id}">${other.number}</a> ${starsMark(other.stars ?? 0, words)} ${words.until(
          dayOrDash(lastDayInForce(other)),
        )}</li>`,
    )}</ul>`,
  );
}
