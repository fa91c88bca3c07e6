// What a person sees if a page cannot be shown: what happened, and what to do.

import { PROBLEMS, type Problem } from '../../domain/problem.ts';
import type { Language } from '../../domain/language.ts';
import { html } from '../html.ts';
import { frameWordsOf } from '../words/words.ts';
import type { PageAnswer } from './console-route.ts';
import { linkButton, pageHead } from './page-head.ts';

export function problemPage(problem: Problem, language: Language): Extract<PageAnswer, { kind: 'page' }> {
  const words = frameWordsOf(language);
  // Without a form no field can be at fault: the page's own address is wrong.
  const { title, todo } = problem.code === 'invalid' ? words.badAddress : words.problems[problem.code];
  const body = html`${pageHead({ title, lead: todo })}<p>${linkButton('/console', words.backHome)}</p>`;
  return { kind: 'page', title, body, status: PROBLEMS[problem.code] };
}

/** A fault of ours; the caller logs it. */
export function ourFaultPage(language: Language): Extract<PageAnswer, { kind: 'page' }> {
  const words = frameWordsOf(language);
  const { title, todo } = words.ourFault;
  return {
    kind: 'page',
    title,
    body: html`${pageHead({ title, lead: todo })}<p>${linkButton('/console', words.backHome)}</p>`,
    status: 500,
  };
}
