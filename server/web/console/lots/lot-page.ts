// One lot and its journey: a form for the next step that takes twenty seconds on a phone (what, when, where,
// photograph), events copied from an earlier lot to be checked line by line, and a hint if a diary equals the last ones
// to the day.

import { addLotEvent, addLotEventInput } from '../../../actions/lots/add-lot-event.ts';
import { copyJourney } from '../../../actions/lots/copy-journey.ts';
import { readJourney, type Journey } from '../../../actions/lots/read.ts';
import { readLotRecall } from '../../../actions/recalls/standing.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { settleLotEvent, settleLotEventInput } from '../../../actions/lots/settle-lot-event.ts';
import { dayIn } from '../../../domain/calendar.ts';
import { JOURNEY_STEPS } from '../../../domain/lots/journey.ts';
import type { LotEvent } from '../../../domain/lots/lot.ts';
import { ProblemError } from '../../errors.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { dayInput } from '../../typed-days.ts';
import { dayText, numberText } from '../../format.ts';
import { frameWordsOf, lotsWordsOf } from '../../words/words.ts';
import { go, sent, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, fieldRow, form, hiddenField, suggestions } from '../fields.ts';
import { showsSent, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { dayOrDash, dayOfText, whenText } from '../moments.ts';
import { doneNotice, notice } from '../notices.ts';
import { button, facts, linkButton, pageHead, section, page, waysNav } from '../page-head.ts';
import { recallNotice } from '../recalls/recall-notice.ts';
import { paperSection } from '../registry/papers.ts';
import { readShape } from '../run-form.ts';
import { eventFaults, publicField, readEvent } from './event-form.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/lots/:id';
/** A phone's everyday photograph has 3 to 8 MB. */
const PHOTO_BYTES_MAX = 16 * 1_024 * 1_024;

export const lotPageRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'read-registry', nav: 'lots', handle: (call) => lotPage(call) },
  {
    method: 'post',
    path: `${PATH}/events`,
    gate: 'uploads',
    right: 'keep-lot',
    nav: 'lots',
    formBytesMax: PHOTO_BYTES_MAX,
    files: true,
    handle: addEvent,
  },
  { method: 'post', path: `${PATH}/copy`, right: 'keep-lot', nav: 'lots', handle: copy },
  { method: 'post', path: `${PATH}/settle`, right: 'keep-lot', nav: 'lots', handle: settle },
];

async function addEvent(call: PageCall): Promise<PageAnswer> {
  const { form: typed } = call;
  const journey = valueOf(await readJourney(call.actor, lotIdOf(call), call.ctx));
  const read = readEvent(call, journey.product.group);
  if (!read.ok) return lotPage(call, read.faults);
  const input = readShape(addLotEventInput, read.event);
  const photo = typed.files['photo'];
  const outcome = input.ok
    ? await runAction(
        addLotEvent,
        call.actor,
        { id: lotIdOf(call), event: input.value, ...(photo === undefined ? {} : { photo: photo.bytes }) },
        call.ctx,
      )
    : input;
  if (outcome.ok) return go(`/console/lots/${lotIdOf(call)}`, 'added');
  return lotPage(call, eventFaults(call, outcome.problem));
}

async function copy(call: PageCall): Promise<PageAnswer> {
  const outcome = await runAction(
    copyJourney,
    call.actor,
    { id: lotIdOf(call), copy: { from: sent(call.form, 'from') } },
    call.ctx,
  );
  if (outcome.ok) return go(`/console/lots/${lotIdOf(call)}`, 'copied');
  throw new ProblemError(outcome.problem);
}

async function settle(call: PageCall): Promise<PageAnswer> {
  const eventId = sent(call.form, 'eventId');
  const dropped = sent(call.form, 'outcome') === 'dropped';
  const day = sent(call.form, 'day');
  const moved = day === '' || day === sent(call.form, 'dayWas') ? {} : { at: day };
  const input = readShape(
    settleLotEventInput,
    dropped ? { outcome: 'dropped', eventId } : { outcome: 'holds', eventId, ...moved },
  );
  const outcome = input.ok
    ? await runAction(settleLotEvent, call.actor, { id: lotIdOf(call), settling: input.value }, call.ctx)
    : input;
  doneValue(outcome);
  return go(`/console/lots/${lotIdOf(call)}`, dropped ? 'dropped' : 'settled');
}

async function lotPage(call: PageCall, faults: FormFaults = heldFaults(call, '/events')): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const journey = valueOf(await readJourney(actor, lotIdOf(call), ctx));
  const { lot, product, same } = journey;
  const words = lotsWordsOf(language);
  const mayKeep = decide(actor, 'keep-lot', { officeId: lot.officeId, producerId: lot.producerId }).kind === 'may';
  const title = words.page.title(lot.number);
  const actions = mayKeep
    ? [
        linkButton(`/console/print?product=${product.id}&lot=${lot.id}`, words.page.print),
        linkButton(`/console/lots/${lot.id}/edit`, words.form.edit),
      ]
    : [];
  const rows: [Inset, Inset][] = [
    [words.producedOn, dayOrDash(lot.producedOn)],
    [words.expiresOn, dayOrDash(lot.expiresOn)],
    [
      words.declared,
      lot.declaredQuantity === null ? null : html`${numberText(lot.declaredQuantity, language)} ${product.unit}`,
    ],
    [
      words.active,
      lot.firstActivatedAt === null
        ? words.isFree
        : html`<a href="/console/batches?lotId=${lot.id}">${words.page.batches}</a>`,
    ],
  ];
  if (lot.correctedAt !== null) rows.push([words.page.corrected, dayOfText(lot.correctedAt, call)]);
  if (lot.note !== null) rows.push([words.page.note, lot.note]);
  const warning =
    same.length > 0 &&
    notice('warn', words.journey.sameTitle, words.journey.same(same.map(({ number }) => number).join(', ')));
  const done = doneNotice(call, { ...words.page.done, asked: frameWordsOf(language).waiting });
  const body = html`
    ${pageHead({ title, lead: product.name, actions })}
    ${done}
    ${lotWays(call, lot.id)}
    ${recallNotice(call, valueOf(await readLotRecall(actor, lot.id, ctx)))}
    ${warning}
    ${mayKeep && eventForm(call, journey, faults)}
    ${eventList(call, journey, mayKeep)}
    ${facts(rows)}
    ${await paperSection(call, { subject: 'lot', id: lot.id }, ['test-result', 'other'], lot.proofs)}
  `;
  return page(title, body, faults);
}

function lotWays({ actor, language }: PageCall, id: string): Html {
  const { ways } = frameWordsOf(language);
  const mayRecall = decide(actor, 'recall-lot', null).kind !== 'refused';
  return waysNav(ways.name, [
    ['#journey', ways.journey],
    [`/console/batches?lotId=${id}`, ways.batches],
    mayRecall && [`/console/recalls/new?lotId=${id}`, ways.recall],
  ]);
}

function eventForm(call: PageCall, { lot, product, previous }: Journey, faults: FormFaults): Html {
  const { language } = call;
  const words = lotsWordsOf(language).journey;
  const steps = JOURNEY_STEPS[product.group];
  const field = formFields(call, words, { faults });
  const places = [
    ...new Set([...lot.events, ...(previous?.events ?? [])].flatMap(({ place }) => (place === null ? [] : [place]))),
  ];
  const body = html`
    <div class="pickstep">
      ${field.radio(
        'step',
        steps.map((step) => ({ value: step[language], text: step[language] })),
      )}
    </div>
    ${fieldRow(
      field.date('day', { label: words.when, value: call.today, max: call.today, required: true }),
      field.text('place', {
        value: lot.events.at(-1)?.place ?? previous?.events.at(-1)?.place ?? '',
        max: 160,
        list: 'places',
      }),
    )}
    ${suggestions('places', places)}
    ${field.file('photo', {
      accept: 'image/jpeg,image/png,image/webp',
      hint: words.photoHint,
      optional: true,
    })}
    <details${showsSent(faults) && html` open`}>
      <summary>${words.more}</summary>
      ${fieldRow(
        field.text('otherStep', { max: 80, optional: true }),
        field.text('stepEn', { max: 80, optional: true }),
      )}
      ${fieldRow(
        field.text('time', { max: 5, placeholder: '14:05', optional: true }),
        field.text('by', { max: 160, optional: true }),
      )}
      ${field.text('note', { max: 600, optional: true })}
      ${publicField(field, call, null)}
    </details>
  `;
  const sheet = form({
    call,
    action: `/console/lots/${lot.id}/events`,
    submit: words.submit,
    body,
    faults,
    files: true,
    id: 'event',
  });
  const copyable =
    previous !== null &&
    html`
      <div class="acts">${actionButton({
        call,
        action: `/console/lots/${lot.id}/copy`,
        text: words.copy(previous.number),
        fields: [hiddenField('from', previous.id)],
      })}</div>
      <p class="hint">${words.copyText}</p>
    `;
  return section(words.add, html`${sheet}${copyable}`);
}

function eventList(call: PageCall, { lot }: Journey, mayKeep: boolean): Html {
  const words = lotsWordsOf(call.language).journey;
  if (lot.events.length === 0) return section(words.title, html`<p class="muted">${words.none}</p>`);
  const events = lot.events.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return section(
    words.title,
    html`<ol class="journey" id="journey">${events.map((event) => eventRow(call, event, mayKeep))}</ol>`,
  );
}

function eventRow(call: PageCall, event: LotEvent, mayKeep: boolean): Html {
  const words = lotsWordsOf(call.language).journey;
  const { id, at, day = null, step, place, by, note, photoFileId, copiedFrom, correctedAt = null } = event;
  const more = [place, by].filter((part) => part !== null).join(', ');
  const photo = photoFileId !== null && html`<img src="/photos/${photoFileId}" alt="${step}" loading="lazy">`;
  const looks =
    copiedFrom !== null &&
    html`
      <p class="state warn">${words.waits}</p>
      ${mayKeep && settleForm(call, id, day ?? dayIn(call.ctx.settings.timeZone, at))}
    `;
  return html`
    <li${
      copiedFrom !== null &&
      html` class="waits"
    `
    }><b>${step}</b> <span class="muted">${day === null ? whenText(at, call) : dayText(day)}</span>
      ${more !== '' && html`<br>${more}`}
      ${note !== null && html`<br>${note}`}
      ${!event.public && html`<br><span class="hint">${words.hidden}</span>`}
      ${correctedAt !== null && html`<br><span class="hint">${words.corrected(dayOfText(correctedAt, call))}</span>`}
      ${photo}
      ${looks}
      ${
        copiedFrom === null &&
        mayKeep &&
        html`
          <p><a href="/console/lots/${lotIdOf(call)}/events/${id}">${words.change}</a></p>
        `
      }
    </li>
  `;
}

/** Settles a copied event: it is confirmed with its day corrected, or dropped. */
function settleForm(call: PageCall, eventId: string, day: string): Html {
  const words = lotsWordsOf(call.language).journey;
  return html`
    <form method="post" action="/console/lots/${lotIdOf(call)}/settle">
      ${hiddenField('once', call.once)}
      ${hiddenField('eventId', eventId)}
      ${hiddenField('dayWas', day)}
      <div class="acts">
        <label class="hint" for="day-${eventId}">${words.day}</label>
        ${dayInput({ id: `day-${eventId}`, name: 'day', value: day, max: call.today })}
        ${button(words.holds, 'plain', { name: 'outcome', value: 'holds' })}
        ${button(words.drop, 'quiet', { name: 'outcome', value: 'dropped' })}
      </div>
    </form>
  `;
}

function lotIdOf({ params }: PageCall): string {
  return params['id'] ?? '';
}
