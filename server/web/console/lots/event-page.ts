// One event of a lot's journey, to be corrected or removed.

import { changeLotEvent, changeLotEventInput, removeLotEvent } from '../../../actions/lots/change-lot-event.ts';
import { readJourney } from '../../../actions/lots/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { JOURNEY_STEPS } from '../../../domain/lots/journey.ts';
import type { LotEvent } from '../../../domain/lots/lot.ts';
import { fail } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { html } from '../../html.ts';
import { frameWordsOf, lotsWordsOf } from '../../words/words.ts';
import { go, type ConsoleRoute, type PageAnswer, type PageCall, formRoutes } from '../console-route.ts';
import { actionButton, fieldRow, form, suggestions } from '../fields.ts';
import { type FormFaults, NO_FAULTS, showsSent } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { whenText } from '../moments.ts';
import { pageHead, page } from '../page-head.ts';
import { readShape } from '../run-form.ts';
import { EVENT_LETTERS_MAX, eventFaults, publicField, readEvent } from './event-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/lots/:id/events/:eventId';

export const eventPageRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: PATH, right: 'keep-lot', nav: 'lots' }, eventPage, change),
  { method: 'post', path: `${PATH}/remove`, right: 'keep-lot', nav: 'lots', handle: remove },
];

async function change(call: PageCall): Promise<PageAnswer> {
  const [id, eventId] = idsOf(call);
  const { product } = valueOf(await readJourney(call.actor, id, call.ctx));
  const read = readEvent(call, product.group);
  if (!read.ok) return eventPage(call, read.faults);
  const input = readShape(changeLotEventInput, read.event);
  const outcome = input.ok
    ? await runAction(changeLotEvent, call.actor, { id, eventId, change: input.value }, call.ctx)
    : input;
  return outcome.ok ? go(`/console/lots/${id}`, 'changed') : eventPage(call, eventFaults(call, outcome.problem));
}

async function remove(call: PageCall): Promise<PageAnswer> {
  const [id, eventId] = idsOf(call);
  const outcome = await runAction(removeLotEvent, call.actor, { id, eventId }, call.ctx);
  return outcome.ok ? go(`/console/lots/${id}`, 'removed') : eventPage(call, eventFaults(call, outcome.problem));
}

async function eventPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<PageAnswer> {
  const { language, actor, ctx } = call;
  const [id, eventId] = idsOf(call);
  const { lot, product } = valueOf(await readJourney(actor, id, ctx));
  const event = valueOf(eventOf(lot.events, eventId));
  const words = lotsWordsOf(language).journey;
  const frame = frameWordsOf(language);
  // A refused removal sent no fields.
  const wasSent = showsSent(faults) && call.form.fields['step'] !== undefined;
  const field = formFields(call, words, { record: event, faults: wasSent ? faults : NO_FAULTS });
  const day = event.day ?? dayIn(ctx.settings.timeZone, event.at);
  const time = event.day == null ? whenText(event.at, call).slice(-'14:05'.length) : '';
  const steps = JOURNEY_STEPS[product.group].map((step) => step[language]);
  const body = html`${field.text('step', {
    max: 80,
    list: 'steps',
    required: true,
  })}${suggestions('steps', steps)}${fieldRow(
    field.date('day', { label: words.when, value: day, max: call.today, required: true }),
    field.text('time', { value: time, max: 5, placeholder: '14:05', optional: true }),
  )}${(['stepEn', 'place', 'by', 'note'] as const).map((name) =>
    field.text(name, {
      max: EVENT_LETTERS_MAX[name],
      optional: true,
    }),
  )}${publicField(field, call, event.public)}`;
  const at = `/console/lots/${id}/events/${eventId}`;
  const sheet = form({
    call,
    action: at,
    submit: frame.form.save,
    body,
    faults,
    cancel: `/console/lots/${id}`,
  });
  const removal = actionButton({ call, action: `${at}/remove`, text: words.remove, look: 'quiet' });
  return page(
    words.changeTitle,
    html`
      ${pageHead({ title: words.changeTitle, lead: words.changeText })}
      ${sheet}
      <div class="acts">${removal}</div>
    `,
    faults,
  );
}

function eventOf(
  events: readonly LotEvent[],
  eventId: string,
): ReturnType<typeof fail> | { ok: true; value: LotEvent } {
  const event = events.find((one) => one.id === eventId);
  return event === undefined ? fail('not-found', 'This lot has no such event.') : { ok: true, value: event };
}

function idsOf({ params }: PageCall): [id: string, eventId: string] {
  return [params['id'] ?? '', params['eventId'] ?? ''];
}
