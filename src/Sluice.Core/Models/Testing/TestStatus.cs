namespace Sluice.Core.Models.Testing;

/// <summary>How a test ended.</summary>
public enum TestStatus
{
    /// <summary>As it should.</summary>
    Pass,

    /// <summary>There are failures that are only to be reported.</summary>
    Warn,

    /// <summary>There are failures, and nothing may be published.</summary>
    Fail,

    /// <summary>It could not run.</summary>
    Error,
}
