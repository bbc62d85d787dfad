namespace Sluice.Core.Filters;

/// <summary>The relation of a comparison.</summary>
public enum FilterOperator
{
    /// <summary>Both are the same.</summary>
    Equal,

    /// <summary>They differ.</summary>
    NotEqual,

    /// <summary>The left one comes first.</summary>
    Less,

    /// <summary>The left one comes first, or both are the same.</summary>
    LessOrEqual,

    /// <summary>The left one comes last.</summary>
    Greater,

    /// <summary>The left one comes last, or both are the same.</summary>
    GreaterOrEqual,
}
