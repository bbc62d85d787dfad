namespace Sluice.Lake.MySql;

/// <summary>The types of MySQL and MariaDB by how their values are read.</summary>
internal enum MySqlFamily
{
    /// <summary>A type that Sluice does not know.</summary>
    Unknown,

    /// <summary>TINYINT to BIGINT, with or without a sign, and YEAR.</summary>
    Integer,

    /// <summary>BIT: up to 64 bits, read as a number without a sign.</summary>
    Bit,

    /// <summary>DECIMAL.</summary>
    Decimal,

    /// <summary>FLOAT.</summary>
    Float,

    /// <summary>DOUBLE.</summary>
    Double,

    /// <summary>CHAR, VARCHAR and the TEXT types.</summary>
    Text,

    /// <summary>ENUM and SET: they are ordered by number and compared as text.</summary>
    Choice,

    /// <summary>MySQL's own JSON; MariaDB's is a LONGTEXT.</summary>
    Json,

    /// <summary>BINARY, VARBINARY and the BLOB types.</summary>
    Binary,

    /// <summary>DATE.</summary>
    Date,

    /// <summary>DATETIME: a wall-clock time without a zone.</summary>
    DateTime,

    /// <summary>TIMESTAMP: an instant.</summary>
    Timestamp,

    /// <summary>TIME: a span of -838 to 838 hours.</summary>
    Time,

    /// <summary>MariaDB's UUID, INET4 and INET6.</summary>
    Address,

    /// <summary>Points, lines and what is made of them.</summary>
    Geometry,
}
