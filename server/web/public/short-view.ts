// A view with its recorded texts shortened: for a record so long that shorter sections alone do not bring its page
// below 12 KB. Names and places are cut; what protects people is not: ingredients, warnings, storage, and why and how
// goods are recalled. The full record cuts nothing.

import type { Address } from '../../domain/places.ts';
import type { PublicView } from '../../scan/public-view.ts';
import { shortened } from '../format.ts';

/** The texts that are never cut. */
export function protectingTexts({ answer: { product, recall } }: PublicView): string[] {
  const texts = [product?.warnings, product?.ingredients, product?.storage, recall?.reason, recall?.advice];
  return texts.filter((text) => typeof text === 'string');
}

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
              description: cutOrNull(product.description),
              unit: cutOrNull(product.unit),
              standards: cutOrNull(product.standards),
            },
      producer: {
        ...producer,
        name: cut(producer.name),
        address: cutPlace(producer.address),
        addressToday: producer.addressToday === null ? null : cutPlace(producer.addressToday),
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
        place: cutOrNull(event.place),
        by: cutOrNull(event.by),
        note: cutOrNull(event.note),
      })),
    },
  };
}
