using System.Text;
using Sluice.Core.Models;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>A model's SQL with its <c>{{ … }}</c> places, parsed once and rendered per run. Immutable.</summary>
/// <remarks>Of dbt's language: ref, source, var, config(materialized='table'), target.type and comments. The rest is refused by name.</remarks>
internal sealed class ModelTemplate
{
    private readonly IReadOnlyList<Func<ModelScope, string>> _parts;

    private ModelTemplate(
        IReadOnlyList<Func<ModelScope, string>> parts,
        IReadOnlyList<string> refs,
        IReadOnlyList<TableId> sources
    ) => (_parts, Refs, Sources) = (parts, refs, sources);

    public IReadOnlyList<string> Refs { get; }

    public IReadOnlyList<TableId> Sources { get; }

    public static ModelTemplate Parse(
        string file,
        string sql,
        IReadOnlyDictionary<string, string> variables,
        Problems problems
    )
    {
        var parts = new List<Func<ModelScope, string>>();
        var refs = new List<string>();
        var sources = new List<TableId>();
        foreach (var piece in TemplatePieces.Split(sql))
        {
            switch (piece.Kind)
            {
                case PieceKind.Text:
                    parts.Add(_ => piece.Text);
                    break;
                case PieceKind.Comment:
                    break;
                case PieceKind.Statement:
                    problems.Add(
                        file,
                        piece.Line,
                        $"'{{% {piece.Text} %}}' is not part of the templates that this version renders.",
                        "It knows ref, source, var, config and target.type."
                    );
                    break;
                case PieceKind.Unclosed:
                    problems.Add(file, piece.Line, $"'{piece.Text}' is never closed.");
                    break;
                case PieceKind.Expression:
                    AddExpression(piece);
                    break;
            }
        }

        return new(parts, [.. refs.Distinct(StringComparer.Ordinal)], [.. sources.Distinct()]);

        void AddExpression(TemplatePiece piece)
        {
            var call = TemplateCall.Parse(piece.Text);
            switch (call)
            {
                case { Name: "ref", Arguments: [var model], Named.Count: 0 }:
                    refs.Add(model);
                    parts.Add(_ => SqlIdentifier.Quote(TableId.Mart(model)));
                    break;
                case { Name: "source", Arguments: [var source, var table], Named.Count: 0 }:
                    sources.Add(TableId.Raw(source, table));
                    parts.Add(_ => SqlIdentifier.Quote(TableId.Raw(source, table)));
                    break;
                case { Name: "var", Arguments: ["ds"], Named.Count: 0 }:
                    parts.Add(scope => scope.Interval.Ds);
                    break;
                case { Name: "var", Arguments: [var name, ..], Named.Count: 0 }
                    when variables.ContainsKey(name) || call.Arguments.Count == 2:
                    var value = variables.GetValueOrDefault(name) ?? call.Arguments[1];
                    parts.Add(_ => value);
                    break;
                case { Name: "var", Arguments: [var name] }:
                    problems.Add(
                        file,
                        piece.Line,
                        $"var('{name}') has no value.",
                        "Give it one under vars: in dbt_project.yml, or a default: var('name', 'value')."
                    );
                    break;
                case { Name: "config", IsCall: true, Arguments.Count: 0, Named: var named }
                    when named.All(pair => pair is ("materialized", "table")):
                    break;
                case { Name: "target.type", IsCall: false }:
                    parts.Add(scope => scope.TargetType);
                    break;
                default:
                    problems.Add(
                        file,
                        piece.Line,
                        $"'{{{{ {piece.Text} }}}}' is not part of the templates that this version renders.",
                        "It knows ref('model'), source('source', 'table'), var('name'), config(materialized='table') and target.type."
                    );
                    break;
            }
        }
    }

    public string Render(ModelScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part(scope));
        }

        return text.ToString();
    }
}
