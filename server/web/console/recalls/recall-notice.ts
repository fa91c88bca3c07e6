// Says on the page of a lot or a batch that buyers are told of a recall.

import { dayIn } from '../../../domain/calendar.ts';
import type { Recall } from '../../../domain/recalls/recall.ts';
import { dayText } from '../../format.ts';
import { html, type Html } from '../../html.ts';
import { homeWordsOf, printWordsOf } from '../../words/words.ts';
import type { PageCall } from '../console-route.ts';
import { notice } from '../notices.ts';
import { RECALLS } from './scope-text.ts';

export function recallNotice({ ctx, language }: PageCall, recall: Recall | null): Html | null {
  if (recall === null) return null;
  const day = dayText(dayIn(ctx.settings.timeZone, recall.at));
  return notice(
    'warn',
    printWordsOf(language).concerns.recalled(recall.scope.kind, day),
    html`<a href="${RECALLS}/${recall.id}">${homeWordsOf(language).producer.seeRecall}</a>`,
  );
}
