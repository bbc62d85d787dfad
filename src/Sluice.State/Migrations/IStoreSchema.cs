using System.Data.Common;
using DbUp.Builder;

namespace Sluice.State.Migrations;

/// <summary>The tables of a run store, as far as they have come.</summary>
internal interface IStoreSchema
{
    /// <summary>The table in which DbUp writes down which scripts it ran.</summary>
    public const string Journal = "schema_version";

    /// <summary>The connection that all goes through.</summary>
    DbConnection Connection { get; }

    /// <summary>The store, as the user knows it.</summary>
    string Place { get; }

    /// <summary>The folder of its scripts.</summary>
    string Scripts { get; }

    /// <summary>The script that was run last, by name; null where none was.</summary>
    /// <exception cref="Sluice.Core.PipelineException">Something else lies there.</exception>
    string? FindLast();

    /// <summary>Begins a transaction that no other migration and no writer is beside.</summary>
    void BeginAlone();

    /// <summary>Keeps a copy of the store as it is.</summary>
    void Backup(int version);

    /// <summary>Makes what the scripts need, and says how they are run.</summary>
    UpgradeEngineBuilder Prepare();
}
