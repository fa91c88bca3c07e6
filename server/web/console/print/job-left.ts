// What a print job leaves behind: issued stamps without a file, if it was cancelled or failed; and the remaining
// stamps, if others of the job were voided.

import { cancelPrintJob, voidLeftBehind } from '../../../actions/print/cancel-print-job.ts';
import { runAction } from '../../../actions/kit/run-action.ts';
import { printRest, REST_JOBS_MAX } from '../../../actions/print/print-rest.ts';
import type { JobLeft } from '../../../actions/print/read-job-left.ts';
import { countOf } from '../../../domain/batches/intervals.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { doneValue } from '../../outcome.ts';
import { printWordsOf } from '../../words/words.ts';
import { go, isTicked, type PageAnswer, type PageCall } from '../console-route.ts';
import { actionButton, checkField } from '../fields.ts';
import { notice } from '../notices.ts';
import { linkButton } from '../page-head.ts';
import { knownRecall } from './concerns-block.ts';
import { knownBox, recallNotice } from './job-files-block.ts';
import { jobAddress } from './print-form.ts';

/** Stops a job and, if the box is ticked, voids its stamps in the same step. */
export async function takeCancel(call: PageCall): Promise<PageAnswer> {
  const id = call.params['id'] ?? '';
  const input = { id, cancel: { void: isTicked(call.form, 'void') } };
  const outcome = await runAction(cancelPrintJob, call.actor, input, call.ctx);
  // It ended meanwhile; its page says how.
  if (!outcome.ok && outcome.problem.code === 'print-job-ended') return go(jobAddress(id));
  const { voided } = doneValue(outcome);
  return go(voided > 0 ? `${jobAddress(id)}?voided=${voided}` : jobAddress(id));
}

export async function takeVoidLeft(call: PageCall): Promise<PageAnswer> {
  const id = call.params['id'] ?? '';
  const { voided } = doneValue(await runAction(voidLeftBehind, call.actor, id, call.ctx));
  return go(`${jobAddress(id)}?voided=${voided}`);
}

/** Goes to the first of the new jobs. */
export async function takeRest(call: PageCall): Promise<PageAnswer> {
  const id = call.params['id'] ?? '';
  const { job: words } = printWordsOf(call.language);
  const input = { id, rest: { reason: words.restReason, ...knownRecall(call) } };
  const outcome = await printRest(call.actor, input, call.ctx);
  // Recalled meanwhile; its page says so and asks for confirmation.
  if (!outcome.ok && outcome.problem.code === 'recalled') return go(jobAddress(id));
  const [first] = doneValue(outcome);
  return go(jobAddress(first?.id ?? id));
}

/** The form that stops a running job, with what would be left behind. */
export function stopBlock(call: PageCall, job: PrintJob, { left }: JobLeft): Html {
  const { job: words } = printWordsOf(call.language);
  const [stamps, active] = [numberText(left.stamps, call.language), numberText(left.active, call.language)];
  const tick = checkField({ name: 'void', label: words.stopVoid(stamps), checked: false, hint: words.stopVoidHint });
  const fields = left.stamps > 0 ? [html`<p class="hint">${words.stopText(stamps, active)}</p>`, tick] : [];
  const stop = actionButton({ call, action: `${jobAddress(job.id)}/cancel`, text: words.stop, look: 'plain', fields });
  return html`<details><summary>${words.stopTitle}</summary>${stop}</details>`;
}

/** For a job without a file: its issued stamps, and the form that voids them. */
export function leftBlock(call: PageCall, job: PrintJob, { left }: JobLeft): Html | null {
  if (left.stamps === 0) return null;
  const { job: words } = printWordsOf(call.language);
  const [stamps, active] = [numberText(left.stamps, call.language), numberText(left.active, call.language)];
  const action = `${jobAddress(job.id)}/void-left`;
  const button = actionButton({ call, action, text: words.leftVoid(stamps), look: 'quiet' });
  return html`${notice('warn', words.leftTitle(stamps), words.leftText(active))}<div class="acts">${button}</div>`;
}

/** For a job with voided stamps: how many, and files for the rest. Null: no stamp is void. */
export function partVoidBlock(call: PageCall, job: PrintJob, { voided, rest, recall }: JobLeft): Html | null {
  if (voided === 0) return null;
  const { job: words } = printWordsOf(call.language);
  const title = words.partVoidTitle(numberText(voided, call.language));
  if (rest.length === 0) return notice('warn', title, words.partVoidAll);
  if (rest.length > REST_JOBS_MAX) {
    const way = linkButton(`/console/batches/${job.batchId}#print`, words.again);
    return html`${notice('warn', title, words.partVoidMany)}<div class="acts">${way}</div>`;
  }
  const fields = recall === null ? [] : [recallNotice(call, recall), knownBox('rest', words.recalledMake)];
  const text = words.partVoidRest(numberText(countOf(rest), call.language));
  const button = actionButton({ call, action: `${jobAddress(job.id)}/rest`, text, look: 'filled', fields });
  return html`${notice('warn', title, words.partVoidText)}<div class="acts">${button}</div>`;
}
