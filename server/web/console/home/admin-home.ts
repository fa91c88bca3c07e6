// An administrator's home: with one office its work, with several a link to each; and the state of the deployment.

import { allOf } from '../../../actions/kit/every-of.ts';
import { readDeployment } from '../../../actions/home/read-deployment.ts';
import { listStampReports } from '../../../actions/market/read-stamp-reports.ts';
import { listOffices } from '../../../actions/registry/read.ts';
import { officeToday } from '../../../actions/home/read-today.ts';
import { valueOf } from '../../outcome.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { homeWordsOf, programmeWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { addressOf, partOf } from '../list.ts';
import { card, columns, facts, linkButton, section } from '../page-head.ts';
import { PROGRAMME } from '../programme/programme-frame.ts';
import { homeHead, type Home } from './home-head.ts';
import { jobList, type Job } from './job-row.ts';
import { officeJobs, stampReportsJob } from './office-home.ts';

/** Refused scans of a day from which the page warns an administrator. */
const REFUSED_MIN = 100;
const OFFICES_SHOWN = 40;

export async function adminHome(call: PageCall): Promise<Home> {
  const { actor, ctx, language } = call;
  const words = homeWordsOf(language);
  const own = words.admin;
  const offices = valueOf(await allOf((page) => listOffices(actor, page, ctx)));
  const part = partOf(offices, { name: 'offices', max: OFFICES_SHOWN, call });
  const deployment = valueOf(await readDeployment(actor, ctx));
  const [only] = offices;
  const jobs: Job[] =
    only !== undefined && offices.length === 1
      ? officeJobs(valueOf(await officeToday(actor, { officeId: only.id }, ctx)), call)
      : [];
  if (offices.length !== 1) {
    const reports = valueOf(
      await allOf(
        (page) => listStampReports(actor, { ...page, state: 'new' }, ctx),
        ({ officeId }) => officeId === null,
      ),
    );
    if (reports.length > 0) jobs.push(stampReportsJob(reports.length, call));
  }
  const { refusedToday, refusedWeek, engine, answeredScans, schema, storeFaults } = deployment;
  const number = (value: number): string => numberText(value, language);
  if (refusedToday >= REFUSED_MIN)
    jobs.unshift({
      icon: 'warn',
      what: own.refusedTitle(number(refusedToday)),
      why: own.refusedText,
      href: '/console/audit',
      button: own.seeAudit,
    });
  const [fault] = storeFaults;
  if (fault !== undefined)
    jobs.unshift({
      icon: 'warn',
      what: own.storeTitle(number(storeFaults.length)),
      why: `${own.storeText} ${fault}`,
      href: '/console/audit',
      button: own.seeAudit,
    });
  const list: Html = jobs.length > 0 ? jobList(jobs) : html`<p class="muted text">${words.calm}</p>`;
  const each =
    offices.length > 1 &&
    section(
      own.offices,
      html`<ul class="rows">${part.rows.map(
        ({ id, name, province }) =>
          html`<li><div><b>${name}</b><p class="hint">${province}</p></div>${linkButton(
            addressOf(PROGRAMME, { officeId: id }),
            programmeWordsOf(language).show,
          )}</li>`,
      )}</ul>${part.ways}`,
    );
  const side = html`${card(
    own.store,
    facts([
      [own.engine, engine],
      [own.schema, schema],
      [own.answered, number(answeredScans)],
      [own.refused, number(refusedWeek)],
    ]),
  )}${card(
    own.accounts,
    html`<p>${linkButton(
      '/console/users',
      own.seeAccounts,
    )}</p><p>${linkButton('/console/offices', own.seeOffices)}</p>`,
  )}`;
  return {
    title: words.title,
    jobs: jobs.length,
    body: html`${homeHead(jobs.length, call)}${columns(html`${list}${each}`, side)}`,
  };
}
