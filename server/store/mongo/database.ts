// A database as a whole, before a store is opened on it: whether it is empty, and how to delete it.

import { connect } from './connection.ts';

/** Whether the database that an address names holds no collection. @throws StoreError */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  const link = await connect(url);
  try {
    return await link.read(async () => (await link.db.listCollections({}, { nameOnly: true }).toArray()).length === 0);
  } finally {
    await link.close();
  }
}

/** Deletes the database that an address names, with everything in it. @throws StoreError */
export async function eraseDatabase(url: string): Promise<void> {
  const link = await connect(url);
  try {
    await link.write(() => link.db.dropDatabase());
  } finally {
    await link.close();
  }
}
