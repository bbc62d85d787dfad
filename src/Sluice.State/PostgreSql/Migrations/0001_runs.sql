-- Instants are ticks of 100 ns since the Unix epoch, UTC: to_timestamp(since / 1e7).
create table counter (
  id bigint not null primary key check (id = 1),
  token bigint not null,
  change bigint not null
);

insert into counter (id, token, change) values (1, 0, 0);

create table dag (
  id text collate "C" not null primary key,
  is_paused boolean not null,
  latest_start bigint,
  latest_end bigint,
  latest_date text,
  change bigint not null
);

create table dag_run (
  dag_id text collate "C" not null,
  interval_start bigint not null,
  interval_end bigint not null,
  logical_date text not null,
  kind text not null,
  state text not null,
  since bigint not null,
  started_at bigint,
  owner text collate "C",
  params text,
  is_late boolean not null,
  primary key (dag_id, interval_start)
);

-- With the state first: else SQLite takes the primary key, and reads all runs that the DAG ever had.
create index dag_run_active on dag_run (dag_id, state, interval_start) where state in ('queued', 'running');

create table task_instance (
  dag_id text collate "C" not null,
  interval_start bigint not null,
  task_id text collate "C" not null,
  state text not null,
  since bigint not null,
  tries bigint not null,
  tries_before bigint not null,
  retry_at bigint,
  claim_worker text collate "C",
  claim_token bigint,
  started_at bigint,
  losses bigint not null,
  is_again boolean not null,
  is_stale boolean not null,
  reason text,
  primary key (dag_id, interval_start, task_id)
);

create table worker (
  id text collate "C" not null primary key,
  lease_until bigint not null
);
