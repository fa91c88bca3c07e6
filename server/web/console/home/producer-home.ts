// A producer's home: today's tasks, "as last time", the lot on sale, its certificates, and how its stamps were scanned.

import { lastPrint } from '../../../actions/print/last-print.ts';
import { producerToday, type ProducerToday, type Some } from '../../../actions/home/read-today.ts';
import { scanOverview } from '../../../actions/scans/scan-overview.ts';
import { addDays, dayIn } from '../../../domain/calendar.ts';
import type { FollowUp, Lapse } from '../../../domain/programme/lapsing.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import { homeWordsOf, marketWordsOf, programmeWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { asBeforeCard } from '../print/as-before.ts';
import { emptyState } from '../list.ts';
import { card, facts, linkButton } from '../page-head.ts';
import { starMarks } from '../programme/star-marks.ts';
import { namedScope, RECALLS } from '../recalls/scope-text.ts';
import { reasonText } from '../market/case-text.ts';
import { caseAddress, CASES, COMPLAINTS } from '../scans/scans-frame.ts';
import { byDay } from '../scans/scans-page.ts';
import { homeHead, type Home } from './home-head.ts';
import { jobList, type Job } from './job-row.ts';

const SCAN_DAYS = 14;
/** The chart is in the wider column. */
const CHART_WIDTH = 600;

export async function producerHome(call: PageCall): Promise<Home> {
  const { actor, ctx, language, today } = call;
  const words = homeWordsOf(language);
  const state = valueOf(await producerToday(actor, ctx));
  const jobs = await jobsOf(state, call);
  const last = valueOf(await lastPrint(actor, null, ctx));
  const before = last === null ? null : await asBeforeCard(call, last, true);
  const overview = valueOf(await scanOverview(actor, { from: addDays(today, 1 - SCAN_DAYS), to: today }, ctx));
  const odd = new Set(state.cases.items.map(({ tally }) => dayIn(ctx.settings.timeZone, tally.lastAt)));
  const chart =
    overview.ever.scans > 0 &&
    byDay(overview, odd, call, { wide: CHART_WIDTH, title: words.producer.scans(SCAN_DAYS) });
  const first =
    !state.hasBatches &&
    (state.hasProducts
      ? emptyState(words.producer.firstTitle, words.producer.firstText, [
          linkButton('/console/print', words.newBatch, true),
        ])
      : emptyState(words.producer.firstTitle, words.producer.noProducts, [
          linkButton('/console/products', words.producer.addProduct),
        ]));
  const list = jobs.length > 0 ? jobList(jobs) : first === false && html`<p class="muted text">${words.calm}</p>`;
  const actions =
    state.hasProducts && state.hasBatches ? [linkButton('/console/print', words.newBatch, before === null)] : [];
  const side = html`${before}${sellingCard(state, call)}${ratedCard(state, call)}`;
  // On a phone the tasks come first, then "as last time", then the rest and the chart.
  return {
    title: words.title,
    jobs: jobs.length,
    body: html`${homeHead(
      jobs.length,
      call,
      actions,
    )}<div class="home"><div>${list}${first}</div><div class="side-of">${side}</div>${chart}</div>`,
  };
}

async function jobsOf(state: ProducerToday, call: PageCall): Promise<Job[]> {
  const { language } = call;
  const words = homeWordsOf(language);
  const own = words.producer;
  const number = (value: number): string => numberText(value, language);
  const jobs: Job[] = [];
  const each = <T>({ items, count }: Some<T>, job: (one: T) => Job): void => {
    for (const [i, one] of items.entries()) {
      const made = job(one);
      const more =
        i === items.length - 1 &&
        count > items.length &&
        html` <span class="hint">${words.more(number(count - items.length))}</span>`;
      jobs.push({ ...made, why: html`${made.why}${more}` });
    }
  };
  for (const recall of state.recalls.items) {
    const { what } = await namedScope(recall.scope, call);
    jobs.push({
      icon: 'fault',
      what: own.recallTitle(what),
      why: own.recallText,
      href: `${RECALLS}/${recall.id}`,
      button: own.seeRecall,
    });
  }
  const cases = marketWordsOf(language).cases;
  each(state.cases, ({ serial, batchId, reasons: [reason = 'far-apart'], counts, product }) => ({
    icon: 'warn',
    what: own.caseTitle(number(serial)),
    why: html`${reasonText(reason, counts, cases, language)}. ${product}`,
    href: state.cases.count > state.cases.items.length ? CASES : caseAddress(batchId, serial),
    button: own.seeScans,
  }));
  each(state.blanks, ({ id, left, issuedOn }) => ({
    icon: 'info',
    what: own.blankTitle(number(left)),
    why: own.blankText(id, dayText(issuedOn)),
    href: '/console/activate',
    button: own.activate,
  }));
  each(state.sheets, ({ id, state: at, from, to, readBack }) =>
    at === 'done'
      ? {
          icon: 'done',
          what: own.sheetTitle(number(to - from + 1)),
          why: own.sheetText(number(readBack.matched), number(readBack.checked)),
          href: `/console/print-jobs/${id}`,
          button: own.sheet,
        }
      : {
          icon: 'fault',
          what: own.failedTitle,
          why: own.failedText,
          href: `/console/print-jobs/${id}`,
          button: own.seeJob,
        },
  );
  each(state.lots, ({ lot, days }) => ({
    icon: 'calendar',
    what: days === 0 ? own.lotLast(lot.number) : own.lotTitle(lot.number, number(days)),
    why: own.lotText(dayText(lot.expiresOn ?? '')),
    href: `/console/lots/${lot.id}`,
    button: own.seeLot,
  }));
  each(state.lapses, (one) => lapseJob(one, call));
  each(state.declined, ({ id }) => ({
    icon: 'info',
    what: own.declinedTitle,
    why: own.declinedText,
    href: `/console/requests/${id}`,
    button: own.seeRequest,
  }));
  if (state.complaints > 0)
    jobs.push({
      icon: 'info',
      what: own.complaintTitle(number(state.complaints)),
      why: own.complaintText,
      href: COMPLAINTS,
      button: own.seeComplaints,
    });
  return jobs;
}

function lapseJob(
  { lapse, product, reminded }: { lapse: Lapse; product: string; reminded: FollowUp | null },
  { language, today }: PageCall,
): Job {
  const own = homeWordsOf(language).producer;
  const { certificate, lastDay, daysLeft, part, file } = lapse;
  const told = reminded === null ? '' : ` ${own.reminded(dayText(reminded.on))}`;
  const common = { href: `/console/certificates/${certificate.id}`, button: own.seeCertificate };
  const day = dayText(lastDay);
  if (daysLeft < 0)
    return { ...common, icon: 'warn', what: own.overTitle(product), why: own.overText(certificate.number, day) + told };
  if (part !== null)
    return {
      ...common,
      icon: 'calendar',
      what: own.certificateTitle(product, numberText(daysLeft, language)),
      why: own.certificateText(certificate.number, day) + told,
    };
  const until = dayText(file.until);
  return {
    ...common,
    icon: 'calendar',
    what: own.fileTitle(product),
    why: (today > file.until ? own.fileLate(until) : own.fileText(until)) + told,
  };
}

function sellingCard({ selling }: ProducerToday, { language }: PageCall): Html | null {
  if (selling === null) return null;
  const own = homeWordsOf(language).producer;
  const { lot, unit, printed, active, voided, scanned } = selling;
  const number = (value: number): string => numberText(value, language);
  const head = html`<p class="hint">${own.lot(lot.number)}${
    lot.declaredQuantity !== null && own.declared(number(lot.declaredQuantity), unit)
  }</p>`;
  return card(
    own.selling,
    html`${head}${facts([
      [own.printed, number(printed)],
      [own.active, number(active)],
      [own.voided, number(voided)],
      [own.scanned, html`<b>${number(scanned)}</b>`],
    ])}`,
  );
}

function ratedCard({ rated }: ProducerToday, { language }: PageCall): Html {
  const own = homeWordsOf(language).producer;
  const { lapse: words } = programmeWordsOf(language);
  const rows = rated.map(({ product, lapse: { certificate, lastDay } }) => {
    const stars = certificate.stars ?? 0;
    return html`<li>${starMarks(stars, words.stars(stars))}<b>${product}</b><p class="hint">${own.certificate(
      certificate.number,
      dayText(lastDay),
    )}</p></li>`;
  });
  return card(
    own.certificates,
    rows.length === 0 ? html`<p class="muted">${own.noCertificate}</p>` : html`<ul class="rated">${rows}</ul>`,
  );
}
