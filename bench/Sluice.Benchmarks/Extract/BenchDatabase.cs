using System.Data.Common;

namespace Sluice.Benchmarks.Extract;

/// <summary>A database with a table <c>visits</c> of 8 columns to extract, and one of accounts that a shop reads and updates meanwhile.</summary>
internal abstract class BenchDatabase : IDisposable
{
    /// <summary>Accounts that the load works on.</summary>
    public const int Accounts = 100_000;

    /// <summary>Its name in the tables of figures.</summary>
    public abstract string Name { get; }

    /// <summary>The line under <c>app:</c> in sluice.yaml that says where it is.</summary>
    public abstract string Yaml { get; }

    /// <summary>Fills both tables anew.</summary>
    public abstract void Fill(long rows);

    /// <summary>Reads all of <c>visits</c> by one statement, in the fastest way the driver has, and keeps nothing.</summary>
    public abstract long Drain();

    /// <summary>A session for the load; null where there is no server.</summary>
    public abstract DbConnection? Connect();

    /// <summary>Longest statement of the extract's user since the last call, as the server saw it; null where it does not tell.</summary>
    public abstract TimeSpan? LongestStatement();

    /// <summary>The sessions that the extract has at the moment.</summary>
    public abstract int Sessions(DbConnection connection);

    public abstract void Dispose();

    /// <summary>Opens the database of a name in a process of its own that the benchmark started.</summary>
    public static BenchDatabase Attach(string name, string address) =>
        name switch
        {
            "sqlite" => new SqliteBench(address),
            "postgresql" => new PostgreSqlBench(address),
            "mariadb" => new MariaDbBench(address),
            _ => throw new ArgumentException($"There is no database '{name}'.", nameof(name)),
        };

    /// <summary>What <see cref="Attach"/> needs to find it.</summary>
    public abstract string Address { get; }
}
