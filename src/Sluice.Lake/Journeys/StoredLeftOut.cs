namespace Sluice.Lake.Journeys;

/// <summary>A property that the index does not have.</summary>
internal sealed record StoredLeftOut(string Name, string Reason);
