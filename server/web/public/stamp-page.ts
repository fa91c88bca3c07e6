// A stamp's page, in the design's order: verdict, product with its stars, the four letters to compare, scans,
// producer, lot, certificates, journey, details that the law asks for, report a problem, the code. No stars and no
// certificates beside a recall; a void or unactivated stamp shows its holder and telephones only.

import { gzipSync } from 'node:zlib';
import type { Language } from '../../domain/language.ts';
import { DEFAULT_SITE, type Site } from '../../domain/site.ts';
import type { StampTexts } from '../../scan/answer.ts';
import type { Look } from '../../scan/look.ts';
import type { PublicView } from '../../scan/public-view.ts';
import { formatStampCode } from '../../domain/stamp/stamp-code.ts';
import { escapeHtml, html, type Html } from '../html.ts';
import { withSite } from '../site-pages.ts';
import { publicWordsOf, type PublicWords } from '../words/words.ts';
import { drawingOf, productDrawing } from './drawings.ts';
import { dayText, numberText } from '../format.ts';
import { publicPage } from './layout.ts';
import { stars } from './marks.ts';
import { photoLink, recordedText, vietnameseOn } from './recorded-text.ts';
import { protectingTexts, shortView } from './short-view.ts';
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
  storySection,
} from './stamp-sections.ts';
import { recordPath, type Limits, type SectionContext } from './section-context.ts';
import { stampLook, verdictHead, verdictHeading } from './stamp-verdict.ts';
import { VERDICT_LOOK } from '../verdict-look.ts';

/** UTF-8 bytes of a page with its style (DESIGN §6). */
export const PAGE_BYTES_MAX = 12_288;
/** Of them for the texts that protect people. They are whole always: what is longer lies beyond the page's bytes. */
export const PROTECTING_BYTES = 800;
/** Of markup around each line of a recall's advice. */
export const LINE_BYTES = 9;
/**
 * Of a page with its headers on the wire, so that it comes in the first flight of a connection (ten segments): plain,
 * or in gzip where the texts that protect people are long. A client that takes no gzip gets those in more.
 */
export const WIRE_BYTES_MAX = 14_000;
/** Of headers, and of what gzip in parts (scan/zipped-shape.ts) adds to gzip of the whole. */
const HEADER_BYTES_MAX = 1_500;
/** A page is fitted with marks in its holes; the texts that fill them may be longer by this much. */
const FILLING_BYTES_MAX = 280;
/** And on the page of a suspect stamp, which names provinces. */
const PLACES_BYTES_MAX = 320;
/** And where a PIN may have been used. */
const PIN_BYTES_MAX = 240;

const UNLIMITED: Limits = { text: Infinity, journey: Infinity, certificates: Infinity };
const TIGHTEST: Limits = { text: 30, journey: 1, certificates: 1 };
/** Beside the product's name. */
const GOODS_PHOTO = { px: 104, sizes: '(min-width:56rem)168px,104px', lazy: false };

const LISTEN_SCRIPT = '/listen.js';

/** Tried in turn until the page fits. */
const LIMITS: readonly Limits[] = [
  UNLIMITED,
  { text: 600, journey: 12, certificates: 6 },
  { text: 240, journey: 8, certificates: 4 },
  { text: 160, journey: 6, certificates: 3 },
  { text: 120, journey: 4, certificates: 2 },
  { text: 80, journey: 3, certificates: 2 },
  { text: 60, journey: 2, certificates: 1 },
  TIGHTEST,
];
/**
 * The most characters of a name, tried after them, for a record whose names themselves are long. The last one fits
 * whatever the fields hold (test/web/public/page-bytes.test.ts).
 */
const WORDS_MAX: readonly number[] = [80, 40, 24, 16, 10, 4, 2, 1];

/** The page within its size limit, or everything that is recorded if `full`. */
export function stampPage(
  view: PublicView,
  language: Language,
  texts: StampTexts,
  full: boolean,
  site: Site = DEFAULT_SITE,
): string {
  const draw = (shown: PublicView, limits: Limits): string => withSite(render(shown, language, texts, limits), site);
  if (full) return draw(view, { ...UNLIMITED, isRecord: true });
  const bytesMax = pageBytesMax(view, language);
  const filling =
    FILLING_BYTES_MAX +
    (view.answer.verdict === 'suspect' ? PLACES_BYTES_MAX : 0) +
    (view.page.pin ? PIN_BYTES_MAX : 0);
  const fits = (page: string): boolean => {
    const bytes = Buffer.byteLength(page);
    if (bytes > bytesMax - filling) return false;
    const onWire = bytes + filling <= PAGE_BYTES_MAX ? bytes : gzipSync(page).length;
    return onWire + filling + HEADER_BYTES_MAX <= WIRE_BYTES_MAX;
  };
  let page = '';
  for (const limits of LIMITS) {
    page = draw(view, limits);
    if (fits(page)) return page;
  }
  for (const words of WORDS_MAX) {
    page = draw(shortView(view, words), TIGHTEST);
    if (fits(page)) return page;
  }
  return page;
}

function pageBytesMax(view: PublicView, language: Language): number {
  const protecting = protectingTexts(view, language).reduce(
    (sum, text) => sum + Buffer.byteLength(escapeHtml(text)),
    0,
  );
  const lines = (view.answer.recall?.advice ?? '').split('\n').length;
  return PAGE_BYTES_MAX + Math.max(0, protecting + lines * LINE_BYTES - PROTECTING_BYTES);
}

/** The texts that belong to one stamp alone: code symbols, digits, days and our own words. */
export function stampTexts(look: Look, language: Language): StampTexts {
  const { code, serial } = look;
  const shown = formatStampCode(code);
  return {
    plain: code,
    // Codes break at their hyphens only.
    head: shown.slice(0, -4).replaceAll('-', '-<wbr>'),
    lastFour: code.slice(-4),
    last0: code.charAt(14),
    last1: code.charAt(15),
    last2: code.charAt(16),
    last3: code.charAt(17),
    serial: numberText(serial, language),
    pinUsed: pinText(look, language),
    ...scanTexts(look, language),
  };
}

function pinText({ pinUsed = null }: Look, language: Language): string {
  if (pinUsed === null) return '';
  return html`<p class="m">${publicWordsOf(language).pin.used(pinUsed.time, dayText(pinUsed.on))}</p>`.text;
}

/** "First" is said only of the one scan that was counted as such; a repeat may be a neighbour on the same network. */
function scanTexts(
  { scans, seen = null, places = null }: Look,
  language: Language,
): Pick<StampTexts, 'scanTitle' | 'scanNote' | 'places'> {
  const words = publicWordsOf(language).scans;
  const told =
    places === null || scans?.firstOn == null
      ? ''
      : words.places(places.provinces, places.others, dayText(scans.firstOn), dayText(places.lastOn));
  if (scans === null || scans.count === 0 || scans.firstOn === null)
    return { scanTitle: escapeHtml(words.none), scanNote: '', places: escapeHtml(told) };
  const day = dayText(scans.firstOn);
  const count = numberText(scans.count, language);
  const title =
    seen === 'often'
      ? words.often(count)
      : seen === 'first'
        ? words.first
        : seen === 'alone'
          ? words.alone
          : words.count(count, scans.count === 1);
  const note = seen === 'first' || seen === 'alone' ? day : words.firstOn(day);
  const asked = seen === 'often' ? `${note}. ${words.ask}` : note;
  return { scanTitle: escapeHtml(title), scanNote: escapeHtml(asked), places: escapeHtml(told) };
}

function render(view: PublicView, language: Language, texts: StampTexts, limits: Limits): string {
  const words = publicWordsOf(language);
  const { product, producer } = view.answer;
  const context: SectionContext = { view, language, words, texts, limits };
  const { shows } = VERDICT_LOOK[stampLook(view)];
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
  }${rated && certificatesSection(context)}${!bare && journeySection(context)}${
    rated && storySection(context)
  }${!bare && detailsSection(context)}${
    shortened && html`<p><a class="ln" href="${recordPath(texts, language)}">${words.details.full}</a></p>`
  }${reportSection(context)}${codeSection(context)}</div>`;
  return publicPage({
    language,
    title: `${verdictHeading(view, words)} · ${name} · ${words.brand}`,
    body,
    footer: words.footer.scan,
    preview: { title: words.preview(name), origin: view.page.origin },
    script: LISTEN_SCRIPT,
    scriptWords: words.listen,
    ...(view.page.pin && { form: 'box' as const }),
  });
}

function productHead(view: PublicView, language: Language, words: PublicWords, named: boolean, rated: boolean): Html {
  const { product, producer } = view.answer;
  const lang = vietnameseOn(language);
  const unit = recordedText({ language, words }, product?.unit ?? null, product?.unitEn ?? null, capitalised);
  const english = !named && language !== 'vi' && product?.nameEn != null && html`<p>${product.nameEn}</p>`;
  const picture =
    product === null || named
      ? drawingOf('pack')
      : view.page.photo === null
        ? productDrawing(product.group, view.page.productSet)
        : photoLink(view.page.photo, words.details.photo(product.name), GOODS_PHOTO);
  const name = product === null || named ? producer.name : product.name;
  return html`<div class="p"><div><h2 class="n"${lang}>${name}</h2>${english}${
    named ? html`<p class="m">${words.producer.receiver}</p>` : unit !== null && html`<p class="m">${unit}</p>`
  }${rated && rating(view, words)}</div>${picture}</div>`;
}

function rating({ answer }: PublicView, words: PublicWords): Html | null {
  const own = words.rating;
  if (answer.rating === null) return null;
  const { stars: count, state, expiresOn, inForceOnPacking } = answer.rating;
  const day = expiresOn === null ? '' : dayText(expiresOn);
  const onPacking = own.onPacking[inForceOnPacking === null ? 'unknown' : inForceOnPacking ? 'yes' : 'no'];
  if (state === 'expired' || state === 'revoked') {
    const [title, why] = state === 'revoked' ? [own.wasRevoked(count), own.revoked] : [own.was(count), own.lapsed(day)];
    return html`<p class="s">${title}</p><p class="m">${why + onPacking}</p>`;
  }
  const note = expiresOn === null ? '' : state === 'extended' ? own.extended(day) : own.until(day);
  return html`<p class="s">${stars(count)}<span>${own.stars(count)}</span></p><p class="m">${note}</p>`;
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
