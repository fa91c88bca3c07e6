-- The words that records are found by: a copy of what records say, made again from them at any time.
create table word (
  collection text not null,
  word text not null,
  id text not null,
  office_id text,
  producer_id text,
  primary key (collection, word, id)
) strict, without rowid;
create index "word.id" on word (collection, id);
