using System.Text;
using Sluice.Core.Models;
using Sluice.Core.Models.Properties;
using Sluice.Core.Models.Testing;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>A raw table, a seed or a model on the page.</summary>
/// <param name="Table">The table.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Parents">What it reads.</param>
internal sealed record DocsNode(TableId Table, DocsKind Kind, IReadOnlyList<TableId> Parents)
{
    /// <summary>The model or seed; null for a raw table.</summary>
    public ModelDefinition? Model { get; init; }

    /// <summary>What is written of the raw table; null where nothing is.</summary>
    public SourceProperties? Source { get; init; }

    /// <summary>The tests that are written at it.</summary>
    public IReadOnlyList<DataTest> Tests { get; init; } = [];

    public NodeProperties Properties => Model?.Properties ?? Source?.Node ?? NodeProperties.None;

    public string Title => Kind == DocsKind.Source ? Table.FullName : Table.Name;

    public string Word =>
        Kind switch
        {
            DocsKind.Source => "source",
            DocsKind.Seed => "seed",
            DocsKind.Model => "model",
        };

    /// <summary>The id of its section: letters and digits stay, other characters are hexadecimal behind a tilde.</summary>
    public string Anchor
    {
        get
        {
            var anchor = new StringBuilder(Word).Append('-');
            foreach (var character in Title)
            {
                _ =
                    char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.'
                        ? anchor.Append(character)
                        : anchor.Append('~').Append(((int)character).ToString("x4", null));
            }

            return anchor.ToString();
        }
    }
}
