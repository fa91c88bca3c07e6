-- What retention deleted of the scans that count: those that are left can be held to the tallies.
create table forgotten (batch_id text not null primary key, counted integer not null, mac text) strict, without rowid;
-- One row: how far the background check of the store is, and what it found.
create table store_check (one integer primary key check (one = 1), state text not null, mac text not null) strict;
