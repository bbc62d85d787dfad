using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;

namespace Sluice.Core.Models.Building;

/// <summary>What the building of journeys indexes works with.</summary>
/// <param name="Store">The indexes.</param>
/// <param name="Columns">The engine that reads events.</param>
public sealed record JourneyPorts(IJourneyStore Store, ISqlColumnEngine Columns);
