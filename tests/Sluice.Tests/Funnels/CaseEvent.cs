using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;

namespace Sluice.Tests.Funnels;

/// <summary>An event of a case.</summary>
/// <param name="User">Whose it is; null for nobody's.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Micros">Its time; null where it has none.</param>
/// <param name="Properties">Its properties: JSON texts by key.</param>
internal sealed record CaseEvent(
    string? User,
    string? Name,
    long? Micros,
    IReadOnlyDictionary<string, string> Properties
)
{
    /// <summary>The properties as one JSON object; null without any.</summary>
    public string? Json =>
        Properties.Count == 0
            ? null
            : $"{{{string.Join(", ", Properties.Select(item => $"{CaseValue.Print(item.Key)}: {item.Value}"))}}}";

    /// <summary>The unit it belongs to; null for nobody's.</summary>
    public string? UnitIn(FunnelDefinition funnel) =>
        FunnelCase.UnitColumn(funnel) is not { } column ? User
        : Properties.TryGetValue(column, out var json) ? new ValueReader().ReadJson(json)?.ToString()
        : null;
}
