// Complaints of buyers, and what the office does about each. A producer reads those about its own stamps, without
// names.

import { changeComplaint, changeComplaintInput } from '../../../actions/market/change-complaint.ts';
import { listComplaints, readComplaint } from '../../../actions/market/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import type { Complaint } from '../../../domain/market/complaint.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText, shortened } from '../../format.ts';
import { frameWordsOf, marketWordsOf, scansWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
} from '../console-route.ts';
import { areaField, form, radioField, selectField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { emptyList, filterPanel, pager, PAGE_ROWS, stateMark, table, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { columns, facts, pageHead, section } from '../page-head.ts';
import { readShape } from '../read-shape.ts';
import { COMPLAINTS, scanLinks } from '../scans/scans-frame.ts';

const STATES = ['new', 'looking', 'closed'] as const;
const MESSAGE_LETTERS = 90;

type Page = Extract<PageAnswer, { kind: 'page' }>;

export const complaintsRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: COMPLAINTS, right: 'read-findings', nav: 'complaints', handle: list },
  {
    method: 'get',
    path: `${COMPLAINTS}/:id`,
    right: 'read-findings',
    nav: 'complaints',
    handle: (call) => complaintPage(call, NO_FAULTS),
  },
  { method: 'post', path: `${COMPLAINTS}/:id`, right: 'handle-complaint', nav: 'complaints', handle: save },
];

async function list(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, language, query } = call;
  const words = marketWordsOf(language);
  const own = words.complaints;
  const frame = frameWordsOf(language);
  const state = STATES.find((known) => known === query['state']);
  const page = valueOf(
    await listComplaints(
      actor,
      { limit: PAGE_ROWS, after: query['after'] ?? null, ...(state === undefined ? {} : { state }) },
      ctx,
    ),
  );
  const tableColumns: Column<Complaint>[] = [
    { head: own.number, cell: ({ number }) => html`<span class="b">${number}</span>`, card: 'title' },
    { head: own.about, cell: ({ about }) => html`<b>${own.subjects[about]}</b>`, card: 'plain' },
    { head: own.message, cell: ({ message }) => shortened(message, MESSAGE_LETTERS), card: 'plain' },
    {
      head: own.stamp,
      cell: ({ batchId, serial }) => words.cases.stamp(batchId, numberText(serial, language)),
      card: 'plain',
    },
    { head: own.at, cell: ({ createdAt }) => whenText(createdAt, call) },
    { head: own.state, cell: (complaint) => stateOf(complaint, own.states), card: 'plain' },
  ];
  const filters = filterPanel(
    [
      selectField({
        name: 'state',
        label: own.state,
        value: state ?? '',
        blank: scansWordsOf(language).any,
        options: STATES.map((value) => ({ value, text: own.states[value] })),
      }),
    ],
    frame,
  );
  const shown =
    page.items.length === 0
      ? emptyList({ path: COMPLAINTS, query, words: frame, title: own.empty, text: own.emptyText })
      : table({
          columns: tableColumns,
          rows: page.items,
          caption: own.title,
          hrefOf: ({ id }) => `${COMPLAINTS}/${id}`,
        });
  const body = html`${pageHead({ title: own.title, lead: own.lead })}${scanLinks(
    'complaints',
    call,
  )}${filters}${shown}${pager({ path: COMPLAINTS, query, next: page.next, words: frame })}`;
  return { kind: 'page', title: own.title, body };
}

function stateOf({ state }: Complaint, states: Readonly<Record<Complaint['state'], string>>): Html {
  return stateMark(states[state], state === 'closed' ? 'over' : 'warn');
}

async function complaintPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, params, form: sentForm } = call;
  const words = marketWordsOf(language);
  const own = words.complaints;
  const complaint = valueOf(await readComplaint(actor, params['id'] ?? '', ctx));
  const mayHandle = decide(actor, 'handle-complaint', null).kind === 'may';
  const told = facts([
    [own.message, complaint.message],
    [own.stamp, words.cases.stamp(complaint.batchId, numberText(complaint.serial, language))],
    [own.at, whenText(complaint.createdAt, call)],
    ...(mayHandle
      ? ([
          [own.where, complaint.where],
          [own.contact, complaint.contact],
        ] as const)
      : []),
  ]);
  const wasSent = 'state' in sentForm.fields;
  const handling =
    mayHandle &&
    section(
      own.handle,
      form({
        call,
        action: `${COMPLAINTS}/${complaint.id}`,
        words: frameWordsOf(language),
        submit: own.save,
        faults,
        version: complaint.version,
        body: html`${radioField({
          name: 'state',
          label: own.state,
          value: wasSent ? sent(sentForm, 'state') : complaint.state === 'new' ? 'looking' : complaint.state,
          options: STATES.map((value) => ({ value, text: own.states[value] })),
          fault: faults.fields['state'] ?? null,
        })}${areaField({
          name: 'note',
          label: own.note,
          hint: own.noteHint,
          value: wasSent ? sent(sentForm, 'note') : (complaint.note ?? ''),
          rows: 4,
          max: 2_000,
          fault: faults.fields['note'] ?? null,
        })}`,
      }),
    );
  const title = own.one(complaint.number);
  const main = html`<section>${stateOf(complaint, own.states)}${told}</section>`;
  const body = html`${pageHead({ title, lead: own.subjects[complaint.about] })}${doneNotice(
    call,
    own.done,
  )}${handling === false ? main : columns(main, handling)}`;
  return { kind: 'page', title, body };
}

async function save(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, language, params } = call;
  const id = params['id'] ?? '';
  const input = readShape(changeComplaintInput, { state: sent(sentForm, 'state'), note: sentOrNull(sentForm, 'note') });
  const outcome = input.ok
    ? await runAction(changeComplaint, actor, { id, version: sentVersion(sentForm), change: input.value }, ctx)
    : input;
  if (outcome.ok) return go(`${COMPLAINTS}/${id}`, 'saved');
  return { ...(await complaintPage(call, formFaults(outcome.problem, sentForm, frameWordsOf(language)))), status: 422 };
}
