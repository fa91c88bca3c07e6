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
import { marketWordsOf, scansWordsOf } from '../../words/words.ts';
import {
  go,
  sent,
  sentOrNull,
  sentVersion,
  type ConsoleRoute,
  type PageAnswer,
  type PageCall,
  idIn,
} from '../console-route.ts';
import { form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { stateMark, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { doneNotice } from '../notices.ts';
import { columns, facts, pageHead, section, type Page, page } from '../page-head.ts';
import { COMPLAINTS, scanLinks } from '../scans/scans-frame.ts';
import { formFields, choices } from '../form-fields.ts';
import { goodsFacts } from './goods-facts.ts';
import { listRoutes, type ListView } from '../list-page.ts';
import { readAndRun } from '../run-form.ts';

const STATES = ['new', 'looking', 'closed'] as const;
const MESSAGE_LETTERS = 90;

export const complaintsRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: COMPLAINTS, right: 'read-findings', nav: 'complaints' }, list),
  {
    method: 'get',
    path: `${COMPLAINTS}/:id`,
    right: 'read-findings',
    nav: 'complaints',
    handle: (call) => complaintPage(call),
  },
  { method: 'post', path: `${COMPLAINTS}/:id`, right: 'handle-complaint', nav: 'complaints', handle: save },
];

async function list(call: PageCall): Promise<ListView<Complaint>> {
  const { actor, ctx, language, query } = call;
  const words = marketWordsOf(language);
  const own = words.complaints;
  const state = STATES.find((known) => known === query['state']);
  const tableColumns: Column<Complaint>[] = [
    { key: 'number', head: own.number, cell: ({ number }) => html`<span class="b">${number}</span>`, card: 'title' },
    { key: 'about', head: own.about, cell: ({ about }) => html`<b>${own.subjects[about]}</b>`, card: 'plain' },
    { head: own.message, cell: ({ message }) => shortened(message, MESSAGE_LETTERS), card: 'plain' },
    {
      head: own.stamp,
      cell: ({ batchId, serial }) => words.cases.stamp(batchId, numberText(serial, language)),
      card: 'plain',
    },
    {
      key: 'at',
      order: ({ createdAt }) => createdAt,
      head: own.at,
      cell: ({ createdAt }) => whenText(createdAt, call),
    },
    { key: 'state', head: own.state, cell: (complaint) => stateOf(complaint, own.states), card: 'plain' },
  ];
  const filter = formFields(call, own);
  return {
    path: COMPLAINTS,
    words: { ...own, done: {} },
    above: scanLinks('complaints', call),
    filters: [filter.select('state', choices(STATES, own.states), { value: state, blank: scansWordsOf(language).any })],
    columns: tableColumns,
    read: async (page) => valueOf(await listComplaints(actor, { ...page, state }, ctx)),
    hrefOf: ({ id }) => `${COMPLAINTS}/${id}`,
  };
}

function stateOf({ state }: Complaint, states: Readonly<Record<Complaint['state'], string>>): Html {
  return stateMark(states[state], state === 'closed' ? 'over' : 'warn');
}

async function complaintPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = marketWordsOf(language);
  const own = words.complaints;
  const complaint = valueOf(await readComplaint(actor, params['id'] ?? '', ctx));
  const mayHandle = decide(actor, 'handle-complaint', null).kind === 'may';
  const told = facts([
    [own.message, complaint.message],
    [
      own.stamp,
      html`<a href="/console/batches/${complaint.batchId}">${words.cases.stamp(
        complaint.batchId,
        numberText(complaint.serial, language),
      )}</a>`,
    ],
    ...(await goodsFacts(call, complaint)),
    [own.at, whenText(complaint.createdAt, call)],
    ...(mayHandle
      ? ([
          [own.where, complaint.where],
          [own.contact, complaint.contact],
        ] as const)
      : []),
  ]);
  const state = complaint.state === 'new' ? 'looking' : complaint.state;
  const field = formFields(call, own, { record: { ...complaint, state }, faults });
  const handling =
    mayHandle &&
    section(
      own.handle,
      form({
        call,
        action: `${COMPLAINTS}/${complaint.id}`,
        submit: own.save,
        faults,
        version: complaint.version,
        body: [
          field.radio('state', choices(STATES, own.states)),
          field.area('reply', {
            hint: own.replyHint,
            rows: 4,
            max: 2_000,
          }),
          field.area('note', {
            hint: own.noteHint,
            rows: 4,
            max: 2_000,
          }),
        ],
      }),
    );
  const title = own.one(complaint.number);
  const main = html`<section>${stateOf(complaint, own.states)}${told}</section>`;
  const body = html`${pageHead({ title, lead: own.subjects[complaint.about] })}${doneNotice(
    call,
    own.done,
  )}${handling === false ? main : columns(main, handling)}`;
  return page(title, body, faults);
}

async function save(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm } = call;
  const [id, version] = [idIn(call), sentVersion(sentForm)];
  const input = {
    state: sent(sentForm, 'state'),
    note: sentOrNull(sentForm, 'note'),
    reply: sentOrNull(sentForm, 'reply'),
  };
  const outcome = await readAndRun(changeComplaintInput, input, (change) =>
    runAction(changeComplaint, actor, { id, version, change }, ctx),
  );
  return outcome.ok ? go(`${COMPLAINTS}/${id}`, 'saved') : complaintPage(call, formFaults(outcome.problem, call));
}
