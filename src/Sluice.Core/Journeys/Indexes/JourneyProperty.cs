namespace Sluice.Core.Journeys.Indexes;

/// <summary>A property of users.</summary>
/// <param name="Name">The column of the users' table.</param>
/// <param name="Values">
/// The value of code 1, of code 2, and so on, each once, as <see cref="Sql.SqlValue"/> gives them; code 0 is null, or a user
/// who is not in the table. Values of users without events are among them, and those that only an index below had.
/// </param>
public sealed record JourneyProperty(string Name, IReadOnlyList<object> Values)
{
    /// <summary>The most values a property may have; with more it is left out.</summary>
    public const int MostValues = ushort.MaxValue;

    /// <summary>The value of a code.</summary>
    public object? this[ushort code] => code == 0 ? null : Values[code - 1];
}
