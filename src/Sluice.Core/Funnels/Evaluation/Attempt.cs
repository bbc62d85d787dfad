namespace Sluice.Core.Funnels.Evaluation;

/// <summary>A try of a unit to come through the funnel: the events that gave its steps.</summary>
/// <param name="steps">The number of steps of the funnel.</param>
public sealed class Attempt(int steps)
{
    private readonly int[] _events = Filled(steps, -1);
    private readonly long[] _micros = Filled(steps, FunnelEvent.NoTime);
    private readonly bool[] _took = new bool[steps];

    /// <summary>Steps of the funnel, taken or not.</summary>
    public int Steps => _events.Length;

    /// <summary>The highest step taken, from 1; 0 where none is.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether an excluded event lies in it.</summary>
    public bool IsTainted { get; internal set; }

    /// <summary>The instant at which it was over; null where its end is the window's.</summary>
    public long? EndedAt { get; internal set; }

    /// <summary>The place of the event that tainted it in the unit's events; -1 where none did.</summary>
    public int TaintedBy { get; internal set; } = -1;

    /// <summary>Time of the first step.</summary>
    public long Entry => _micros[0];

    /// <summary>Time of the highest step taken.</summary>
    public long Completion => _micros[Depth - 1];

    /// <summary>Whether the step was taken.</summary>
    public bool Took(int step) => _took[step];

    /// <summary>Time of a step in microseconds; <see cref="FunnelEvent.NoTime"/> where it was not taken or has none.</summary>
    public long MicrosOf(int step) => _micros[step];

    /// <summary>The place of the step's event in the unit's events; -1 where the step was not taken, or it is not known by which event.</summary>
    public int EventOf(int step) => _events[step];

    internal void Reset()
    {
        Array.Clear(_took);
        Array.Fill(_events, -1);
        Array.Fill(_micros, FunnelEvent.NoTime);
        (Depth, IsTainted, EndedAt, TaintedBy) = (0, false, null, -1);
    }

    /// <summary>The places of all its events.</summary>
    internal IEnumerable<int> Places => _events.Where(place => place >= 0);

    internal void Take(int step, int place, long micros)
    {
        (_events[step], _micros[step], _took[step]) = (place, micros, true);
        Depth = Math.Max(Depth, step + 1);
    }

    /// <summary>Takes a step of which neither event nor time are known.</summary>
    internal void TakeWithoutEvent(int step) => Take(step, -1, FunnelEvent.NoTime);

    /// <summary>
    /// Whether it counts before another: the deeper; then the clean one; then the one that completes first; then the one
    /// that begins last; then the one with the earlier middle events, those of required steps before those of optional ones.
    /// </summary>
    internal bool IsBetterThan(Attempt other, FunnelRules rules)
    {
        if (Depth != other.Depth)
        {
            return Depth > other.Depth;
        }

        if (IsTainted != other.IsTainted)
        {
            return !IsTainted;
        }

        if (Completion != other.Completion)
        {
            return Completion < other.Completion;
        }

        return Entry != other.Entry ? Entry > other.Entry : HasEarlierMiddleThan(other, rules);
    }

    private bool HasEarlierMiddleThan(Attempt other, FunnelRules rules) =>
        CompareMiddle(other, rules, optional: false) is var required && required != 0
            ? required < 0
            : CompareMiddle(other, rules, optional: true) < 0;

    private int CompareMiddle(Attempt other, FunnelRules rules, bool optional)
    {
        for (var step = 1; step < Steps; step++)
        {
            var order = rules.IsOptional(step) == optional ? TimeOrNever(step).CompareTo(other.TimeOrNever(step)) : 0;
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static T[] Filled<T>(int length, T value)
    {
        var items = new T[length];
        Array.Fill(items, value);
        return items;
    }

    private long TimeOrNever(int step) => Took(step) ? _micros[step] : long.MaxValue;
}
