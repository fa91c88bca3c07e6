// The table of rights (CONTRACT §5): stamps, recalls, findings, people, printers and the programme.

import {
  api,
  change,
  decision,
  fresh,
  make,
  nextNumber,
  QUANTITY,
  read,
  withdrawal,
  WORDS,
  type Row,
} from './rights-desk.ts';

/** Rows of what is issued, sold and run. */
export const STAMP_ROWS: readonly Row[] = [
  {
    what: 'batches for a lot within the allowance, activate, void, print, codes.csv without PINs',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      issue: make(
        () => '/batches',
        ({ activeLotId }) => ({ lotId: activeLotId, quantity: 10, acknowledge: ['recalled'] }),
      ),
      activate: make(
        ({ batchId }) => `/batches/${batchId}/activate`,
        () => ({ from: 1, to: 10 }),
      ),
      deactivate: make(
        ({ batchId }) => `/batches/${batchId}/deactivate`,
        () => ({ from: QUANTITY, to: QUANTITY }),
      ),
      void: make(
        ({ batchId }) => `/batches/${batchId}/voids`,
        () => {
          const serial = 1_000 + nextNumber();
          return { from: serial, to: serial, reason: 'spoiled' };
        },
      ),
      note: change(
        'batches',
        ({ batchId }) => batchId,
        () => ({ note: fresh() }),
      ),
      sheet: read(({ batchId }) => `/batches/${batchId}/sheet.pdf?template=a4-65&from=1&to=2`),
      labels: read(({ batchId }) => `/batches/${batchId}/labels.zpl?template=roll-50x30&from=3&to=4`),
      'print job': make(
        () => '/print-jobs',
        ({ batchId }) => ({ batchId, template: 'a4-65', from: 5, to: 6 }),
      ),
      'print job read': read(({ printJobId }) => `/print-jobs/${printJobId}`),
      'print job cancelled': async (client, { batchId }) => {
        const job = await api.as('admin').post('/print-jobs', { batchId, template: 'a4-65', from: 7, to: 8 });
        return client.post(`/print-jobs/${String(job.body['id'])}/cancel`, {});
      },
      codes: read(({ batchId }) => `/batches/${batchId}/codes.csv?from=1&to=2`),
    },
  },
  {
    what: 'batches, stamps, scans, stats: read',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      batch: read(({ batchId }) => `/batches/${batchId}`),
      stamp: read(({ batchId }) => `/batches/${batchId}/stamps/1`),
      scans: read(({ batchId }) => `/batches/${batchId}/scans`),
      'scans.csv': read(({ batchId }) => `/batches/${batchId}/scans.csv`),
      stats: read(({ batchId }) => `/batches/${batchId}/stats?by=day`),
      'stats of all': read(({ batchId }) => `/stats?by=day&batchId=${batchId}`),
    },
  },
  {
    what: 'batches beyond the allowance',
    producer: 'ask',
    inspector: 'no',
    office: 'yes',
    tries: {
      issue: make(
        () => '/batches',
        ({ shortProductId }) => ({
          productId: shortProductId,
          lot: 'SHORT',
          producedOn: null,
          expiresOn: null,
          quantity: 10,
        }),
      ),
    },
  },
  {
    what: 'blank batches, plaques, displays, codes.csv with PINs',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      blank: make(
        () => '/batches',
        ({ producerId }) => ({ producerId, quantity: 10 }),
      ),
      plaque: make(
        () => '/batches',
        ({ productId }) => ({ productId, plaque: true, quantity: 10 }),
      ),
      display: make(
        ({ batchId }) => `/batches/${batchId}/displays`,
        () => ({ from: 1, to: 1 }),
      ),
      pins: read(({ batchId }) => `/batches/${batchId}/codes.csv?from=1&to=2&pins=true`),
    },
  },
  {
    what: 'recall own lot',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      lot: make(
        () => '/recalls',
        ({ activeLotId }) => ({ lotId: activeLotId, ...WORDS }),
      ),
    },
  },
  {
    what: 'recall anything, withdraw',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      product: make(
        () => '/recalls',
        ({ productId }) => ({ productId, ...WORDS }),
      ),
      range: make(
        () => '/recalls',
        ({ batchId }) => ({ batchId, from: 1, to: 2, ...WORDS }),
      ),
      withdraw: withdrawal,
    },
  },
  {
    what: 'inspections: read · complaints: read those on own',
    producer: 'own',
    inspector: 'yes',
    office: 'yes',
    tries: {
      inspection: read(({ inspectionId }) => `/inspections/${inspectionId}`),
      complaint: read(({ complaintId }) => `/complaints/${complaintId}`),
    },
  },
  {
    what: 'inspections: make · complaints: handle',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: {
      inspection: make(
        () => '/inspections',
        ({ code }) => ({ code, finding: 'in-order' }),
      ),
      complaint: change(
        'complaints',
        ({ complaintId }) => complaintId,
        () => ({ note: fresh() }),
      ),
    },
  },
  {
    what: 'rounds: read, make',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: {
      round: read(({ roundId }) => `/rounds/${roundId}`),
      items: read(({ roundId }) => `/rounds/${roundId}/items`),
    },
  },
  {
    what: 'rounds: plan',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      plan: make(
        () => '/rounds',
        ({ officeId, inspectorId }) => ({ officeId, inspectors: [inspectorId], plannedOn: '2026-11-25' }),
      ),
      change: change(
        'rounds',
        ({ roundId }) => roundId,
        () => ({ task: fresh() }),
      ),
    },
  },
  {
    what: 'offline packs: take',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: { pack: read(({ producerId }) => `/packs?producers=${producerId}`) },
  },
  {
    what: 'reports of foreign stamps: read, handle',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: {
      read: read(({ stampReportId }) => `/stamp-reports/${stampReportId}`),
      handle: change(
        'stampReports',
        ({ stampReportId }) => stampReportId,
        () => ({ note: fresh() }),
      ),
    },
  },
  {
    what: 'what waits for the office: decide',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: { approve: decision('approve'), decline: decision('decline') },
  },
  {
    what: 'users and keys of the office',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      user: make(
        () => '/users',
        ({ producerId }) => ({
          role: 'producer',
          producerId,
          login: fresh().toLowerCase(),
          name: 'Lan',
          password: 'mật khẩu rất dài 1',
        }),
      ),
      key: make(
        () => '/keys',
        ({ producerId }) => ({ role: 'producer', producerId, name: fresh() }),
      ),
    },
  },
  {
    what: 'printers',
    producer: 'own',
    inspector: 'no',
    office: 'yes',
    tries: {
      printer: read(({ producerId }) => `/printers/${producerId}.laser`),
      'measured anew': async (client, { producerId }) => {
        const kept = await api.store.printers.get(`${producerId}.laser`);
        return client.put(`/printers/${producerId}.laser`, kept?.version ?? null, { name: fresh() });
      },
    },
  },
  {
    what: 'own templates',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      'measured with a ruler': (client, { officeId }) =>
        client.put(
          `/templates/t-${fresh()
            .toLowerCase()
            .replaceAll(/[^a-z0-9]/g, '')}`,
          null,
          {
            name: fresh(),
            columns: 4,
            rows: 12,
            left: 9.8,
            top: 13,
            pitchX: 48.2,
            pitchY: 22.7,
            labelWidth: 45.7,
            labelHeight: 21.2,
            officeId,
          },
        ),
    },
  },
  {
    what: 'own office: read',
    producer: 'yes',
    inspector: 'yes',
    office: 'yes',
    tries: { office: read(({ officeId }) => `/offices/${officeId}`) },
  },
  {
    what: 'offices: make, change',
    producer: 'no',
    inspector: 'no',
    office: 'no',
    tries: {
      make: make(
        () => '/offices',
        () => ({ name: fresh(), province: 'Phú Thọ' }),
      ),
      change: change(
        'offices',
        ({ officeId }) => officeId,
        () => ({ phone: `0218 000 ${1_000 + nextNumber()}` }),
      ),
    },
  },
  {
    what: 'programme report: read',
    producer: 'no',
    inspector: 'yes',
    office: 'yes',
    tries: { report: read(({ officeId }) => `/programme/2026/report?officeId=${officeId}`) },
  },
  {
    what: 'plan: set',
    producer: 'no',
    inspector: 'no',
    office: 'yes',
    tries: {
      plan: async (client, { officeId }) => {
        const kept = await api.store.plans.findBy('officeYear', [officeId, 2027]);
        return client.put(`/programme/2027/plan?officeId=${officeId}`, kept?.version ?? null, {
          targets: { 'products-rated': nextNumber() },
        });
      },
    },
  },
];
