-- One row: what was written last to see whether the disk takes it.
create table sign (seq integer primary key, bytes blob not null) strict;
