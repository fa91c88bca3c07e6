// An office's home: what waits, what lapses, what looks wrong; the year against its plan; its records.

import { readReport } from '../../../actions/programme/read-report.ts';
import { officeToday, type OfficeToday } from '../../../actions/home/read-today.ts';
import { decide } from '../../../actions/kit/rights.ts';
import type { Id } from '../../../domain/entity.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { homeWordsOf, marketWordsOf, programmeWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { addressOf, emptyState } from '../list.ts';
import { whenText } from '../moments.ts';
import { card, columns, facts, linkButton } from '../page-head.ts';
import { PROGRAMME } from '../programme/programme-frame.ts';
import { sentenceOf } from '../programme/report-text.ts';
import { RECALLS } from '../recalls/scope-text.ts';
import { caseAddress, CASES, COMPLAINTS, STAMP_REPORTS } from '../scans/scans-frame.ts';
import { homeHead, type Home } from './home-head.ts';
import { jobList, type Job } from './job-row.ts';

/** @param officeId named by an admin of several offices; undefined: the person's own */
export async function officeHome(call: PageCall, officeId?: Id): Promise<Home> {
  const { actor, ctx, language } = call;
  const words = homeWordsOf(language);
  const own = words.office;
  const state = valueOf(await officeToday(actor, { officeId }, ctx));
  const jobs = officeJobs(state, call);
  const isEmpty = state.kept.producers === 0;
  const list =
    jobs.length > 0
      ? jobList(jobs)
      : isEmpty
        ? emptyState(own.emptyTitle, own.emptyText, [
            linkButton('/console/import', own.import, true),
            linkButton('/console/producers/new', own.addProducer),
          ])
        : html`<p class="muted text">${words.calm}</p>`;
  const side = html`${await programmeCard(call, state.officeId)}${keptCard(state, call)}`;
  return { title: words.title, jobs: jobs.length, body: html`${homeHead(jobs.length, call)}${columns(list, side)}` };
}

export function officeJobs(state: OfficeToday, call: PageCall): Job[] {
  const { actor, language } = call;
  const { office: own } = homeWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  const kept: Record<string, string> = actor.officeId === null ? { officeId: state.officeId } : {};
  const at = (path: string): string => addressOf(path, kept);
  const jobs: Job[] = [];
  const add = (count: number, job: Job): void => void (count > 0 && jobs.push(job));
  const { requests, cases, complaints, stampReports, guesses, lapsing, recalls, inSeason } = state;
  if (decide(actor, 'decide-request', null).kind === 'may')
    add(requests, {
      icon: 'info',
      what: own.requestsTitle(number(requests)),
      why: own.requestsText,
      href: '/console/requests?state=waiting',
      button: own.seeRequests,
    });
  const [first] = cases.items;
  if (first !== undefined) {
    const stamp = marketWordsOf(language).cases.stamp(first.batchId, number(first.serial));
    const named = first.product === null ? stamp : `${stamp}, ${first.product}`;
    jobs.push({
      icon: 'warn',
      what: own.casesTitle(number(cases.count)),
      why: own.casesText(named),
      href: cases.count === 1 ? caseAddress(first.batchId, first.serial) : at(CASES),
      button: own.seeCases,
    });
  }
  if (guesses.lastAt !== null && decide(actor, 'read-audit', null).kind === 'may')
    add(guesses.tries, {
      icon: 'warn',
      what: own.guessesTitle(number(guesses.tries)),
      why: own.guessesText(number(guesses.accounts), whenText(guesses.lastAt, call)),
      href: addressOf('/console/audit', { entity: 'sign-in' }),
      button: own.seeGuesses,
    });
  add(complaints, {
    icon: 'warn',
    what: own.complaintsTitle(number(complaints)),
    why: own.complaintsText,
    href: `${COMPLAINTS}?state=new`,
    button: own.seeComplaints,
  });
  if (stampReports > 0) jobs.push(stampReportsJob(stampReports, call));
  add(recalls, {
    icon: 'fault',
    what: own.recallTitle(number(recalls)),
    why: own.recallText,
    href: RECALLS,
    button: own.seeRecalls,
  });
  add(lapsing.soon, {
    icon: 'calendar',
    what: own.lapseTitle(number(lapsing.soon)),
    why: own.lapseText(number(lapsing.within30), number(lapsing.reminded)),
    href: at(`${PROGRAMME}/lapsing`),
    button: own.seeLapsing,
  });
  add(lapsing.files, {
    icon: 'calendar',
    what: own.filesTitle(number(lapsing.files)),
    why: own.filesText(number(lapsing.late)),
    href: at(`${PROGRAMME}/lapsing`),
    button: own.seeLapsing,
  });
  add(inSeason.count, {
    icon: 'calendar',
    what: own.seasonTitle(number(inSeason.count)),
    why: own.seasonText(inSeason.items.map(({ name }) => name).join(', ')),
    href: at(`${PROGRAMME}/candidates`),
    button: own.seeCandidates,
  });
  return jobs;
}

/** New reports of stamps that are not ours. */
export function stampReportsJob(count: number, { language }: PageCall): Job {
  const { office: own } = homeWordsOf(language);
  return {
    icon: 'warn',
    what: own.stampReportsTitle(numberText(count, language)),
    why: own.stampReportsText,
    href: `${STAMP_REPORTS}?state=new`,
    button: own.seeStampReports,
  };
}

async function programmeCard({ actor, ctx, language, today }: PageCall, officeId: Id): Promise<Html> {
  const { office: own } = homeWordsOf(language);
  const words = programmeWordsOf(language);
  const year = Number(today.slice(0, 4));
  const { rows, plan } = valueOf(await readReport(actor, { officeId: actor.officeId ?? officeId, year }, ctx));
  const row = rows.find(({ measure }) => measure === 'products-rated');
  const kept: Record<string, string> = actor.officeId === null ? { officeId } : {};
  const mayPlan = plan === null && decide(actor, 'keep-programme', null).kind === 'may';
  const hint = mayPlan && html`<p class="hint">${own.firstPlan}</p>`;
  const way = mayPlan
    ? linkButton(addressOf(`${PROGRAMME}/plan`, kept), own.setPlan)
    : linkButton(addressOf(PROGRAMME, kept), own.seeProgramme);
  return card(
    own.programme(year),
    html`<p class="hint">${words.measures['products-rated']}</p><p>${
      row !== undefined && sentenceOf(row, words, language)
    }</p>${hint}<p>${way}</p>`,
  );
}

function keptCard({ kept }: OfficeToday, { language }: PageCall): Html {
  const { office: own } = homeWordsOf(language);
  const number = (value: number): string => numberText(value, language);
  return card(
    own.kept,
    facts([
      [own.producers, number(kept.producers)],
      [own.products, number(kept.products)],
      [own.certificates, number(kept.certificates)],
      [own.batches, number(kept.batches)],
      [own.stamps, number(kept.stamps)],
    ]),
  );
}
