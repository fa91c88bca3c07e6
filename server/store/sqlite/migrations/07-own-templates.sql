create table "templates" (
      id text not null primary key,
      version integer not null,
      created_at text not null,
      "officeId" any generated always as (json_extract(doc, '$.officeId')) virtual,
      doc text not null,
      mac blob
    ) strict;
create index "templates.createdAt" on "templates" (created_at, id);
create index "templates.officeId" on "templates" ("officeId", created_at, id);
