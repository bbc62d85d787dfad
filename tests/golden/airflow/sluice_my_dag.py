# Written by 'sluice airflow export': change sluice.yaml and export again.
"""The DAG my_dag. Each task is run by sluice, for the interval of its run."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import DAG
from airflow.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable

INTERVAL = "{{ data_interval_start.isoformat() }}/{{ data_interval_end.isoformat() }}"

with DAG(
    dag_id="my_dag",
    schedule=DeltaDataIntervalTimetable(timedelta(hours=1)),
    start_date=pendulum.datetime(2026, 1, 1, 6, tz="Europe/Berlin"),
    end_date=pendulum.datetime(2026, 12, 30, tz="Europe/Berlin"),
    catchup=False,
    max_active_runs=1,
    max_active_tasks=16,
    default_args={"weight_rule": "absolute"},
    tags=["sluice"],
) as dag:
    task = {}
    task["delay"] = TimeDeltaSensor(
        task_id="delay",
        delta=timedelta(minutes=7),
        deferrable=True,
    )
    task["users_done"] = ExternalTaskSensor(
        task_id="users_done",
        external_dag_id="funnel_pipeline",
        external_task_id="load_app_users",
        allowed_states=["success", "skipped"],
        failed_states=["failed"],
        execution_date_fn=lambda logical_date, **_: CronDataIntervalTimetable("0 2 * * *", timezone="America/New_York").infer_manual_data_interval(run_after=pendulum.instance(logical_date) - timedelta(hours=1)).end,
        timeout=timedelta(hours=6).total_seconds(),
        soft_fail=True,
        deferrable=True,
        retries=0,
    )
    task["load_users"] = BashOperator(
        task_id="load_users",
        bash_command=f"sluice tasks run my_dag load_users --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["pipeline"] = ExternalTaskSensor(
        task_id="pipeline",
        external_dag_id="funnel_pipeline",
        allowed_states=["success"],
        failed_states=["failed"],
        execution_date_fn=lambda logical_date, data_interval_end, **_: CronDataIntervalTimetable("0 2 * * *", timezone="America/New_York").infer_manual_data_interval(run_after=pendulum.instance(data_interval_end) - timedelta(days=-1)).start,
        timeout=timedelta(days=7).total_seconds(),
        deferrable=True,
        retries=0,
    )
    task["start_dimension_modeling"] = BashOperator(
        task_id="start_dimension_modeling",
        bash_command=f"sluice tasks run my_dag start_dimension_modeling --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["build"] = BashOperator(
        task_id="build",
        bash_command=f"sluice tasks run my_dag build --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["say"] = BashOperator(
        task_id="say",
        bash_command=f"sluice tasks run my_dag say --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=3,
        retry_delay=timedelta(),
        retry_exponential_backoff=False,
        max_retry_delay=timedelta(days=1),
        execution_timeout=timedelta(minutes=5),
        pool="oltp",
        priority_weight=2,
        trigger_rule="all_done",
    )
    task["end"] = EmptyOperator(
        task_id="end",
        retries=0,
    )
    task["visits"] = BashOperator(
        task_id="visits",
        bash_command=f"sluice tasks run my_dag visits --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["days"] = BashOperator(
        task_id="days",
        bash_command=f"sluice tasks run my_dag days --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["idx"] = BashOperator(
        task_id="idx",
        bash_command=f"sluice tasks run my_dag idx --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["publish_build"] = BashOperator(
        task_id="publish_build",
        bash_command=f"sluice tasks run my_dag publish_build --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["q"] = BashOperator(
        task_id="q",
        bash_command=f"sluice tasks run my_dag q --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["ping"] = BashOperator(
        task_id="ping",
        bash_command=f"sluice tasks run my_dag ping --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["get"] = BashOperator(
        task_id="get",
        bash_command=f"sluice tasks run my_dag get --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )

    task["users_done"] << [task["delay"]]
    task["load_users"] << [task["delay"]]
    task["pipeline"] << [task["delay"]]
    task["start_dimension_modeling"] << [task["users_done"], task["load_users"], task["pipeline"]]
    task["build"] << [task["start_dimension_modeling"]]
    task["say"] << [task["build"]]
    task["end"] << [task["say"]]
    task["visits"] << [task["build"]]
    task["days"] << [task["visits"]]
    task["idx"] << [task["visits"]]
    task["publish_build"] << [task["start_dimension_modeling"], task["build"], task["days"], task["visits"], task["idx"]]
    task["q"] << [task["publish_build"]]
    task["ping"] << [task["delay"]]
    task["get"] << [task["delay"]]
