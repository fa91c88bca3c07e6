-- Stamps that may be cases, over all batches, in the order in which an office looks at them (scan-reader.ts ODD_ORDER).
drop index "tally.odd";
create index "tally.odd" on tally ((-((far_jumps >= 4 or pin_stranger_days >= 12 or visitor_days >= 300) * 1000000000000 + (far_jumps >= 2 or pin_stranger_days >= 4 or visitor_days >= 20 or pin_wrong_tries >= 10) * 100000000000 + min(far_jumps, 99999) * 1000000 + min(visitor_days, 999999))), batch_id, serial) where (far_jumps >= 2 or visitor_days >= 20 or before_activation >= 1 or pin_stranger_days >= 4 or pin_wrong_tries >= 10);
