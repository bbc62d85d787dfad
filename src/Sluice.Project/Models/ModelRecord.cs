using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Models;

/// <summary>What a model asks for, found out while the project is read.</summary>
/// <param name="inherited">The configuration from elsewhere.</param>
internal sealed class ModelRecord(IReadOnlyDictionary<string, ConfigValue> inherited) : IModelRecorder
{
    private readonly List<string> _refs = [];
    private readonly List<TableId> _sources = [];
    private readonly Dictionary<string, ConfigValue> _own = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Refs => _refs;

    public IReadOnlyList<TableId> Sources => _sources;

    public IReadOnlyDictionary<string, ConfigValue> Own => _own;

    public void Ref(string model) => AddOnce(_refs, model);

    public void Source(TableId table) => AddOnce(_sources, table);

    public void Config(string key, object? value, string file, int line)
    {
        key = ConfigLayers.NameOf(key);
        _own[key] = ConfigLayers.Merge(
            key,
            _own.GetValueOrDefault(key),
            new(PlainValue.FromTemplate(value), file, line)
        );
    }

    public bool TryConfig(string key, out object? value)
    {
        key = ConfigLayers.NameOf(key);
        var own = _own.GetValueOrDefault(key);
        var found = own is null
            ? inherited.GetValueOrDefault(key)
            : ConfigLayers.Merge(key, inherited.GetValueOrDefault(key), own);
        value = PlainValue.ToTemplate(found?.Value);
        return found is not null;
    }

    private static void AddOnce<T>(List<T> list, T item)
    {
        if (!list.Contains(item))
        {
            list.Add(item);
        }
    }
}
