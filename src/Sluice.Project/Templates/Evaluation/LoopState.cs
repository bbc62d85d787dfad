using Sluice.Core;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>The variable <c>loop</c>.</summary>
internal sealed class LoopState(IReadOnlyList<object?> items) : ITemplateObject
{
    private static readonly string[] Known =
    [
        "changed",
        "cycle",
        "depth",
        "depth0",
        "first",
        "index",
        "index0",
        "last",
        "length",
        "nextitem",
        "previtem",
        "revindex",
        "revindex0",
    ];

    private object? _seen;
    private bool _hasSeen;

    /// <summary>The place of the current item, from 0.</summary>
    public int At { get; set; }

    public string Kind => "the loop";

    public string? Text => null;

    public object? Attribute(string name) =>
        name switch
        {
            "index" => At + 1L,
            "index0" => (long)At,
            "revindex" => (long)items.Count - At,
            "revindex0" => items.Count - At - 1L,
            "first" => At == 0,
            "last" => At == items.Count - 1,
            "length" => (long)items.Count,
            "depth" => 1L,
            "depth0" => 0L,
            "previtem" => At > 0 ? items[At - 1] : new Undefined("the first item has no loop.previtem."),
            "nextitem" => At + 1 < items.Count ? items[At + 1] : new Undefined("the last item has no loop.nextitem."),
            "cycle" => new Function("loop.cycle", Cycle),
            "changed" => new Function("loop.changed", arguments => Changed(new FixedList(arguments.Positional))),
            _ => new Undefined($"'loop' has no '{name}'.", () => Nearest.Suggest(name, Known)),
        };

    private object? Cycle(Arguments arguments) =>
        arguments.Positional.Count == 0
            ? throw new TemplateException("loop.cycle() wants the values to go through.")
            : arguments.Positional[At % arguments.Positional.Count];

    private bool Changed(FixedList values)
    {
        var changed = !_hasSeen || !Comparison.AreEqual(_seen, values);
        (_seen, _hasSeen) = (values, true);
        return changed;
    }
}
