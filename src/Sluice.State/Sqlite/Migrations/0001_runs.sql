-- Instants are ticks of 100 ns since the Unix epoch, UTC: datetime(since / 10000000, 'unixepoch').
create table counter (
  id integer not null primary key check (id = 1),
  token integer not null,
  change integer not null
) strict;

insert into counter (id, token, change) values (1, 0, 0);

create table dag (
  id text not null primary key,
  is_paused integer not null,
  latest_start integer,
  latest_end integer,
  latest_date text,
  change integer not null
) strict, without rowid;

create table dag_run (
  dag_id text not null,
  interval_start integer not null,
  interval_end integer not null,
  logical_date text not null,
  kind text not null,
  state text not null,
  since integer not null,
  started_at integer,
  owner text,
  params text,
  is_late integer not null,
  primary key (dag_id, interval_start)
) strict, without rowid;

-- With the state first: else SQLite takes the primary key, and reads all runs that the DAG ever had.
create index dag_run_active on dag_run (dag_id, state, interval_start) where state in ('queued', 'running');

create table task_instance (
  dag_id text not null,
  interval_start integer not null,
  task_id text not null,
  state text not null,
  since integer not null,
  tries integer not null,
  tries_before integer not null,
  retry_at integer,
  claim_worker text,
  claim_token integer,
  started_at integer,
  losses integer not null,
  is_again integer not null,
  is_stale integer not null,
  reason text,
  primary key (dag_id, interval_start, task_id)
) strict, without rowid;

create table worker (
  id text not null primary key,
  lease_until integer not null
) strict, without rowid;
