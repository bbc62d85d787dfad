namespace Sluice.Core.Filters;

/// <summary>What values compare with: only those of one kind do.</summary>
internal enum ComparedKind
{
    /// <summary>Bytes, which compare with nothing.</summary>
    Nothing,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Numbers, whole or not.</summary>
    Number,

    /// <summary>True and false.</summary>
    Truth,

    /// <summary>Dates and times.</summary>
    Time,
}
