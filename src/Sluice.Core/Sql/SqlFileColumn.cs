using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>A column of a user's file.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Type">What statements see; text where the file says no type.</param>
/// <param name="EngineType">The engine's name of the type that the file has.</param>
public sealed record SqlFileColumn(string Name, ColumnType Type, string EngineType)
{
    /// <summary>Whether texts may stand for numbers and truth values, since the format has no types of its own.</summary>
    public bool IsUntyped { get; init; }

    /// <summary>The first value of each kind, in a format whose values say theirs; empty in others.</summary>
    public IReadOnlyList<SqlFileValue> Firsts { get; init; } = [];

    /// <summary>Whether times are those of a wall clock, which says no zone.</summary>
    public bool IsLocalTime { get; init; }
}
