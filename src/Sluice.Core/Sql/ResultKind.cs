namespace Sluice.Core.Sql;

/// <summary>What a column of a result holds, where .NET has no type for it and a text stands in.</summary>
public enum ResultKind
{
    /// <summary>Values as their type says.</summary>
    Plain,

    /// <summary>Texts that are numbers, with more digits than .NET's types have.</summary>
    Number,

    /// <summary>Texts that are JSON: lists, structures and maps.</summary>
    Json,
}
