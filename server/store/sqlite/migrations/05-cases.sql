create table "cases" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      "serial" any generated always as (json_extract(doc, '$.serial')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "cases.createdAt" on "cases" (created_at, id);
create index "cases.officeId" on "cases" ("officeId", created_at, id);
create index "cases.producerId" on "cases" ("producerId", created_at, id);
create index "cases.batchId" on "cases" ("batchId", created_at, id);
create index "cases.state" on "cases" ("state", created_at, id);
create unique index "cases.unique.stamp" on "cases" ("batchId", "serial");
