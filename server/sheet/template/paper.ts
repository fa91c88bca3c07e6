// What one page of a print file is for the person who holds it: a sheet of paper, a row of labels across a roll, or one
// stamp of a roll. Pages that count or name them ask here.

import type { Template } from './template-schema.ts';

export type Paper = 'sheet' | 'row' | 'stamp';

export function paperOf({ medium, grid }: Pick<Template, 'medium' | 'grid'>): Paper {
  if (medium.kind === 'sheet') return 'sheet';
  return grid.columns * grid.rows === 1 ? 'stamp' : 'row';
}
