// The schema, as numbered steps that are only added to: a released step is never edited. Each runs in a transaction of its own.
// A test compares the outcome with store/collections.ts, so a new filter or unique index there needs a step here.

import type { DatabaseSync } from 'node:sqlite';
import { prepare, valueOf } from './connection.ts';

/** "TEMT": tells our file from any other SQLite database. */
export const APPLICATION_ID = 0x54454d54;

interface Migration {
  name: string;
  sql: string;
}

/**
 * A table of records: the record is `doc`, canonical JSON; filters and unique indexes read generated columns of it, so that
 * no copy of a field can differ from the record that is sealed.
 */
function recordTable(
  name: string,
  fields: readonly string[],
  unique: Readonly<Record<string, readonly string[]>>,
): string {
  const indexed = [...new Set([...fields, ...Object.values(unique).flat()])];
  const columns = indexed.map(
    (field) => `"${field}" any generated always as (json_extract(doc, '$.${field}')) virtual,`,
  );
  return [
    `create table "${name}" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      ${columns.join('\n      ')}
      doc text not null,
      mac blob
    ) strict;`,
    `create index "${name}.createdAt" on "${name}" (created_at, id);`,
    ...fields.map((field) => `create index "${name}.${field}" on "${name}" ("${field}", created_at, id);`),
    ...Object.entries(unique).map(
      ([index, on]) =>
        `create unique index "${name}.unique.${index}" on "${name}" (${on.map((field) => `"${field}"`).join(', ')});`,
    ),
  ].join('\n');
}

/** Which tallies may be a case for an office: the least counts of suspect.ts THRESHOLDS, to which a test holds it. The index is of these. */
export const ODD_TALLY =
  '(far_jumps >= 2 or visitor_days >= 20 or before_activation >= 1 or pin_stranger_days >= 4 or pin_wrong_tries >= 10)';

export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'records, scans, audit chain, files',
    sql: [
      `pragma application_id = ${APPLICATION_ID};`,
      recordTable('offices', [], { name: ['name'] }),
      recordTable('producers', ['officeId', 'kind'], {}),
      recordTable('products', ['officeId', 'producerId', 'group', 'gtin'], {}),
      recordTable('allowances', ['officeId', 'producerId', 'productId', 'year'], {
        productYear: ['productId', 'year'],
      }),
      recordTable('evaluations', ['officeId', 'producerId', 'productId', 'round'], {
        productRound: ['productId', 'round'],
      }),
      recordTable('certificates', ['officeId', 'producerId', 'productId', 'scheme'], {
        number: ['officeId', 'scheme', 'number'],
      }),
      recordTable('lots', ['officeId', 'producerId', 'productId', 'number'], {
        productNumber: ['productId', 'number'],
      }),
      recordTable('batches', ['officeId', 'producerId', 'productId', 'lotId', 'kind'], {}),
      recordTable('printRuns', ['officeId', 'producerId', 'batchId'], { batchParameters: ['batchId', 'parameters'] }),
      recordTable('recalls', ['officeId', 'producerId', 'scope.productId', 'scope.lotId', 'scope.batchId'], {}),
      recordTable('requests', ['officeId', 'producerId', 'state', 'action'], {}),
      recordTable('complaints', ['officeId', 'producerId', 'batchId', 'state'], { number: ['number'] }),
      recordTable('inspections', ['officeId', 'producerId', 'batchId', 'finding'], { client: ['by', 'clientId'] }),
      recordTable('users', ['officeId', 'producerId', 'role'], { login: ['login'] }),
      recordTable('apiKeys', ['officeId', 'producerId', 'role'], { keyHash: ['keyHash'] }),
      recordTable('sessions', ['userId'], { tokenHash: ['tokenHash'] }),
      `
      create table request_key (
        key text not null primary key, at text not null, body_hash text not null, answer text not null
      ) strict, without rowid;
      create index "request_key.at" on request_key (at);

      create table audit (
        seq integer primary key, at text not null, actor text not null, office_id text, entity text not null,
        kind text generated always as (substr(entity, 1, instr(entity || ':', ':') - 1)) virtual,
        action text not null, content text, salt text, content_hash text not null, hash text not null
      ) strict;
      create index "audit.entity" on audit (entity, seq);
      create index "audit.kind" on audit (kind, seq);
      create index "audit.office" on audit (office_id, seq);

      -- Minutes since 1970: no scan is kept to the second, and no visitor with it. later = 0: counted in the minute of its
      -- stamp's first scan, and found through the tally. Most stamps are scanned once, and an index entry costs a page.
      create table scan (
        batch_id text not null, minute integer not null, id text not null, serial integer not null,
        province text, verdict text not null, counted integer not null, later integer not null,
        primary key (batch_id, minute, id)
      ) strict, without rowid;
      create index "scan.serial" on scan (batch_id, serial, minute, id) where later = 1;

      create table salt (day text not null primary key, salt blob not null) strict, without rowid;

      -- visits: who of the last days was counted; emptied when the day's salt goes.
      create table tally (
        batch_id text not null, serial integer not null, scans integer not null, visitor_days integer not null,
        first_minute integer not null, last_minute integer not null, before_activation integer not null,
        last_province text, last_province_minute integer, provinces text not null, far_jumps integer not null,
        pin_wrong_tries integer not null, pin_locked_until integer, pin_used_at integer, pin_stranger_days integer not null,
        visits text not null, primary key (batch_id, serial)
      ) strict, without rowid;
      create table batch_tally (
        batch_id text not null primary key, scans integer not null, visitor_days integer not null, stamps_scanned integer not null
      ) strict, without rowid;
      create table refusal (
        day text not null, reason text not null, batch_id text not null, refused integer not null,
        primary key (day, reason, batch_id)
      ) strict, without rowid;

      create table file (id text not null primary key, media_type text not null, bytes blob not null) strict;

      -- One row: what the file says of itself.
      create table store (
        one integer primary key check (one = 1), made_at text not null, time_zone text not null, canary blob not null,
        answered_scans integer not null
      ) strict;
      `,
    ].join('\n'),
  },
  {
    name: 'print jobs, printers, leases',
    sql: [
      recordTable('printJobs', ['officeId', 'producerId', 'batchId', 'state'], {}),
      recordTable('printers', ['officeId', 'producerId'], {}),
      `create table lease (name text not null primary key, holder text not null, fence integer not null, beat integer not null) strict, without rowid;`,
    ].join('\n'),
  },
  {
    name: 'invitations, papers, registry imports',
    sql: [
      recordTable('invitations', ['officeId', 'producerId', 'purpose'], { tokenHash: ['tokenHash'] }),
      recordTable('papers', ['officeId', 'producerId', 'subject'], {}),
      recordTable('imports', ['officeId', 'state'], {}),
    ].join('\n'),
  },
  {
    name: 'the programme: plans, figures, support, candidates, follow-ups; stamps that may be a case',
    sql: [
      recordTable('plans', ['officeId', 'year'], { officeYear: ['officeId', 'year'] }),
      recordTable('figures', ['officeId', 'year'], {}),
      recordTable('supports', ['officeId', 'producerId', 'year', 'kind'], {}),
      recordTable('candidates', ['officeId', 'producerId', 'year', 'stage'], {}),
      recordTable('followUps', ['officeId', 'producerId', 'certificateId'], {}),
      `create index "tally.odd" on tally (batch_id, serial) where ${ODD_TALLY};`,
    ].join('\n'),
  },
  {
    name: 'cases',
    sql: recordTable('cases', ['officeId', 'producerId', 'batchId', 'state'], { stamp: ['batchId', 'serial'] }),
  },
  {
    name: 'links for print shops',
    sql: recordTable('shopLinks', ['officeId', 'producerId', 'printJobId'], { tokenHash: ['tokenHash'] }),
  },
  { name: 'own templates', sql: recordTable('templates', ['officeId'], {}) },
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Takes the schema from where it is to SCHEMA_VERSION; safe when two processes do it at once.
 *
 * @param sign writes what a new store says of itself, in one transaction with its first tables
 */
export function migrate(db: DatabaseSync, sign: () => void): void {
  for (const [i, migration] of MIGRATIONS.entries()) {
    db.exec('begin immediate');
    try {
      if (Number(valueOf(db, 'pragma user_version')) === i) {
        db.exec(migration.sql);
        db.exec(`pragma user_version = ${i + 1}`);
        if (i === 0) sign();
      }
      db.exec('commit');
    } catch (error) {
      // A commit that the disk refused has ended the transaction already.
      if (db.isTransaction) db.exec('rollback');
      throw new Error(`migration ${i + 1} (${migration.name}) failed`, { cause: error });
    }
  }
}

/** Table and index names, for the test that holds this file to store/collections.ts. */
export function schemaOf(db: DatabaseSync): string[] {
  return (
    prepare(db, "select type || ' ' || name from sqlite_schema order by 1").all() as unknown as string[][]
  ).flat();
}
