using System.ComponentModel.DataAnnotations;
using Sluice.Core.Tables;

namespace Sluice.DuckDb;

/// <summary>What a statement may use. Bound from the section <c>engine</c> of <c>sluice.yaml</c>.</summary>
public sealed record DuckDbOptions
{
    /// <summary>Threads of a statement.</summary>
    /// <value>0 by default: as many as the machine has cores.</value>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>Memory of a statement in MiB; what needs more goes to disk.</summary>
    /// <value>1024 by default: a product may live on the same machine.</value>
    [Range(64, int.MaxValue)]
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>Compares files with their checksums, where a query wants that; null compares nothing.</summary>
    public IDataFileCheck? Files { get; init; }
}
