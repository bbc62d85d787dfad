namespace Sluice.Project.Templates.Values;

/// <summary>Something that can be called.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Call">Does it.</param>
internal sealed record Function(string Name, Func<Arguments, object?> Call)
{
    /// <summary>What stands after its dot, as in <c>config.get</c>; null where nothing does.</summary>
    public Func<string, object?>? Attribute { get; init; }
}
