// What retention deleted of a batch's scans that count, as a sealed number: the recount holds tallies to what is listed
// and to this (store/recount.ts).

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { forgottenText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { prepare, rowOf, rowsOf } from './connection.ts';
import { FORGOTTEN } from './tally-reader.ts';

const KEEP = `insert or replace into forgotten (batch_id, counted, mac) values (?, ?, ?)`;
const MISSING = `
  select batch_id, scans - (select count(*) from scan where scan.batch_id = batch_tally.batch_id and counted = 1)
  from batch_tally`;

/** Adds to the number in the transaction of the deletion. One that was meddled with keeps its wrong seal. */
export function addForgotten(db: DatabaseSync, seals: Seals, batchId: string, counted: number): void {
  if (counted === 0) return;
  const row = rowOf(prepare(db, FORGOTTEN), batchId) as [number, string | null] | null;
  const before = row?.[0] ?? 0;
  const isSound = row === null || seals.forgotten.isOf(forgottenText(batchId, before), row[1]);
  keep(prepare(db, KEEP), seals, batchId, before + counted, isSound);
}

/** Of a store that deleted scans before this was counted: what is not listed any more was deleted then. */
export function countForgotten(db: DatabaseSync, seals: Seals): void {
  const into = prepare(db, KEEP);
  for (const [batchId, counted] of rowsOf(prepare(db, MISSING)) as [string, number][])
    if (counted > 0) keep(into, seals, batchId, counted, true);
}

function keep(into: StatementSync, seals: Seals, batchId: string, counted: number, isSound: boolean): void {
  into.run(batchId, counted, isSound ? seals.forgotten.of(forgottenText(batchId, counted)) : null);
}
