// The languages of the pages. Vietnamese is the reference; every word exists in both.

export const LANGUAGES = ['vi', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];
