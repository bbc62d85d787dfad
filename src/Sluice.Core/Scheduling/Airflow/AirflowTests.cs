namespace Sluice.Core.Scheduling.Airflow;

/// <summary>The test of the exported files, for whoever has Airflow.</summary>
internal static class AirflowTests
{
    public static string Of(IReadOnlyList<DagDefinition> dags) =>
        $$"""
            {{AirflowFile.Mark}}: run it with pytest where Airflow is installed.
            {{"\"\"\""}}Airflow can import the DAGs, and what their sensors wait for exists: its own check_existence does not look in 3.x.{{"\"\"\""}}

            from pathlib import Path

            from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

            try:
                from airflow.dag_processing.dagbag import DagBag
            except ImportError:  # before 3.2
                from airflow.models.dagbag import DagBag

            DAGS = [{{string.Join(", ", dags.Select(dag => PythonLiteral.Text(dag.Id)))}}]


            def load():
                return DagBag(dag_folder=str(Path(__file__).parent), include_examples=False)


            def test_every_dag_is_imported():
                dags = load()
                assert dags.import_errors == {}
                assert set(DAGS) <= set(dags.dags)


            def test_every_sensor_waits_for_what_exists():
                dags = load().dags
                for dag in dags.values():
                    for sensor in (task for task in dag.tasks if isinstance(task, ExternalTaskSensor)):
                        target = dags.get(sensor.external_dag_id)
                        assert target is not None, f"{dag.dag_id}.{sensor.task_id}: no DAG {sensor.external_dag_id}"
                        for task_id in sensor.external_task_ids or []:
                            assert target.has_task(task_id), f"{dag.dag_id}.{sensor.task_id}: no task {target.dag_id}.{task_id}"

            """.ReplaceLineEndings("\n");
}
