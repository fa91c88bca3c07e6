// Crockford's base32 (https://www.crockford.com/base32.html), five bits a symbol: 0-9 and A-Z without I, L, O, U. Stamp
// codes and recovery codes are written in upper case, ids of records in lower case.

export const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One symbol for each byte, from its low five bits; the other three are not used. */
export function base32Symbols(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => BASE32.charAt(byte & 31)).join('');
}
