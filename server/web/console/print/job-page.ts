// One print job: its progress (a reload loses nothing), what was read back, and its files. Also what may follow a
// print: voiding spoiled stamps in one step, printing stamps to replace them, giving the file to a print shop.

import { handToShop, handToShopInput, type MadeShopLink } from '../../../actions/print/shop-link/hand-to-shop.ts';
import { withdrawShopLink } from '../../../actions/print/shop-link/withdraw-shop-link.ts';
import { readJobLeft, type JobLeft } from '../../../actions/print/read-job-left.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { readPrintJob, readTemplates } from '../../../actions/print/read.ts';
import { readBatch } from '../../../actions/batches/read.ts';
import { readProduct } from '../../../actions/registry/read.ts';
import { readLot } from '../../../actions/lots/read.ts';
import { voidSpoiled, voidSpoiledInput } from '../../../actions/print/void-spoiled.ts';
import { VOID_REASONS } from '../../../domain/batches/batch.ts';
import type { PartUnderWay } from '../../../actions/print/job-files.ts';
import { hasEnded, partsOf, sheetCount, stampsDone, type PrintJob } from '../../../domain/print/print-job.ts';
import { stampsToRead } from '../../../sheet/read-back/sample.ts';
import { paperOf, type Paper } from '../../../sheet/template/paper.ts';
import { doneValue, valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberMark, numberText } from '../../format.ts';
import { batchesWordsOf, frameWordsOf, paperWordsOf, printWordsOf } from '../../words/words.ts';
import { STAMPS_JS } from '../assets.ts';
import { go, sent, sentOrNull, type ConsoleRoute, type PageAnswer, type PageCall } from '../console-route.ts';
import { form, hiddenField } from '../fields.ts';
import { formFaults, NO_FAULTS, type FormFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { whenText } from '../moments.ts';
import { notice } from '../notices.ts';
import { linkButton, page, pageHead, section } from '../page-head.ts';
import { progressBar, progressBlock } from '../progress.ts';
import { readShape } from '../run-form.ts';
import { decimalText } from './decimal-text.ts';
import { knownRecall } from './concerns-block.ts';
import { filesBlock } from './job-files-block.ts';
import { leftBlock, partVoidBlock, stopBlock, takeCancel, takeRest, takeVoidLeft } from './job-left.ts';
import { jobAddress } from './print-form.ts';
import { shopBlock } from './shop-block.ts';
import { formFields, choices } from '../form-fields.ts';

const PATH = '/console/print-jobs/:id';
const REFRESH_SECONDS = 3;
const BYTES_PER_MB = 1_000_000;

export const jobRoutes: readonly ConsoleRoute[] = [
  { method: 'get', path: PATH, right: 'work-batch', nav: 'print', handle: (call) => jobPage(call, heldIn(call)) },
  { method: 'get', path: `${PATH}/state`, right: 'work-batch', nav: null, handle: tellState },
  { method: 'post', path: `${PATH}/cancel`, right: 'work-batch', nav: 'print', handle: takeCancel },
  { method: 'post', path: `${PATH}/void-left`, right: 'work-batch', nav: 'print', handle: takeVoidLeft },
  { method: 'post', path: `${PATH}/rest`, gate: 'sheets', right: 'work-batch', nav: 'print', handle: takeRest },
  { method: 'post', path: `${PATH}/spoiled`, right: 'work-batch', nav: 'print', handle: takeSpoiled },
  { method: 'post', path: `${PATH}/shop`, right: 'work-batch', nav: 'print', handle: makeShopLink },
  {
    method: 'post',
    path: `${PATH}/shop/:link/withdraw`,
    right: 'work-batch',
    nav: 'print',
    handle: takeShopLinkBack,
  },
];

interface Extra {
  spoiledFaults?: FormFaults;
  shopFaults?: FormFaults;
  /** A new link, whose secret part is shown only now. */
  made?: MadeShopLink;
}

/** The form of the page that is shown again. */
function heldIn(call: PageCall): Extra {
  return { spoiledFaults: heldFaults(call, '/spoiled'), shopFaults: heldFaults(call, '/shop') };
}

async function tellState(call: PageCall): Promise<PageAnswer> {
  const job = valueOf(await readPrintJob(call.actor, jobIdOf(call), call.ctx));
  return {
    kind: 'json',
    body: {
      state: job.state,
      done: stampsDone(job),
      underWay: underWayOf(call, job),
      readBack: job.readBack,
      ended: hasEnded(job),
    },
  };
}

async function takeSpoiled(call: PageCall): Promise<PageAnswer> {
  const input = readShape(voidSpoiledInput, {
    sheets: sent(call.form, 'sheets'),
    serials: sent(call.form, 'serials'),
    reason: sent(call.form, 'reason'),
    note: sentOrNull(call.form, 'note'),
  });
  const outcome = input.ok
    ? await voidSpoiled(call.actor, { id: jobIdOf(call), spoiled: input.value }, call.ctx)
    : input;
  if (outcome.ok) {
    const { stamps } = doneValue(outcome);
    return go(`${jobAddress(jobIdOf(call))}?voided=${stamps}`);
  }
  const { job: words } = printWordsOf(call.language);
  const job = valueOf(await readPrintJob(call.actor, jobIdOf(call), call.ctx));
  const paper = paperWordsOf(call.language, await paperOfJob(call, job));
  const own = {
    'sheets:required': paper.nothing,
    'sheets:unread': words.unread,
    'serials:unread': words.unread,
    'sheets:out-of-range': words.beyond,
    'serials:out-of-range': words.beyond,
  };
  return jobPage(call, {
    spoiledFaults: formFaults(outcome.problem, call, own, paper.spoiled === null ? { sheets: 'serials' } : {}),
  });
}

async function takeShopLinkBack(call: PageCall): Promise<PageAnswer> {
  doneValue(await runAction(withdrawShopLink, call.actor, { id: call.params['link'] ?? '' }, call.ctx));
  return go(`${jobAddress(jobIdOf(call))}#shop`);
}

async function makeShopLink(call: PageCall): Promise<PageAnswer> {
  const input = readShape(handToShopInput, { shop: sent(call.form, 'shop'), ...knownRecall(call) });
  const outcome = input.ok ? await handToShop(call.actor, { id: jobIdOf(call), hand: input.value }, call.ctx) : input;
  if (outcome.ok) return jobPage(call, { made: doneValue(outcome) });
  return jobPage(call, { shopFaults: formFaults(outcome.problem, call) });
}

async function jobPage(call: PageCall, extra: Extra = {}): Promise<PageAnswer> {
  const { actor, ctx, language } = call;
  const job = valueOf(await readPrintJob(actor, jobIdOf(call), ctx));
  const batch = valueOf(await readBatch(actor, job.batchId, ctx));
  const lot = batch.lotId === null ? null : await readLot(actor, batch.lotId, ctx);
  const { job: words } = printWordsOf(language);
  const template =
    (await readTemplates(actor, batch.officeId, ctx)).get(job.template)?.template.name[language] ?? job.template;
  const paper = await paperOfJob(call, job);
  const paperWords = paperWordsOf(language, paper);
  const productName = batch.productId === null ? null : await readProduct(actor, batch.productId, ctx);
  const about = words.about(
    productName?.ok === true ? productName.value.name : '',
    lot?.ok === true ? words.lotOf(numberMark(lot.value.number)) : words.batchOf(batch.id),
    numberText(job.to - job.from + 1, language),
    template,
  );
  const titles = {
    waiting: paperWords.working,
    running: paperWords.working,
    done: paperWords.ready,
    failed: paperWords.failed,
    cancelled: words.cancelled,
  };
  const jobLeft = valueOf(await readJobLeft(actor, job.id, ctx));
  // No link gives out a file with void stamps, so it is not ready.
  const title = job.state === 'done' && jobLeft.voided > 0 ? words.notOffered : titles[job.state];
  const main =
    job.state === 'done'
      ? html`${voidedNotice(call, batch.lotId)}${doneBlock(call, job, paper, jobLeft)}`
      : hasEnded(job)
        ? html`${voidedNotice(call, batch.lotId)}${leftBlock(call, job, jobLeft)}${failureBlock(call, job)}`
        : workingBlock(call, job, jobLeft);
  const isWhole = jobLeft.voided === 0;
  const after =
    job.state === 'done' &&
    html`${isWhole && (await shopBlock(call, job, jobLeft.recall, extra))}${spoiledBlock(call, job, paper, extra)}`;
  const body = html`${pageHead({ title, lead: about })}${main}${after}<script src="${STAMPS_JS}" defer></script>`;
  const faults = [extra.spoiledFaults, extra.shopFaults].find((one) => one !== undefined && one.title !== null);
  return { ...page(title, body, faults), ...(hasEnded(job) ? {} : { refreshSeconds: REFRESH_SECONDS }) };
}

/** The part that this server is making; null if another server makes it, or if it was finished meanwhile. */
function underWayOf({ ctx }: PageCall, job: PrintJob): PartUnderWay | null {
  const live = ctx.jobFiles.underWay.get(job.id);
  return live !== undefined && job.state === 'running' && live.part > job.finished.length ? live : null;
}

async function paperOfJob({ actor, ctx }: PageCall, { officeId, template }: PrintJob): Promise<Paper> {
  const found = (await readTemplates(actor, officeId, ctx)).get(template)?.template;
  return found === undefined ? 'sheet' : paperOf(found);
}

function workingBlock(call: PageCall, job: PrintJob, jobLeft: JobLeft): Html {
  const { language } = call;
  const { job: words } = printWordsOf(language);
  const frame = frameWordsOf(language);
  const total = job.to - job.from + 1;
  const number = (value: number): string => numberText(value, language);
  const { checked, matched } = job.readBack;
  const live = underWayOf(call, job);
  const toRead = stampsToRead(partsOf(job), job.placesPerPage, total);
  const drawNote =
    live === null
      ? job.state === 'waiting' && words.waitingNote
      : words.drawing(number(live.part), number(partsOf(job).length), number(live.drawn));
  const readNote =
    live !== null && live.read > 0 ? words.reading(number(live.read)) : checked > 0 && words.readNote(number(matched));
  const bars = [
    progressBar(
      { title: words.draw, done: stampsDone(job), ahead: live?.drawn ?? 0, total, note: drawNote },
      language,
      frame,
    ),
    progressBar(
      { title: words.read, done: checked, ahead: live?.read ?? 0, total: Math.max(toRead, checked), note: readNote },
      language,
      frame,
    ),
    html`<p class="muted"><b>${words.offer}</b></p>`,
  ];
  const batchLink = html`<a href="/console/batches/${job.batchId}">${words.batchLink}</a>`;
  const progress = progressBlock(bars, `${jobAddress(job.id)}/state`, frame);
  return html`${progress}<p>${words.close(batchLink)}</p>${stopBlock(call, job, jobLeft)}`;
}

function doneBlock(call: PageCall, job: PrintJob, paper: Paper, jobLeft: JobLeft): Html {
  const { language } = call;
  const { job: words } = printWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const total = job.to - job.from + 1;
  const { checked, matched } = job.readBack;
  const result =
    checked === total
      ? words.result(number(matched), number(checked))
      : words.resultSample(number(matched), number(checked), number(total));
  const bytes = job.finished.reduce((sum, part) => sum + part.bytes, 0);
  const size = words.size(
    paperWordsOf(language, paper).count(number(sheetCount(job))),
    decimalText(Math.max(0.1, Math.round(bytes / (BYTES_PER_MB / 10)) / 10), language),
    whenText(job.endedAt ?? job.updatedAt, call),
  );
  const partVoid = partVoidBlock(call, job, jobLeft);
  const csv = linkButton(
    `/api/v1/batches/${job.batchId}/codes.csv?from=${job.from}&to=${job.to}&excel=true`,
    words.csv,
  );
  // No link gives out a file with void stamps.
  const files = partVoid === null && filesBlock(call, job, jobLeft.recall, csv);
  const read = { title: words.read, done: matched, total: checked, note: size, ended: true };
  const proof = [
    notice('done', result, (job.output ?? 'pdf') === 'pdf' ? words.resultText : words.resultLabels),
    progressBar(read, language, frameWordsOf(language)),
    files,
  ];
  const again = html`<p><a href="/console/batches/${job.batchId}#print">${words.again}</a></p>`;
  return html`${partVoid}<div class="proof">${proof}</div>${again}`;
}

function failureBlock({ language }: PageCall, job: PrintJob): Html {
  const { job: words } = printWordsOf(language);
  const again = html`<p>${linkButton(`/console/batches/${job.batchId}#print`, words.again)}</p>`;
  if (job.failure === null) return again;
  const { code, serials, more } = job.failure;
  const list =
    serials.length > 0 && html`<p>${words.serials(serials.map(String).join(', ') + (more > 0 ? '…' : ''))}</p>`;
  return html`${notice('fault', words.failures[code])}${list}${again}`;
}

/** After spoiled stamps were voided: how many, and a link to print as many new ones for the same lot. */
function voidedNotice(call: PageCall, lotId: string | null): Html | null {
  const voided = call.query['voided'];
  if (voided === undefined || !/^\d{1,8}$/.test(voided)) return null;
  const { job: words } = printWordsOf(call.language);
  const count = numberText(Number(voided), call.language);
  const replace =
    Number(voided) > 0 &&
    lotId !== null &&
    html`<a href="/console/print?lot=${lotId}&amp;quantity=${voided}">${words.replace(count)}</a>`;
  return notice('done', words.voided(count), replace);
}

function spoiledBlock(call: PageCall, job: PrintJob, paper: Paper, { spoiledFaults = NO_FAULTS }: Extra): Html {
  const { language } = call;
  const { job: words } = printWordsOf(language);
  const { reasons } = batchesWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const field = formFields(call, {}, { faults: spoiledFaults });
  const { jammed, spoiled, spoiledSerials } = paperWordsOf(language, paper);
  const pages =
    spoiled === null
      ? hiddenField('sheets', '')
      : field.text('sheets', {
          label: spoiled.label,
          max: 200,
          plain: true,
          hint: spoiled.hint(number(sheetCount(job))),
        });
  const serials = field.text('serials', {
    label: spoiledSerials,
    max: 1_000,
    plain: true,
    hint: words.serialsHint(number(job.from), number(job.to)),
  });
  const reason = field.select('reason', choices(VOID_REASONS, reasons), { label: words.reason, value: 'spoiled' });
  const body = html`${pages}${serials}${reason}`;
  const sheet = form({
    call,
    action: `${jobAddress(job.id)}/spoiled`,
    submit: words.voidSubmit,
    body,
    faults: spoiledFaults,
    plain: true,
    id: 'spoiled',
  });
  return section(jammed, html`<p class="hint">${words.jammedText}</p>${sheet}`);
}

function jobIdOf({ params }: PageCall): string {
  return params['id'] ?? '';
}
