// The text of a file whose encoding nobody says: UTF-8, UTF-16 of either order, or Windows code page 1258 as older
// programs save Vietnamese. A text that would come out with other letters is refused by name, never recorded.

import { fail, ok, type Result } from '../../domain/problem.ts';
import { unfonted } from '../../domain/import/old-fonts.ts';
import { unreadable } from './unreadable.ts';

/** How much of a file decides. */
const SAMPLE_BYTES = 64 * 1_024;
/** Every letter of Vietnamese, composed, and what else stands in lists. */
const VIETNAMESE =
  /^[\t\r\n\x20-\x7e\u00a0ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9–—‘’“”•…«»°±²³½×€₫]*$/u;
/** TCVN3 (.VnTime) and VNI fonts keep Vietnamese letters in places where Windows has these signs. */
const OLD_FONTS = /[µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®]{1,3}[a-z]|[aeoiuyAEOIUY][øùûõïäáàåãâêîôûëüñö]/;

/** A file in an old font that does not come out whole. */
export function oldFont(): ReturnType<typeof unreadable> {
  return unreadable(
    'old-font',
    'The file is written for an old font (TCVN3 .VnTime, or VNI). Convert it to Unicode, for example with UniKey, and save it as .xlsx.',
  );
}

export function textOfBytes(bytes: Uint8Array): Result<string> {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  return decoded.value.includes('\u0000') ? unreadable('format', 'The file is neither a workbook nor text.') : decoded;
}

function decode(bytes: Uint8Array): Result<string> {
  const order = utf16Order(bytes);
  const utf = order === null ? decodeAs('utf-8', bytes) : decodeAs(order, bytes);
  if (utf !== null) return ok(utf);
  if (order !== null) return fail('invalid', 'The file is broken text in UTF-16.');
  const marks = decodeAs('windows-1258', bytes) ?? '';
  const windows = marks.normalize('NFC');
  // Tone marks of their own are what only this code page has; without one, `ã` of Windows 1252 would come out as `ă`.
  if (windows !== marks && VIETNAMESE.test(windows)) return ok(windows);
  const latin = decodeAs('windows-1252', bytes) ?? '';
  // Every cell of such a file is in the one font: the whole text is one that is read or is not.
  const read = unfonted(latin.split('\n'));
  if (read.kind === 'read') return ok(read.texts.join('\n'));
  return read.kind === 'doubtful' || OLD_FONTS.test(windows)
    ? oldFont()
    : unreadable(
        'encoding',
        'The file is neither a workbook nor text in UTF-8, UTF-16 or Windows 1258. Save it as .xlsx.',
      );
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** By the mark at its start, else by zeros in every other byte, as plain letters have; null: not UTF-16. */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = sample.length / 8;
  if (odd > many && even < odd / 8) return 'utf-16le';
  return even > many && odd < even / 8 ? 'utf-16be' : null;
}
