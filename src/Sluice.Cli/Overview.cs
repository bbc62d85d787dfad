namespace Sluice.Cli;

/// <summary>What <c>sluice</c> says of itself when it is called without arguments: one screen.</summary>
internal static class Overview
{
    public static string Text { get; } =
        $"""
            Sluice {AppVersion.Text}: where do people drop off, who are they, and how many?

            It copies your product's tables into a Delta lake on this machine, models them with
            SQL and answers funnels from them. Start here:

              sluice demo                      a project with data, run and answered in seconds
              sluice init --sqlite app.db      a project for a database of yours

            In a project's folder:

              sluice run                       yesterday: extract, then model; --date for another day
              sluice extract [TABLE...]        only copy tables into the lake
              sluice sources check             connect to the databases, and see what they have
              sluice model, sluice tasks run   only build and publish models; one task, alone
              sluice builds list, sluice docs  what was published; a page about the models

              sluice funnel NAME               the drop-off of a saved funnel; --by sex,channel
              sluice query "select ..."        any SELECT over the published tables
              sluice tables, sluice import     what there is, how fresh; a CSV file as a table
              sluice lake verify               compact, vacuum, history, restore: upkeep of the lake
              sluice scheduler, sluice up      run what is due, for years; sluice dags, sluice runs
              sluice airflow export DIR        the DAGs as files for Airflow

            Every command has --help. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
            """;
}
