// A report's figures in words: the sentence that comes first, the source of each result, numbers with their sign.

import type { ProgrammeReport } from '../../../actions/programme/read-report.ts';
import { PLANNED_MEASURES, type ReportRow } from '../../../domain/programme/programme.ts';
import type { Language } from '../../../domain/language.ts';
import { html, type Html } from '../../html.ts';
import { dayText, numberText } from '../../format.ts';
import type { ProgrammeWords } from '../../words/words.ts';

/** With a true minus. */
export function signedText(value: number, language: Language): string {
  return value < 0 ? `−${numberText(-value, language)}` : value > 0 ? `+${numberText(value, language)}` : '0';
}

export function percentText(percent: number | null): string | null {
  return percent === null ? null : `${percent}%`;
}

export function measureText({ measure, round }: Pick<ReportRow, 'measure' | 'round'>, words: ProgrammeWords): string {
  return round === null ? words.measures[measure] : words.inRound(words.measures[measure], round);
}

/** "báo cáo 26/11/2020"; null if there is no result. */
export function sourceText({ source, reported, late }: ReportRow, on: string, words: ProgrammeWords): string | null {
  if (source === null) return null;
  const text =
    reported !== null ? `${words.kinds.reported} ${dayText(reported.asOf)}` : `${words.countedKind} ${dayText(on)}`;
  return late > 0 ? `${text} (${words.lateMark})` : text;
}

/** Which parts of a report were entered after its day; null: none. */
export function lateText({ late, on }: ProgrammeReport, words: ProgrammeWords, language: Language): string | null {
  return late === 0 ? null : words.late(numberText(late, language), dayText(on));
}

/** "58 products, 8 over the plan (116%). Estimated for 15/12: 73." */
export function sentenceOf(row: ReportRow, words: ProgrammeWords, language: Language): Html {
  const { result, over, percent, estimate } = row;
  const { sentence } = words;
  const number = (value: number): string => numberText(value, language);
  const more = estimate !== null && ` ${sentence.estimate(dayText(estimate.asOf), number(estimate.value))}`;
  if (result === null) return html`${sentence.nothing}${more}`;
  if (over === null) return html`${sentence.noPlan(number(result))}${more}`;
  const share = percentText(percent);
  const told =
    over > 0
      ? sentence.over(number(result), number(over), share)
      : over < 0
        ? sentence.under(number(result), number(-over), share)
        : sentence.even(number(result));
  return html`${told}${more}`;
}

/** The next year's plan in one line; null without one. */
export function nextPlanText(
  { nextPlan, year }: ProgrammeReport,
  words: ProgrammeWords,
  language: Language,
): string | null {
  const targets = PLANNED_MEASURES.flatMap((measure) => {
    const value = nextPlan?.targets[measure] ?? null;
    return value === null ? [] : [words.nextTarget(words.measures[measure], numberText(value, language))];
  });
  return targets.length === 0 ? null : words.nextPlan(year + 1, targets.join(', '));
}
