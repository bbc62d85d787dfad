namespace Sluice.Core.Models.Testing;

/// <summary>What failing rows of a test mean.</summary>
public enum TestSeverity
{
    /// <summary>The model fails, and nothing is published.</summary>
    Error,

    /// <summary>They are reported, and the model is published.</summary>
    Warn,
}
