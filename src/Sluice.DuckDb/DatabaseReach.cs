using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>The folders of the machine that a database reaches: those of the files of its tables, and one of its own.</summary>
internal sealed class DatabaseReach
{
    private readonly HashSet<string> _folders;

    /// <summary>Creates the reach of some tables.</summary>
    /// <param name="relations">The tables.</param>
    /// <param name="folder">The folder that the database may write to; null for one that only reads.</param>
    public DatabaseReach(IEnumerable<SqlRelation> relations, string? folder)
    {
        Folder = folder;
        _folders = relations
            .SelectMany(relation => relation.Paths)
            .Select(path => Path.GetDirectoryName(path)!)
            .ToHashSet(StringComparer.Ordinal);
        if (folder is not null)
        {
            _folders.Add(folder);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>The one that the database may write to; null for none.</summary>
    public string? Folder { get; }

    /// <summary>Whether all files of some tables lie in it.</summary>
    public bool Covers(IEnumerable<SqlRelation> relations) =>
        relations.SelectMany(relation => relation.Paths).All(path => _folders.Contains(Path.GetDirectoryName(path)!));
}
