// The files of a print job that is done. If a recall is in force, it is shown first, and a person gets the files only
// after ticking that they know of it.

import { dayIn } from '../../../domain/calendar.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import type { Recall } from '../../../domain/recalls/recall.ts';
import { dayText, numberText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { checkField } from '../fields.ts';
import { notice } from '../notices.ts';
import { button, linkButton } from '../page-head.ts';

/** @param beside what stands beside the files, of no recall's concern */
export function filesBlock(call: PageCall, job: PrintJob, recall: Recall | null, beside: Html): Html {
  const files = job.finished.map(({ part, from, to }) => ({
    part,
    path: `/api/v1/print-jobs/${job.id}/files/${part}`,
    text: fileText(call, job, { part, from, to }),
  }));
  if (recall === null) {
    const links = files.map(({ part, path, text }) => linkButton(path, text, part === 1));
    return html`<div class="acts">${links}${beside}</div>`;
  }
  const { job: words } = printWordsOf(call.language);
  const buttons = files.map(({ part, path, text }) => {
    const look = part === 1 ? 'filled' : 'plain';
    return files.length === 1 ? button(text, look) : html`<button class="btn" formaction="${path}">${text}</button>`;
  });
  const box = knownBox('take', words.recalledTake);
  return html`
    ${recallNotice(call, recall)}
    <form method="get" action="${files[0]?.path ?? ''}">${box}<div class="acts">${buttons}${beside}</div></form>
  `;
}

/** Says that the stamps of this job are recalled, and since when. */
export function recallNotice({ ctx, language }: PageCall, { scope, at }: Recall): Html {
  const { concerns: words } = printWordsOf(language);
  return notice('warn', words.recalled(scope.kind, dayText(dayIn(ctx.settings.timeZone, at))));
}

/** A form for recalled stamps cannot be sent without it. */
export function knownBox(id: string, label: string): Html {
  return checkField({
    name: 'acknowledge',
    id: `f-known-${id}`,
    label,
    checked: false,
    value: 'recalled',
    required: true,
  });
}

function fileText(
  { language }: PageCall,
  { finished, output }: PrintJob,
  { part, from, to }: { part: number; from: number; to: number },
): string {
  const { job: words } = printWordsOf(language);
  if (finished.length > 1) return words.pdfPart(String(part), numberText(from, language), numberText(to, language));
  return (output ?? 'pdf') === 'pdf' ? words.pdf : words.label(output.toUpperCase());
}
