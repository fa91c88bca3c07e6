// One certificate that lapses: how to reach its producer, a message ready to send, and what was done about it.

import { allOf } from '../../../actions/kit/every-of.ts';
import { listFollowUps } from '../../../actions/programme/read.ts';
import { recordFollowUp, recordFollowUpInput } from '../../../actions/programme/record-follow-up.ts';
import { readCertificate, readProducer, readProduct } from '../../../actions/registry/read.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { lastDayInForce } from '../../../domain/registry/certificate.ts';
import { FOLLOW_UP_KINDS, lapseOf } from '../../../domain/programme/lapsing.ts';
import type { Problem } from '../../../domain/problem.ts';
import { valueOf } from '../../outcome.ts';
import { ProblemError } from '../../errors.ts';
import { html, type Html } from '../../html.ts';
import { dayText, phoneLink } from '../../format.ts';
import { programmeWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  formRoutes,
  idIn,
} from '../console-route.ts';
import { form } from '../fields.ts';
import { partOf } from '../list.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { doneNotice } from '../notices.ts';
import { columns, facts, linkButton, pageHead, section, type Page, page } from '../page-head.ts';
import { PROGRAMME } from './programme-frame.ts';
import { formFields, choices } from '../form-fields.ts';
import { readAndRun } from '../run-form.ts';

const PATH = `${PROGRAMME}/lapsing/:id`;
const ENTRIES_SHOWN = 20;

export const followUpRoutes: readonly ConsoleRoute[] = [
  ...formRoutes({ path: PATH, right: 'keep-programme', nav: 'programme' }, followUpPage, save),
];

async function followUpPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, params, language, today } = call;
  const words = programmeWordsOf(language).followUp;
  const certificate = valueOf(await readCertificate(actor, params['id'] ?? '', ctx));
  if (certificate.productId === null) throw new ProblemError(NOT_OF_A_PRODUCT);
  const [product, producer, done] = [
    valueOf(await readProduct(actor, certificate.productId, ctx)),
    valueOf(await readProducer(actor, certificate.producerId, ctx)),
    valueOf(await allOf((page) => listFollowUps(actor, certificate.id, page, ctx))),
  ];
  const lastDay = lastDayInForce(certificate) ?? today;
  const until = lapseOf(certificate, today)?.file.until ?? lastDay;
  const message = words.text(
    producer.name,
    product.name,
    certificate.number,
    dayText(lastDay),
    today > until ? words.late(dayText(until)) : words.due(dayText(until)),
  );
  const mail =
    producer.email !== null &&
    linkButton(
      `mailto:${producer.email}?subject=${encodeURIComponent(
        words.mailSubject(product.name),
      )}&body=${encodeURIComponent(message)}`,
      words.openMail,
    );
  const contact = facts(
    [
      [words.representative, producer.representative],
      [words.phone, producer.phone !== null && html`<a href="${phoneLink(producer.phone)}">${producer.phone}</a>`],
      [words.email, producer.email],
    ].map(([name, value]) => [name ?? null, value === false ? null : (value ?? null)] as const),
  );
  const field = formFields(call, words, { faults });
  const entry = form({
    call,
    action: `${PROGRAMME}/lapsing/${certificate.id}`,
    submit: words.save,
    faults,
    cancel: `${PROGRAMME}/lapsing`,
    body: [
      field.radio('kind', choices(FOLLOW_UP_KINDS, words.kinds), { value: 'reminded' }),
      field.date('on', { value: today, max: today }),
      field.text('note', { max: 300, optional: true }),
      html`<p class="hint">${words.seen}</p>`,
    ],
  });
  const part = partOf(done, { name: 'entries', max: ENTRIES_SHOWN, call });
  const history = part.rows.map(
    ({ kind, on, note }): Html =>
      html`<li><div>${dayText(on)}: ${words.kinds[kind]}${
        note !== null && html`<p class="hint">${note}</p>`
      }</div></li>`,
  );
  const title = words.title(product.name);
  const main = html`${section(
    words.message,
    html`<p class="hint">${
      words.messageHint
    }</p><blockquote class="text">${message}</blockquote>${mail !== false && html`<p>${mail}</p>`}`,
  )}${section(words.record, entry)}`;
  const entries = history.length > 0 && html`<ul class="rows">${history}</ul>${part.ways}`;
  const side = html`${section(words.contact, contact)}${entries}`;
  const head = html`${pageHead({ title, lead: words.why(certificate.number, dayText(lastDay)) })}`;
  return page(title, html`${head}${doneNotice(call, words.done)}${columns(main, side)}`, faults);
}

const NOT_OF_A_PRODUCT: Problem = { code: 'not-found', detail: 'This certificate is not a product’s.' };

async function save(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, language } = call;
  const words = programmeWordsOf(language);
  const certificateId = idIn(call);
  const input = { kind: sent(sentForm, 'kind'), on: sent(sentForm, 'on'), note: sentOrNull(sentForm, 'note') };
  const outcome = await readAndRun(recordFollowUpInput, input, (followUp) =>
    runAction(recordFollowUp, actor, { certificateId, followUp }, ctx),
  );
  if (outcome.ok) return go(`${PROGRAMME}/lapsing/${certificateId}`, 'recorded');
  return followUpPage(call, formFaults(outcome.problem, call, { 'on:in-future': words.support.inFuture }));
}
