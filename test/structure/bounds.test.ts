// No limited list is taken for a whole one. Every `limit:` and every `.slice(0, NAME)` behind what people see is listed
// here with the way to what lies beyond it, so a new one fails until somebody has decided on that way.

import { expect, test } from '@jest/globals';
import { boundsIn, boundsOf } from './bounds-found.ts';

/** How to reach what is beyond the limit, or why there is nothing. */
type Rest =
  /** A loop or a pager continues to the end. */
  | 'paged'
  /** The page says how many there are, or that there are more, and links to them. */
  | 'says more'
  /** At most one is wanted: any, or to know whether there are several. */
  | 'one'
  /** If there is more, the action refuses or the work fails. */
  | 'errs'
  /** Characters of a text or bytes of a body: not a list of records. */
  | 'text'
  /** The newest records contain what the older ones said. */
  | 'newest'
  /** A drawing of the first ones; the table below it has all. */
  | 'drawing';

const BOUNDS: Readonly<Record<string, Rest>> = {
  'actions/audit/accept-gap.ts limit: ROWS': 'paged',
  'actions/audit/list-audit.ts limit: query.limit': 'paged',
  'actions/home/find-anything.ts slice: BATCH_ID_SYMBOLS': 'text',
  'actions/home/find-anything.ts slice: EACH_SHOWN': 'says more',
  'actions/home/find-anything.ts slice: TYPED_MAX': 'text',
  'actions/home/read-guesses.ts limit: PAGE_LIMIT_MAX': 'paged',
  'actions/home/read-today.ts limit: PAGE_LIMIT_MAX': 'one',
  'actions/home/read-today.ts slice: EACH_MAX * 2': 'says more',
  'actions/home/read-today.ts slice: EACH_MAX': 'says more',
  'actions/import/export-registry.ts limit: PAGE_SIZE': 'paged',
  'actions/import/export-registry.ts slice: left': 'says more',
  'actions/import/find-table.ts slice: PICTURE_COLUMNS': 'drawing',
  'actions/import/find-table.ts slice: PICTURE_ROWS': 'drawing',
  'actions/import/find-table.ts slice: PICTURE_SYMBOLS': 'text',
  'actions/import/find-table.ts slice: SHEETS_MAX': 'drawing',
  'actions/import/find-table.ts slice: WORDS_SHOWN': 'text',
  'actions/import/import-rows.ts slice: VALUE_SYMBOLS_MAX': 'text',
  'actions/import/office-answers.ts limit: IMPORTS_REMEMBERED': 'newest',
  'actions/import/place-import.ts limit: IMPORTS_LOOKED_AT': 'newest',
  'actions/import/read-title.ts slice: TITLE_SYMBOLS_MAX': 'text',
  'actions/import/undo-import.ts limit: 1': 'one',
  'actions/import/undo-import.ts limit: 200': 'paged',
  'actions/import/value-words.ts slice: WORDS_READ': 'text',
  'actions/kit/every-of.ts limit: PAGE_SIZE': 'paged',
  'actions/kit/fields.ts limit: queryNumber(1, 200)…': 'paged',
  'actions/kit/office-facts.ts limit: PAGE_SIZE': 'paged',
  'actions/kit/office-of.ts limit: 2': 'one',
  'actions/kit/walk-list.ts limit: STEP': 'paged',
  'actions/kit/written-alike.ts slice: NAMED_MAX': 'says more',
  'actions/lots/lot-paper.ts slice: NAMED_BATCHES_MAX': 'says more',
  'actions/lots/read.ts limit: PAGE_LIMIT_MAX': 'paged',
  'actions/lots/read.ts limit: limit - items.length': 'paged',
  'actions/market/case-evidence.ts limit: PAGE_SIZE': 'paged',
  'actions/market/case-evidence.ts slice: OTHERS_MAX': 'says more',
  'actions/market/report-alarms.ts limit: PAGE_SIZE': 'paged',
  'actions/market/report-alarms.ts slice: SOURCES_MAX': 'says more',
  'actions/market/count-alarms.ts slice: BATCHES_MAX': 'says more',
  'actions/market/find-cases.ts limit: PAGE_SIZE': 'paged',
  'actions/market/read-stamp-reports.ts limit: limit + 1': 'says more',
  'actions/market/read-stamp-reports.ts slice: limit': 'says more',
  'actions/people/accept-invitation.ts limit: 1': 'one',
  'actions/people/check-password.ts slice: PASSWORD_MAX + 1': 'text',
  'actions/people/invite.ts limit: 1': 'one',
  'actions/people/known-device.ts slice: DEVICE_MARKS_MAX': 'text',
  'actions/people/sign-in.ts slice: LOGIN_MAX': 'text',
  'actions/people/sign-in.ts slice: TICKET_MAX': 'text',
  'actions/print/check-reprint.ts slice: NAMED_INTERVALS_MAX': 'says more',
  'actions/print/last-print.ts limit: BATCHES_A_PAGE': 'paged',
  'actions/print/make-print-job.ts limit: OPEN_JOBS_MAX': 'errs',
  'actions/print/open-part-file.ts slice: NAMED_INTERVALS_MAX': 'says more',
  'actions/print/read.ts slice: limit': 'paged',
  'actions/programme/read-lapsing.ts slice: rowsMax': 'says more',
  'actions/recalls/preview-recall.ts limit: 200': 'says more',
  'actions/recalls/search-recallable.ts limit: FOUND_MAX': 'says more',
  'actions/recalls/search-recallable.ts slice: FOUND_MAX': 'says more',
  'actions/registry/find.ts limit: 200': 'says more',
  'actions/registry/set-product-photo.ts limit: 1': 'one',
  'actions/scans/read.ts limit: PAGE_LIMIT': 'paged',
  'actions/scans/scan-overview.ts slice: rowsMax': 'says more',
  'actions/scans/scan-stats.ts limit: PAGE_SIZE': 'errs',
  'actions/scans/stamp-facts-for.ts limit: SCANS_READ_MAX': 'says more',
  'actions/uploads/csv.ts slice: CELLS_KEPT': 'errs',
  'actions/uploads/csv.ts slice: SAMPLE_SYMBOLS': 'text',
  'actions/uploads/workbook.ts slice: LETTERS_MAX': 'text',
  'jobs/file-sweep.ts limit: RECORDS_AT_ONCE': 'paged',
  'scan/contact.ts limit: 2': 'one',
  'scan/load-batch.ts limit: PAGE_LIMIT': 'errs',
  'scan/negotiate.ts slice: HEADER_SYMBOLS_MAX': 'text',
  'scan/not-counted.ts slice: AGENT_SYMBOLS_MAX': 'text',
  'scan/not-counted.ts slice: PURPOSE_SYMBOLS_MAX': 'text',
  'scan/place.ts slice: HEADER_SYMBOLS_MAX': 'text',
  'scan/public-view.ts slice: CERTIFICATES_MAX': 'says more',
  'scan/visitor.ts slice: AGENT_SYMBOLS_MAX': 'text',
  'scan/visitor.ts slice: PIN_GROUPS': 'text',
  'scan/visitor.ts slice: NETWORK_SYMBOLS': 'text',
  'scan/visitor.ts slice: PIN_SYMBOLS': 'text',
  'web/console/audit/audit-page.ts limit: LINES_AT_ONCE': 'paged',
  'web/console/audit/audit-page.ts slice: TEXT_MAX': 'text',
  'web/console/audit/audit-text.ts slice: PARTS_SHOWN': 'says more',
  'web/console/audit/history-part.ts limit: LINES_AT_ONCE': 'paged',
  'web/console/audit/history-part.ts slice: LINES_SHOWN': 'says more',
  'web/console/help/help-page.ts limit: 2': 'one',
  'web/console/list-page.ts limit: GATHERED_AT_ONCE': 'paged',
  'web/console/list-page.ts limit: PAGE_ROWS': 'paged',
  'web/console/list-page.ts slice: ROWS_IN_ORDER_MAX': 'says more',
  'web/api/router.ts limit: JSON_BODY_MAX_BYTES': 'text',
  'web/api/router.ts limit: UPLOAD_MAX_BYTES': 'text',
  'web/console/home/inspector-home.ts limit: FINDINGS_SHOWN': 'says more',
  'web/console/forms/merge-change.ts slice: BASE_SYMBOLS_MAX': 'text',
  'web/console/forms/merge-change.ts slice: HASH_SYMBOLS': 'text',
  'web/console/import/home.ts limit: PAGE_ROWS': 'paged',
  'web/console/import/work.ts limit: ROWS_SHOWN': 'paged',
  'web/console/import/match-page.ts slice: SAMPLE_ROWS': 'says more',
  'web/console/market/case-page.ts limit: SCANS_SHOWN': 'paged',
  'web/console/market/findings-page.ts limit: PAGE_ROWS': 'paged',
  'web/console/people/keys-page.ts limit: PAGE_ROWS': 'paged',
  'web/console/picked.ts limit: PAGE_LIMIT_MAX': 'says more',
  'web/console/picked.ts slice: FIND_SYMBOLS_MAX': 'text',
  'web/console/print/print-form.ts limit: LIST_MAX': 'paged',
  'web/console/print/printers-page.ts slice: KEY_MAX - 3': 'text',
  'web/console/print/templates-page.ts slice: KEY_MAX': 'text',
  'web/console/programme/lapsing-page.ts slice: NARROW_MONTHS': 'drawing',
  'web/console/programme/spreadsheet.ts slice: NAME_LETTERS_MAX': 'text',
  'web/console/programme/year-list.ts limit: PAGE_ROWS': 'paged',
  'web/read-form.ts slice: NAME_BYTES_MAX': 'text',
  'web/console/read-query.ts limit: rows': 'paged',
  'web/console/recalls/preview-part.ts slice: RANGES_SHOWN': 'says more',
  'web/console/registry/difference.ts slice: TEXT_MAX': 'text',
  'web/console/registry/name-note.ts slice: NAME_MAX': 'text',
  'web/console/registry/producer-page.ts limit: PRODUCTS_SHOWN': 'says more',
  'web/console/registry/product-page.ts limit: 1': 'one',
  'web/console/scans/scans-page.ts slice: BATCHES_DRAWN': 'drawing',
  'web/console/scans/scans-page.ts slice: PROVINCES_DRAWN': 'drawing',
  'web/console/send-answer.ts limit: COUNT_MAX': 'says more',
  'web/console/search/find-page.ts slice: TYPED_MAX': 'text',
  'web/public/code-box.ts slice: TYPED_SYMBOLS_MAX': 'text',
  'web/public/forms/pin-token.ts slice: TOKEN_SYMBOLS_MAX + 1': 'text',
  'web/public/forms/pin.ts slice: TYPED_SYMBOLS_MAX': 'text',
  'web/public/forms/report.ts slice: ANSWER_KEY_SYMBOLS_MAX': 'text',
  'web/public/refusal-pages.ts slice: READ_AS_SYMBOLS_MAX': 'text',
  'web/public/router.ts limit: JSON_BYTES_MAX': 'text',
  'web/public/router.ts limit: taken(REPORTS_MAX)': 'text',
  'actions/market/rounds/item-ops.ts slice: READ_TEXT_MAX': 'text',
  'actions/pack/cartons.ts limit: 200': 'paged',
  'web/console/market/rounds-page.ts limit: PAGE_ROWS': 'paged',
  'web/app-session.ts limit: BODY_BYTES_MAX': 'text',
};

test('every bound of a list is named with the way to what is beyond it', () => {
  const found = boundsIn(['actions', 'jobs', 'scan', 'web']).map(
    ({ file, bound }) => `${file} ${bound.replace(/^(limit: queryNumber\(1, 200\)).*$/s, '$1…')}`,
  );
  expect(found.length).toBeGreaterThan(60);
  expect([...new Set(found)].toSorted()).toEqual(Object.keys(BOUNDS).toSorted());
});

test('a bound is found wherever it stands, and a type or a limit that is handed on is none', () => {
  expect(boundsOf('list({ limit: 200, after: null })')).toEqual(['limit: 200']);
  expect(boundsOf('const page = { "limit": SHOWN }; rows.slice(0, SHOWN).map((one) => one)')).toEqual([
    'limit: SHOWN',
    'slice: SHOWN',
  ]);
  expect(
    boundsOf('interface Page { limit: number } const f = ({ limit }: Page) => list({ limit, after: null });'),
  ).toEqual([]);
});
