-- Rounds of inspectors, photographs of true packs, and the keys that sign what is checked without us.
create table "rounds" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      "number" any generated always as (json_extract(doc, '$.number')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "rounds.createdAt" on "rounds" (created_at, id);
create index "rounds.officeId" on "rounds" ("officeId", created_at, id);
create index "rounds.state" on "rounds" ("state", created_at, id);
create unique index "rounds.unique.number" on "rounds" ("number");
create table "looks" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "productId" any generated always as (json_extract(doc, '$.productId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "looks.createdAt" on "looks" (created_at, id);
create index "looks.officeId" on "looks" ("officeId", created_at, id);
create index "looks.producerId" on "looks" ("producerId", created_at, id);
create index "looks.productId" on "looks" ("productId", created_at, id);
create table "signingKeys" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "signingKeys.createdAt" on "signingKeys" (created_at, id);
create unique index "signingKeys.unique.state" on "signingKeys" ("state");
alter table "inspections" add column "roundId" any generated always as (json_extract(doc, '$.roundId')) virtual;
create index "inspections.roundId" on "inspections" ("roundId", created_at, id);
