# Written by 'sluice airflow export': change sluice.yaml and export again.
"""The DAG dimension_modeling. Each task is run by sluice, for the interval of its run."""

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import DAG
from airflow.timetables.interval import CronDataIntervalTimetable

INTERVAL = "{{ data_interval_start.isoformat() }}/{{ data_interval_end.isoformat() }}"

with DAG(
    dag_id="dimension_modeling",
    schedule=CronDataIntervalTimetable("0 2 * * *", timezone="America/New_York"),
    start_date=pendulum.datetime(2026, 1, 1, tz="America/New_York"),
    end_date=pendulum.datetime(2027, 1, 1, 7, tz="America/New_York"),
    catchup=False,
    max_active_runs=1,
    max_active_tasks=1,
    default_args={"weight_rule": "absolute"},
    tags=["sluice"],
) as dag:
    task = {}
    task["delay"] = TimeDeltaSensor(
        task_id="delay",
        delta=timedelta(minutes=7),
        deferrable=True,
    )
    task["wait_for_funnel_pipeline"] = ExternalTaskSensor(
        task_id="wait_for_funnel_pipeline",
        external_dag_id="funnel_pipeline",
        external_task_id="funnel_extraction_complete",
        allowed_states=["success"],
        failed_states=["failed", "upstream_failed", "skipped"],
        timeout=timedelta(days=7).total_seconds(),
        deferrable=True,
        retries=0,
    )
    task["start_dimension_modeling"] = BashOperator(
        task_id="start_dimension_modeling",
        bash_command=f"sluice tasks run dimension_modeling start_dimension_modeling --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["dim_user"] = BashOperator(
        task_id="dim_user",
        bash_command=f"sluice tasks run dimension_modeling dim_user --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["fact_page_visit"] = BashOperator(
        task_id="fact_page_visit",
        bash_command=f"sluice tasks run dimension_modeling fact_page_visit --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["daily"] = BashOperator(
        task_id="daily",
        bash_command=f"sluice tasks run dimension_modeling daily --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["journeys_fact_page_visit"] = BashOperator(
        task_id="journeys_fact_page_visit",
        bash_command=f"sluice tasks run dimension_modeling journeys_fact_page_visit --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )
    task["publish_build"] = BashOperator(
        task_id="publish_build",
        bash_command=f"sluice tasks run dimension_modeling publish_build --interval {INTERVAL}",
        cwd="/srv/shop",
        retries=0,
    )

    task["wait_for_funnel_pipeline"] << [task["delay"]]
    task["start_dimension_modeling"] << [task["wait_for_funnel_pipeline"]]
    task["dim_user"] << [task["start_dimension_modeling"]]
    task["fact_page_visit"] << [task["dim_user"]]
    task["daily"] << [task["fact_page_visit"]]
    task["journeys_fact_page_visit"] << [task["fact_page_visit"]]
    task["publish_build"] << [task["start_dimension_modeling"], task["dim_user"], task["fact_page_visit"], task["daily"], task["journeys_fact_page_visit"]]
