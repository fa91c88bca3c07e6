// The warnings before stamps are issued, with their figures, and the one box that confirms all of them.

import { ISSUE_CONCERNS, type IssueConcern, type IssueConcernCode } from '../../../actions/print/issue-concerns.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { ROLL_STAMPS } from '../../../domain/print/unusual-quantity.ts';
import type { Problem } from '../../../domain/problem.ts';
import { dayText, numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import type { FormFaults } from '../form-faults.ts';
import { checkField } from '../fields.ts';
import { notice } from '../notices.ts';

/** The concerns in a problem; null: it is a problem of another kind. */
export function concernsOf({ details }: Problem): IssueConcern[] | null {
  const concerns = details?.['concerns'];
  return Array.isArray(concerns) ? (concerns as IssueConcern[]) : null;
}

/** What the sent form confirms. The box names each warning that was shown above it, so a new warning is shown again. */
export function acknowledgedIn({ form }: PageCall): IssueConcernCode[] {
  const named = (form.fields['acknowledge'] ?? []).join(' ').split(' ');
  return ISSUE_CONCERNS.filter((code) => named.includes(code));
}

/** What a form sends if its `acknowledge` box was ticked. */
export function knownRecall(call: PageCall): { acknowledge?: 'recalled'[] } {
  return acknowledgedIn(call).includes('recalled') ? { acknowledge: ['recalled'] } : {};
}

/** The faults of a form that was refused because of a recall, with the box that confirms it. */
export function recalledFaults(faults: FormFaults): FormFaults {
  return { ...faults, fields: { ...faults.fields, acknowledge: faults.title ?? '' } };
}

/** The box, if the form was refused because of a recall. */
export function recalledBox(call: PageCall, { fields }: FormFaults): Html | null {
  if (fields['acknowledge'] === undefined) return null;
  const { concerns: words } = printWordsOf(call.language);
  return checkField({ name: 'acknowledge', label: words.confirm, checked: false, value: 'recalled' });
}

export function concernsBlock(call: PageCall, concerns: readonly IssueConcern[]): Html | null {
  if (concerns.length === 0) return null;
  const { concerns: words } = printWordsOf(call.language);
  const said = concerns.map((concern) => notice('warn', textOf(call, concern)));
  const value = concerns.map(({ code }) => code).join(' ');
  const box = checkField({ name: 'acknowledge', label: words.confirm, checked: false, value, hint: words.confirmHint });
  return html`${said}${box}`;
}

function textOf(call: PageCall, concern: IssueConcern): string {
  const { concerns: words } = printWordsOf(call.language);
  const number = (value: number): string => numberText(value, call.language);
  const day = (value: string | null): string => (value === null ? '' : dayText(value));
  switch (concern.code) {
    case 'recalled':
      return words.recalled(concern.of, dayText(dayIn(call.ctx.settings.timeZone, concern.at)));
    case 'certificate-lapsed':
      return (concern.isRevoked ? words.revoked : words.lapsed)(concern.number, day(concern.lastDay));
    case 'lot-has-stamps':
      return words.lotHasStamps(concern.lot, number(concern.stamps));
    case 'unusual-quantity':
      return concern.beyond === 'usual'
        ? words.timesUsual(number(concern.quantity), number(concern.largest ?? 0))
        : words.beyondRoll(number(concern.quantity), number(ROLL_STAMPS));
    default:
      return concern satisfies never;
  }
}
