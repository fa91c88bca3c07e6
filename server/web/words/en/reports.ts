// English words of reports of foreign stamps, of refused forms and of a sender's page: the same keys as in Vietnamese.

import { html } from '../../html.ts';
import type { ReportsWords } from '../vi/reports.ts';

export const reports = {
  notSent: 'This was not sent',
  refused: {
    network: (minutes) =>
      `Many forms came from the network you are on, so this one was not taken. What you wrote is still below: please send it again in ${minutes} min, or call.`,
    pins: (minutes) =>
      `Many PINs came from the network you are on, so this one was not checked. Please try again in ${minutes} min, or call.`,
    source:
      'All the reports of a day about this code or address were taken. What you wrote is still below: please send it again tomorrow, or call.',
    'too-large': 'What was sent is too large. Please go back and write less, or leave out photographs.',
    unreadable: 'The form could not be read. Please go back and send it again.',
    otherSite: 'The form must be sent from our own page. Please open the page again and send it from there.',
    again: 'Open the form again',
  },

  report: {
    title: 'Report a stamp that is not ours',
    foreignHeading: 'Is it on goods for sale?',
    foreign:
      'If the stamp claims to belong to the OCOP programme, please tell the OCOP office where you saw it and on what goods.',
    offices: 'Telephones of the OCOP offices',
    intro:
      'Did you see a stamp that we did not issue? Please tell the OCOP office, who will look into it. No name needed.',
    readAs: 'Code or address on the stamp (optional)',
    readAsHint: 'The code printed on the stamp, or the web address that its QR code leads to.',
    ours: (path) =>
      html`This is the code of a stamp that we issued. Please <a href="${path}">see its page</a> and send a report there.`,
    oursFault: 'This is the code of a stamp that we issued.',
    says: 'What stands on the stamp? (optional)',
    saysHint: 'Names, stars, telephone numbers, whatever you can read.',
    goods: 'What goods carry the stamp?',
    missingGoods: 'Please say what goods carry the stamp.',
    province: 'In which province or city did you see it? (optional)',
    provinceHint: 'So that the report reaches the right office.',
    provinceBlank: 'Not chosen',
    wrongProvince: 'Please choose a province or city from the list.',
    place: 'Which market, shop or website? (optional)',
    stampPhoto: 'Photograph of the stamp (optional)',
    packPhoto: 'Photograph of the pack (optional)',
    photoHint: 'Take a new one or choose one you have, 10 MB at most.',
    photoAgain: 'Please choose the photograph again: a page cannot keep it.',
    message: 'Anything else (optional)',
    tooLong: (max) => `Please write less: ${max} characters at most.`,
    unreadable: 'It holds characters that cannot be read. Please delete them and type again.',
    send: 'Send',
    askHeading: 'To ask at once',
    ask: 'Please ask the OCOP office of the place, or the commune’s or ward’s People’s Committee. Do not ask the seller alone.',
    front: 'To the page for typing a code',
  },

  answer: {
    title: (number) => `Report ${number}`,
    received: 'Received, thank you',
    number: 'Report number',
    keep: 'Please keep the address of this page, and give it to nobody. Open it again to see how far your report has come.',
    keepGoods: 'Please keep the goods, the stamp and the receipt, and give the number when you get in touch.',
    state: 'State',
    states: { new: 'Received, to be looked into', looking: 'Being looked into', closed: 'Done' },
    sentAt: 'Sent at',
    changedAt: 'Updated at',
    about: 'You wrote',
    office: 'Looked into by',
    programme: 'The authority of the OCOP programme',
    phone: 'Telephone',
    reply: 'Reply',
    noReply: 'No reply yet.',
    photos: (count) => (count === '1' ? '1 photograph was received.' : `${count} photographs were received.`),
    addPhotos: 'Add photographs',
    add: 'Send photographs',
    photoProblems: {
      unread:
        'A photograph was not taken: the file is no JPEG, PNG or WebP picture, or it is broken. Please choose another below.',
      later:
        'Your report was taken, but not its photographs: the system is busy. Please send them again below in a few minutes.',
      full: 'The report holds all the photographs it can, or no more are taken today. Please keep them, and give the number when you get in touch.',
      none: 'Please choose at least one photograph.',
    },
    notFound: 'This report cannot be opened',
    notFoundNote:
      'A part of the address is missing or wrong. Please open the address that you kept, or call the OCOP office and give the number.',
  },

  console: {
    title: 'Foreign stamps',
    lead: 'Stamps that are not the programme’s, as buyers report them: on what goods, and where.',
    empty: 'No foreign stamp was reported yet',
    emptyText: 'Buyers send these from the page that says a stamp was not found.',
    number: 'Number',
    goods: 'On goods',
    readAs: 'Code or address',
    source: 'Same source',
    sourceFilter: (source) => `Only stamps of the same source: ${source}`,
    says: 'The stamp says',
    province: 'Province',
    place: 'Seen at',
    message: 'Anything else',
    contact: 'Contact',
    at: 'Sent at',
    state: 'State',
    batch: 'Code like our batch',
    stampPhotos: 'Photographs of the stamp',
    packPhotos: 'Photographs of the pack',
    photo: (n) => `Photograph ${n}`,
    note: 'Note',
    noteHint: 'Only the office and inspectors see it.',
    reply: 'Reply to the sender',
    replyHint: 'The sender reads it on the report’s page.',
    officeId: 'Hand to the office',
    states: { new: 'new', looking: 'being looked into', closed: 'done' },
    one: (number) => `Foreign stamp ${number}`,
    handle: 'Handle',
    save: 'Save',
    done: { saved: 'Saved.' },
    beside: 'Other reports of the same source',
    noBeside: 'There is no other report yet.',
    allBeside: 'See all',
  },
} satisfies ReportsWords;
