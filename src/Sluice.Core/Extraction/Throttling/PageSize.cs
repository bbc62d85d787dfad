using Sluice.Core.Tables;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>How many rows a page should have, so that it takes about as long as it may. Not thread safe.</summary>
internal sealed class PageSize(ThrottleTuning tuning)
{
    private const int FewestRows = 128;
    private const int FirstRows = 512;

    // A page is at most the rows of this time, so that a small budget gives small pages and not long waits.
    private static readonly TimeSpan MostOfRate = TimeSpan.FromSeconds(0.5);

    private TimeSpan _target = (tuning.ShortestPage + tuning.LongestPage) / 2;
    private double _rows = FirstRows;

    /// <summary>Rows per second while a page is read; null before the first page.</summary>
    public double? RowsPerSecond { get; private set; }

    /// <summary>Bytes of a row, about; null before the first page.</summary>
    public double? BytesPerRow { get; private set; }

    /// <summary>Rows of the next page.</summary>
    /// <param name="rate">Rows per second that are allowed; null for any.</param>
    public int Rows(double? rate) =>
        (int)Math.Max(1, Math.Min(_rows, rate is { } allowed ? allowed * MostOfRate.TotalSeconds : _rows));

    /// <summary>The source shows strain: shorter pages.</summary>
    public void Shorten() => _target = Max(tuning.ShortestPage, _target * tuning.BackOff);

    /// <summary>The source shows none: longer ones.</summary>
    public void Lengthen() => _target = -Max(-tuning.LongestPage, -(_target + TimeSpan.FromMilliseconds(1)));

    /// <summary>Learns from a page.</summary>
    public void Learn(int asked, int rows, long bytes, TimeSpan elapsed)
    {
        if (rows == 0 || (rows < asked / 2 && elapsed < _target))
        {
            return;
        }

        var speed = rows / Math.Max(elapsed.TotalSeconds, 1e-6);
        // Slower is believed at once, faster little by little.
        RowsPerSecond = Blend(RowsPerSecond ?? speed, speed, speed < RowsPerSecond ? 0.7 : 0.3);
        BytesPerRow = Blend(BytesPerRow ?? ((double)bytes / rows), (double)bytes / rows, 0.3);
        _rows = Math.Clamp(
            Math.Min(RowsPerSecond.Value * _target.TotalSeconds, _rows * 2),
            FewestRows,
            RowPage.MaxRows
        );
    }

    private static double Blend(double old, double latest, double share) => old + ((latest - old) * share);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
