using Sluice.Core.Builds;
using Sluice.Core.Models.Resuming;
using Sluice.Lake.Builds;

namespace Sluice.Lake.Modeling;

/// <summary>What a model became, in a journal. Keys are stable: add, never rename.</summary>
internal sealed record StoredModel
{
    public required StoredTable Table { get; init; }

    public required ModelRecord Record { get; init; }

    public required bool Unchanged { get; init; }

    public static StoredModel Of(ModelNote note) =>
        new()
        {
            Table = StoredTable.Of(note.Table),
            Record = note.Record,
            Unchanged = note.Unchanged,
        };

    public ModelNote ToNote() => new(Table.ToVersion(), Record, Unchanged);
}
