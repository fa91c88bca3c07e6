// A stamp's page, in the design's order: verdict, product with its stars, the four letters to compare, scans,
// producer, lot, certificates, journey, details that the law asks for, report a problem, the code. No stars and no
// certificates beside a recall; a void or unactivated stamp shows its holder and telephones only.

import type { Language } from '../../domain/language.ts';
import type { StampTexts } from '../../scan/answer.ts';
import type { Look, PublicView } from '../../scan/public-view.ts';
import { isInForceState } from '../../domain/registry/certificate.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { escapeHtml, html, raw, type Html } from '../html.ts';
import { publicWordsOf, type PublicWords } from '../words/words.ts';
import { drawingOf, productDrawing } from './drawings.ts';
import { dayText, numberText } from '../format.ts';
import { publicPage } from './layout.ts';
import { stars } from './marks.ts';
import { shortView, type TextBounds } from './short-view.ts';
import {
  certificatesSection,
  codeSection,
  compareBox,
  detailsSection,
  journeySection,
  lotSection,
  pinSection,
  producerSection,
  reportSection,
  scanLine,
  type Limits,
  type SectionContext,
} from './stamp-sections.ts';
import { verdictHead, verdictHeading } from './stamp-verdict.ts';
import { VERDICT_LOOK } from '../verdict-look.ts';

/** UTF-8 bytes of a page with its style (DESIGN §6). */
export const PAGE_BYTES_MAX = 12_288;
/** A page is fitted with marks in its holes; the texts that fill them may be longer by this much. */
const FILLING_BYTES_MAX = 320;

const UNLIMITED: Limits = { text: Infinity, journey: Infinity, certificates: Infinity };
const TIGHTEST: Limits = { text: 60, journey: 2, certificates: 1 };
/** Tried in turn until the page fits. */
const LIMITS: readonly Limits[] = [
  UNLIMITED,
  { text: 600, journey: 12, certificates: 6 },
  { text: 240, journey: 8, certificates: 4 },
  { text: 160, journey: 6, certificates: 3 },
  { text: 120, journey: 4, certificates: 2 },
  { text: 80, journey: 3, certificates: 2 },
  TIGHTEST,
];
/**
 * Tried after them, for a record whose names themselves are long. The last one fits whatever the fields hold
 * (test/web/public/page-bytes.test.ts).
 */
const BOUNDS: readonly TextBounds[] = [
  { words: 80, warnings: 600 },
  { words: 40, warnings: 300 },
  { words: 24, warnings: 160 },
  { words: 16, warnings: 80 },
  { words: 10, warnings: 40 },
  { words: 4, warnings: 20 },
];

/** The page within its size limit, or everything that is recorded if `full`. */
export function stampPage(view: PublicView, language: Language, texts: StampTexts, full: boolean): string {
  if (full) return render(view, language, texts, UNLIMITED);
  let page = '';
  for (const limits of LIMITS) {
    page = render(view, language, texts, limits);
    if (fits(page)) return page;
  }
  for (const bounds of BOUNDS) {
    page = render(shortView(view, bounds), language, texts, TIGHTEST);
    if (fits(page)) return page;
  }
  return page;
}

function fits(page: string): boolean {
  return Buffer.byteLength(page) <= PAGE_BYTES_MAX - FILLING_BYTES_MAX;
}

/** The texts that belong to one stamp alone: code symbols, digits, days and our own words. */
export function stampTexts({ code, serial, scans }: Look, language: Language): StampTexts {
  const words = publicWordsOf(language).scans;
  const shown = formatStampCode(code);
  const none = scans === null || scans.count === 0;
  return {
    plain: code,
    head: shown.slice(0, -4),
    lastFour: code.slice(-4),
    last0: code.charAt(14),
    last1: code.charAt(15),
    last2: code.charAt(16),
    last3: code.charAt(17),
    serial: numberText(serial, language),
    scanTitle: escapeHtml(
      none ? words.none : scans.first ? words.first : words.count(numberText(scans.count, language), scans.count === 1),
    ),
    scanNote:
      none || scans.firstOn === null
        ? ''
        : scans.first
          ? dayText(scans.firstOn)
          : escapeHtml(words.firstOn(dayText(scans.firstOn))),
  };
}

function render(view: PublicView, language: Language, texts: StampTexts, limits: Limits): string {
  const words = publicWordsOf(language);
  const { verdict, product, producer } = view.answer;
  const context: SectionContext = { view, language, words, texts, limits };
  const { shows } = VERDICT_LOOK[verdict];
  const bare = shows === 'no-goods';
  const named = bare || product === null;
  const rated = shows === 'all';
  const name = named ? producer.name : product.name;
  const shortened = limits.text !== Infinity;
  const goods = productHead(view, language, words, named, rated);
  const body = html`${verdictHead(view, language, words, texts)}<div class="w w2">${goods}${
    !bare && html`<div class="c">${compareBox(context)}${view.page.active && scanLine(context)}</div>`
  }${rated && pinSection(context)}${producerSection(context, { named, origin: !bare })}${
    !bare && lotSection(context)
  }${rated && certificatesSection(context)}${!bare && journeySection(context)}${!bare && detailsSection(context)}${
    shortened && html`<p><a href="/t/${raw(texts.plain)}/record?lang=${language}">${words.details.full}</a></p>`
  }${reportSection(context)}${codeSection(context)}</div>`;
  return publicPage({
    language,
    title: `${verdictHeading(view, words)} · ${name} · ${words.brand}`,
    body,
    footer: words.footer.scan,
    form: view.page.pin,
  });
}

function productHead(view: PublicView, language: Language, words: PublicWords, named: boolean, rated: boolean): Html {
  const { product, producer } = view.answer;
  const lang = language === 'en' ? raw(' lang="vi"') : null;
  const unit = product?.unit ?? null;
  const picture =
    product === null || named
      ? drawingOf('pack')
      : product.photo === null
        ? productDrawing(product.group, view.page.productSet)
        : html`<img src="${product.photo}" width="104" height="104" alt="${words.details.photo(product.name)}">`;
  const name = product === null || named ? producer.name : product.name;
  return html`<div class="p"><div><h2 class="n"${lang}>${name}</h2>${
    named
      ? html`<p class="m">${words.producer.receiver}</p>`
      : unit !== null && html`<p class="m"${lang}>${capitalised(unit)}</p>`
  }${rated && rating(view, words)}</div>${picture}</div>`;
}

function rating({ answer }: PublicView, words: PublicWords): Html | null {
  const own = words.rating;
  if (answer.rating === null) return null;
  const { stars: count, state, expiresOn, inForceOnPacking } = answer.rating;
  const inForce = isInForceState(state);
  const day = expiresOn === null ? '' : dayText(expiresOn);
  const onPacking = own.onPacking[inForceOnPacking === null ? 'unknown' : inForceOnPacking ? 'yes' : 'no'];
  const note =
    state === 'revoked'
      ? own.revoked + onPacking
      : state === 'expired'
        ? own.lapsed(day) + onPacking
        : expiresOn === null
          ? ''
          : state === 'extended'
            ? own.extended(day)
            : own.until(day);
  return html`<p class="s">${stars(count, inForce)}<span>${own.stars(count)}</span></p><p class="m">${note}</p>`;
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
