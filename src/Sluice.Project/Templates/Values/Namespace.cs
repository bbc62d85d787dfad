namespace Sluice.Project.Templates.Values;

/// <summary>What <c>namespace()</c> makes: variables that a loop can set for what comes after it.</summary>
internal sealed class Namespace(ValueMap items)
{
    public ValueMap Items { get; } = items;
}
