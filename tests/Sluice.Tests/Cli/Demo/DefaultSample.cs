using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

/// <summary>The sample as users get it, made once for the tests that only read it.</summary>
public sealed class DefaultSample : IDisposable
{
    public DefaultSample() => Summary = File.Write(new SampleOptions());

    internal SampleFile File { get; } = new();

    internal SampleSummary Summary { get; }

    public void Dispose() => File.Dispose();
}
