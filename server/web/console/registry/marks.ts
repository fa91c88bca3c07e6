// Stars and states of certificates as the registry's lists show them: drawn, and in words for screen readers.

import type { Language } from '../../../domain/language.ts';
import { certificateState, lastDayInForce, type Certificate } from '../../../domain/registry/certificate.ts';
import type { Day } from '../../../domain/entity.ts';
import { html, raw, type Html } from '../../html.ts';
import { dayText } from '../../format.ts';
import type { RegistryWords } from '../../words/words.ts';
import { stateMark } from '../list.ts';

const STAR = 'm7 1 1.8 4 4.4.5-3.3 2.9.9 4.3L7 10.5l-3.8 2.2.9-4.3L.8 5.5 5.2 5z';

export function starsMark(count: number, words: RegistryWords): Html {
  const drawn = Array.from({ length: count }, (_, at) => `<path transform="translate(${at * 16})" d="${STAR}"/>`).join(
    '',
  );
  const width = count * 16 - 2;
  return html`<span class="stars" role="img" aria-label="${words.starsText(count)}">${raw(
    `<svg width="${width}" height="14" viewBox="0 0 ${width} 14" fill="currentColor" aria-hidden="true">${drawn}</svg>`,
  )}</span>`;
}

/** The state of a certificate on a day, with the day it ends or ended. */
export function certificateMark(certificate: Certificate, today: Day, words: RegistryWords): Html {
  const state = certificateState(certificate, today);
  const end = lastDayInForce(certificate);
  switch (state) {
    case 'upcoming':
      return html`
        ${stateMark(words.states.upcoming, 'plain')} <small>${words.from(dayText(certificate.issuedOn))}</small>
      `;
    case 'valid':
    case 'extended':
      return html`
        ${stateMark(words.states[state], 'good')}
        ${end !== null && html` <small>${words.until(dayText(end))}</small>`}
      `;
    case 'expired':
      return html`
        ${stateMark(words.states.expired, 'over')}
        ${end !== null && html` <small>${words.endedOn(dayText(end))}</small>`}
      `;
    case 'revoked':
      return html`${stateMark(words.states.revoked, 'over')} <small>${words.revokedFrom(
        dayText(certificate.revocation?.on ?? today),
      )}</small>`;
    default:
      return state satisfies never;
  }
}

/** Points as people here write them: 76,80. */
export function scoreText(hundredths: number, language: Language): string {
  const text = (hundredths / 100).toFixed(2);
  return language === 'vi' ? text.replace('.', ',') : text;
}
