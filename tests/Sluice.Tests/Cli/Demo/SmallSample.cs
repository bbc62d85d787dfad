using Sluice.Cli.Demo;

namespace Sluice.Tests.Cli.Demo;

/// <summary>
/// A sample of 5,000 users: enough for every rare thing, and fast to query without an index.
/// </summary>
public sealed class SmallSample : IDisposable
{
    internal SampleFile File { get; } = SampleFile.Written(new SampleOptions { Users = 5_000 });

    public void Dispose() => File.Dispose();
}
