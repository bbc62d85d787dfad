using Sluice.Core.Tables;

namespace Sluice.Core.Upkeep;

/// <summary>What a compaction did to a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Joined">Small files that went.</param>
/// <param name="Made">Files that came in their place.</param>
/// <param name="BytesBefore">Bytes of the files that went.</param>
/// <param name="BytesAfter">Bytes of the files that came.</param>
/// <param name="Version">The table's newest version.</param>
public sealed record CompactionOutcome(
    TableId Table,
    int Joined,
    int Made,
    long BytesBefore,
    long BytesAfter,
    long Version
);
