using Sluice.Core;

namespace Sluice.Project.Templates.Values;

/// <summary>What stands in the parentheses of a call.</summary>
/// <param name="Positional">Arguments without names.</param>
/// <param name="Named">Arguments with names, in their order.</param>
internal sealed record Arguments(IReadOnlyList<object?> Positional, IReadOnlyList<KeyValuePair<string, object?>> Named)
{
    public static Arguments None { get; } = new([], []);

    /// <summary>Assigns the arguments to parameters; what was not given is absent.</summary>
    /// <param name="function">What messages call the function.</param>
    /// <param name="required">How many of the parameters must be there.</param>
    /// <param name="parameters">Their names.</param>
    public BoundArguments Bind(string function, int required, params ReadOnlySpan<string> parameters)
    {
        var signature = Signature(function, required, parameters);
        if (Positional.Count > parameters.Length)
        {
            throw new TemplateException(
                FormattableString.Invariant(
                    $"{function}() takes {Count(parameters.Length)}, not {Positional.Count}: {signature}."
                )
            );
        }

        var bound = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < Positional.Count; i++)
        {
            bound[parameters[i]] = Positional[i];
        }

        foreach (var (name, value) in Named)
        {
            if (!parameters.Contains(name))
            {
                throw new TemplateException(
                    $"{function}() has no argument '{name}': {signature}.",
                    parameters.Length == 0 ? null : Nearest.Suggest(name, parameters.ToArray())
                );
            }

            if (!bound.TryAdd(name, value))
            {
                throw new TemplateException($"{function}() was given '{name}' twice: {signature}.");
            }
        }

        for (var i = 0; i < required; i++)
        {
            if (!bound.ContainsKey(parameters[i]))
            {
                throw new TemplateException($"{function}() wants '{parameters[i]}': {signature}.");
            }
        }

        return new(function, bound);
    }

    private static string Count(int number) =>
        number switch
        {
            0 => "no arguments",
            1 => "1 argument",
            _ => FormattableString.Invariant($"{number} arguments"),
        };

    private static string Signature(string function, int required, ReadOnlySpan<string> parameters)
    {
        var names = new List<string>();
        for (var i = 0; i < parameters.Length; i++)
        {
            names.Add(i < required ? parameters[i] : $"{parameters[i]}=…");
        }

        return $"{function}({string.Join(", ", names)})";
    }
}
