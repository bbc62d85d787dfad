namespace Sluice.Core.Funnels.Questions;

/// <summary>How much of a file's time column one way of reading it can read.</summary>
/// <param name="Time">The way.</param>
/// <param name="Read">Values that it reads as times of the years 1 to 9999.</param>
/// <param name="FirstLocal">The earliest wall-clock time that says no zone, in microseconds; null without one.</param>
/// <param name="LastLocal">The latest such time.</param>
internal sealed record TimeCount(EventFileTime Time, long Read, long? FirstLocal, long? LastLocal);
