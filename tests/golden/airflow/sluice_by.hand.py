# Written by 'sluice airflow export': change sluice.yaml and export again.
"""The DAG by.hand. Each task is run by sluice, for the interval of its run."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param

INTERVAL = "{{ params.interval_start }}/{{ params.interval_end }}"

with DAG(
    dag_id="by.hand",
    schedule=None,
    start_date=pendulum.datetime(1970, 1, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    max_active_runs=1,
    max_active_tasks=16,
    params={
        "interval_start": Param(type="string", format="date-time"),
        "interval_end": Param(type="string", format="date-time"),
    },
    default_args={"weight_rule": "absolute"},
    tags=["sluice"],
) as dag:
    task = {}
    task["only"] = BashOperator(
        task_id="only",
        bash_command=f"sluice tasks run by.hand only --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
