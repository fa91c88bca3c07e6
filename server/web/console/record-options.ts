// The records in the console's selects: producers, products, offices; those within reach, by name.

import { producerNames } from '../../actions/registry/find.ts';
import {
  listOffices,
  listProducers,
  listProducts,
  readOffice,
  readProducer,
  readProduct,
} from '../../actions/registry/read.ts';
import type { Id } from '../../domain/entity.ts';
import type { Product } from '../../domain/registry/product.ts';
import type { PageCall } from './console-route.ts';
import type { Option, PickedOptions } from './fields.ts';
import { pickRecords, type Picked } from './picked.ts';

type Asked = Pick<PageCall, 'actor' | 'ctx' | 'query' | 'language'>;

/**
 * @param chosen the id in the form
 * @param name of the form's field
 */
export async function producerOptions(call: Asked, chosen: Id, name = 'producerId'): Promise<PickedOptions> {
  const { actor, ctx } = call;
  const picked = await pickRecords(call, chosen, {
    name,
    list: (page) => listProducers(actor, page, ctx),
    read: (id) => readProducer(actor, id, ctx),
    text: (producer) => producer.name,
  });
  return optionsOf(picked, ({ id, name: text }) => ({ value: id, text }));
}

/** @param chosen the id in the form */
export async function officeOptions(call: Asked, chosen: Id): Promise<PickedOptions> {
  const { actor, ctx } = call;
  const picked = await pickRecords(call, chosen, {
    name: 'officeId',
    list: (page) => listOffices(actor, page, ctx),
    read: (id) => readOffice(actor, id, ctx),
    text: (office) => office.name,
  });
  return optionsOf(picked, ({ id, name: text }) => ({ value: id, text }));
}

/** Whether there is anything to choose: with only one office there is no select. */
export function isChoice({ options, finder }: PickedOptions): boolean {
  return options.length > 1 || finder !== null;
}

/** Products, by name. @param producerId limits them to one producer */
export async function pickProducts(
  call: Asked,
  chosen: Id,
  { name = 'productId', producerId }: { name?: string; producerId?: Id | undefined } = {},
): Promise<Picked<Product>> {
  const { actor, ctx } = call;
  const picked = await pickRecords(call, chosen, {
    name,
    list: (page) => listProducts(actor, { ...page, ...(producerId === undefined ? {} : { producerId }) }, ctx),
    read: (id) => readProduct(actor, id, ctx),
    text: (product) => `${product.name} ${product.gtin ?? ''}`,
  });
  const { compare } = new Intl.Collator('vi');
  return { ...picked, items: picked.items.toSorted((a, b) => compare(a.name, b.name)) };
}

/** As the options of a select, without their producers. */
export function productOptionsOf(picked: Picked<Product>): PickedOptions {
  return optionsOf(picked, ({ id, name: text }) => ({ value: id, text }));
}

/** Products grouped by their producers. @param chosen the id in the form */
export async function productOptions(call: Asked, chosen: Id): Promise<PickedOptions> {
  const picked = await pickProducts(call, chosen, { producerId: call.query['producerId'] || undefined });
  const producers = producerNames(call.actor, call.ctx);
  const groups = new Map<Id, string>();
  for (const { producerId } of picked.items) groups.set(producerId, await producers(producerId));
  return optionsOf(picked, ({ id, name: text, producerId }) => ({
    value: id,
    text,
    group: groups.get(producerId) ?? '',
  }));
}

function optionsOf<T>({ items, finder }: Picked<T>, optionOf: (record: T) => Option): PickedOptions {
  const { compare } = new Intl.Collator('vi');
  const key = ({ group, text }: Option): string => `${group ?? ''} ${String(text)}`;
  return { options: items.map(optionOf).toSorted((a, b) => compare(key(a), key(b))), finder };
}
