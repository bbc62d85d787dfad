using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Cli.Commands;

/// <summary>Reads <c>--type COLUMN=TYPE</c>.</summary>
internal static class ImportTypes
{
    private static readonly ColumnKind[] Allowed =
    [
        ColumnKind.String,
        ColumnKind.Long,
        ColumnKind.Double,
        ColumnKind.Boolean,
        ColumnKind.Date,
        ColumnKind.Timestamp,
    ];

    /// <summary>The types by column.</summary>
    /// <exception cref="DefinitionException">One is no column with a type.</exception>
    public static IReadOnlyDictionary<string, ColumnType> Parse(IEnumerable<string> options)
    {
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            var at = option.LastIndexOf('=');
            if (at <= 0 || !ColumnType.TryParse(option[(at + 1)..], out var type) || !Allowed.Contains(type.Kind))
            {
                throw new DefinitionException(
                    $"'--type {option}' is not COLUMN=TYPE.",
                    $"Types are: {string.Join(", ", Allowed.Select(kind => new ColumnType(kind)))}."
                );
            }

            types[option[..at]] = type;
        }

        return types;
    }
}
