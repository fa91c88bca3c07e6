// Everything that waits for the office in one list, each with its difference; approved or declined with a note. A
// producer sees its own requests and the answers.

import { readLedger } from '../../../actions/batches/read-ledger.ts';
import {
  approveRequest,
  declineRequest,
  decideRequestInput,
  withdrawRequest,
} from '../../../actions/registry/decide-request.ts';
import { producerNames } from '../../../actions/registry/find.ts';
import { readPersonName } from '../../../actions/people/read.ts';
import {
  listRequests,
  listRequestsQuery,
  readRequest,
  readCertificate,
  readProducer,
  readProduct,
  listOtherRatingsAsked,
} from '../../../actions/registry/read.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { decide } from '../../../actions/kit/rights.ts';
import type { ChangeRequest } from '../../../domain/registry/change-request.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { numberText } from '../../format.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { frameWordsOf, registryWordsOf, type RegistryWords } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, hiddenField } from '../fields.ts';
import { draftMark } from '../forms/form-parts.ts';
import { formFaults, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { PAGE_ROWS, stateMark, type Column } from '../list.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { button, facts, linkButton, page, pageHead, section, type Page } from '../page-head.ts';
import { readQuery } from '../read-query.ts';
import { differenceTable } from './difference.ts';
import { listRoutes, rowsOf, type ListView } from '../list-page.ts';
import { formFields, choices } from '../form-fields.ts';
import { othersNotice } from './others-notice.ts';

const PATH = '/console/requests';
const STATES = ['waiting', 'approved', 'declined', 'withdrawn'] as const;

export const requestRoutes: readonly ConsoleRoute[] = [
  ...listRoutes({ path: PATH, right: 'read-request', nav: 'requests' }, list),
  {
    method: 'get',
    path: `${PATH}/:id`,
    right: 'read-request',
    nav: 'requests',
    handle: (call) => requestPage(call),
  },
  { method: 'post', path: `${PATH}/:id`, right: 'decide-request', nav: 'requests', handle: take },
  { method: 'post', path: `${PATH}/:id/withdraw`, right: 'withdraw-request', nav: 'requests', handle: withdraw },
];

interface Row {
  request: ChangeRequest;
  producer: string;
  subject: string;
}

async function list(call: PageCall): Promise<ListView<Row>> {
  const { actor, ctx, language, query } = call;
  const words = registryWordsOf(language);
  const own = words.requests;
  const isOffice = actor.role !== 'producer';
  // An office opens its list to work through it, so waiting requests come first.
  const state = query['state'] ?? (isOffice ? 'waiting' : '');
  const asked = readQuery(listRequestsQuery, { ...query, after: '', state }, PAGE_ROWS);
  const producers = producerNames(actor, ctx);
  const rowOf = async (request: ChangeRequest): Promise<Row> => {
    const producer = await producers(request.producerId);
    return { request, producer, subject: await subjectOf(request, call) };
  };
  const columns: Column<Row>[] = [
    {
      key: 'what',
      head: own.what,
      cell: ({ request }) => words.requestActions[request.action],
      below: ({ subject }) => subject,
      card: 'title',
    },
    ...(isOffice
      ? [{ key: 'producer', head: own.forWhom, cell: ({ producer }: Row) => producer, card: 'plain' as const }]
      : []),
    {
      key: 'asked',
      order: ({ request }) => request.createdAt,
      head: own.asked,
      cell: ({ request }) => whenText(request.createdAt, call),
      card: 'plain',
    },
    { key: 'state', head: own.state, cell: ({ request }) => stateOf(request, words), card: 'plain' },
  ];
  return {
    path: PATH,
    words: isOffice ? own : { ...own, lead: own.ownLead, emptyText: own.ownEmptyText },
    filters: [
      formFields(call, own).select('state', choices(STATES, own.states), { value: state, blank: own.anyState }),
    ],
    columns,
    read: async (page) => rowsOf(valueOf(await listRequests(actor, { ...asked, ...page }, ctx)), rowOf),
    query: query['state'] === 'waiting' ? {} : query,
    hrefOf: ({ request }) => `${PATH}/${request.id}`,
  };
}

async function take(call: PageCall): Promise<PageAnswer> {
  const { actor, ctx, form: sentForm, params } = call;
  const id = params['id'] ?? '';
  const decision = sent(sentForm, 'decision');
  const isApproval = decision === 'approve';
  const { note } = decideRequestInput.parse({ note: sentOrNull(sentForm, 'note')?.slice(0, 600) ?? null });
  const asked = valueOf(await readRequest(actor, id, ctx));
  if (!isApproval && note === null && asked.state === 'waiting') {
    const { title, todo } = frameWordsOf(call.language).problems.invalid;
    const { needsNote } = registryWordsOf(call.language).requests;
    return requestPage(call, { title, text: todo, fields: { note: needsNote } });
  }
  // The decision writes twice, each with a separate key (decide-request.ts).
  const outcome = await (isApproval ? approveRequest : declineRequest)(actor, { id, note }, { ...ctx, request: null });
  if (outcome.ok) return go(PATH, isApproval ? 'approved' : 'declined');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  const { moved } = registryWordsOf(call.language).requests;
  return requestPage(call, formFaults(outcome.problem, call, { 'version-conflict': moved }));
}

async function withdraw({ actor, ctx, params }: PageCall): Promise<PageAnswer> {
  doneValue(await withdrawRequest(actor, { id: params['id'] ?? '' }, { ...ctx, request: null }));
  return go(PATH, 'withdrawn');
}

/** What decides a request for stamps: the year's allowance, what was used of it, and what is asked for. */
async function allowanceFacts(
  { action, input, producerId }: ChangeRequest,
  call: PageCall,
): Promise<[string, Inset][]> {
  const { productId, quantity } = (input ?? {}) as { productId?: unknown; quantity?: unknown };
  if (action !== 'issue-batch' || typeof productId !== 'string' || typeof quantity !== 'number') return [];
  const own = registryWordsOf(call.language).requests;
  const number = (value: number): string => numberText(value, call.language);
  const query = { year: Number(call.today.slice(0, 4)) };
  const ledger = await readLedger(call.actor, { producerId, query }, call.ctx);
  const account = ledger.ok ? ledger.value.products.find((one) => one.productId === productId) : undefined;
  const allowance = account?.allowance ?? null;
  return [
    [own.allowed, allowance === null ? own.noAllowance : number(allowance.stamps)],
    [own.used, number(allowance?.used ?? account?.given ?? 0)],
    [own.wanted, html`<b>${number(quantity)}</b>`],
  ];
}

async function requestPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = registryWordsOf(language);
  const own = words.requests;
  const request = valueOf(await readRequest(actor, params['id'] ?? '', ctx));
  const { decision } = request;
  const names = await namesIn(request, call);
  const title = words.requestActions[request.action];
  const about = facts([
    [own.subject, await subjectOf(request, call)],
    [own.forWhom, await producerNames(actor, ctx)(request.producerId)],
    [own.asked, whenText(request.createdAt, call)],
    [own.by, await readPersonName(actor, request.askedBy, ctx)],
    [own.state, stateOf(request, words)],
    ...(await allowanceFacts(request, call)),
    ...(decision === null
      ? []
      : [
          [
            own.note,
            html`${decision.note ?? '–'} <span class="hint">${own.decided(
              own.states[request.state],
              whenText(decision.at, call),
              (await readPersonName(actor, decision.by, ctx)) ?? '',
            )}</span>`,
          ] as const,
        ]),
  ]);
  const others = valueOf(await listOtherRatingsAsked(actor, request, ctx));
  const mayDecide = request.state === 'waiting' && decide(actor, 'decide-request', null).kind === 'may';
  const answer =
    mayDecide &&
    html`
      <form class="form" method="post" action="${PATH}/${request.id}" id="decide"${draftMark(faults)}>
        ${hiddenField('once', call.once)}
        ${formFields(call, own, { faults }).area('note', {
          optional: true,
          hint: own.noteHint,
          rows: 3,
          max: 600,
        })}
        <div class="acts">
          ${button(own.approve, 'filled', { name: 'decision', value: 'approve' })}
          ${button(own.decline, 'plain', { name: 'decision', value: 'decline' })}
        </div>
      </form>
    `;
  const printable = decision?.resultId ?? null;
  const printNow =
    request.action === 'issue-batch' &&
    printable !== null &&
    html`<p class="acts">${linkButton(`/console/batches/${printable}#print`, own.printNow, true)}</p>`;
  const mayWithdraw = request.state === 'waiting' && decide(actor, 'withdraw-request', null).kind !== 'refused';
  const withdrawal =
    mayWithdraw &&
    actor.role === 'producer' &&
    html`<p class="hint">${own.withdrawText}</p><div class="acts">${actionButton({
      call,
      action: `${PATH}/${request.id}/withdraw`,
      text: own.withdraw,
    })}</div>`;
  const difference = section(
    request.before === null ? own.fresh : own.after,
    differenceTable(request, words, frameWordsOf(language), (field, id) =>
      field.endsWith('Id') ? (names.get(id) ?? null) : null,
    ),
  );
  const told = faults.title !== null && notice('fault', faults.title, faults.text);
  const all = html`${pageHead({ title })}${told}${about}${difference}${mayDecide && othersNotice(others, call)}${answer}${printNow}${withdrawal}`;
  return page(title, all, faults);
}

function stateOf({ state }: ChangeRequest, words: RegistryWords): Html {
  return stateMark(words.requests.states[state], state === 'waiting' ? 'warn' : state === 'approved' ? 'good' : 'over');
}

/** The subject of the request, by a name that people know. */
async function subjectOf({ subject, input, producerId }: ChangeRequest, { actor, ctx }: PageCall): Promise<string> {
  const own = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const idOf = (field: string): string | null => (typeof own[field] === 'string' ? own[field] : null);
  const productId = subject?.entity === 'product' ? subject.id : idOf('productId');
  if (productId !== null) {
    const product = await readProduct(actor, productId, ctx);
    if (product.ok) return product.value.name;
  }
  const lotId = subject?.entity === 'lot' ? subject.id : idOf('lotId');
  if (lotId !== null) {
    const lot = await readLot(actor, lotId, ctx);
    if (lot.ok) return lot.value.number;
  }
  if (subject?.entity === 'certificate') {
    const certificate = await readCertificate(actor, subject.id, ctx);
    if (certificate.ok) return certificate.value.number;
  }
  return idOf('name') ?? (await producerNames(actor, ctx)(producerId));
}

/** Names of the records that the asked input names by id. */
async function namesIn({ input }: ChangeRequest, { actor, ctx }: PageCall): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const own = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const readers = { productId: readProduct, lotId: readLot, producerId: readProducer } as const;
  for (const [field, read] of Object.entries(readers)) {
    const id = own[field];
    if (typeof id !== 'string') continue;
    const found = await read(actor, id, ctx);
    if (found.ok) names.set(id, 'number' in found.value ? found.value.number : found.value.name);
  }
  return names;
}
