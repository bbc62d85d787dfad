using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Lake.MySql;

/// <summary>A type as the database declares it, taken apart.</summary>
/// <param name="Family">How its values are read.</param>
/// <param name="Name">Its name in small letters, without parameters.</param>
/// <param name="Length">The first parameter; 0 where there is none.</param>
/// <param name="Scale">The second parameter; 0 where there is none.</param>
/// <param name="IsUnsigned">Whether its numbers have no sign.</param>
/// <param name="Charset">The character set of its texts; null where it holds none.</param>
/// <param name="Collation">How its texts are compared; null where it holds none.</param>
internal sealed partial record MySqlType(
    MySqlFamily Family,
    string Name,
    int Length,
    int Scale,
    bool IsUnsigned,
    string? Charset,
    string? Collation
)
{
    /// <summary>Bits of an integer; 0 for what is none.</summary>
    public int Bits =>
        Name switch
        {
            "tinyint" => 8,
            "smallint" or "year" => 16,
            "mediumint" => 24,
            "int" => 32,
            "bigint" => 64,
            "bit" => Length,
            _ => 0,
        };

    /// <summary>Whether its texts are UTF-8 as they lie in the database.</summary>
    public bool IsUtf8 => Charset is "utf8mb4" or "utf8mb3" or "utf8" or "ascii";

    /// <summary>Whether rows can be read in its order, page by page, with the help of an index.</summary>
    /// <remarks>
    /// MariaDB's index over a CHAR with a NOPAD collation takes the blanks that fill the value up for part of it, and a comparison
    /// does not: a value of two letters that count as one would be skipped.
    /// </remarks>
    public bool IsOrderable =>
        Family switch
        {
            MySqlFamily.Integer
            or MySqlFamily.Bit
            or MySqlFamily.Decimal
            or MySqlFamily.Binary
            or MySqlFamily.Date
            or MySqlFamily.DateTime
            or MySqlFamily.Timestamp
            or MySqlFamily.Time
            or MySqlFamily.Address => true,
            MySqlFamily.Text => Name != "char" || Collation?.Contains("_nopad_", StringComparison.Ordinal) is not true,
            _ => false,
        };

    /// <summary>The declaration of a column as <see cref="Parse"/> reads it.</summary>
    /// <param name="columnType">The type, such as <c>varchar(20)</c>.</param>
    /// <param name="charset">Its character set; null where it holds no text.</param>
    /// <param name="collation">Its collation; null where it holds no text.</param>
    public static string Declare(string columnType, string? charset, string? collation) =>
        charset is null ? columnType : $"{columnType} character set {charset} collate {collation}";

    /// <summary>Takes a declaration apart.</summary>
    public static MySqlType Parse(string declared)
    {
        var match = Pattern().Match(declared);
        var name = match.Groups["name"].Value.ToLowerInvariant();
        return new(
            FamilyOf(name),
            name,
            NumberOf(match.Groups["length"]),
            NumberOf(match.Groups["scale"]),
            match.Groups["unsigned"].Success,
            TextOf(match.Groups["charset"]),
            TextOf(match.Groups["collation"])
        );
    }

    private static MySqlFamily FamilyOf(string name) =>
        name switch
        {
            "tinyint" or "smallint" or "mediumint" or "int" or "bigint" or "year" => MySqlFamily.Integer,
            "bit" => MySqlFamily.Bit,
            "decimal" => MySqlFamily.Decimal,
            "float" => MySqlFamily.Float,
            "double" => MySqlFamily.Double,
            "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" => MySqlFamily.Text,
            "enum" or "set" => MySqlFamily.Choice,
            "json" => MySqlFamily.Json,
            "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => MySqlFamily.Binary,
            "date" => MySqlFamily.Date,
            "datetime" => MySqlFamily.DateTime,
            "timestamp" => MySqlFamily.Timestamp,
            "time" => MySqlFamily.Time,
            "uuid" or "inet4" or "inet6" => MySqlFamily.Address,
            "geometry"
            or "point"
            or "linestring"
            or "polygon"
            or "multipoint"
            or "multilinestring"
            or "multipolygon"
            or "geometrycollection"
            or "geomcollection" => MySqlFamily.Geometry,
            _ => MySqlFamily.Unknown,
        };

    private static int NumberOf(Group group) =>
        group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string? TextOf(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex(
        @"^(?<name>\w+)(?:\((?<length>\d{1,9})(?:,(?<scale>\d{1,9}))?\))?(?:(?<unsigned> unsigned)(?: zerofill)?)?.*?(?: character set (?<charset>\w+) collate (?<collation>\w+))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Pattern();
}
