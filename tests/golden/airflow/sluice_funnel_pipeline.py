# Written by 'sluice airflow export': change sluice.yaml and export again.
"""The DAG funnel_pipeline. Each task is run by sluice, for the interval of its run."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import DAG, Param
from airflow.timetables.interval import CronDataIntervalTimetable

INTERVAL = "{{ data_interval_start.isoformat() }}/{{ data_interval_end.isoformat() }}"

with DAG(
    dag_id="funnel_pipeline",
    schedule=CronDataIntervalTimetable("0 2 * * *", timezone="America/New_York"),
    start_date=pendulum.datetime(2026, 1, 1, tz="America/New_York"),
    end_date=pendulum.datetime(2027, 1, 1, 7, tz="America/New_York"),
    catchup=True,
    max_active_runs=2,
    max_active_tasks=4,
    params={
        "country": Param("CH", const="CH"),
    },
    default_args={"weight_rule": "absolute"},
    tags=["sluice"],
) as dag:
    task = {}
    task["delay"] = TimeDeltaSensor(
        task_id="delay",
        delta=timedelta(minutes=30),
        deferrable=True,
    )
    task["load_app_users"] = BashOperator(
        task_id="load_app_users",
        bash_command=f"sluice tasks run funnel_pipeline load_app_users --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=2,
        retry_delay=timedelta(minutes=5),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(hours=2),
        pool="oltp",
        priority_weight=5,
    )
    task["load_app_visits"] = BashOperator(
        task_id="load_app_visits",
        bash_command=f"sluice tasks run funnel_pipeline load_app_visits --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=2,
        retry_delay=timedelta(minutes=5),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(hours=2),
        pool="oltp",
        priority_weight=5,
    )
    task["load_crm_users"] = BashOperator(
        task_id="load_crm_users",
        bash_command=f"sluice tasks run funnel_pipeline load_crm_users --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=2,
        retry_delay=timedelta(minutes=5),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(hours=2),
        pool="oltp",
        priority_weight=5,
    )
    task["funnel_extraction_complete"] = EmptyOperator(
        task_id="funnel_extraction_complete",
        retries=2,
        retry_delay=timedelta(minutes=5),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        execution_timeout=timedelta(hours=2),
        pool="oltp",
        priority_weight=5,
    )

    task["load_app_users"] << [task["delay"]]
    task["load_app_visits"] << [task["delay"]]
    task["load_crm_users"] << [task["delay"]]
    task["funnel_extraction_complete"] << [task["load_app_users"], task["load_app_visits"], task["load_crm_users"]]
