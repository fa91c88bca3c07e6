// What retention deleted of a batch's scans that count, as a sealed number: the recount holds tallies to what is listed
// and to this (store/recount.ts).

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { batchTallyText, forgottenText } from '../seal-texts.ts';
import type { Seals } from '../seals.ts';
import { prepare, rowOf, rowsOf } from './connection.ts';
import { KEEP_BATCH_TALLY } from './scan-rows.ts';
import { FORGOTTEN, LISTED, TALLIES } from './tally-reader.ts';

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

/** After a loss that was accepted: the batch's tally and the number are what its stamps' tallies and its list say. */
export function settleTallies(db: DatabaseSync, seals: Seals, batchId: string): null {
  const [count, visitorDays, stampsScanned] = rowOf(prepare(db, TALLIES), batchId) as [number, number, number];
  const mac = seals.batchTally.of(batchTallyText({ batchId, count, visitorDays, stampsScanned }));
  prepare(db, KEEP_BATCH_TALLY).run(batchId, count, visitorDays, stampsScanned, mac);
  const listed = rowOf(prepare(db, LISTED), batchId)?.[0] as number;
  keep(prepare(db, KEEP), seals, batchId, count - listed, true);
  return null;
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
