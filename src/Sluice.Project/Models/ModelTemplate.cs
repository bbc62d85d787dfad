using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Project.Templates;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>A model's SQL as a template, parsed once and rendered per run. Safe for several threads.</summary>
/// <remarks>
/// While the project is read it is rendered as dbt does it, with <c>execute</c> false, to learn what it reads and how it is
/// configured; then as a run would, so that what fails there is known now.
/// </remarks>
internal sealed class ModelTemplate
{
    // Any day will do: what a template reads must not depend on it, and Render sees to that.
    private static readonly DataInterval AnyDay = DataInterval.OfDay(new(2001, 1, 1), TimeZoneInfo.Utc);

    private readonly TemplateProject _project;
    private readonly Template? _template;
    private readonly string _name;
    private readonly ModelRecord _record;

    private ModelTemplate(TemplateProject project, string name, Template? template, ModelRecord record) =>
        (_project, _name, _template, _record) = (project, name, template, record);

    /// <summary>The models it reads or could read, without repetition.</summary>
    public IReadOnlyList<string> Refs => _record.Refs;

    /// <summary>The raw tables it reads or could read, without repetition.</summary>
    public IReadOnlyList<TableId> Sources => _record.Sources;

    /// <summary>What <c>config(…)</c> was given in the file; of a key that is given twice the last value, tags and meta together.</summary>
    public IReadOnlyDictionary<string, ConfigValue> Config => _record.Own;

    /// <summary>Reads a model.</summary>
    /// <param name="file">How messages call the file; its name is the model's.</param>
    /// <param name="sql">Its text.</param>
    /// <param name="project">What all templates share.</param>
    /// <param name="inherited">The configuration from elsewhere, which <c>config.get</c> sees below the file's own.</param>
    /// <param name="problems">Told everything that is wrong.</param>
    public static ModelTemplate Parse(
        string file,
        string sql,
        TemplateProject project,
        IReadOnlyDictionary<string, ConfigValue> inherited,
        Problems problems
    )
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var record = new ModelRecord(inherited);
        try
        {
            var template = Template.Parse(file, sql);
            LiteralReferences.Record(template, project.Macros, project.Name, record);
            var read = new ModelTemplate(project, name, template, record);
            // What goes wrong here alone never goes wrong in a run, as a variable that is set under 'if execute' only.
            read.Try(execute: false, isIncremental: false, new Problems());
            read.Try(execute: true, isIncremental: false, problems);
            if (record.TryConfig("materialized", out var kind) && kind is "incremental")
            {
                read.Try(execute: true, isIncremental: true, problems);
            }

            return read;
        }
        catch (TemplateException problem)
        {
            problems.Add(problem.ToDiagnostic(file));
            return new(project, name, null, record);
        }
    }

    /// <summary>Makes the statement for one run.</summary>
    /// <exception cref="DefinitionException">It cannot be rendered with this scope's variables.</exception>
    public string Render(ModelScope scope) => Render(scope, null);

    /// <summary>The file's line behind a line of the statement for one run, both 1-based; null where there is none.</summary>
    public int? LineOf(ModelScope scope, int line)
    {
        var lines = new LineMap();
        return lines.LineOf(Render(scope, lines), line);
    }

    private string Render(ModelScope scope, LineMap? lines)
    {
        var template = _template ?? throw new InvalidOperationException("A template with problems is not rendered.");
        try
        {
            return new Interpreter(
                new ModelNames(_project, _name, scope, execute: true, new SealedRecord(_record)),
                lines
            ).Render(template);
        }
        catch (TemplateException problem)
        {
            throw new DefinitionException([problem.ToDiagnostic(template.File)]);
        }
    }

    private void Try(bool execute, bool isIncremental, Problems problems)
    {
        var scope = new ModelScope(AnyDay, "duckdb") { IsIncremental = isIncremental };
        var interpreter = new Interpreter(new ModelNames(_project, _name, scope, execute, _record));
        try
        {
            interpreter.Render(_template!, problem => problems.Add(problem.ToDiagnostic(_template!.File)));
        }
        catch (TemplateException problem)
        {
            problems.Add(problem.ToDiagnostic(_template!.File));
        }
    }
}
