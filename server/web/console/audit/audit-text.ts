// What a line of the audit log says changed, in words: names of fields, from what to what. It never shows a key of the
// program: a field without a name is "other detail", and a value that is a key has its word.

import { readLot } from '../../../actions/lots/read.ts';
import { readPersonName } from '../../../actions/people/read.ts';
import { readOffice, readProducer, readProduct } from '../../../actions/registry/read.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { isDay } from '../../../domain/calendar.ts';
import type { Result } from '../../../domain/problem.ts';
import { dayText, numberText, shortened } from '../../format.ts';
import {
  auditFieldsOf,
  auditWordsOf,
  batchesWordsOf,
  frameWordsOf,
  marketWordsOf,
  registryWordsOf,
} from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { whenText } from '../moments.ts';

export interface FieldChange {
  name: string;
  /** Null: there was none, or the line says only what is there now. */
  from: string | null;
  to: string;
}

/** Fields that say nothing to a person: how a record is kept. */
const UNSAID: ReadonlySet<string> = new Set(
  `id createdAt updatedAt version clientId ref key ops mask json mediaType publicKey wrappedKey templateJson
  parameters fence level symbol digitalLink photoFileIds photoFileId fileId markFileId packFileIds
  reportFileIds stampFileIds printRunId printerId offsetXMm offsetYMm pitchX pitchY entity wrappedSecret
  passwordHash tokenHash keyHash was secret`.split(/\s+/),
);
const VALUE_LETTERS_MAX = 160;
/** Parts of a list that are written out. */
const PARTS_SHOWN = 6;
const DEPTH_MAX = 4;

/** The changes that a line states, in the order of its values; empty if it states none or was erased. */
export async function changesIn({ values }: AuditEntry, call: PageCall): Promise<FieldChange[]> {
  if (values === null) return [];
  const { before, after, ...rest } = values;
  if (isRecord(before) && isRecord(after) && Object.keys(rest).length === 0)
    return changesOf(Object.keys(after), (key) => [before[key], after[key]], call);
  return changesOf(Object.keys(values), (key) => [undefined, values[key]], call);
}

async function changesOf(
  keys: readonly string[],
  valuesAt: (key: string) => readonly [unknown, unknown],
  call: PageCall,
): Promise<FieldChange[]> {
  const changes: FieldChange[] = [];
  for (const key of keys.filter((one) => !UNSAID.has(one))) {
    const [before, after] = valuesAt(key);
    const from = before === undefined || before === null ? null : await valueText(key, before, call, 0);
    const to = await valueText(key, after, call, 0);
    if (from === null && to === NONE) continue;
    changes.push({ name: fieldName(key, call), from, to });
  }
  return changes;
}

const NONE = '–';

function fieldName(key: string, { language }: PageCall): string {
  const names = auditFieldsOf(language);
  return (Object.hasOwn(names, key) ? names[key] : names['other']) ?? '';
}

async function valueText(key: string, value: unknown, call: PageCall, depth: number): Promise<string> {
  const { language } = call;
  const { form } = frameWordsOf(language);
  if (value === null || value === undefined || value === '') return NONE;
  if (typeof value === 'boolean') return value ? form.yes : form.no;
  if (typeof value === 'number') return key === 'year' ? String(value) : numberText(value, language);
  if (typeof value === 'string') return shortened(await textOf(key, value, call), VALUE_LETTERS_MAX);
  if (depth === DEPTH_MAX) return auditWordsOf(language).more;
  if (Array.isArray(value)) {
    if (value.length === 0) return NONE;
    const shown = await Promise.all(value.slice(0, PARTS_SHOWN).map((one) => valueText(key, one, call, depth + 1)));
    const rest =
      value.length > PARTS_SHOWN
        ? [auditWordsOf(language).andMore(numberText(value.length - PARTS_SHOWN, language))]
        : [];
    return [...shown, ...rest].join('; ');
  }
  if (!isRecord(value)) return NONE;
  const { from, to, ...others } = value;
  const isRange = typeof from === 'number' && typeof to === 'number';
  const range = isRange ? [`${numberText(from, language)}–${numberText(to, language)}`] : [];
  const parts = await Promise.all(
    Object.entries(isRange ? others : value)
      .filter(([name, part]) => !UNSAID.has(name) && part !== null && part !== '')
      .map(async ([name, part]) => `${fieldName(name, call)}: ${await valueText(name, part, call, depth + 1)}`),
  );
  return shortened([...range, ...parts].join(', '), VALUE_LETTERS_MAX) || NONE;
}

async function textOf(key: string, value: string, call: PageCall): Promise<string> {
  if (isDay(value)) return dayText(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return whenText(value, call);
  const name = await nameOf(key, value, call);
  return name ?? wordsIn(call.language)[value] ?? value;
}

/** The name of what an id means; null: it is no id, or of something that has gone. */
async function nameOf(key: string, id: string, { actor, ctx }: PageCall): Promise<string | null> {
  const named = async <T>(found: Promise<Result<T>>, name: (value: T) => string): Promise<string | null> => {
    const outcome = await found;
    return outcome.ok ? name(outcome.value) : null;
  };
  switch (key) {
    case 'productId':
      return named(readProduct(actor, id, ctx), ({ name }) => name);
    case 'producerId':
    case 'producerIds':
      return named(readProducer(actor, id, ctx), ({ name }) => name);
    case 'lotId':
      return named(readLot(actor, id, ctx), ({ number }) => number);
    case 'officeId':
      return named(readOffice(actor, id, ctx), ({ name }) => name);
    case 'by':
    case 'userId':
    case 'askedBy':
    case 'issuedBy':
    case 'inspectors':
      return readPersonName(actor, id, ctx);
    default:
      return null;
  }
}

/** Words of the keys that values may be: kinds, states, reasons. */
function wordsIn(language: PageCall['language']): Readonly<Record<string, string>> {
  const { kinds, groups, schemes, states, requestActions } = registryWordsOf(language);
  const { complaints, findings } = marketWordsOf(language);
  const { entities, actions, keys } = auditWordsOf(language);
  return {
    ...entities,
    ...actions,
    ...keys,
    ...requestActions,
    ...states,
    ...findings.kinds,
    ...complaints.subjects,
    ...complaints.states,
    ...batchesWordsOf(language).kinds,
    ...schemes,
    ...groups,
    ...frameWordsOf(language).roles,
    ...kinds,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
