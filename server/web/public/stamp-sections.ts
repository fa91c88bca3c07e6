// The sections of a stamp's page below its head. A section without content is left out. Nothing is decided here: the
// view holds finished values. `limits` shorten long sections, so that the page stays within its 12 KB; the full record
// shortens nothing.

import type { Language } from '../../domain/language.ts';
import { differingPlace, provinceToday, samePlace, type Address } from '../../domain/places.ts';
import { html, raw, type Html, type Inset } from '../html.ts';
import type { PublicWords } from '../words/words.ts';
import { addressText, dayText, momentText, numberMark, numberText, phoneMark, shortened } from '../format.ts';
import { FLAG, lifeLine } from './marks.ts';
import { proofsOf } from './proof-section.ts';
import { photoLink, recordedText, vietnameseOn } from './recorded-text.ts';
import { recordPath, type SectionContext } from './section-context.ts';
import { isTourism } from './stamp-verdict.ts';

/** A row of a list of facts; null if the value is not known. */
function row(term: string, value: Inset, lang: Html | null = null): Html | null {
  return value === null || value === false || value === '' ? null : html`<dt>${term}</dt><dd${lang}>${value}</dd>`;
}

export function compareBox({ view, words, texts }: SectionContext): Html {
  const cells = [texts.last0, texts.last1, texts.last2, texts.last3].map((symbol) => html`<b>${raw(symbol)}</b>`);
  const { heading, host } = words.compare;
  return html`<div><h2>${heading}</h2><p class="e">${cells}</p><p class="m">${host(view.page.host)}</p></div>`;
}

export function scanLine({ texts }: SectionContext): Html {
  return html`<h2>${raw(texts.scanTitle)}</h2><p class="m">${raw(texts.scanNote)}</p>`;
}

/**
 * @param shown named: the name is already shown above, because it is the stamp's holder's and not a product's; origin:
 * whether the page is about goods
 */
export function producerSection(
  { view, language, words }: SectionContext,
  shown: { named: boolean; origin: boolean },
): Html {
  const { producer, office } = view.answer;
  const origin = shown.origin ? view.answer.origin : null;
  const own = words.producer;
  const lang = vietnameseOn(language);
  const isOnePlace = origin !== null && samePlace(origin, producer.address);
  const address = placeText(producer.address, producer.addressToday, words, isOnePlace);
  const holder = html`${producer.name}<span class="m" lang="${language}">${own.kinds[producer.kind]}</span>`;
  const emblem =
    office.emblem !== undefined && html`<img class="em" src="${office.emblem}" width="40" height="40" alt="">`;
  const rows = [
    !shown.named && row(own.name, holder, lang),
    row(isOnePlace ? own.addressAndOrigin : own.address, address, lang),
    origin !== null && !isOnePlace && row(own.origin, placeText(origin, null, words, true), lang),
    producer.phone !== null && row(own.phone, phoneMark(producer.phone)),
    row(own.website, website(producer.website)),
    row(own.office, html`${emblem}${office.name}`, lang),
    office.phone !== null && row(own.officePhone, phoneMark(office.phone)),
  ];
  const heading = isTourism(view) ? own.provider : own.heading;
  return html`<section><h2>${heading}</h2><dl>${rows}</dl></section>`;
}

/**
 * A place by its name of today, with the one that was certified beside it where they differ. Where only the certified
 * one is recorded, its province's name of today is known (domain/places.ts).
 */
function placeText(certified: Address, recordedToday: Address | null, words: PublicWords, withCountry: boolean): Html {
  const own = words.producer;
  const country = withCountry && `, ${words.country}`;
  const today = differingPlace(certified, recordedToday);
  if (today !== null)
    return html`${addressText(today)}${country}<span class="m">${own.certifiedAs(addressText(certified))}</span>`;
  const province = provinceToday(certified.province);
  const moved =
    province !== null &&
    province !== certified.province.trim() &&
    html`<span class="m">${own.todayIn(province)}</span>`;
  return html`${addressText(certified)}${country}${moved}`;
}

/** A producer's link is shown with its host, and only if it is https. */
function website(address: string | null): Inset {
  if (address === null) return null;
  const parts = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?)(\/[^\s"'<>]*)?$/i.exec(address);
  const host = parts?.[1];
  return host === undefined
    ? address
    : html`<a href="https://${host}${parts?.[2] ?? ''}" rel="noopener nofollow">${host}</a>`;
}

export function lotSection(context: SectionContext): Html | null {
  const { view, words } = context;
  const { lot } = view.answer;
  if (lot === null) return null;
  const { daysLeft, recall } = view.page;
  const own = words.lot;
  const left =
    daysLeft === null ? null : daysLeft > 0 ? own.left(daysLeft) : daysLeft === 0 ? own.lastDay : own.past(-daysLeft);
  const rows = [
    row(own.number, numberMark(lot.number)),
    lot.producedOn !== null && row(own.producedOn, dayText(lot.producedOn)),
    lot.expiresOn !== null && row(own.expiresOn, html`<b>${dayText(lot.expiresOn)}</b> <span>${left}</span>`),
    lot.correctedOn !== null && row(own.corrected, own.correctedOn(dayText(lot.correctedOn))),
    recall !== null && row(own.recalled, html`<b>${dayText(recall.on)}</b>`),
  ];
  return html`<section><h2>${own.heading}</h2><dl>${rows}</dl>${proofsOf(context, lot.proofs, 'lot')}</section>`;
}

export function certificatesSection(context: SectionContext): Html | null {
  const { view, language, words, texts, limits } = context;
  const { certificates } = view.answer;
  if (certificates.length === 0) return null;
  const own = words.certificates;
  const shown = certificates.slice(0, limits.certificates);
  const cards = shown.map((certificate, i) => {
    const more = view.page.certificates[i] ?? { stars: null, revokedOn: null, elapsed: null };
    const { state, expiresOn } = certificate;
    const over = state === 'expired' || state === 'revoked';
    const end =
      state === 'revoked' && more.revokedOn !== null
        ? own.revokedOn(dayText(more.revokedOn))
        : expiresOn === null
          ? own.endless
          : over
            ? own.ended(dayText(expiresOn))
            : own.until(dayText(expiresOn));
    const name = more.stars === null ? own.schemes[certificate.scheme] : own.ocop(more.stars);
    const head = html`<div class="q"><h3>${name}</h3><span class="g m">${own.states[state]}</span></div>`;
    const paper = html`${numberMark(certificate.number)} · ${shortened(certificate.issuer, limits.text)}`;
    const days = html`<p class="q m"><span>${dayText(certificate.issuedOn)}</span><span>${end}</span></p>`;
    return html`<div class="d${over && ' z'}">${head}<p class="m"${vietnameseOn(language)}>${paper}</p>${
      more.elapsed !== null && lifeLine(more.elapsed, over)
    }${days}${proofsOf(context, certificate.proofs, `c${i}`)}</div>`;
  });
  const left = certificates.length - shown.length + view.page.certificatesLeft;
  return html`<section><h2>${own.heading}</h2>${cards}${
    left > 0 && html`<p><a class="ln" href="${recordPath(texts, language)}">${own.more(left)}</a></p>`
  }</section>`;
}

/** A square beside a step. */
const EVENT_PHOTO = { px: 84, sizes: '84px', lazy: true };

export function journeySection(context: SectionContext): Html | null {
  const { view, language, words, texts, limits } = context;
  const lang = vietnameseOn(language);
  const { journey } = view.answer;
  if (journey.length === 0) return null;
  const own = words.journey;
  const left = Math.max(0, journey.length - limits.journey);
  // The first and last steps say most: where the goods began, and where they were last.
  const leadMax = left === 0 ? journey.length : Math.ceil(limits.journey / 2);
  const items = journey.map((event, i) => {
    if (i >= leadMax && i < leadMax + left)
      return i === leadMax
        ? html`<li><a class="ln" href="${recordPath(texts, language)}">${own.more(left)}</a></li>`
        : null;
    const moment = view.page.journey[i];
    const notes = [
      moment === undefined ? null : momentText(moment),
      event.gln === null ? null : own.site(event.gln),
      event.by === null ? null : own.by(event.by),
      event.correctedOn === undefined ? null : own.corrected(dayText(event.correctedOn)),
    ];
    const said = notes.filter((note) => note !== null).join(' · ');
    const note = event.note !== null && html`<div class="m"${lang}>${shortened(event.note, limits.text)}</div>`;
    const place = event.place !== null && html`<br><span${lang}>${event.place}</span>`;
    const photo = moment?.photo ?? null;
    const picture = photo !== null && photoLink(photo, own.photo(event.step), EVENT_PHOTO);
    const step = recordedText(context, event.step, event.stepEn);
    return html`<li><b>${step}</b>${place}<div class="m">${said}</div>${note}${picture}</li>`;
  });
  return html`<section><h2>${own.heading}</h2><ol class="j">${items}</ol></section>`;
}

export function detailsSection(context: SectionContext): Html | null {
  const { view, language, words, limits } = context;
  const { product, updatedAt } = view.answer;
  if (product === null) return null;
  const own = words.details;
  const lang = vietnameseOn(language);
  const cut = (text: string): string => shortened(text, limits.text);
  const whole = (vi: string | null, en: string | null): Html | null => recordedText(context, vi, en);
  const warnings = whole(product.warnings, product.warningsEn);
  const { allergens } = product;
  const held = allergens !== null && allergens.map((one) => own.allergenNames[one]).join(', ');
  const rows = [
    row(own.warnings, warnings !== null && html`<b>${warnings}</b>`),
    row(own.ingredients, whole(product.ingredients, product.ingredientsEn)),
    row(own.allergens, allergens !== null && html`<b>${held === '' ? own.noAllergens : held}</b>`),
    row(own.storage, whole(product.storage, product.storageEn)),
    row(own.usage, recordedText(context, product.usage, product.usageEn, cut)),
    row(own.brand, product.brand, lang),
    row(own.standards, product.standards !== null && cut(product.standards), lang),
    row(own.gtin, product.gtin),
    row(own.description, recordedText(context, product.description, product.descriptionEn, cut)),
    updatedAt !== '' && row(own.updated, momentText(view.page.updated)),
  ];
  return html`<section><h2>${own.heading}</h2><dl>${rows}</dl></section>`;
}

/** A few sentences of the producer's; more of them in the full record. */
const STORY_SYMBOLS_MAX = 400;

export function storySection(context: SectionContext): Html | null {
  const { view, language, words, texts, limits } = context;
  const { story, storyEn } = view.answer.producer;
  const max = Math.min(limits.text, limits.text === Infinity && limits.isRecord ? Infinity : STORY_SYMBOLS_MAX);
  const text = recordedText(context, story, storyEn, (whole) => shortened(whole, max));
  if (text === null) return null;
  const isCut = ((language === 'vi' ? story : (storyEn ?? story)) ?? '').length > max;
  const more = isCut && html`<p><a class="ln" href="${recordPath(texts, language)}">${words.story.more}</a></p>`;
  return html`<section><h2>${words.story.heading}</h2><p class="pl">${text}</p>${more}</section>`;
}

export function pinSection({ view, language, words, texts }: SectionContext): Html | null {
  if (!view.page.pin) return null;
  return html`<section><h2>${words.pin.heading}</h2>${raw(texts.pinUsed)}${pinForm(texts.plain, language, words)}</section>`;
}

/** @param plain code symbols */
function pinForm(plain: string, language: Language, words: PublicWords): Html {
  const { label, button } = words.pin;
  const kind = html`class="tc" id="pin" name="pin" inputmode="numeric" autocomplete="off" maxlength="12"`;
  const box = html`<label for="pin">${label}</label><input ${kind} required><button class="k">${button}</button>`;
  return html`<form method="post" action="/t/${raw(plain)}/pin?lang=${language}">${box}</form>`;
}

export function reportSection({ language, words, texts }: SectionContext): Html {
  const { heading, text, button } = words.report;
  const link = html`<a class="k" href="/t/${raw(texts.plain)}/complaint?lang=${language}">${FLAG}${button}</a>`;
  return html`<section class="w3"><h2>${heading}</h2><p class="m">${text}</p>${link}</section>`;
}

export function codeSection({ view, language, words, texts }: SectionContext): Html {
  const serial = raw(texts.serial);
  const line = view.page.active
    ? words.code.serial(serial, numberText(view.page.quantity, language))
    : words.code.serialOnly(serial);
  const code = html`<code>${raw(texts.head)}<u>${raw(texts.lastFour)}</u></code>`;
  const unprinted = view.page.unprinted && html`<p class="m">${words.code.unprinted}</p>`;
  return html`<section><h2>${words.code.heading}</h2>${code}<p class="m">${line}</p>${unprinted}</section>`;
}
