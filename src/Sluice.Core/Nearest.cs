namespace Sluice.Core;

/// <summary>Finds the names a user may have meant.</summary>
public static class Nearest
{
    private const int ShortestPart = 4;

    /// <summary>A half sentence for an error: the likeliest name, else all names, else that there are none.</summary>
    public static string Suggest(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var names = known.Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "There are none yet."
            : Find(wanted, names) is { } best ? $"Did you mean '{best}'?"
            : $"There are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.";
    }

    /// <summary>The same where there are few: the likeliest, and all there are.</summary>
    public static string Among(string wanted, IEnumerable<string> known)
    {
        var names = known.ToList();
        return (Find(wanted, names) is { } best ? $"Did you mean '{best}'? " : "")
            + $"There are: {string.Join(", ", names)}.";
    }

    /// <summary>The name that was probably meant; null where none is near.</summary>
    public static string? Find(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Near(wanted, known.Order(StringComparer.Ordinal), name => [name]) is [var best, ..] ? best : null;
    }

    /// <summary>The names that are near to the one wanted, the nearest first, of equal ones in their order; none where none is.</summary>
    /// <remarks>
    /// Near means: at most a third of the letters written is wrong, missing or too much, or one of both contains the other as a
    /// whole and is at most twice as long. Case does not matter.
    /// </remarks>
    /// <param name="wanted">What was written.</param>
    /// <param name="known">The names.</param>
    /// <param name="spellings">In which ways one may be written; the nearest of them decides.</param>
    public static IReadOnlyList<string> Near(
        string wanted,
        IEnumerable<string> known,
        Func<string, IEnumerable<string>> spellings
    )
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(spellings);
        return
        [
            .. known
                .Select(name =>
                    (Name: name, Distance: spellings(name).Min(spelling => DistanceIfNear(wanted, spelling)))
                )
                .Where(name => name.Distance is not null)
                .OrderBy(name => name.Distance)
                .Select(name => name.Name),
        ];
    }

    // One letter may always be another, but of a name of one or two that is half of it, and says nothing.
    private static int? DistanceIfNear(string wanted, string name)
    {
        var most = Math.Max(wanted.Length / 3, Math.Max(wanted.Length, name.Length) >= 3 ? 1 : 0);
        return Distance(wanted, name) is var distance && (distance <= most || IsPart(wanted, name)) ? distance : null;
    }

    private static bool IsPart(string a, string b)
    {
        var (part, whole) = a.Length < b.Length ? (a, b) : (b, a);
        return part.Length >= ShortestPart
            && 2 * part.Length >= whole.Length
            && whole.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    // Levenshtein's edit distance, ignoring case, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution =
                    diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
