// A recorded text on a page: in the page's language where the record has it, else in Vietnamese, which a screen reader
// is told and a reader is told too.

import type { Language } from '../../domain/language.ts';
import type { ShownPhoto } from '../../scan/shown-record.ts';
import { html, raw, type Html } from '../html.ts';
import type { PublicWords } from '../words/words.ts';

/** The attribute of an element whose text is Vietnamese on a page of another language. */
export function vietnameseOn(language: Language): Html | null {
  return language === 'vi' ? null : raw(' lang="vi"');
}

/** @param cut shortens a text; left out: it is whole */
export function recordedText(
  { language, words }: { language: Language; words: PublicWords },
  vi: string | null,
  en: string | null,
  cut: (text: string) => string = (text) => text,
): Html | null {
  if (vi === null && (en === null || language === 'vi')) return null;
  if (language === 'vi') return html`${cut(vi ?? '')}`;
  if (en !== null) return html`${cut(en)}`;
  return html`<span lang="vi">${cut(vi ?? '')}</span> <i>${words.details.onlyVietnamese}</i>`;
}

/** @param size in points on the page; the picture that is loaded follows from it and from the screen */
export function photoLink(photo: ShownPhoto, alt: string, size: { px: number; sizes: string; lazy: boolean }): Html {
  const { large, small, middle } = photo;
  const square = html`width="${size.px}" height="${size.px}" alt="${alt}"${size.lazy && raw(' loading="lazy"')}`;
  const image =
    small === null || middle === null
      ? html`<img src="${large}" ${square}>`
      : html`<img src="${middle}" srcset="${small} 112w,${middle} 336w,${large} 1000w" sizes="${size.sizes}" ${square}>`;
  return html`<a href="${large}">${image}</a>`;
}
