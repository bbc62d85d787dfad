using Sluice.Core.Tables;
using Sluice.Project.Templates;
using Sluice.Project.Templates.Dbt;

namespace Sluice.Project.Models;

/// <summary>What a model may ask for in a run: nothing that was not seen while the project was read, since its inputs are pinned.</summary>
internal sealed class SealedRecord(ModelRecord record) : IModelRecorder
{
    public void Ref(string model)
    {
        if (!record.Refs.Contains(model, StringComparer.Ordinal))
        {
            throw NotSeen($"ref('{model}')");
        }
    }

    public void Source(TableId table)
    {
        if (!record.Sources.Contains(table))
        {
            throw NotSeen($"source('{table.Schema}', '{table.Name}')");
        }
    }

    // The configuration is known since the project was read.
    public void Config(string key, object? value, string file, int line) { }

    public bool TryConfig(string key, out object? value) => record.TryConfig(key, out value);

    private static TemplateException NotSeen(string call) =>
        new(
            $"{call} came up in this run only: its name depends on the run, and what a model reads is pinned before.",
            $"Name it in so many words, for example in a comment of SQL: -- depends_on: {{{{ {call} }}}}."
        );
}
