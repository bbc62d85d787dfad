using Sluice.Core;

namespace Sluice.Project.Templates.Values;

/// <summary>An object that is nothing but its members.</summary>
/// <param name="name">The name it is known by.</param>
/// <param name="members">What stands after its dot.</param>
internal sealed class Members(string name, IReadOnlyDictionary<string, object?> members) : ITemplateObject
{
    public string Kind => $"'{name}'";

    public string? Text => null;

    public object? Attribute(string member) => Find(name, members, member);

    public static object? Find(string name, IReadOnlyDictionary<string, object?> members, string member) =>
        members.TryGetValue(member, out var value)
            ? value
            : new Undefined($"'{name}.{member}' is not known.", () => Nearest.Suggest(member, members.Keys));
}
