using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>What an index is built from.</summary>
public sealed record JourneySource
{
    /// <summary>The format of indexes; another one makes other names.</summary>
    public const int FormatVersion = 1;

    /// <summary>The event table.</summary>
    public required SqlRelation Events { get; init; }

    /// <summary>Its identity.</summary>
    public required string Incarnation { get; init; }

    /// <summary>Its column of units.</summary>
    public required Column Unit { get; init; }

    /// <summary>Its column of times.</summary>
    public required Column Time { get; init; }

    /// <summary>Its column of names.</summary>
    public required Column Name { get; init; }

    /// <summary>The users' properties; null where there are none.</summary>
    public JourneyUsers? Users { get; init; }

    /// <summary>A table of the units that are read, in its only column <c>unit</c>; null for all.</summary>
    internal SqlRelation? Only { get; init; }

    /// <summary>Whether units are compared as integers; else as texts.</summary>
    public bool HasIntegerUnits => IsInteger(Unit) && (Users is null || IsInteger(Users.Key));

    /// <summary>The index's name: equal for equal input.</summary>
    public string Id => Hash([Settings(), Incarnation, .. FileNames(Events)])[..32];

    /// <summary>The tables.</summary>
    internal IEnumerable<SqlRelation> Relations => new[] { Events, Users?.Relation, Only }.OfType<SqlRelation>();

    /// <summary>Whether both read the same tables and columns, in whatever version.</summary>
    internal bool HasColumnsOf(JourneySource other) =>
        Events.Table == other.Events.Table
        && (Unit, Time, Name) == (other.Unit, other.Time, other.Name)
        && Users?.Relation.Table == other.Users?.Relation.Table
        && Users?.Key == other.Users?.Key
        && (Users is null || Users.Relation.Schema.SameAs(other.Users!.Relation.Schema));

    /// <summary>The name of a data file, which is written once under it.</summary>
    internal static string FileName(DataFile file) => file.Path[(file.Path.LastIndexOfAny(['/', '\\']) + 1)..];

    private static bool IsInteger(Column column) =>
        column.Type.Kind is ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long;

    private static string[] FileNames(SqlRelation relation) =>
        [.. relation.Files.Select(FileName).Order(StringComparer.Ordinal)];

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            // Each part with its length, so that no two lists of parts read the same.
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Settings()
    {
        var parts = new List<string> { FormatVersion.ToString(CultureInfo.InvariantCulture), Events.Table.ToString() };
        parts.AddRange(new[] { Unit, Time, Name }.Select(column => $"{column.Name} {column.Type}"));
        if (Users is { } users)
        {
            parts.AddRange([users.Relation.Table.ToString(), users.Incarnation, users.Key.Name]);
            parts.AddRange(users.Relation.Schema.Columns.Select(column => $"{column.Name} {column.Type}"));
            parts.AddRange(FileNames(users.Relation));
        }

        return Hash(parts);
    }
}
