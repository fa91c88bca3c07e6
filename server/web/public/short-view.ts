// A view with its recorded texts shortened: for a record so long that shorter sections alone do not bring its page
// below 12 KB. Names and places are cut; what protects people is not: ingredients, warnings, storage, and why and how
// goods are recalled. The full record cuts nothing.

import type { Language } from '../../domain/language.ts';
import type { Address } from '../../domain/places.ts';
import type { PublicView } from '../../scan/public-view.ts';
import { shortened } from '../format.ts';

/** The texts that are never cut, as the page in this language shows them. */
export function protectingTexts({ answer: { product, recall } }: PublicView, language: Language): string[] {
  const shown = (vi: string | null, en: string | null): string | null => (language === 'vi' ? vi : (en ?? vi));
  const own =
    product === null
      ? []
      : [
          shown(product.warnings, product.warningsEn),
          shown(product.ingredients, product.ingredientsEn),
          shown(product.storage, product.storageEn),
        ];
  return [...own, recall?.reason, recall?.advice].filter((text) => typeof text === 'string');
}

/** A story or description that is cut further says nothing, and is left to the full record. */
const PROSE_WORDS_MIN = 24;

/**
 * The same view with every other recorded text within the bound. Telephone numbers stay whole, and a link that is too
 * long to show is left out.
 *
 * @param words the most characters of names, places, numbers and steps
 */
export function shortView(view: PublicView, words: number): PublicView {
  const { product, producer, origin, office, certificates, lot, journey } = view.answer;
  const cut = (text: string): string => shortened(text, words);
  const cutOrNull = (text: string | null): string | null => (text === null ? null : cut(text));
  const prose = (text: string | null): string | null => (words < PROSE_WORDS_MIN ? null : cutOrNull(text));
  const cutPlace = ({ commune, province, detail }: Address): Address => ({
    commune: cut(commune),
    province: cut(province),
    detail: cutOrNull(detail),
  });
  return {
    ...view,
    answer: {
      ...view.answer,
      product:
        product === null
          ? null
          : {
              ...product,
              name: cut(product.name),
              brand: cutOrNull(product.brand),
              nameEn: cutOrNull(product.nameEn),
              description: prose(product.description),
              descriptionEn: prose(product.descriptionEn),
              unit: cutOrNull(product.unit),
              unitEn: cutOrNull(product.unitEn),
              usage: cutOrNull(product.usage),
              usageEn: cutOrNull(product.usageEn),
              standards: cutOrNull(product.standards),
            },
      producer: {
        ...producer,
        name: cut(producer.name),
        address: cutPlace(producer.address),
        addressToday: producer.addressToday === null ? null : cutPlace(producer.addressToday),
        story: prose(producer.story),
        storyEn: prose(producer.storyEn),
        website: producer.website === null || producer.website.length > words ? null : producer.website,
      },
      origin: origin === null ? null : cutPlace(origin),
      office: { ...office, name: cut(office.name) },
      certificates: certificates.map((certificate) => ({
        ...certificate,
        number: cut(certificate.number),
        issuer: cut(certificate.issuer),
      })),
      lot: lot === null ? null : { ...lot, number: cut(lot.number) },
      journey: journey.map((event) => ({
        ...event,
        step: cut(event.step),
        stepEn: cutOrNull(event.stepEn),
        place: cutOrNull(event.place),
        by: cutOrNull(event.by),
        note: cutOrNull(event.note),
      })),
    },
  };
}
