// Ids that the phone gives: to a round, an item, a photo, and each operation. Random enough that no two ever meet.

const ID_BYTES = 16;

/** 26 symbols of base 32. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES + 10));
  return Array.from(bytes, (byte) => SYMBOLS.charAt(byte & 31)).join('');
}

const SYMBOLS = '0123456789abcdefghjkmnpqrstvwxyz';
