// Vietnamese as fonts of before Unicode kept it: TCVN3 (.VnTime), which puts each letter where Windows 1252 has another
// sign, and VNI, which writes its marks behind the vowel. Such a text is read only where it is certain: nearly every
// word that it holds must become a Vietnamese syllable, and no cell may be one that can be read both ways.

/** TCVN 5712:1993, table 3, by the signs that Windows 1252 has in those places. */
const TCVN3_FROM = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®¡¢£¤¥¦§';
const TCVN3_TO = 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂÊÔƠƯĐ';
const TCVN3: ReadonlyMap<string, string> = new Map(
  Array.from(TCVN3_FROM).map((sign, at) => [sign, Array.from(TCVN3_TO)[at] ?? sign]),
);

/** VNI: a mark behind its vowel, as the combining characters that it stands for. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ø: '\u0300',
  ù: '\u0301',
  û: '\u0309',
  õ: '\u0303',
  ï: '\u0323',
  â: '\u0302',
  à: '\u0302\u0300',
  á: '\u0302\u0301',
  å: '\u0302\u0309',
  ã: '\u0302\u0303',
  ä: '\u0302\u0323',
  ê: '\u0306',
  è: '\u0306\u0300',
  é: '\u0306\u0301',
  ú: '\u0306\u0309',
  ü: '\u0306\u0303',
  ë: '\u0306\u0323',
};
/** Letters of their own. */
const VNI_LETTERS: Readonly<Record<string, string>> = {
  ö: 'ư',
  ô: 'ơ',
  ñ: 'đ',
  ì: 'ì',
  í: 'í',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
};

/** What a mark of VNI may stand behind: a vowel, or the horn of one. */
const MARKED: readonly string[] = ['a', 'e', 'o', 'u', 'y', '\u031b'];

type Font = 'tcvn3' | 'vni';

/** `texts` in the order given; `doubtful`: some were written for an old font, and not all of them are certain. */
export type Unfonted = { kind: 'none' } | { kind: 'read'; texts: string[] } | { kind: 'doubtful' };

/** Fewer words in an old font prove nothing. */
const WORDS_MIN = 3;
/** Of the words, those that must become syllables; names of machines and foreign words do not. */
const SHARE_MIN = 0.9;
/** Much of a text that looks old and does not come out is named, and not recorded. */
const SHARE_DOUBTFUL = 0.5;

/** What only Unicode has: letters of Vietnamese beyond the signs of Windows 1252. */
const UNICODE_VIETNAMESE =
  /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]|\p{M}/u;
const HIGH = /[\u00a1-\u00ff]/;

/** Reads texts that may be written for an old font. */
export function unfonted(texts: readonly string[]): Unfonted {
  const high = texts.filter((text) => HIGH.test(text) && !UNICODE_VIETNAMESE.test(text));
  const strange = high.filter((text) => wordsOf(text).some((word) => !isSyllable(word)));
  const words = strange.flatMap(wordsOf);
  if (words.length < WORDS_MIN) return { kind: 'none' };
  const [font, share] = bestFont(words);
  if (share < SHARE_DOUBTFUL) return { kind: 'none' };
  const isMixed = texts.some((text) => UNICODE_VIETNAMESE.test(text));
  // Beside cells in Unicode, one that is a word in both readings could be either.
  if (share < SHARE_MIN || (isMixed && strange.length < high.length)) return { kind: 'doubtful' };
  const old = new Set(high);
  return { kind: 'read', texts: texts.map((text) => (old.has(text) ? converted(text, font) : text)) };
}

function bestFont(words: readonly string[]): [Font, number] {
  const share = (font: Font): number => words.filter((word) => isSyllable(converted(word, font))).length / words.length;
  const [tcvn3, vni] = [share('tcvn3'), share('vni')];
  return vni > tcvn3 ? ['vni', vni] : ['tcvn3', tcvn3];
}

/** The words that hold a sign beyond plain letters. */
function wordsOf(text: string): string[] {
  return text.split(/[\s\d.,;:/()[\]"'“”+&-]+/).filter((word) => HIGH.test(word));
}

function converted(text: string, font: Font): string {
  if (font === 'tcvn3') return Array.from(text, (sign) => TCVN3.get(sign) ?? sign).join('');
  let read = '';
  for (const sign of text) {
    const lower = sign.toLowerCase();
    const last = read.normalize('NFD').toLowerCase().at(-1) ?? '';
    const mark = MARKED.includes(last) ? VNI_MARKS[lower] : undefined;
    const letter = VNI_LETTERS[lower];
    if (mark !== undefined) read = (read + mark).normalize('NFC');
    else if (letter !== undefined) read += sign === lower ? letter : letter.toUpperCase();
    else read += sign;
  }
  return read;
}

const SYLLABLE = /^(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** What letters of Vietnamese are decomposed into. */
const LETTERS: ReadonlySet<string> = new Set(
  'abcdefghijklmnopqrstuvwxyz\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323',
);

/** Whether a word is built as a Vietnamese syllable is, with at most one tone. */
function isSyllable(word: string): boolean {
  const parts = word.toLowerCase().replaceAll('đ', 'd').normalize('NFD');
  if (parts === '' || Array.from(parts).some((letter) => !LETTERS.has(letter)) || (parts.match(TONES) ?? []).length > 1)
    return false;
  return SYLLABLE.test(parts.replaceAll(/\p{M}/gu, ''));
}
