namespace Sluice.Cli.Output;

/// <summary>How the answer of a funnel is written.</summary>
internal enum FunnelFormat
{
    /// <summary>Columns and bars for people.</summary>
    Table,

    /// <summary>RFC 4180, with a line of names; a line per segment and step.</summary>
    Csv,

    /// <summary>By docs/schema/funnel-answer.schema.json.</summary>
    Json,

    /// <summary>One page with charts that needs nothing beside it.</summary>
    Html,
}
