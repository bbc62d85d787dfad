namespace Sluice.Core.Funnels;

/// <summary>Adds up the units of one segment. Not thread safe.</summary>
/// <param name="steps">Steps of the funnel.</param>
internal sealed class SegmentTally(int steps)
{
    private readonly long[] _count = new long[steps];
    private readonly long[] _withPrevious = new long[steps];
    private readonly long[] _withFirst = new long[steps];
    private readonly List<long>[] _micros = [.. Enumerable.Range(0, steps).Select(_ => new List<long>())];

    /// <summary>Units at the first step, by which segments are ranked.</summary>
    public long Entered => _count[0];

    public void Add(IReadOnlyList<bool> taken)
    {
        for (var step = 0; step < taken.Count; step++)
        {
            _count[step] += taken[step] ? 1 : 0;
            _withPrevious[step] += taken[step] && taken[Math.Max(0, step - 1)] ? 1 : 0;
            _withFirst[step] += taken[step] && taken[0] ? 1 : 0;
        }
    }

    public void Add(IReadOnlyList<long> times)
    {
        for (var step = 0; step < times.Count; step++)
        {
            _count[step]++;
            _withPrevious[step]++;
            _withFirst[step]++;
            if (step > 0)
            {
                _micros[step].Add(times[step] - times[step - 1]);
            }
        }
    }

    public void Add(SegmentTally other)
    {
        for (var step = 0; step < _count.Length; step++)
        {
            _count[step] += other._count[step];
            _withPrevious[step] += other._withPrevious[step];
            _withFirst[step] += other._withFirst[step];
            _micros[step].AddRange(other._micros[step]);
        }
    }

    public IReadOnlyList<StepCount> ToSteps() =>
        [
            .. Enumerable
                .Range(0, _count.Length)
                .Select(step => new StepCount(
                    _count[step],
                    _count[Math.Max(0, step - 1)],
                    _withPrevious[step],
                    _count[0],
                    _withFirst[step]
                )
                {
                    MedianSeconds = MedianOf(_micros[step]) / 1e6,
                }),
        ];

    private static double? MedianOf(List<long> micros)
    {
        if (micros.Count == 0)
        {
            return null;
        }

        micros.Sort();
        var middle = micros.Count / 2;
        return micros.Count % 2 == 1 ? micros[middle] : (micros[middle - 1] + (double)micros[middle]) / 2;
    }
}
