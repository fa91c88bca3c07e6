// The pages for answerScan. Pages that show nothing of the request are made once.

import type { Language } from '../../domain/language.ts';
import type { ScanPages } from '../../scan/answer.ts';
import { badLinkPage, cannotCheckPage, methodPage, refusedPage, tooManyPage } from './refusal-pages.ts';
import { stampPage, stampTexts } from './stamp-page.ts';
import { SHEETS } from './style.ts';

/** @param publicOrigin `https://host[:port]`, as new stamps name it */
export function scanPages(publicOrigin: string): ScanPages {
  const host = publicOrigin.replace(/^https?:\/\//, '');
  return {
    css: SHEETS,
    stamp: stampPage,
    stampTexts,
    refused: (refused, language) => refusedPage(refused, host, language),
    badLink: inBoth(badLinkPage),
    cannotCheck: inBoth(cannotCheckPage),
    tooMany: inBoth((language) => tooManyPage(language)),
    methodNotAllowed: inBoth(methodPage),
  };
}

function inBoth(page: (language: Language) => string): (language: Language) => string {
  const pages = { vi: page('vi'), en: page('en') };
  return (language) => pages[language];
}
