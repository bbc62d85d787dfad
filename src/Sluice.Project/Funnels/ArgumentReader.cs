using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads arguments one by one and collects what is wrong with them.</summary>
internal sealed class ArgumentReader
{
    private static readonly string[] MayBeNone = ["window", "modes", "exclude", "hold", "by", "from", "to"];

    private readonly Problems _problems = new();
    private readonly UnreadKeys _unread = new();
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>The value of an argument.</summary>
    /// <param name="key">Its key in the notation.</param>
    /// <param name="text">What was given; null for nothing.</param>
    /// <param name="read">Reads it, or throws a <see cref="DefinitionException"/>.</param>
    /// <param name="present">The value without it.</param>
    public T One<T>(string key, string? text, Func<string, T> read, T present)
    {
        if (text is null)
        {
            return present;
        }

        _given.Add(key);
        try
        {
            return read(text.Trim());
        }
        catch (DefinitionException wrong)
        {
            _unread.Add(key);
            _problems.Add(Option(key), 0, wrong.Problem, wrong.Hint);
            return present;
        }
    }

    /// <summary>The values of an argument that takes several.</summary>
    public IReadOnlyList<T> Several<T>(
        string key,
        IReadOnlyList<string> texts,
        Func<string, T> read,
        IReadOnlyList<T> present
    )
        where T : notnull
    {
        var parts = texts.SelectMany(NameText.Split).Select(part => part.Trim()).ToList();
        if (parts is [] or [FunnelWords.None])
        {
            _given.UnionWith(parts.Count > 0 ? [key] : []);
            return parts.Count > 0 ? [] : present;
        }

        return [.. parts.SelectMany(part => One<T[]>(key, part, text => [read(text)], []))];
    }

    /// <summary>Ends with all problems, those of the funnel as a whole among them.</summary>
    /// <exception cref="DefinitionException">There are some.</exception>
    public void ThrowIfWrong(FunnelDefinition funnel)
    {
        foreach (var problem in _unread.Check(funnel).Concat(StepTables.Check(funnel)))
        {
            // Of a saved funnel the key may stand in its file, which is right as long as nothing else is asked for.
            var isSaved = funnel.Name != AdHocFunnel.Name && !_given.Contains(problem.Key);
            var hint =
                isSaved && MayBeNone.Contains(problem.Key, StringComparer.Ordinal)
                    ? $"{problem.Hint} Here: {Option(problem.Key)} none"
                    : problem.Hint;
            _problems.Add(isSaved ? $"funnel {funnel.Name}" : Option(problem.Key), 0, problem.Message, hint);
        }

        _problems.ThrowIfAny();
    }

    private static string Option(string key) => $"--{key.Replace('_', '-')}";
}
