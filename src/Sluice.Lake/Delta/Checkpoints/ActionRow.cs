using Apache.Arrow;
using Apache.Arrow.Types;

namespace Sluice.Lake.Delta.Checkpoints;

/// <summary>One row of a group of columns, read field by field; a field that the file does not have is null.</summary>
internal readonly record struct ActionRow(StructArray Group, int At)
{
    public string? Text(string name) =>
        Find(name) is StringArray texts && texts.IsValid(At) ? texts.GetString(At) : null;

    public string Required(string name) => Text(name) ?? throw new InvalidDataException($"a row has no '{name}'");

    public long? Number(string name) =>
        Find(name) switch
        {
            Int64Array longs => longs.GetValue(At),
            Int32Array integers => integers.GetValue(At),
            _ => null,
        };

    public bool? Truth(string name) => (Find(name) as BooleanArray)?.GetValue(At);

    public ActionRow? Inner(string name) =>
        Find(name) is StructArray inner && inner.IsValid(At) ? new(inner, At) : null;

    public List<string> List(string name)
    {
        var texts = new List<string>();
        if (Find(name) is ListArray lists && lists.IsValid(At) && lists.GetSlicedValues(At) is StringArray values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                texts.Add(values.GetString(i));
            }
        }

        return texts;
    }

    public Dictionary<string, string?>? Map(string name)
    {
        if (Find(name) is not MapArray maps || !maps.IsValid(At))
        {
            return null;
        }

        var (keys, values) = ((StringArray)maps.Keys, (StringArray)maps.Values);
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = maps.ValueOffsets[At]; i < maps.ValueOffsets[At + 1]; i++)
        {
            map[keys.GetString(i)] = values.IsValid(i) ? values.GetString(i) : null;
        }

        return map;
    }

    private IArrowArray? Find(string name)
    {
        var at = ((StructType)Group.Data.DataType).GetFieldIndex(name);
        return at < 0 ? null : Group.Fields[at];
    }
}
