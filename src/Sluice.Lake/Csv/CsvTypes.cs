using Sluice.Core.Tables;

namespace Sluice.Lake.Csv;

/// <summary>Infers column types from the first rows of a file.</summary>
/// <remarks>
/// A column gets the narrowest type that more than half of its values have: one bad value among many numbers is then a bad row
/// that is reported, and not a silent change of the whole column to text. Numbers with leading zeros are texts.
/// </remarks>
/// <param name="columns">Columns of the file.</param>
internal sealed class CsvTypes(int columns)
{
    private const int Sample = 10_000;

    // From narrow to wide: a value is counted for the first type that reads it.
    private static readonly ColumnKind[] Candidates =
    [
        ColumnKind.Long,
        ColumnKind.Double,
        ColumnKind.Boolean,
        ColumnKind.Date,
        ColumnKind.Timestamp,
    ];

    private readonly int[,] _votes = new int[columns, Candidates.Length];
    private readonly int[] _values = new int[columns];
    private int _rows;

    /// <summary>Whether more rows would be looked at.</summary>
    public bool WantsMore => _rows < Sample;

    /// <summary>Looks at the current row.</summary>
    public void Look(CsvRows row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _rows++;
        for (var column = 0; column < columns; column++)
        {
            var field = row[column];
            if (field.IsEmpty)
            {
                continue;
            }

            _values[column]++;
            for (var candidate = 0; candidate < Candidates.Length; candidate++)
            {
                if (CsvField.Reads(field, Candidates[candidate]))
                {
                    _votes[column, candidate]++;
                    break;
                }
            }
        }
    }

    /// <summary>The type of a column; text where it was empty in all rows.</summary>
    public ColumnType TypeOf(int column)
    {
        // Whole numbers are also fractions, and dates are also times: the wider type collects the votes of the narrower one.
        var votes = Enumerable.Range(0, Candidates.Length).ToDictionary(i => Candidates[i], i => _votes[column, i]);
        var numbers = votes[ColumnKind.Long] + votes[ColumnKind.Double];
        var times = votes[ColumnKind.Date] + votes[ColumnKind.Timestamp];
        var half = _values[column] / 2;
        return numbers > half ? (votes[ColumnKind.Double] > 0 ? ColumnKind.Double : ColumnKind.Long)
            : times > half ? (votes[ColumnKind.Timestamp] > 0 ? ColumnKind.Timestamp : ColumnKind.Date)
            : votes[ColumnKind.Boolean] > half ? ColumnKind.Boolean
            : ColumnKind.String;
    }
}
