namespace Sluice.Project.Templates.Evaluation;

/// <summary>Variables, and those around them. What a loop or a macro sets ends with it.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public object? this[string name]
    {
        set => _values[name] = value;
    }

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Every name that can be seen from here.</summary>
    public IEnumerable<string> Names => _values.Keys.Concat(Outer?.Names ?? []);

    private Scope? Outer => outer;
}
