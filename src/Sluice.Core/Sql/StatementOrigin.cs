using System.Globalization;

namespace Sluice.Core.Sql;

/// <summary>The file that a statement was made of, for messages.</summary>
/// <param name="Name">What it is: <c>model dim_user</c>.</param>
/// <param name="File">The file, relative to the project.</param>
/// <param name="LineOf">The file's line behind a line of the statement, both 1-based; null where it is not known.</param>
public sealed record StatementOrigin(string Name, string File, Func<int, int?> LineOf)
{
    /// <summary>The whole of it: <c>model dim_user (models/dim_user.sql)</c>.</summary>
    public string Subject => $"{Name} ({File})";

    /// <summary>A place in it: <c>model dim_user (models/dim_user.sql, line 7)</c>.</summary>
    /// <param name="line">A line of the statement; null where none is known.</param>
    public string At(int? line) =>
        line is { } known && LineOf(known) is { } own
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} ({File}, line {own})")
            : Subject;
}
