// The pages for answerScan. Pages that show nothing of the request are made once.

import type { Language } from '../../domain/language.ts';
import { DEFAULT_SITE, type Site } from '../../domain/site.ts';
import type { ScanPages } from '../../scan/answer.ts';
import { withSite } from '../site-pages.ts';
import { badLinkPage, cannotCheckPage, methodPage, refusedPage, tooManyPage } from './refusal-pages.ts';
import { stampPage, stampTexts } from './stamp-page.ts';
import { SHEETS } from './style.ts';

/** @param publicOrigin `https://host[:port]`, as new stamps name it */
export function scanPages(publicOrigin: string, site: Site = DEFAULT_SITE): ScanPages {
  const host = publicOrigin.replace(/^https?:\/\//, '');
  return {
    css: SHEETS,
    stamp: (view, language, texts, full) => stampPage(view, language, texts, full, site),
    stampTexts,
    refused: (refused, language) => withSite(refusedPage(refused, host, language), site),
    badLink: inBoth(badLinkPage, site),
    cannotCheck: inBoth(cannotCheckPage, site),
    tooMany: inBoth((language) => tooManyPage(language), site),
    methodNotAllowed: inBoth(methodPage, site),
  };
}

function inBoth(page: (language: Language) => string, site: Site): (language: Language) => string {
  const pages = { vi: withSite(page('vi'), site), en: withSite(page('en'), site) };
  return (language) => pages[language];
}
