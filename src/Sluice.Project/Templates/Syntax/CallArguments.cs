namespace Sluice.Project.Templates.Syntax;

/// <summary>The arguments of a call as they are written.</summary>
/// <param name="Positional">Those without names.</param>
/// <param name="Named">Those with names.</param>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional,
    IReadOnlyList<(string Name, Expression Value)> Named
)
{
    public static CallArguments None { get; } = new([], []);
}
