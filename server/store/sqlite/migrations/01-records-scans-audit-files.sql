pragma application_id = 1413827924;
create table "offices" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "name" any generated always as (json_extract(doc, '$.name')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "offices.createdAt" on "offices" (created_at, id);
create unique index "offices.unique.name" on "offices" ("name");
create table "producers" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "kind" any generated always as (json_extract(doc, '$.kind')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "producers.createdAt" on "producers" (created_at, id);
create index "producers.officeId" on "producers" ("officeId", created_at, id);
create index "producers.kind" on "producers" ("kind", created_at, id);
create table "products" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "group" any generated always as (json_extract(doc, '$.group')) virtual,
      "gtin" any generated always as (json_extract(doc, '$.gtin')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "products.createdAt" on "products" (created_at, id);
create index "products.officeId" on "products" ("officeId", created_at, id);
create index "products.producerId" on "products" ("producerId", created_at, id);
create index "products.group" on "products" ("group", created_at, id);
create index "products.gtin" on "products" ("gtin", created_at, id);
create table "allowances" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      "year" any generated always as (json_extract(doc, '$.year')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "allowances.createdAt" on "allowances" (created_at, id);
create index "allowances.officeId" on "allowances" ("officeId", created_at, id);
create index "allowances.producerId" on "allowances" ("producerId", created_at, id);
create index "allowances.productId" on "allowances" ("productId", created_at, id);
create index "allowances.year" on "allowances" ("year", created_at, id);
create unique index "allowances.unique.productYear" on "allowances" ("productId", "year");
create table "evaluations" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      "round" any generated always as (json_extract(doc, '$.round')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "evaluations.createdAt" on "evaluations" (created_at, id);
create index "evaluations.officeId" on "evaluations" ("officeId", created_at, id);
create index "evaluations.producerId" on "evaluations" ("producerId", created_at, id);
create index "evaluations.productId" on "evaluations" ("productId", created_at, id);
create index "evaluations.round" on "evaluations" ("round", created_at, id);
create unique index "evaluations.unique.productRound" on "evaluations" ("productId", "round");
create table "certificates" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      "scheme" any generated always as (json_extract(doc, '$.scheme')) virtual,
      "number" any generated always as (json_extract(doc, '$.number')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "certificates.createdAt" on "certificates" (created_at, id);
create index "certificates.officeId" on "certificates" ("officeId", created_at, id);
create index "certificates.producerId" on "certificates" ("producerId", created_at, id);
create index "certificates.productId" on "certificates" ("productId", created_at, id);
create index "certificates.scheme" on "certificates" ("scheme", created_at, id);
create unique index "certificates.unique.number" on "certificates" ("officeId", "scheme", "number");
create table "lots" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      "number" any generated always as (json_extract(doc, '$.number')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "lots.createdAt" on "lots" (created_at, id);
create index "lots.officeId" on "lots" ("officeId", created_at, id);
create index "lots.producerId" on "lots" ("producerId", created_at, id);
create index "lots.productId" on "lots" ("productId", created_at, id);
create index "lots.number" on "lots" ("number", created_at, id);
create unique index "lots.unique.productNumber" on "lots" ("productId", "number");
create table "batches" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      "lotId" any generated always as (json_extract(doc, '$.lotId')) virtual,
      "kind" any generated always as (json_extract(doc, '$.kind')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "batches.createdAt" on "batches" (created_at, id);
create index "batches.officeId" on "batches" ("officeId", created_at, id);
create index "batches.producerId" on "batches" ("producerId", created_at, id);
create index "batches.productId" on "batches" ("productId", created_at, id);
create index "batches.lotId" on "batches" ("lotId", created_at, id);
create index "batches.kind" on "batches" ("kind", created_at, id);
create table "printRuns" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "parameters" any generated always as (json_extract(doc, '$.parameters')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "printRuns.createdAt" on "printRuns" (created_at, id);
create index "printRuns.officeId" on "printRuns" ("officeId", created_at, id);
create index "printRuns.producerId" on "printRuns" ("producerId", created_at, id);
create index "printRuns.batchId" on "printRuns" ("batchId", created_at, id);
create unique index "printRuns.unique.batchParameters" on "printRuns" ("batchId", "parameters");
create table "recalls" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "scope.productId" any generated always as (json_extract(doc, '$.scope.productId')) virtual,
      "scope.lotId" any generated always as (json_extract(doc, '$.scope.lotId')) virtual,
      "scope.batchId" any generated always as (json_extract(doc, '$.scope.batchId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "recalls.createdAt" on "recalls" (created_at, id);
create index "recalls.officeId" on "recalls" ("officeId", created_at, id);
create index "recalls.producerId" on "recalls" ("producerId", created_at, id);
create index "recalls.scope.productId" on "recalls" ("scope.productId", created_at, id);
create index "recalls.scope.lotId" on "recalls" ("scope.lotId", created_at, id);
create index "recalls.scope.batchId" on "recalls" ("scope.batchId", created_at, id);
create table "requests" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      "action" any generated always as (json_extract(doc, '$.action')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "requests.createdAt" on "requests" (created_at, id);
create index "requests.officeId" on "requests" ("officeId", created_at, id);
create index "requests.producerId" on "requests" ("producerId", created_at, id);
create index "requests.state" on "requests" ("state", created_at, id);
create index "requests.action" on "requests" ("action", created_at, id);
create table "complaints" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      "number" any generated always as (json_extract(doc, '$.number')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "complaints.createdAt" on "complaints" (created_at, id);
create index "complaints.officeId" on "complaints" ("officeId", created_at, id);
create index "complaints.producerId" on "complaints" ("producerId", created_at, id);
create index "complaints.batchId" on "complaints" ("batchId", created_at, id);
create index "complaints.state" on "complaints" ("state", created_at, id);
create unique index "complaints.unique.number" on "complaints" ("number");
create table "inspections" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "finding" any generated always as (json_extract(doc, '$.finding')) virtual,
      "by" any generated always as (json_extract(doc, '$.by')) virtual,
      "clientId" any generated always as (json_extract(doc, '$.clientId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "inspections.createdAt" on "inspections" (created_at, id);
create index "inspections.officeId" on "inspections" ("officeId", created_at, id);
create index "inspections.producerId" on "inspections" ("producerId", created_at, id);
create index "inspections.batchId" on "inspections" ("batchId", created_at, id);
create index "inspections.finding" on "inspections" ("finding", created_at, id);
create unique index "inspections.unique.client" on "inspections" ("by", "clientId");
create table "users" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "role" any generated always as (json_extract(doc, '$.role')) virtual,
      "login" any generated always as (json_extract(doc, '$.login')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "users.createdAt" on "users" (created_at, id);
create index "users.officeId" on "users" ("officeId", created_at, id);
create index "users.producerId" on "users" ("producerId", created_at, id);
create index "users.role" on "users" ("role", created_at, id);
create unique index "users.unique.login" on "users" ("login");
create table "apiKeys" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "role" any generated always as (json_extract(doc, '$.role')) virtual,
      "keyHash" any generated always as (json_extract(doc, '$.keyHash')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "apiKeys.createdAt" on "apiKeys" (created_at, id);
create index "apiKeys.officeId" on "apiKeys" ("officeId", created_at, id);
create index "apiKeys.producerId" on "apiKeys" ("producerId", created_at, id);
create index "apiKeys.role" on "apiKeys" ("role", created_at, id);
create unique index "apiKeys.unique.keyHash" on "apiKeys" ("keyHash");
create table "sessions" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "userId" any generated always as (json_extract(doc, '$.userId')) virtual,
      "tokenHash" any generated always as (json_extract(doc, '$.tokenHash')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "sessions.createdAt" on "sessions" (created_at, id);
create index "sessions.userId" on "sessions" ("userId", created_at, id);
create unique index "sessions.unique.tokenHash" on "sessions" ("tokenHash");

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
