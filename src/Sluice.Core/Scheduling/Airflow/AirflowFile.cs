namespace Sluice.Core.Scheduling.Airflow;

/// <summary>A file for Airflow.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Content">Its text.</param>
public sealed record AirflowFile(string Name, string Content)
{
    /// <summary>How a file begins that was written by an export, and so may be replaced and removed by one.</summary>
    public const string Mark = "# Written by 'sluice airflow export'";
}
