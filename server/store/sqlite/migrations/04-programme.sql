create table "plans" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "year" any generated always as (json_extract(doc, '$.year')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "plans.createdAt" on "plans" (created_at, id);
create index "plans.officeId" on "plans" ("officeId", created_at, id);
create index "plans.year" on "plans" ("year", created_at, id);
create unique index "plans.unique.officeYear" on "plans" ("officeId", "year");
create table "figures" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "year" any generated always as (json_extract(doc, '$.year')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "figures.createdAt" on "figures" (created_at, id);
create index "figures.officeId" on "figures" ("officeId", created_at, id);
create index "figures.year" on "figures" ("year", created_at, id);
create table "supports" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "year" any generated always as (json_extract(doc, '$.year')) virtual,
      "kind" any generated always as (json_extract(doc, '$.kind')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "supports.createdAt" on "supports" (created_at, id);
create index "supports.officeId" on "supports" ("officeId", created_at, id);
create index "supports.producerId" on "supports" ("producerId", created_at, id);
create index "supports.year" on "supports" ("year", created_at, id);
create index "supports.kind" on "supports" ("kind", created_at, id);
create table "candidates" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "year" any generated always as (json_extract(doc, '$.year')) virtual,
      "stage" any generated always as (json_extract(doc, '$.stage')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "candidates.createdAt" on "candidates" (created_at, id);
create index "candidates.officeId" on "candidates" ("officeId", created_at, id);
create index "candidates.producerId" on "candidates" ("producerId", created_at, id);
create index "candidates.year" on "candidates" ("year", created_at, id);
create index "candidates.stage" on "candidates" ("stage", created_at, id);
create table "followUps" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "certificateId" any generated always as (json_extract(doc, '$.certificateId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "followUps.createdAt" on "followUps" (created_at, id);
create index "followUps.officeId" on "followUps" ("officeId", created_at, id);
create index "followUps.producerId" on "followUps" ("producerId", created_at, id);
create index "followUps.certificateId" on "followUps" ("certificateId", created_at, id);
create index "tally.odd" on tally (batch_id, serial) where (far_jumps >= 2 or visitor_days >= 20 or before_activation >= 1 or pin_stranger_days >= 4 or pin_wrong_tries >= 10);
