create table "printJobs" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "printJobs.createdAt" on "printJobs" (created_at, id);
create index "printJobs.officeId" on "printJobs" ("officeId", created_at, id);
create index "printJobs.producerId" on "printJobs" ("producerId", created_at, id);
create index "printJobs.batchId" on "printJobs" ("batchId", created_at, id);
create index "printJobs.state" on "printJobs" ("state", created_at, id);
create table "printers" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "printers.createdAt" on "printers" (created_at, id);
create index "printers.officeId" on "printers" ("officeId", created_at, id);
create index "printers.producerId" on "printers" ("producerId", created_at, id);
create table lease (name text not null primary key, holder text not null, fence integer not null, beat integer not null) strict, without rowid;
