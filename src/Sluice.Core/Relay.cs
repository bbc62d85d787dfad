namespace Sluice.Core;

/// <summary>Hands each report to a function, at once and on the reporter's thread, which <see cref="Progress{T}"/> does not.</summary>
internal sealed class Relay<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
