using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>Says in words what a load changed about a table's columns.</summary>
public static class LoadNote
{
    /// <summary>The note, or null where nothing changed.</summary>
    public static string? Of(LoadOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        string[] notes =
        [
            outcome.IsEmptyUnexpectedly ? "no rows, where some were expected" : "",
            outcome.OpenSince is { } since
                ? FormattableString.Invariant(
                    $"a transaction open since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC may still add rows of this window: a longer lookback finds them"
                )
                : "",
            Columns(outcome.Added, outcome.Dropped, outcome.Widened),
        ];
        var said = string.Join("; ", notes.Where(note => note.Length > 0));
        return said.Length == 0 ? null : said;
    }

    /// <summary>What is new, what is gone and what is wider, in words; empty where nothing is.</summary>
    public static string Columns(
        IReadOnlyList<Column> added,
        IReadOnlyList<Column> missing,
        IReadOnlyList<WidenedColumn> widened
    )
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(missing);
        ArgumentNullException.ThrowIfNull(widened);
        var notes = new List<string>();
        if (added.Count > 0)
        {
            notes.Add($"new columns: {string.Join(", ", added.Select(column => column.Name))}");
        }

        if (missing.Count > 0)
        {
            notes.Add(
                $"gone from the source, null from now on: {string.Join(", ", missing.Select(column => column.Name))}"
            );
        }

        if (widened.Count > 0)
        {
            notes.Add($"wider now: {string.Join(", ", widened)}");
        }

        return string.Join("; ", notes);
    }
}
