using System.Text;

namespace Sluice.DuckDb;

/// <summary>Paths for functions that take them for patterns.</summary>
internal static class GlobPath
{
    /// <summary>The pattern that only this path matches: a class of one character stands for itself.</summary>
    public static string Escape(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            escaped.Append(c is '[' or '*' or '?' ? $"[{c}]" : c.ToString());
        }

        return escaped.ToString();
    }
}
