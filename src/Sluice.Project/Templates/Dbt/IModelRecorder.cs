using Sluice.Core.Tables;

namespace Sluice.Project.Templates.Dbt;

/// <summary>Is told what a model's template asks for while it is rendered.</summary>
internal interface IModelRecorder
{
    void Ref(string model);

    void Source(TableId table);

    void Config(string key, object? value, string file, int line);

    /// <summary>A value of the configuration, wherever it was given.</summary>
    bool TryConfig(string key, out object? value);
}
