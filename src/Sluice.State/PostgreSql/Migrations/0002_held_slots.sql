-- All that hold slots are asked for at every turn, and are few among all tasks that ever were.
create index task_instance_held on task_instance (dag_id, interval_start, task_id, claim_worker)
where state in ('queued', 'running');
