namespace Sluice.Cli.Output;

/// <summary>How rows are written.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>RFC 4180, with a line of names.</summary>
    Csv,

    /// <summary>One JSON value.</summary>
    Json,
}
