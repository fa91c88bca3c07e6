create table "shopLinks" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "printJobId" any generated always as (json_extract(doc, '$.printJobId')) virtual,
      "tokenHash" any generated always as (json_extract(doc, '$.tokenHash')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "shopLinks.createdAt" on "shopLinks" (created_at, id);
create index "shopLinks.officeId" on "shopLinks" ("officeId", created_at, id);
create index "shopLinks.producerId" on "shopLinks" ("producerId", created_at, id);
create index "shopLinks.printJobId" on "shopLinks" ("printJobId", created_at, id);
create unique index "shopLinks.unique.tokenHash" on "shopLinks" ("tokenHash");
