using System.Data.Common;
using Sluice.Core.Extraction;

namespace Sluice.IntegrationTests.Servers;

/// <summary>A database of a real server, for tests that every server must pass.</summary>
internal interface IServerDatabase
{
    /// <summary>The database as a project defines it.</summary>
    SourceDefinition Definition { get; }

    /// <summary>Where the server listens.</summary>
    int Port => Definition.Connection!.Port!.Value;

    /// <summary>A session of the administrator, whose time zone is UTC.</summary>
    Task<DbConnection> ConnectAsync();

    /// <summary>Whether a session of the extract has had a statement at work for more than a moment, as the server sees it.</summary>
    Task<bool> IsReadingAsync();
}
