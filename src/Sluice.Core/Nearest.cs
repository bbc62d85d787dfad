namespace Sluice.Core;

/// <summary>Finds the names a user may have meant.</summary>
public static class Nearest
{
    /// <summary>A half sentence for an error: the likeliest name, else all names, else that there are none.</summary>
    public static string Suggest(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var names = known.Order(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return "There are none yet.";
        }

        return Find(wanted, names) is { } best
            ? $"Did you mean '{best}'?"
            : $"There are: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")}.";
    }

    /// <summary>The name that was probably meant: it differs in at most a third of its letters; null where there is none.</summary>
    public static string? Find(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var best = known.Order(StringComparer.Ordinal).MinBy(name => Distance(wanted, name));
        return best is not null && Distance(wanted, best) <= Math.Max(1, wanted.Length / 3) ? best : null;
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
