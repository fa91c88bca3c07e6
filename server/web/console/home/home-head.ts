// The head of every home page: the day in words, and how many tasks there are.

import type { Day } from '../../../domain/entity.ts';
import type { Language } from '../../../domain/language.ts';
import type { Html, Inset } from '../../html.ts';
import { dayText } from '../../format.ts';
import { homeWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { pageHead } from '../page-head.ts';

export interface Home {
  title: string;
  jobs: number;
  body: Html;
}

export function homeHead(jobs: number, { language, today }: PageCall, actions: readonly Inset[] = []): Html {
  return pageHead({ above: longDay(today, language), title: homeWordsOf(language).count(jobs), actions });
}

/** "Thứ Ba, 24/11/2026". */
function longDay(day: Day, language: Language): string {
  const weekday = homeWordsOf(language).weekdays[new Date(`${day}T00:00:00.000Z`).getUTCDay()] ?? '';
  return `${weekday}, ${dayText(day)}`;
}
