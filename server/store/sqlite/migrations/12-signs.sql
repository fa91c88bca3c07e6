-- What a stamp's scans show of copies, as text (domain/stamp/signs.ts); null: last counted before there were signs.
alter table tally add column signs text;
-- Its place among the tallies that may be cases, the most urgent first (suspect.ts urgencyOf, negative); null: it is none.
alter table tally add column odd integer;
update tally set odd = -((far_jumps >= 4 or pin_stranger_days >= 12 or visitor_days >= 300) * 1000000000000 + (far_jumps >= 2 or pin_stranger_days >= 4 or visitor_days >= 20 or pin_wrong_tries >= 10) * 100000000000 + min(far_jumps, 9999) * 1000000 + min(visitor_days, 999998) + 1) where (far_jumps >= 2 or visitor_days >= 20 or before_activation >= 1 or pin_stranger_days >= 4 or pin_wrong_tries >= 10);
drop index "tally.odd";
create index "tally.odd" on tally (odd, batch_id, serial) where odd is not null;
