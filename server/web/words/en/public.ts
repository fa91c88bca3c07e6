// English words: the same keys as vi.ts, as plain and as careful.

import { allergenNames } from '../../../domain/registry/allergens.ts';
import { SITE_NAME } from '../../site-pages.ts';
import { html, type Html } from '../../html.ts';
import type { PublicWords } from '../vi/public.ts';

export const publicPage = {
  language: { code: 'en', otherCode: 'vi', otherName: 'Tiếng Việt' },
  brand: SITE_NAME,
  home: `${SITE_NAME}, to the page for typing a code`,
  country: 'Viet Nam',
  preview: (name) => `Stamp look-up: ${name}, open it to see what holds now`,
  colon: ': ',

  listen: { listen: 'Listen', stop: 'Stop' },

  footer: {
    scan: 'Only the province and time of a scan are kept. An anonymous mark, so that nobody is counted twice, is deleted within 72 hours. No cookies. A photograph of a stamp opens this page too, so always compare the last 4 characters and the goods themselves.',
    nothing: 'This page keeps nothing about you. No cookies.',
    complaint: 'Only what you write is kept. No cookies.',
  },

  verdicts: {
    valid: 'Valid stamp',
    suspect: 'Please check further',
    expired: 'Past its use-by date',
    recalled: {
      lot: 'This lot is being recalled',
      product: 'This product is being recalled',
      range: 'Goods with this stamp are being recalled',
    },
    void: 'Cancelled stamp',
    'not-activated': 'Stamp not yet activated',
    unknown: 'We could not find this stamp',
    display: 'Display stamp, not for goods',
    plaque: 'Sign stamp, not for goods',
  },

  facts: {
    valid: (goods) => html`Issued by ${SITE_NAME} for <b>${goods}</b>. Please compare it with the goods in your hand.`,
    plaque: (place) =>
      html`Issued by ${SITE_NAME} for <b>${place}</b>, to hang at its sign or counter. Please compare the name with the place you are in.`,
    display: (goods) =>
      html`This is a display stamp for <b>${goods}</b>, not for goods on sale. Goods that are sold must have a stamp of their own.`,
    suspect: {
      'found-copied': html`This stamp is in our records, but <b>the OCOP office found that it was copied</b>. The goods in your hand may not be the producer's.`,
      'far-apart': html`This stamp is in our records, but was scanned <b>in places so far apart, in so short a time, that it can hardly be one stamp</b>. It may have been copied.`,
      'strangers-after-pin': html`This stamp is in our records, but <b>its scratch-off PIN was used</b> and many others scanned it since. It may have been copied.`,
      'many-visitors': html`This stamp is in our records, but <b>an unusual number of people</b> scanned it over many days. It may have been copied.`,
    },
    expired: (day, days) =>
      html`The stamp is valid, but this lot was to be used by <b>${day}</b>, ${days} ${days === 1 ? 'day' : 'days'} ago.`,
    recalled: {
      eat: 'Please do not eat this product.',
      drink: 'Please do not drink this product.',
      use: 'Please do not use this product.',
    },
    void: (reason, day) => html`This stamp was cancelled on ${day} (reason: <b>${reason}</b>). It is no longer valid.`,
    notActivated: (producer) => html`It was handed to <b lang="vi">${producer}</b>, but not yet linked to any lot.`,
    notOurs: html`The code you scanned or typed was <b>not issued by ${SITE_NAME}</b>.`,
    malformed: html`This address <b>holds no complete stamp code</b> (a code has 18 characters).`,
  },

  voidReasons: {
    spoiled: 'spoiled in printing',
    lost: 'lost',
    stolen: 'stolen',
    surplus: 'printed in excess',
    damaged: 'damaged',
    other: 'another one',
  },

  todo: {
    heading: 'What you can do',
    meaning: 'What this means',
    suspect: ({ whom, maker }) => [
      'A copy ends in the same 4 characters, so comparing them is not enough. See whether pack, seal and scratch layer (if any) are whole.',
      ...(whom === 'maker' ? [`Call the ${maker} and ask whether this seller gets goods from them.`] : []),
      ...(whom === 'office'
        ? [`Call the OCOP office, to ask the ${maker} whether this seller gets goods from them.`]
        : []),
      'If in doubt, please do not use it yet. Keep the receipt and send a report at the end of this page.',
    ],
    expired: ({ whom }) => [
      'Look at the date printed on the pack. If it is past, please do not use the goods.',
      'Take them back to the seller, to exchange or return them.',
      `If the date on the pack differs from the one here, please ${whom === null ? 'send a report at the end of this page' : 'call and ask'}.`,
    ],
    void: ({ whom, maker }) => [
      'Please do not buy goods because of this stamp.',
      ...(whom === null
        ? []
        : [`Call the ${whom === 'maker' ? maker : 'OCOP office'} and say where you saw the stamp.`]),
      'If it is on goods for sale, please send a report at the end of this page.',
    ],
    notActivated: ({ whom, maker }) => [
      whom === null
        ? 'If it is on goods for sale, please do not buy yet, and send a report at the end of this page.'
        : 'If it is on goods for sale, please call and ask before you buy.',
      `The ${maker} may have forgotten to activate it, or the stamp went astray.`,
    ],
    display: 'If you see this stamp on goods for sale, please send us a report.',
    plaque:
      'The sign speaks of this place. Goods that are sold must have a stamp of their own; if this one is on goods, please send us a report.',
    notOurs: (host: string): (string | Html)[] => [
      'If you typed it, please compare each letter in the box below.',
      html`If you just scanned it on goods, see whether the address printed on the stamp is exactly <b>${host}</b>.`,
      'If it still is not found, the stamp may not belong to the OCOP programme. Please ask the OCOP office or the commune’s People’s Committee, not the seller alone.',
    ],
    malformed: [
      'Please compare each letter with the stamp, then look it up again in the box below.',
      'Or scan the QR code again: hold the phone about 20 cm away, in good light.',
    ],
    tell: 'Send a report',
  },

  also: {
    heading: 'Also',
    recalled: 'These goods are being recalled too.',
    void: 'This stamp was cancelled too.',
    'not-activated': 'This stamp is not activated either.',
    suspect: 'This stamp may also have been copied: compare the last 4 characters and look closely at the pack.',
    expired: 'This lot is past its use-by date too.',
    valid: '',
  },

  call: {
    cooperative: 'Call the cooperative',
    household: 'Call the maker',
    company: 'Call the company',
    group: 'Call the group',
    provider: 'Call the provider',
    office: 'Call the office',
  },

  rating: {
    stars: (stars) => `OCOP ${stars} stars`,
    was: (stars) => `Was rated ${stars} OCOP stars; lapsed`,
    wasRevoked: (stars) => `Was rated ${stars} OCOP stars; revoked`,
    until: (day) => `in force until ${day}`,
    extended: (day) => `extended until ${day}`,
    lapsed: (day) => `Lapsed after ${day}`,
    revoked: 'The certificate was revoked',
    onPacking: { yes: '; still in force when packed', no: '; not in force when packed', unknown: '' },
  },

  compare: {
    heading: 'The last 4 characters on the stamp must be',
    host: (host) =>
      html`The website’s address must read <b>${host}</b>. If either differs, this page is not about the stamp you hold.`,
  },

  scans: {
    none: 'No scan recorded yet',
    first: 'This is the first scan',
    alone: 'Nobody else was seen to scan this stamp today',
    often: (count) => `This stamp was scanned ${count} times`,
    ask: 'If you have just opened new goods, please ask the seller.',
    places: (provinces, others, from, to) =>
      `${from === to ? `On ${to}` : `From ${from} to ${to}`} the stamp was scanned ${
        provinces.length === 0
          ? 'many times'
          : `in ${provinces.join(', ')}${others === 0 ? '' : ` and ${others} more provinces`}`
      }.`,
    count: (count, one) => (one ? '1 scan' : `${count} scans`),
    firstOn: (day) => `First on ${day}`,
  },

  producer: {
    heading: 'Made by',
    provider: 'Provided by',
    receiver: 'Stamps handed to',
    maker: { goods: 'producer', tourism: 'provider' },
    name: 'Name',
    address: 'Address',
    certifiedAs: (address) => `As certified: ${address}`,
    origin: 'Origin',
    addressAndOrigin: 'Address, origin',
    todayIn: (province) => `Today in ${province}`,
    phone: 'Telephone',
    website: 'Website',
    office: 'Issued by',
    officePhone: 'Telephone of the issuer',
    kinds: {
      cooperative: 'Cooperative',
      household: 'Household or workshop',
      company: 'Company',
      group: 'Cooperative group',
    },
  },

  lot: {
    heading: 'Lot',
    number: 'Lot number',
    producedOn: 'Made on',
    expiresOn: 'Use by',
    left: (days) => `${days} ${days === 1 ? 'day' : 'days'} left`,
    lastDay: 'today is the last day',
    past: (days) => `passed ${days} ${days === 1 ? 'day' : 'days'} ago`,
    corrected: 'Corrected',
    correctedOn: (day) => `on ${day}, approved by the OCOP office`,
    recalled: 'Recalled since',
  },

  certificates: {
    heading: 'Certificates',
    schemes: {
      ocop: 'OCOP',
      vietgap: 'VietGAP',
      globalgap: 'GLOBALG.A.P.',
      organic: 'Organic',
      haccp: 'HACCP',
      iso22000: 'ISO 22000',
      'food-safety': 'Food safety',
      trademark: 'Trade mark',
      'geographical-indication': 'Geographical indication',
      other: 'Other certificate',
    },
    ocop: (stars) => `OCOP (One Commune, One Product), ${stars} stars`,
    states: { valid: 'In force', extended: 'Extended', expired: 'Lapsed', revoked: 'Revoked' },
    until: (day) => html`in force until <b>${day}</b>`,
    ended: (day) => html`lapsed after <b>${day}</b>`,
    revokedOn: (day) => html`revoked since <b>${day}</b>`,
    endless: html`no end date stated`,
    more: (count) => (count === 1 ? 'See 1 more certificate' : `See ${count} more certificates`),
  },

  journey: {
    heading: 'Journey',
    site: (gln) => `GLN ${gln}`,
    by: (by) => `by ${by}`,
    corrected: (day) => `corrected on ${day}`,
    more: (count) => (count === 1 ? 'See 1 more step' : `See ${count} more steps`),
    photo: (step) => `Photo: ${step}`,
  },

  details: {
    heading: 'Product details',
    onlyVietnamese: 'Vietnamese only',
    description: 'Description',
    ingredients: 'Ingredients',
    allergens: 'Allergens',
    allergenNames: allergenNames('en'),
    noAllergens: 'none of the 14 usual ones',
    usage: 'Usage',
    warnings: 'Warnings',
    storage: 'Storage',
    brand: 'Brand',
    standards: 'Standards',
    gtin: 'GTIN',
    updated: 'Updated',
    photo: (product) => `Photo: ${product}`,
    full: 'See the full record',
  },

  story: { heading: 'Story', more: 'Read on' },

  proofs: {
    see: (count) => (count === 1 ? 'See a picture of the paper' : `See pictures of ${count} papers`),
    kinds: {
      certificate: 'Certificate',
      extension: 'Evidence of the extension',
      revocation: 'Decision of revocation',
      gtin: 'Permission to use the GTIN',
      'test-result': 'Test results',
      other: 'Another paper',
    },
    page: (kind, page) => `${kind}, page ${page}`,
    reference: (number) => `Number: ${number}`,
    issuedBy: (issuer) => `Issued by: ${issuer}`,
    link: (host) => `See the issuer’s own page: ${host}`,
    more: (pages) => (pages === 1 ? 'The paper has 1 more page.' : `The paper has ${pages} more pages.`),
    handedIn: (by, day) => `Handed in by ${by} on ${day}.`,
    shown: (office, day) => `Compared and shown by ${office} since ${day}.`,
  },

  report: {
    heading: 'Report',
    text: 'Goods unlike the description, or a stamp that was peeled off or stuck on again? Please tell us. No name needed.',
    button: 'Send a report',
  },

  code: {
    heading: 'Stamp code',
    serial: (serial, quantity) => html`Stamp ${serial} of ${quantity} issued together`,
    serialOnly: (serial) => html`Stamp ${serial}`,
    unprinted: 'No print of this batch is recorded with us.',
  },

  typed: {
    label: 'Type the code on the stamp',
    again: 'Type the code on the stamp again',
    hint: '18 characters in 3 groups. Capital or small letters alike; O is read as 0, I and L as 1.',
    button: 'Look up',
    buttonAgain: 'Look up again',
    camera: 'Scan with the camera',
    symbol: (symbol) => html`The character <b>${symbol}</b> is in no stamp code. Please compare each letter.`,
    missing: (count) =>
      html`A code has 18 characters, <b>${count}</b> ${count === 1 ? 'is' : 'are'} missing. Please compare each letter.`,
    excess: (count) => html`A code has 18 characters, here are <b>${count}</b> too many. Please compare each letter.`,
    unreadable: html`This address was damaged in transit. Please type the code on the stamp.`,
    barcode: html`This is the barcode that every pack of a product shares, not a stamp code. A stamp code has 18 characters and stands beside the QR code on the stamp.`,
    phone: html`This is a telephone number, not a stamp code. A stamp code has 18 characters and stands beside the QR code on the stamp.`,
    otherAddress: (host) =>
      html`This is an address of <b>${host}</b>, not ours, so we know nothing about that code. If the goods carry a stamp of ours, please type the 18 characters beside its QR code.`,
  },

  askDirectly: { heading: 'Ask directly', phone: 'Telephone' },

  front: {
    title: 'Look up a traceability stamp',
    intro: 'Who made it, where, how many stars, certified until when: all in one scan.',
    hostHeading: 'Look at the address before you trust',
    host: (host) => html`The website’s address must read <b>${host}</b>, letter by letter as printed on the stamp.`,
    neverHeading: 'This page never asks for',
    never: [
      'your password, one-time codes or identity papers',
      'money, card or account numbers',
      'your location',
      'installing an app',
    ],
    neverNote: 'A page that asks for any of these is not ours.',
    cameraHeading: 'Or scan the QR code',
    cameraPhone: 'Open your phone’s camera and point it at the QR code on the stamp.',
    cameraPhoto: 'Take or choose a photograph of the stamp',
    cameraReading: 'Reading the code…',
    cameraNone:
      'There is no QR code to be seen in the photograph. Please take it closer, in good light, or type the code.',
    cameraNoPicture: 'This file is no picture, or it is broken. Please choose another, or type the code.',
    cameraNoReader:
      'The code reader could not be loaded. Please check the network and load the page again, or type the code.',
    cameraStart: 'Scan with the camera',
    cameraStop: 'Turn the camera off',
    cameraDenied: 'Camera permission was not given. Please use your phone’s camera app, or type the code.',
    cameraElsewhere: 'This QR code leads elsewhere, it is not a stamp of ours:',
  },

  complaint: {
    title: 'Send a report',
    intro: 'Please say what you saw. The OCOP office and inspectors will read it. No name needed.',
    about: 'What is it about?',
    abouts: {
      'wrong-product': 'The goods are unlike the page’s description',
      opened: 'Pack or stamp was peeled off or stuck on again',
      'looks-copied': 'The stamp seems to be copied',
      'past-date': 'The goods are past their use-by date',
      other: 'Something else',
    },
    message: 'What did you see?',
    where: 'Where did you buy or see it? (optional)',
    contact: 'Telephone or e-mail (optional)',
    contactHint: 'Only to contact you about this report.',
    send: 'Send',
    back: 'Back to the stamp’s page',
    missingAbout: 'Please choose one.',
    missingMessage: 'Please write a few words about what you saw.',
    tooLong: (max) => `Please write less: ${max} characters at most.`,
    faulty: 'Not sent: ',
    notSent: 'This was not sent',
    refused: (office) =>
      `This stamp has taken all the reports of a day. What you wrote is still below: please send it again tomorrow, or call ${office}.`,
    thanks: 'Received, thank you',
    number: (number) => html`Your report’s number: <b class="b">${number}</b>`,
    next: (office) =>
      `${office} will look into it. Please keep the goods, the stamp and the receipt, and give this number when you get in touch.`,
  },

  pin: {
    heading: 'Scratch-off PIN',
    label: '6 digits under the scratch layer',
    button: 'Check the PIN',
    used: (time, day) =>
      `The PIN was first entered at ${time} on ${day}. If you have just bought the goods and did not enter it, please ask the seller.`,
    right: 'The PIN is right',
    rightFirst: 'It was entered for the first time. Whoever enters it again will see that it was used.',
    usedBefore: 'The PIN is right, but was used before',
    usedBeforeNote: (time, day) =>
      html`It was first entered at <b>${time}</b> on <b>${day}</b>. If that was not you, the stamp may have been copied: please do not use the goods yet, and send us a report.`,
    wrong: 'The PIN does not match',
    wrongNote: (left) => `Please compare each digit. ${left} ${left === 1 ? 'try' : 'tries'} left.`,
    lockedNow: (time, day) => `PIN entry is locked until ${time} on ${day}. Please try again after that.`,
    locked: 'PIN entry is locked',
    lockedNote: (time, day) =>
      'Wrong PINs were tried on this stamp too often. If you hold it, check each digit and enter it once more. ' +
      `If it is still wrong, PIN entry is locked until ${time} on ${day}.`,
    none: 'This stamp has no PIN',
    noneNote: 'Stamps of this batch were printed without a scratch layer. If yours has one, please send us a report.',
    malformed: 'Please enter all 6 digits',
    malformedNote: 'A PIN has the 6 digits under the scratch layer.',
  },

  faults: {
    cannotCheck: 'We cannot check just now',
    cannotCheckNote: 'The system is busy. This says nothing about the stamp. Please try again in a few minutes.',
    again: 'Try again',
    tooMany: 'Please wait a moment',
    tooManyNote:
      'Too many wrong codes were just sent from the network you are on. Look-ups of stamps that we issued still work.',
    tooManyForms:
      'Too much was sent from the network you are on just now, so this was not taken. Please go back, wait some minutes and send it again.',
    badLink: 'This address cannot be read',
    badLinkNote:
      'A part of the stamp’s link is missing or wrong. Please type the code of 18 characters beside the QR code.',
    method: 'This request does not work here',
    methodNote: 'A stamp’s address is for reading only.',
    notFound: 'There is no such page',
    notFoundNote: 'Please check the address, or type the code on the stamp.',
  },
} satisfies PublicWords;
