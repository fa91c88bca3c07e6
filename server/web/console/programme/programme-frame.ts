// What the programme's pages share: the chosen office and year, and the links between the pages.

import { allOf } from '../../../actions/kit/every-of.ts';
import { listOffices } from '../../../actions/registry/read.ts';
import type { Id } from '../../../domain/entity.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { programmeWordsOf, type ProgrammeWords } from '../../words/words.ts';
import type { PageAnswer, PageCall } from '../console-route.ts';
import { addressOf, partOf } from '../list.ts';
import { linkButton, pageHead } from '../page-head.ts';

export const PROGRAMME = '/console/programme';
/** Offices on one page of the office list. */
const OFFICES_SHOWN = 50;
/** First year of the programme's figures: OCOP began in 2018. */
const FIRST_YEAR = 2018;

export interface Meant {
  /** Undefined: the person's own office. */
  officeId: Id | undefined;
  year: number;
  /** The query parameters that every link of these pages keeps. */
  kept: Readonly<Record<string, string>>;
}

/** What the address asks for; an admin of several offices gets a page to choose one first. */
export async function meantBy(
  call: PageCall,
): Promise<{ kind: 'meant'; meant: Meant } | { kind: 'pick'; page: PageAnswer }> {
  const { actor, ctx, query, language, today } = call;
  const wanted = query['officeId'];
  const year = yearOf(query['year'], today);
  const kept = { ...(wanted === undefined ? {} : { officeId: wanted }), year: String(year) };
  if (actor.officeId !== null || wanted !== undefined)
    return { kind: 'meant', meant: { officeId: wanted, year, kept } };
  const items = valueOf(await allOf((page) => listOffices(actor, page, ctx)));
  if (items.length === 1) return { kind: 'meant', meant: { officeId: items[0]?.id, year, kept } };
  const words = programmeWordsOf(language);
  const part = partOf(items, { name: 'offices', max: OFFICES_SHOWN, call });
  const links = part.rows.map(
    ({ id, name }) =>
      html`<li><div><b>${name}</b></div>${linkButton(
        addressOf(PROGRAMME, { ...kept, officeId: id }),
        words.show,
      )}</li>`,
  );
  const body = html`${pageHead({ title: words.pickOffice, lead: words.pickOfficeText })}<ul class="rows">${links}</ul>${part.ways}`;
  return { kind: 'pick', page: { kind: 'page', title: words.pickOffice, body } };
}

/** The year in the text; this year if it is not a year of the programme. */
export function yearOf(text: string | undefined, today: string): number {
  const year = Number(text);
  return /^\d{4}$/.test(text ?? '') && year >= FIRST_YEAR && year <= Number(today.slice(0, 4)) + 5
    ? year
    : Number(today.slice(0, 4));
}

/** The years of a select: the programme's first to the next. */
export function yearOptions(today: string): { value: string; text: string }[] {
  const last = Number(today.slice(0, 4)) + 1;
  return Array.from({ length: last - FIRST_YEAR + 1 }, (_, i) => String(last - i)).map((value) => ({
    value,
    text: value,
  }));
}

/** The pages of the programme, the current one marked. */
export function partLinks(current: keyof ProgrammeWords['parts'], { kept }: Meant, words: ProgrammeWords): Html {
  const paths: Record<keyof ProgrammeWords['parts'], string> = {
    report: PROGRAMME,
    plan: `${PROGRAMME}/plan`,
    lapsing: `${PROGRAMME}/lapsing`,
    support: `${PROGRAMME}/support`,
    candidates: `${PROGRAMME}/candidates`,
  };
  const links = (Object.keys(paths) as (keyof typeof paths)[]).map(
    (part) =>
      html`<a href="${addressOf(paths[part], kept)}"${
        part === current && html` aria-current="page"`
      }>${words.parts[part]}</a>`,
  );
  return html`<nav class="parts" aria-label="${words.partsName}">${links}</nav>`;
}
