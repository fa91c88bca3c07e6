// The body of a stamp's answer. What is the same for all stamps of a lot is made once a day and kept; a scan fills in
// code, serial and counts. Kept pages name the edition of the facts they were made from, so that a changed record gives
// a new page.

import type { Day } from '../domain/entity.ts';
import { formatStampCode } from '../domain/stamp/stamp-code.ts';
import type { StampFacts } from '../domain/stamp/stamp-facts.ts';
import { BoundedMap } from '../kit/bounded-map.ts';
import type { Language } from '../domain/language.ts';
import type { ScanPages, StampTexts } from './answer.ts';
import type { CachedFacts } from './batch-cache.ts';
import type { AnswerForm } from './negotiate.ts';
import { cutShape, fillShape, marksFor, type Shape } from './page-shape.ts';
import type { Look } from './look.ts';
import { productLd } from './product-ld.ts';
import { publicView, type Judgement } from './public-view.ts';
import { fillZipped } from './zipped-shape.ts';

export interface StampAnswerRequest {
  facts: CachedFacts;
  stamp: StampFacts;
  judgement: Judgement;
  look: Look;
  today: Day;
  language: Language;
  form: AnswerForm;
  /** The page in gzip. */
  zipped: boolean;
  full: boolean;
}

/** About twenty megabytes of pages. */
const SHAPES_MAX = 2_048;

const TEXT_HOLES = [
  'plain',
  'head',
  'lastFour',
  'last0',
  'last1',
  'last2',
  'last3',
  'serial',
  'scanTitle',
  'scanNote',
  'places',
  'pinUsed',
] as const satisfies readonly (keyof StampTexts)[];
const JSON_HOLES = ['code', 'serial', 'scans'] as const;
const TEXT_MARKS = marksFor(TEXT_HOLES);
/** Bytes of the texts that always have the same number of them. */
const TEXT_BYTES = { plain: 18, lastFour: 4, last0: 1, last1: 1, last2: 1, last3: 1 } as const;

/** Replaces the code while a page is made that others will share. */
const ANY_LOOK: Look = { code: '000000000000000000', serial: 0, scans: null };

/** Makes the bodies of stamps' answers. */
export function makeStampAnswers(pages: ScanPages, timeZone: string): (request: StampAnswerRequest) => Buffer {
  const pageShapes = new BoundedMap<string, Shape<keyof StampTexts>>(SHAPES_MAX);
  const jsonShapes = new BoundedMap<string, Shape<(typeof JSON_HOLES)[number]>>(SHAPES_MAX);

  return (request) => {
    const { look, language, form, zipped, full } = request;
    if (form === 'ld') return Buffer.from(JSON.stringify(ldOf(request, timeZone)));
    const key = shapeKey(request);
    if (form === 'json') {
      const shape = jsonShapes.getOrMake(key, () => cutShape(jsonWithMarks(request, timeZone), JSON_HOLES));
      const scans = isActive(request.stamp) ? look.scans : null;
      return fillShape(shape, {
        code: formatStampCode(look.code),
        serial: String(look.serial),
        scans: JSON.stringify(scans),
      });
    }
    const shape = pageShapes.getOrMake(key, () => {
      const view = publicView(request.facts.facts, request.stamp, request.judgement, ANY_LOOK, {
        today: request.today,
        timeZone,
        language,
      });
      return cutShape(pages.stamp(view, language, TEXT_MARKS, full), TEXT_HOLES);
    });
    const texts = pages.stampTexts(look, language);
    return zipped ? fillZipped(shape, texts, TEXT_BYTES) : fillShape(shape, texts);
  };
}

function ldOf({ facts, stamp, judgement, look, today, language }: StampAnswerRequest, timeZone: string): object {
  return productLd(publicView(facts.facts, stamp, judgement, look, { today, timeZone, language }), look.code);
}

/** The view as JSON, with marks for what belongs to the stamp. */
function jsonWithMarks({ facts, stamp, judgement, today, language }: StampAnswerRequest, timeZone: string): string {
  const { answer } = publicView(facts.facts, stamp, judgement, ANY_LOOK, { today, timeZone, language });
  const marks = marksFor(JSON_HOLES);
  const { verdict, also, display, code: _code, serial: _serial, scans: _scans, ...rest } = answer;
  const head = JSON.stringify({ verdict, also, display });
  const own = `"code":"${marks.code}","serial":${marks.serial},"scans":${marks.scans}`;
  return `${head.slice(0, -1)},${own},${JSON.stringify(rest).slice(1)}`;
}

/**
 * Everything that a page depends on except the stamp's own texts. Ranges are disjoint, so their first serial identifies
 * them.
 */
function shapeKey({ facts, stamp, judgement, today, language, full }: StampAnswerRequest): string {
  const { activation, voided, recall } = stamp;
  return [
    facts.edition,
    language,
    full ? 'full' : '',
    today,
    judgement.verdict,
    judgement.also.join('+'),
    judgement.display ? 'display' : '',
    judgement.suspicion ?? '',
    activation?.lotId ?? '',
    voided?.from ?? '',
    recall?.id ?? '',
  ].join('|');
}

function isActive(stamp: StampFacts): boolean {
  return stamp.plaque || stamp.activation !== null;
}
