-- Every row carries a seal; a line of the chain says which version it gave to which record, and whose stamps it concerns.
alter table audit add column record_version integer;
alter table audit add column concerns text;
alter table audit add column mac text;
-- Which recalls and certificates the lines of a producer speak of: what a look-up must find.
create index "audit.concerns" on audit (concerns, kind, entity, seq)
  where concerns is not null and kind in ('recall', 'certificate');
-- One row: where the chain ends.
create table chain_head (
  one integer primary key check (one = 1), seq integer not null, hash text not null, mac text not null
) strict;
alter table tally add column mac text;
alter table batch_tally add column mac text;
alter table file add column mac text;
alter table request_key add column mac text;
alter table store add column mac text;
