// The producers of a select: those within reach, by name. An office has some tens to hundreds.

import { listProducers } from '../../actions/registry/read.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import type { Page } from '../../store/store.ts';
import { valueOf } from '../outcome.ts';
import type { PageCall } from './console-route.ts';
import type { Option } from './fields.ts';

/** A longer select is of no use; the form is then reached from the producer's own page. */
const PRODUCERS_MAX = 1_000;
const PAGE_SIZE = 200;

export async function producerOptions({ actor, ctx }: Pick<PageCall, 'actor' | 'ctx'>): Promise<Option[]> {
  const options: Option[] = [];
  let after: string | null = null;
  do {
    const page: Page<Producer> = valueOf(await listProducers(actor, { limit: PAGE_SIZE, after }, ctx));
    options.push(...page.items.map(({ id, name }) => ({ value: id, text: name })));
    after = page.next;
  } while (after !== null && options.length < PRODUCERS_MAX);
  const { compare } = new Intl.Collator('vi');
  return options.sort((a, b) => compare(String(a.text), String(b.text)));
}
