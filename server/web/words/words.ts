// The one door to the words of every page, by language and subject. Vietnamese is the reference; English has the same
// keys.

import type { Language } from '../../domain/language.ts';
import type { Paper } from '../../sheet/template/paper.ts';
import { audit as auditEn } from './en/audit.ts';
import { auditFields as auditFieldsEn } from './en/audit-fields.ts';
import { batches as batchesEn } from './en/batches.ts';
import { frame as frameEn } from './en/frame.ts';
import { help as helpEn } from './en/help.ts';
import { home as homeEn } from './en/home.ts';
import { imports as importsEn } from './en/import.ts';
import { inspectApp as inspectAppEn } from './en/inspect-app.ts';
import { ledger as ledgerEn } from './en/ledger.ts';
import { lots as lotsEn } from './en/lots.ts';
import { market as marketEn } from './en/market.ts';
import { paper as paperEn } from './en/paper.ts';
import { people as peopleEn } from './en/people.ts';
import { print as printEn } from './en/print.ts';
import { programme as programmeEn } from './en/programme.ts';
import { publicPage as publicPageEn } from './en/public.ts';
import { recalls as recallsEn } from './en/recalls.ts';
import { registry as registryEn } from './en/registry.ts';
import { reports as reportsEn } from './en/reports.ts';
import { rounds as roundsEn } from './en/rounds.ts';
import { scans as scansEn } from './en/scans.ts';
import { audit as auditVi } from './vi/audit.ts';
import { auditFields as auditFieldsVi } from './vi/audit-fields.ts';
import { batches as batchesVi } from './vi/batches.ts';
import { frame as frameVi } from './vi/frame.ts';
import { help as helpVi } from './vi/help.ts';
import { home as homeVi } from './vi/home.ts';
import { imports as importsVi } from './vi/import.ts';
import { inspectApp as inspectAppVi } from './vi/inspect-app.ts';
import { ledger as ledgerVi } from './vi/ledger.ts';
import { lots as lotsVi } from './vi/lots.ts';
import { market as marketVi } from './vi/market.ts';
import { paper as paperVi, type PaperWords } from './vi/paper.ts';
import { people as peopleVi } from './vi/people.ts';
import { print as printVi } from './vi/print.ts';
import { fieldMessage, fieldMessages, problemDetails, type AnswerCode } from './vi/problems.ts';
import { programme as programmeVi } from './vi/programme.ts';
import { publicPage as publicPageVi } from './vi/public.ts';
import { recalls as recallsVi } from './vi/recalls.ts';
import { registry as registryVi } from './vi/registry.ts';
import { reports as reportsVi } from './vi/reports.ts';
import { rounds as roundsVi } from './vi/rounds.ts';
import { scans as scansVi } from './vi/scans.ts';

export type { AuditWords } from './vi/audit.ts';
export type { BatchesWords } from './vi/batches.ts';
export type { FrameWords } from './vi/frame.ts';
export type { HomeWords } from './vi/home.ts';
export type { ImportWords } from './vi/import.ts';
export type { InspectAppWords } from './vi/inspect-app.ts';
export type { LedgerWords } from './vi/ledger.ts';
export type { LotsWords } from './vi/lots.ts';
export type { MarketWords } from './vi/market.ts';
export type { PaperWords };
export type { PeopleWords } from './vi/people.ts';
export type { PrintWords } from './vi/print.ts';
export type { ProgrammeWords } from './vi/programme.ts';
export type { PublicWords } from './vi/public.ts';
export type { RecallsWords } from './vi/recalls.ts';
export type { RegistryWords } from './vi/registry.ts';
export type { ReportsWords } from './vi/reports.ts';
export type { ScansWords } from './vi/scans.ts';

export const auditWordsOf = wordsOf(auditVi, auditEn);
export const auditFieldsOf = wordsOf(auditFieldsVi, auditFieldsEn);
export const batchesWordsOf = wordsOf(batchesVi, batchesEn);
export const frameWordsOf = wordsOf(frameVi, frameEn);
export const helpWordsOf = wordsOf(helpVi, helpEn);
export const homeWordsOf = wordsOf(homeVi, homeEn);
export const importWordsOf = wordsOf(importsVi, importsEn);
export const inspectAppWordsOf = wordsOf(inspectAppVi, inspectAppEn);
export const ledgerWordsOf = wordsOf(ledgerVi, ledgerEn);
export const lotsWordsOf = wordsOf(lotsVi, lotsEn);
export const marketWordsOf = wordsOf(marketVi, marketEn);
export const peopleWordsOf = wordsOf(peopleVi, peopleEn);
export const printWordsOf = wordsOf(printVi, printEn);
export const programmeWordsOf = wordsOf(programmeVi, programmeEn);
export const publicWordsOf = wordsOf(publicPageVi, publicPageEn);
export const recallsWordsOf = wordsOf(recallsVi, recallsEn);
export const registryWordsOf = wordsOf(registryVi, registryEn);
export const reportsWordsOf = wordsOf(reportsVi, reportsEn);
export const roundsWordsOf = wordsOf(roundsVi, roundsEn);
export const scansWordsOf = wordsOf(scansVi, scansEn);

/** What an API answer says of a problem; in English that is its own sentence. */
export function problemDetail(code: AnswerCode, english: string, language: Language): string {
  return language === 'vi' ? problemDetails[code] : english;
}

/** What an API answer says of a fault of a field; in English that is its own sentence. */
export function fieldFault(code: string, english: string, language: Language): string {
  return language === 'vi' ? (fieldMessages[code] ?? fieldMessage) : english;
}

export function paperWordsOf(language: Language, paper: Paper): PaperWords {
  return (language === 'en' ? paperEn : paperVi)[paper];
}

function wordsOf<Words>(vi: Words, en: NoInfer<Words>): (language: Language) => Words {
  return (language) => (language === 'en' ? en : vi);
}
