// Documents kept with a product, certificate or lot: their list, the form that adds one, the download, and what the
// office lets buyers see. A PDF is always a download; a picture was encoded by us.

import { addPaper, listPapers, readPaperFile, type PaperSubject } from '../../../actions/registry/papers.ts';
import { hidePaper, showPaper, showPaperInput } from '../../../actions/registry/show-paper.ts';
import { decide } from '../../../actions/kit/rights.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { PAPER_BYTES_MAX, PAPER_KINDS, type Paper, type PaperKind } from '../../../domain/registry/paper.ts';
import type { Proof } from '../../../domain/registry/proof.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { registryWordsOf } from '../../words/words.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { actionButton, form } from '../fields.ts';
import { formFaults, showsSent, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { dayOfText } from '../moments.ts';
import { formAgain, linkButton, page, pageHead, section } from '../page-head.ts';
import { formFields, choices } from '../form-fields.ts';
import { readShape } from '../run-form.ts';

const FILES = '/console/papers';
const FORM_BYTES = 8_192;
const BACK: Readonly<Record<PaperSubject, string>> = {
  product: '/console/products',
  certificate: '/console/certificates',
  lot: '/console/lots',
};

export const paperRoutes: readonly ConsoleRoute[] = [
  {
    method: 'post',
    path: '/console/products/:id/papers',
    gate: 'uploads',
    right: 'tell-story',
    nav: 'products',
    files: true,
    formBytesMax: PAPER_BYTES_MAX + FORM_BYTES,
    handle: (call) => take(call, 'product'),
  },
  {
    method: 'post',
    path: '/console/certificates/:id/papers',
    gate: 'uploads',
    right: 'tell-story',
    nav: 'certificates',
    files: true,
    formBytesMax: PAPER_BYTES_MAX + FORM_BYTES,
    handle: (call) => take(call, 'certificate'),
  },
  {
    method: 'post',
    path: '/console/lots/:id/papers',
    gate: 'uploads',
    right: 'tell-story',
    nav: 'lots',
    files: true,
    formBytesMax: PAPER_BYTES_MAX + FORM_BYTES,
    handle: (call) => take(call, 'lot'),
  },
  {
    method: 'get',
    path: '/console/papers/:id/show',
    right: 'decide-request',
    nav: 'certificates',
    handle: (call) => showPage(call),
  },
  {
    method: 'post',
    path: '/console/papers/:id/show',
    gate: 'uploads',
    right: 'decide-request',
    nav: 'certificates',
    handle: show,
  },
  {
    method: 'post',
    path: '/console/papers/:id/hide',
    shownAt: '/console/papers/:id/show',
    right: 'decide-request',
    nav: 'certificates',
    handle: hide,
  },
  { method: 'get', path: '/console/papers/:id', gate: 'files', right: 'read-registry', nav: null, handle: give },
];

/** The papers of a record and, with the right to add one, the form. */
export async function paperSection(
  call: PageCall,
  of: { subject: PaperSubject; id: string },
  kinds: readonly PaperKind[],
  proofs: readonly Proof[] = [],
): Promise<Html> {
  const words = registryWordsOf(call.language);
  const mayShow = of.subject !== 'product' && decide(call.actor, 'decide-request', null).kind === 'may';
  const papers = valueOf(await listPapers(call.actor, of, call.ctx));
  const sizeText = (bytes: number): string =>
    words.papers.size(numberText(Math.max(1, Math.round(bytes / 1024)), call.language));
  const rows = papers.map(({ id, name, kind, sizeBytes, createdAt }) => {
    const proof = proofs.find(({ paperId }) => paperId === id) ?? null;
    return html`
        <li>
          <div>
            <a class="go" href="/console/papers/${id}">${name}</a>
            <p class="hint">${words.paperKinds[kind]}, ${dayOfText(createdAt, call)}, ${sizeText(sizeBytes)}</p>
            ${proof !== null && html`<p>${words.papers.isShown(dayOfText(proof.shownAt, call))}</p>`}
            ${mayShow && (proof === null ? linkButton(`${FILES}/${id}/show`, words.papers.show) : hideButton(call, id))}
          </div>
        </li>
      `;
  });
  const list =
    papers.length === 0 ? html`<p class="muted">${words.papers.none}</p>` : html`<ul class="rows">${rows}</ul>`;
  const faults = heldFaults(call, '/papers');
  const add =
    decide(call.actor, 'tell-story', null).kind !== 'refused' &&
    html`<details${showsSent(faults) && html` open`}><summary>${words.papers.add}</summary>${paperForm(
      call,
      of,
      kinds,
      faults,
    )}</details>`;
  return section(words.products.papers, html`${list}${add}`, 'papers');
}

/** The office's words beside a paper, with which buyers see it. */
async function showPage(call: PageCall, faults: FormFaults = heldFaults(call)): Promise<PageAnswer> {
  const words = registryWordsOf(call.language).papers;
  const { paper } = valueOf(await readPaperFile(call.actor, idIn(call), call.ctx));
  const field = formFields(call, words, { faults });
  const sheet = form({
    call,
    action: `/console/papers/${paper.id}/show`,
    submit: words.show,
    faults,
    cancel: recordOf(paper),
    body: html`
      <p class="hint">${words.showHint}</p>
      ${field.text('reference', { optional: true, max: 80 })}
      ${field.text('issuedBy', { optional: true, max: 160 })}
      ${field.text('link', { optional: true, type: 'url', hint: words.linkHint, max: 300 })}
    `,
  });
  return page(words.show, html`${pageHead({ title: words.show, lead: paper.name })}${sheet}`, faults);
}

function hideButton(call: PageCall, id: string): Html {
  const text = registryWordsOf(call.language).papers.hide;
  return actionButton({ call, action: `/console/papers/${id}/hide`, text, look: 'quiet' });
}

async function show(call: PageCall): Promise<PageAnswer> {
  const sentFields = Object.fromEntries(
    (['reference', 'issuedBy', 'link'] as const).map((name) => [name, sentOrNull(call.form, name)]),
  );
  const input = readShape(showPaperInput, sentFields);
  const id = idIn(call);
  const outcome = input.ok ? await runAction(showPaper, call.actor, { id, show: input.value }, call.ctx) : input;
  if (outcome.ok) return backToRecord(call, 'paper-shown');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  return showPage(call, formFaults(outcome.problem, call, registryWordsOf(call.language).papers.faults));
}

async function hide(call: PageCall): Promise<PageAnswer> {
  doneValue(await runAction(hidePaper, call.actor, { id: idIn(call) }, call.ctx));
  return backToRecord(call, 'paper-hidden');
}

async function backToRecord(call: PageCall, done: string): Promise<PageAnswer> {
  const { paper } = valueOf(await readPaperFile(call.actor, idIn(call), call.ctx));
  return go(recordOf(paper), done);
}

/** The page of the record that the paper is kept with. */
function recordOf(paper: Paper): string {
  const [subject, id = ''] = paper.subject.split(':');
  return `${BACK[subject as PaperSubject]}/${id}`;
}

function paperForm(
  call: PageCall,
  { subject, id }: { subject: PaperSubject; id: string },
  kinds: readonly PaperKind[],
  faults: FormFaults,
): Html {
  const words = registryWordsOf(call.language);
  const field = formFields(call, words.papers, { faults });
  return form({
    call,
    action: `${BACK[subject]}/${id}/papers`,
    submit: words.papers.send,
    files: true,
    plain: true,
    faults,
    body: [
      field.select('kind', choices(kinds, words.paperKinds), { id: 'paper-kind' }),
      field.file('paper', {
        label: words.papers.file,
        hint: words.papers.fileHint,
        accept: 'application/pdf,image/jpeg,image/png,image/webp',
        required: true,
      }),
    ],
  });
}

async function take(call: PageCall, subject: PaperSubject): Promise<PageAnswer> {
  const words = registryWordsOf(call.language);
  const id = idIn(call);
  const file = call.form.files['paper'];
  const kind = PAPER_KINDS.find((known) => known === sent(call.form, 'kind')) ?? 'other';
  const outcome = await addPaper(
    call.actor,
    { subject, id, kind, name: file?.name ?? '', bytes: file?.bytes ?? new Uint8Array() },
    call.ctx,
  );
  if (outcome.ok) return go(`${BACK[subject]}/${id}`, 'paper');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  const { paper } = words.products.faults;
  const faults = formFaults(outcome.problem, call, { paper });
  return formAgain({ ...faults, fields: { paper, ...faults.fields } });
}

async function give(call: PageCall): Promise<PageAnswer> {
  const { paper, bytes } = valueOf(await readPaperFile(call.actor, idIn(call), call.ctx));
  return { kind: 'file', mediaType: paper.mediaType, fileName: fileNameOf(paper), source: bytes };
}

/** A picture was encoded again, so its name gets the new format. */
function fileNameOf({ name, mediaType }: Paper): string {
  const extension = mediaType === 'application/pdf' ? '.pdf' : '.webp';
  return name.toLowerCase().endsWith(extension) ? name : `${name.replace(/\.[a-z0-9]{1,5}$/i, '')}${extension}`;
}
