using Sluice.Core.Models.Freshness;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Properties;

/// <summary>What a <c>schema.yml</c> says of a raw table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Node">Its description and columns.</param>
public sealed record SourceProperties(TableId Table, NodeProperties Node)
{
    /// <summary>What the file says of the source as a whole; empty where nothing is written.</summary>
    public string SourceDescription { get; init; } = "";

    /// <summary>How old its newest row may be; null where nobody asks.</summary>
    public SourceFreshness? Freshness { get; init; }
}
