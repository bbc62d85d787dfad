using System.Globalization;
using MySqlConnector;
using Sluice.Core.Extraction;

namespace Sluice.Lake.MySql;

/// <summary>Cuts a range of a table into parts.</summary>
internal static class MySqlSplit
{
    /// <summary>The inner bounds of parts of equal width; none where the range is not of integers.</summary>
    public static IReadOnlyList<SourceBound> Read(
        MySqlConnection connection,
        PageRequest request,
        int parts,
        CancellationToken cancellationToken
    )
    {
        if (
            parts < 2
            || request.NullColumn is not null
            || request.Order is not [var first, ..]
            || request.Shape.Find(first)?.Declared is not { } declared
            || MySqlType.Parse(declared).Family != MySqlFamily.Integer
        )
        {
            return [];
        }

        // The ends of an index cost nothing; a range between them would be read.
        var least = End(request.Lower, "min");
        var greatest = End(request.Upper, "max");
        var cuts = new List<SourceBound>();
        for (var i = 1; i < parts && least < greatest; i++)
        {
            var cut = least.Value + ((greatest.Value - least.Value + 1) * i / parts);
            var bound = new SourceBound([cut.ToString(CultureInfo.InvariantCulture)], IsInclusive: true);
            if (cut > least && cut <= greatest && (cuts.Count == 0 || cuts[^1] != bound))
            {
                cuts.Add(bound);
            }
        }

        return cuts;

        Int128? End(SourceBound? bound, string function)
        {
            var text = bound is not null
                ? bound.Values[0]
                : Convert.ToString(
                    MySqlQuery.Value(
                        connection,
                        $"select {function}({MySqlName.Quote(first)}) from {MySqlName.Parse(request.Shape.Table).Quoted}",
                        cancellationToken
                    ),
                    CultureInfo.InvariantCulture
                );
            return string.IsNullOrEmpty(text) ? null : Int128.Parse(text, CultureInfo.InvariantCulture);
        }
    }
}
