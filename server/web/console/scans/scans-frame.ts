// What the pages about scans share: the links between them, and how a stamp is named.

import { allOf } from '../../../actions/kit/every-of.ts';
import { decide, type Right } from '../../../actions/kit/rights.ts';
import type { Id } from '../../../domain/entity.ts';
import { html, type Html } from '../../html.ts';
import { scansWordsOf, type ScansWords } from '../../words/words.ts';
import type { PageAnswer, PageCall } from '../console-route.ts';
import { addressOf, partOf } from '../list.ts';
import { linkButton, pageHead } from '../page-head.ts';
import { listOffices } from '../../../actions/registry/read.ts';
import { valueOf } from '../../outcome.ts';

export const SCANS = '/console/scans';
export const CASES = '/console/scans/cases';
export const COMPLAINTS = '/console/complaints';
export const FINDINGS = '/console/findings';
export const STAMP_REPORTS = '/console/stamp-reports';

const RIGHT_OF = {
  scans: 'read-batch',
  cases: 'read-batch',
  complaints: 'read-findings',
  stampReports: 'handle-stamp-report',
  findings: 'read-findings',
} as const satisfies Readonly<Record<keyof ScansWords['parts'], Right>>;

export function scanLinks(current: keyof ScansWords['parts'], { actor, language }: PageCall): Html {
  const words = scansWordsOf(language);
  const parts: readonly (readonly [keyof ScansWords['parts'], string])[] = [
    ['scans', SCANS],
    ['cases', CASES],
    ['complaints', COMPLAINTS],
    ['stampReports', STAMP_REPORTS],
    ['findings', FINDINGS],
  ];
  const open = parts.filter(([part]) => decide(actor, RIGHT_OF[part], null).kind !== 'refused');
  const links = open.map(
    ([part, path]) => html`<a href="${path}"${part === current && html` aria-current="page"`}>${words.parts[part]}</a>`,
  );
  return html`<nav class="parts" aria-label="${words.partsName}">${links}</nav>`;
}

export function caseAddress(batchId: Id, serial: number): string {
  return `${CASES}/${batchId}/${serial}`;
}

/** Offices on one page of those to pick from. */
const OFFICES_SHOWN = 50;

/**
 * The office that is meant; an admin of several offices gets a page to choose one first. Undefined: the person's own.
 */
export async function officeMeant(
  call: PageCall,
  path: string,
): Promise<{ kind: 'meant'; officeId: Id | undefined } | { kind: 'pick'; page: PageAnswer }> {
  const { actor, ctx, query, language } = call;
  const wanted = query['officeId'];
  if (actor.officeId !== null || wanted !== undefined) return { kind: 'meant', officeId: wanted };
  const items = valueOf(await allOf((page) => listOffices(actor, page, ctx)));
  if (items.length === 1) return { kind: 'meant', officeId: items[0]?.id };
  const words = scansWordsOf(language);
  const part = partOf(items, { name: 'offices', max: OFFICES_SHOWN, call });
  const links = part.rows.map(
    ({ id, name }) =>
      html`<li><div><b>${name}</b></div>${linkButton(addressOf(path, { officeId: id }), words.show)}</li>`,
  );
  return {
    kind: 'pick',
    page: {
      kind: 'page',
      title: words.office,
      body: html`${pageHead({ title: words.office })}<ul class="rows">${links}</ul>${part.ways}`,
    },
  };
}
