using Sluice.Core.Scheduling.Store;

namespace Sluice.Tests.State;

public sealed class MemoryRunStoreTests : RunStoreTests
{
    private protected override IRunStore OpenNew(TimeProvider clock) => new MemoryRunStore(clock);
}
