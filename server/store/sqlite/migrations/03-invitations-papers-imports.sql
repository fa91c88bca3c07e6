create table "invitations" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "purpose" any generated always as (json_extract(doc, '$.purpose')) virtual,
      "tokenHash" any generated always as (json_extract(doc, '$.tokenHash')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "invitations.createdAt" on "invitations" (created_at, id);
create index "invitations.officeId" on "invitations" ("officeId", created_at, id);
create index "invitations.producerId" on "invitations" ("producerId", created_at, id);
create index "invitations.purpose" on "invitations" ("purpose", created_at, id);
create unique index "invitations.unique.tokenHash" on "invitations" ("tokenHash");
create table "papers" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "producerId" any generated always as (json_extract(doc, '$.producerId')) virtual,
      "subject" any generated always as (json_extract(doc, '$.subject')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "papers.createdAt" on "papers" (created_at, id);
create index "papers.officeId" on "papers" ("officeId", created_at, id);
create index "papers.producerId" on "papers" ("producerId", created_at, id);
create index "papers.subject" on "papers" ("subject", created_at, id);
create table "imports" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      "state" any generated always as (json_extract(doc, '$.state')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "imports.createdAt" on "imports" (created_at, id);
create index "imports.officeId" on "imports" ("officeId", created_at, id);
create index "imports.state" on "imports" ("state", created_at, id);
