namespace Sluice.Core.Extraction;

/// <summary>Says in words what a load changed about a table's columns.</summary>
public static class LoadNote
{
    /// <summary>The note, or null where nothing changed.</summary>
    public static string? Of(LoadOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var notes = new List<string>();
        if (outcome.Added.Count > 0)
        {
            notes.Add($"new columns: {string.Join(", ", outcome.Added.Select(column => column.Name))}");
        }

        if (outcome.Dropped.Count > 0)
        {
            notes.Add(
                $"gone from the source, null from now on: {string.Join(", ", outcome.Dropped.Select(column => column.Name))}"
            );
        }

        return notes.Count == 0 ? null : string.Join("; ", notes);
    }
}
