-- The interval that was said to be late while it had no run, so that no scheduler says it again.
alter table dag add column missed_start bigint;
