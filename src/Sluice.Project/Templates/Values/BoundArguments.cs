namespace Sluice.Project.Templates.Values;

/// <summary>Arguments by the names of the parameters they were given for.</summary>
internal sealed class BoundArguments(string function, IReadOnlyDictionary<string, object?> values)
{
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The value, <paramref name="fallback"/> where it was not given.</summary>
    public object? Get(string name, object? fallback = null) =>
        values.TryGetValue(name, out var value) ? value : fallback;

    public string Text(string name, string? fallback = null) =>
        Get(name, fallback) as string ?? throw Wrong(name, "a text");

    public long Number(string name, long fallback = 0) =>
        Get(name, fallback) switch
        {
            long number => number,
            bool flag => flag ? 1 : 0,
            _ => throw Wrong(name, "a whole number"),
        };

    /// <summary>A number that becomes a size or a place in a list.</summary>
    public int Size(string name, int fallback = 0) =>
        Number(name, fallback) is >= -Limits.Characters and <= Limits.Characters and var number
            ? (int)number
            : throw Wrong(name, FormattableString.Invariant($"at most {Limits.Characters}"));

    public bool Flag(string name, bool fallback = false) => Comparison.IsTrue(Get(name, fallback));

    private TemplateException Wrong(string name, string wanted) =>
        Get(name) is Undefined undefined
            ? undefined.ToException()
            : new($"{function}() wants {wanted} as '{name}', not {PythonText.KindOf(Get(name))}.");
}
