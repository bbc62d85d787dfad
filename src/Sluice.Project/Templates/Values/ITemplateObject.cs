namespace Sluice.Project.Templates.Values;

/// <summary>A value with attributes of its own: a table, <c>config</c>, <c>exceptions</c>, the loop.</summary>
internal interface ITemplateObject
{
    /// <summary>What messages call it.</summary>
    string Kind { get; }

    /// <summary>What it prints; null where it cannot be printed.</summary>
    string? Text { get; }

    /// <summary>The attribute; an <see cref="Undefined"/> that says why where there is none.</summary>
    object? Attribute(string name);
}
