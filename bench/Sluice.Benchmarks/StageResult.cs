namespace Sluice.Benchmarks;

/// <summary>What a stage told of itself.</summary>
/// <param name="Rows">Rows that went through.</param>
/// <param name="Seconds">Time inside the process, without its start.</param>
/// <param name="PeakMegabytes">The greatest memory of the whole process.</param>
internal sealed record StageResult(long Rows, double Seconds, double PeakMegabytes)
{
    public double RowsPerSecond => Rows / Seconds;
}
