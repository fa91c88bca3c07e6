create table "stampReports" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      "source" any generated always as (json_extract(doc, '$.source')) virtual,
      "batchId" any generated always as (json_extract(doc, '$.batchId')) virtual,
      "number" any generated always as (json_extract(doc, '$.number')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "stampReports.createdAt" on "stampReports" (created_at, id);
create index "stampReports.officeId" on "stampReports" ("officeId", created_at, id);
create index "stampReports.state" on "stampReports" ("state", created_at, id);
create index "stampReports.source" on "stampReports" ("source", created_at, id);
create index "stampReports.batchId" on "stampReports" ("batchId", created_at, id);
create unique index "stampReports.unique.number" on "stampReports" ("number");
