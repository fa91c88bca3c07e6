// Files that are kept for ever: photos, artwork. Each is one document, far below the limit of 16 MB.

import { fileText } from '../seal-texts.ts';
import type { ShortSeal } from '../short-seal.ts';
import { StoreError, type Files } from '../store.ts';
import { isDuplicate, type Link } from './connection.ts';
import type { FileDoc, Models } from './schemas.ts';

/** A document holds 16 MB, including its field names. */
const FILE_BYTES_MAX = 15_000_000;

export function filesOf(link: Link, models: Models, seal: ShortSeal): Files {
  return {
    async put(id, mediaType, bytes) {
      if (bytes.length > FILE_BYTES_MAX)
        throw new RangeError(`a file holds at most ${FILE_BYTES_MAX} bytes, not ${bytes.length}`);
      try {
        const mac = seal.of(fileText(id, mediaType, bytes));
        await link.write(() => models.files.insertMany([{ _id: id, mediaType, bytes: Buffer.from(bytes), mac }]));
      } catch (error) {
        if (isDuplicate(error)) throw new RangeError(`there is a file ${id} already`, { cause: error });
        throw error;
      }
    },

    ids: (after, limit) =>
      link.read(async () => {
        const docs = await models.files
          .find({ _id: { $gt: after } }, { _id: 1 })
          .sort({ _id: 1 })
          .limit(limit)
          .lean();
        return docs.map(({ _id }) => String(_id));
      }),

    remove: (id) => link.write(async () => void (await models.files.deleteOne({ _id: id }))),

    async get(id) {
      const file = await link.read(() => models.files.findById(id).lean<FileDoc>().exec());
      if (file === null) return null;
      const { mediaType, mac } = file;
      const bytes = new Uint8Array(file.bytes);
      if (!seal.isOf(fileText(id, mediaType, bytes), mac))
        throw new StoreError('tampered', `file ${id} is not as it was written`);
      return { mediaType, bytes };
    },
  };
}
