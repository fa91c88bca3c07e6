// The words of a language.

import { en } from './en.ts';
import { vi, type Words } from './vi.ts';

export function wordsOf(language: 'vi' | 'en'): Words {
  return language === 'en' ? en : vi;
}
