namespace Sluice.Lake.PostgreSql;

/// <summary>What the server is and what the session may see: asked once, when it opens.</summary>
/// <param name="Version">Its <c>server_version_num</c>, such as 150018.</param>
/// <param name="IsStandby">Whether it replays another server's changes.</param>
/// <param name="SeesActivity">Whether the user sees what other sessions do.</param>
/// <param name="ChecksText">Whether texts may be no UTF-8, because the database does not say what they are.</param>
/// <param name="User">The user.</param>
/// <param name="Schema">The schema of tables that are named without one; null where there is none.</param>
internal sealed record PostgreSqlFlags(
    int Version,
    bool IsStandby,
    bool SeesActivity,
    bool ChecksText,
    string User,
    string? Schema
)
{
    /// <summary>Whether a range of <c>ctid</c> reads its blocks only, and not the whole table.</summary>
    public bool HasBlockRanges => Version >= 140000;

    /// <summary>Whether an idle session can be ended by the server.</summary>
    public bool HasIdleTimeout => Version >= 140000;

    /// <summary>Whether the checkpointer has statistics of its own.</summary>
    public bool HasCheckpointer => Version >= 170000;
}
