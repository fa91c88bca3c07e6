// The table of rights (CONTRACT §5): producers, products, papers, allowances and lots.

import { allowance, change, fresh, make, nextNumber, photo, PLACE, read, versionOf, type Row } from './rights-desk.ts';

/** Rows of the registry, lots and allowances. */
export const REGISTRY_ROWS: readonly Row[] = [
  {
    what: 'producers, products, lots, certificates, evaluations, recalls: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      producer: read(({ producerId }) => `/producers/${producerId}`),
      product: read(({ productId }) => `/products/${productId}`),
      lot: read(({ activeLotId }) => `/lots/${activeLotId}`),
      certificate: read(({ certificateId }) => `/certificates/${certificateId}`),
      evaluation: read(({ evaluationId }) => `/evaluations/${evaluationId}`),
      recall: read(({ recallId }) => `/recalls/${recallId}`),
    },
  },
  {
    what: 'producers: story, photos, contact · products: description, photos, ingredients, storage',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      story: change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ story: fresh() }),
      ),
      contact: change(
        'producers',
        ({ producerId }) => producerId,
        () => ({
          phone: `0218 000 ${1_000 + nextNumber()}`,
          phonePublic: true,
          email: 'a@htx.example',
          website: 'https://htx.example',
        }),
      ),
      words: change(
        'products',
        ({ productId }) => productId,
        () => ({ description: fresh(), ingredients: fresh(), storage: fresh() }),
      ),
      photo: async (client, { productId }) =>
        client.put(`/products/${productId}/photo`, await versionOf('products', productId), photo, {
          'Content-Type': 'image/png',
        }),
    },
  },
  {
    what: 'producers: make',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      producer: make(
        () => '/producers',
        ({ officeId }) => ({ officeId, name: fresh(), kind: 'group', address: PLACE }),
      ),
    },
  },
  {
    what: 'products: make · all else of producers and products · evaluations, certificates',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      product: make(
        () => '/products',
        ({ producerId }) => ({ producerId, name: fresh(), group: 'food', productSet: 1 }),
      ),
      'producer’s name': change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ name: fresh() }),
      ),
      'name with a story': change(
        'producers',
        ({ producerId }) => producerId,
        () => ({ name: fresh(), story: fresh() }),
      ),
      'product’s name': change(
        'products',
        ({ productId }) => productId,
        () => ({ name: fresh() }),
      ),
      'product’s warnings with a description': change(
        'products',
        ({ productId }) => productId,
        () => ({ warnings: fresh(), description: fresh() }),
      ),
      evaluation: make(
        () => '/evaluations',
        ({ productId }) => ({ productId, round: fresh(), heldOn: '2026-06-01', score: 71, minimumStars: 4 }),
      ),
      'evaluation corrected': change(
        'evaluations',
        ({ evaluationId }) => evaluationId,
        () => ({ decision: fresh() }),
      ),
      'certificate of a product': make(
        () => '/certificates',
        ({ productId }) => ({
          productId,
          scheme: 'vietgap',
          number: fresh(),
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ),
      'certificate of a producer': make(
        () => '/certificates',
        ({ producerId }) => ({
          producerId,
          scheme: 'organic',
          number: fresh(),
          issuer: 'Tổ chức',
          issuedOn: '2026-01-01',
        }),
      ),
      'certificate corrected': change(
        'certificates',
        ({ certificateId }) => certificateId,
        () => ({ issuer: fresh() }),
      ),
    },
  },
  {
    what: 'allowances: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: { allowance: read(({ shortProductId }) => `/products/${shortProductId}/allowances/2026`) },
  },
  {
    what: 'ledger',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: { ledger: read(({ producerId }) => `/producers/${producerId}/ledger`) },
  },
  { what: 'allowances: set', producer: 'no', inspector: 'no', office: 'yes', tries: { allowance } },
  {
    what: 'lots: make; change before first activation; events',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      lot: make(
        () => '/lots',
        ({ productId }) => ({ productId, number: fresh() }),
      ),
      number: change(
        'lots',
        ({ freeLotId }) => freeLotId,
        () => ({ number: fresh(), note: fresh() }),
      ),
      event: make(
        ({ activeLotId }) => `/lots/${activeLotId}/events`,
        () => ({ at: '2026-11-02T08:00:00Z', step: fresh() }),
      ),
    },
  },
  {
    what: 'lots: change after first activation',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      number: change(
        'lots',
        ({ activeLotId }) => activeLotId,
        () => ({ number: fresh() }),
      ),
    },
  },
];
