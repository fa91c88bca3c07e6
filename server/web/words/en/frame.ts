import type { ProblemCode } from '../../../domain/problem.ts';
import type { NavKey } from '../../console/navigation.ts';
import type { FrameWords, ProblemWords } from '../vi/frame.ts';

const problems: Readonly<Record<ProblemCode, ProblemWords>> = {
  'not-signed-in': { title: 'Your session has ended', todo: 'Please sign in again.' },
  'not-allowed': {
    title: 'You may not open this page',
    todo: 'It is for another role. If you need it, ask your OCOP office.',
  },
  'not-found': {
    title: 'There is no such page',
    todo: 'Its address may have changed, or you may not see it. Please pick an entry of the contents.',
  },
  invalid: { title: 'Some fields need a change', todo: 'Please see the fields with a red note, then send again.' },
  'absent-reference': { title: 'What was chosen is no longer there', todo: 'Please choose again and send.' },
  'version-missing': { title: 'This form is old', todo: 'Please open the page again and fill it in again.' },
  'version-conflict': {
    title: 'Somebody has just changed this',
    todo: 'What you typed is still below. Please check it and send once more.',
  },
  'request-under-way': {
    title: 'This form is being worked on',
    todo: 'Please wait some seconds and open the page again to see the result.',
  },
  'request-key-reused': { title: 'This form was sent already', todo: 'Please open the page again to see the result.' },
  taken: { title: 'Another record already uses this value', todo: 'Please see the field with a red note.' },
  'lot-differs': {
    title: 'This lot exists with other dates',
    todo: 'Please use the dates on record, or another lot number.',
  },
  'lot-active': { title: 'Stamps of this lot are active', todo: 'This change needs the office’s approval.' },
  'lot-fixed': {
    title: 'This lot can no longer change',
    todo: 'Its number and dates stand in the printed QR codes. Please make a new lot.',
  },
  'lot-printed': {
    title: 'Stamps of this lot are printed with its product',
    todo: 'The product of a lot changes only after its printed stamps are cancelled. Cancel them, or make another lot.',
  },
  'beyond-allowance': {
    title: 'More stamps than the year’s allowance',
    todo: 'Please take fewer stamps, or send it for the office to approve.',
  },
  overlap: {
    title: 'Part of the range belongs to another lot',
    todo: 'Please see which serials overlap and choose another range.',
  },
  'event-seen': {
    title: 'A buyer may have read this step',
    todo: 'It can no longer be removed or hidden. Set it right; the stamp’s page says when it was corrected.',
  },
  'scanned-since': { title: 'A stamp was scanned already', todo: 'Once scanned, an activation cannot be undone.' },
  'void-serials': {
    title: 'The range holds cancelled stamps',
    todo: 'Please choose a range without cancelled stamps.',
  },
  'too-many-intervals': { title: 'This batch is split into too many parts', todo: 'Please use another batch.' },
  'plaque-has-no-lot': { title: 'A plaque has no lot', todo: 'A plaque is always active and needs no activation.' },
  'blank-has-no-lot': { title: 'Blank stamps have no lot yet', todo: 'Please choose the lot when you activate them.' },
  'no-lot': { title: 'No lot was chosen', todo: 'Please choose the lot that the stamps are for.' },
  'gtin-not-authorised': {
    title: 'The GTIN has no authorisation',
    todo: 'Please record the authorisation to use the GTIN on the product’s page first.',
  },
  'reprint-reason-needed': {
    title: 'These stamps were printed before',
    todo: 'Please say why they are printed again.',
  },
  'certificate-lapsed': {
    title: 'The certificate has lapsed since the last print',
    todo: 'Printed again, they carry no stars. Please say why they are printed again.',
  },
  recalled: {
    title: 'This lot or product is recalled',
    todo: 'If stamps are needed all the same, please confirm that you know.',
  },
  'unusual-quantity': {
    title: 'An unusual number of stamps',
    todo: 'Please look at the number again, then confirm it.',
  },
  'lot-has-stamps': { title: 'This lot has stamps already', todo: 'Please confirm that you want more of them.' },
  'symbol-too-large': { title: 'The QR code does not fit this label', todo: 'Please choose a larger label.' },
  'text-does-not-fit': {
    title: 'The text does not fit this label',
    todo: 'Please choose a larger label or shorten the name.',
  },
  'letter-not-in-font': { title: 'A letter cannot be printed', todo: 'Please replace that letter in the name.' },
  'no-pins': { title: 'This batch has no scratch-off PINs', todo: 'Please download the list without PINs.' },
  'print-job-not-done': {
    title: 'This print job is not done',
    todo: 'Its files are offered when every stamp was read back. Please wait a little.',
  },
  'print-job-ended': { title: 'This print job has ended', todo: 'There is nothing left to stop.' },
  'no-disk-space': {
    title: 'The server has no room for these files',
    todo: 'Please print fewer stamps, or ask the operator to make room.',
  },
  'already-decided': {
    title: 'This request was answered already',
    todo: 'A colleague may just have done it. Please open the list again.',
  },
  'already-withdrawn': { title: 'This recall was withdrawn already', todo: 'There is nothing more to do.' },
  'pack-too-large': { title: 'This pack is too large', todo: 'Please choose a commune, or some producers.' },
  'round-ended': { title: 'This round has ended', todo: 'Please open another round.' },
  'round-full': { title: 'This round is full', todo: 'Please close it and open another.' },
  'second-step': {
    title: 'A code of two-step verification is needed',
    todo: 'Please type the code that your authenticator app shows.',
  },
  'device-proof': {
    title: 'This device could not be confirmed',
    todo: 'Please check the phone’s clock and try again.',
  },
  'device-shut': {
    title: 'The office has locked this device',
    todo: 'The data on the phone will be removed. Please ask the office.',
  },
  'too-many-requests': { title: 'Sent too many times', todo: 'Please wait a few minutes and try again.' },
  'quota-reached': {
    title: 'Today’s number is reached',
    todo: 'Please go on tomorrow. If your work really needs more, please tell the office.',
  },
  busy: { title: 'The server is busy with this', todo: 'Please wait a few seconds and try again.' },
  'too-large': { title: 'This file or form is too large', todo: 'Please send a smaller file.' },
  'unsupported-media': {
    title: 'This kind of file cannot be read',
    todo: 'Please send one of the kinds named beside the file field.',
  },
  'not-acceptable': { title: 'It does not exist in this form', todo: 'Please open it in a browser.' },
  'cannot-check-now': {
    title: 'The system cannot answer at the moment',
    todo: 'Nothing was changed that was not confirmed. Please try again in a few minutes.',
  },
};

const nav: Readonly<Record<NavKey, string>> = {
  today: 'Today',
  print: 'Print stamps',
  programme: 'Programme',
  certificates: 'Certificates',
  products: 'Products',
  producers: 'Producers',
  lots: 'Lots',
  batches: 'Batches',
  scans: 'Scans',
  ledger: 'Ledger',
  evaluations: 'Evaluations',
  recalls: 'Recalls',
  complaints: 'Complaints',
  inspect: 'Inspection',
  requests: 'Waiting',
  printers: 'Printers',
  templates: 'Templates',
  profile: 'Our record',
  offices: 'Offices',
  users: 'Accounts',
  import: 'Import and export',
  audit: 'Audit log',
};

export const frame = {
  skip: 'To the content',
  contents: 'Contents',
  closeContents: 'Close contents',
  signOut: 'Sign out',
  ownAccount: 'Your account',
  roles: { producer: 'producer', inspector: 'inspector', office: 'office staff', admin: 'administrator' },
  allOffices: 'All offices',
  footer: 'This page uses cookies to remember that you signed in and which language you chose, and for nothing else.',
  nav,
  problems,
  ourFault: {
    title: 'This is our fault',
    todo: 'It was written down. Please try again later; if it stays, tell your OCOP office.',
  },
  otherSite: {
    title: 'This request did not come from our own page',
    todo: 'Nothing was done. Please open the page again and start from there.',
  },
  backHome: 'To today’s page',
  badAddress: { title: 'This page’s address is not right', todo: 'Please open the page again from the menu.' },
  waiting: 'Sent to the office for approval. The change holds once it is approved.',
  list: {
    filter: 'Filter',
    clear: 'Clear all filters',
    all: 'All',
    first: 'First page',
    next: 'Next page',
    before: 'Page before',
    part: (from, to, all) => `${from}–${to} of ${all}`,
    pages: 'Pages',
    fewer: (conditions) =>
      conditions === 1 ? 'Nothing meets this condition' : `Nothing meets all ${conditions} conditions`,
    wider: 'Please drop a condition, or type less of the word.',
  },
  find: {
    label: 'Find by name or number',
    submit: 'Find',
    more: (shown) =>
      `The list above has the newest ${shown}; there are others. Type a part of the name or number to find one; ` +
      'please find it before you fill in the rest.',
    found: (shown) =>
      `The list above has the ${shown} that match what you typed. Clear it and press Find to see all again.`,
    none: 'Nothing matches what you typed. Please type less of it.',
  },
  anything: {
    label: 'Find anything',
    placeholder: 'Name, lot, stamp or decision number…',
    submit: 'Find',
    title: 'Find anything',
    typed: (text: string) => `You looked for: ${text}`,
    kinds: {
      stamps: 'Stamps',
      batches: 'Batches',
      products: 'Products',
      producers: 'Producers',
      lots: 'Lots',
      certificates: 'Certificates',
      evaluations: 'Decisions, ratings',
      complaints: 'Complaints',
      requests: 'Requests',
      users: 'People',
      offices: 'Offices',
    },
    stamp: (batchId: string, serial: string) => `Stamp ${serial} of batch ${batchId}`,
    more: (shown: string) => `These are the ${shown} nearest. Type more to see fewer and better ones.`,
    slipTitle: 'Nothing matches letter by letter',
    slipText: 'The ones below differ by one letter. Only the code of a stamp is never guessed.',
    noneTitle: 'Nothing was found',
    noneText:
      'Please type less, or a part of a name or number. Accents are not needed. The code of a stamp needs all ' +
      '18 symbols, or type the batch and the serial of the stamp.',
    noneShort: 'Nothing yet',
  },
  form: {
    heldTitle: 'What you typed is still here',
    heldText: 'Your session had ended before the form was sent. Please check it and press the button again.',
    nowOnRecord: (value) => (value === '' ? 'Now on record: nothing.' : `Now on record: ${value}`),
    optional: '(if any)',
    none: 'None',
    choose: 'Please choose',
    save: 'Save',
    cancel: 'Cancel',
    yes: 'Yes',
    no: 'No',
    faultsTitle: 'Please check',
    required: 'Please fill this in.',
    tooLong: 'This is too long. Please shorten it.',
    wrong: 'This does not read as expected. Please check it.',
    notANumber: 'Please give a number.',
    outOfRange: 'This number lies outside the allowed range.',
    notADay: 'Please give a day that exists, like 24/11/2026.',
    taken: 'This value is already in use.',
    takenAs: (named) => `It is recorded already, written ${named}.`,
    ambiguous: (named) => `This may mean ${named}. Please write it exactly as it is recorded.`,
    absent: 'This was not found. Please choose again.',
    easyPassword:
      'This password is easy to guess, or leaked elsewhere. Choose another, such as four words that have nothing to do with each other.',
    control: 'It holds a hidden character. Please type it again.',
  },
  job: { of: (done, total) => `${done} / ${total}`, mayClose: 'You may close this page. The work goes on.' },
  chartTable: 'See the figures',
} satisfies FrameWords;
