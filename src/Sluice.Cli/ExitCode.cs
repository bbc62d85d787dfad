namespace Sluice.Cli;

/// <summary>What the process tells its caller. Documented in the README: never renumber.</summary>
internal static class ExitCode
{
    /// <summary>Done, or there was nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Something failed: a source, the disk, a statement, a file.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the project is wrong; nothing was tried.</summary>
    public const int WrongUsage = 2;

    /// <summary>To the scheduler that started a task: a signal of someone else stopped it, and it can be begun again.</summary>
    public const int Stopped = 75;

    /// <summary>A task was left out, as Airflow's BashOperator has it.</summary>
    public const int Skipped = 99;
}
