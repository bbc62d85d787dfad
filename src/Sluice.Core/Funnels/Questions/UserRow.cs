namespace Sluice.Core.Funnels.Questions;

/// <summary>A user's properties as they were for some time.</summary>
/// <param name="FromMicros">The first instant at which they were; null means always before.</param>
/// <param name="ToMicros">The first instant at which they no longer were; null means they still are.</param>
/// <param name="Values">The properties that the breakdowns ask for.</param>
internal sealed record UserRow(long? FromMicros, long? ToMicros, IReadOnlyList<object?> Values)
{
    public bool IsValidAt(long micros) =>
        (FromMicros is null || micros >= FromMicros) && (ToMicros is null || micros < ToMicros);
}
