// What the forms of an event share: how the fields are read, who sees the event, and the words of its faults.

import { instantAt, isDay } from '../../../domain/calendar.ts';
import { JOURNEY_STEPS } from '../../../domain/lots/journey.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { ProductGroup } from '../../../domain/registry/product.ts';
import type { Html } from '../../html.ts';
import { frameWordsOf, lotsWordsOf } from '../../words/words.ts';
import { sent, sentOrNull, type PageCall } from '../console-route.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { type FormFields, choices } from '../form-fields.ts';

/** Letters of an event's short texts. */
export const EVENT_LETTERS_MAX = { stepEn: 80, place: 160, by: 160, note: 600 } as const;
/** 14:05, 9:30, 9h30, 9.30. */
const TIME = /^([01]?\d|2[0-3])[:h.]([0-5]\d)$/i;

/** The action's input, unchecked. A day without a time stays a day. */
export function readEvent(
  call: PageCall,
  group: ProductGroup,
): { ok: true; event: Record<string, unknown> } | { ok: false; faults: FormFaults } {
  const { form: typed, ctx } = call;
  const { faults } = lotsWordsOf(call.language).journey;
  const [day, time] = [sent(typed, 'day'), sent(typed, 'time')];
  const clock = TIME.exec(time);
  if (time !== '' && clock === null) return timeFault(call, faults.time);
  const instant =
    clock === null || !isDay(day)
      ? null
      : instantAt(ctx.settings.timeZone, day, Number(clock[1]) * 60 + Number(clock[2]));
  if (clock !== null && isDay(day) && instant === null) return timeFault(call, faults.skipped);
  const step = sentOrNull(typed, 'otherStep') ?? sent(typed, 'step');
  const usual = JOURNEY_STEPS[group].find(({ vi, en }) => vi === step || en === step)?.public ?? true;
  const shown = sent(typed, 'public');
  const event = {
    at: instant?.toISOString() ?? day,
    step,
    stepEn: sentOrNull(typed, 'stepEn'),
    place: sentOrNull(typed, 'place'),
    by: sentOrNull(typed, 'by'),
    note: sentOrNull(typed, 'note'),
    public: shown === '' ? usual : shown === 'yes',
  };
  return { ok: true, event };
}

function timeFault(call: PageCall, text: string): { ok: false; faults: FormFaults } {
  const { invalid } = frameWordsOf(call.language).problems;
  return { ok: false, faults: { title: invalid.title, text: invalid.todo, fields: { time: text } } };
}

/**
 * Whether buyers usually see it depends on the step, which is only known when the form is sent.
 * @param isPublic of the event; null: not known yet
 */
export function publicField(field: FormFields<never>, { language }: PageCall, isPublic: boolean | null): Html {
  const { public: label, usual, shown } = lotsWordsOf(language).journey;
  return field.select('public', choices(['yes', 'no'] as const, shown), {
    label,
    ...(isPublic === null ? { blank: usual } : { value: isPublic ? 'yes' : 'no' }),
  });
}

export function eventFaults(call: PageCall, problem: Problem): FormFaults {
  const { faults } = lotsWordsOf(call.language).journey;
  return formFaults(
    problem,
    call,
    {
      'at:too-early': faults.early,
      'at:future': faults.future,
      at: faults.future,
      'step:too-small': faults.step,
      'step:too-many-events': faults.many,
      'photo:format': faults.photo,
      'photo:broken': faults.photo,
    },
    { at: 'day' },
  );
}
