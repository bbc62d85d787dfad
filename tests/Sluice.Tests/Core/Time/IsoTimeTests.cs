using System.Globalization;
using System.Text;
using CsCheck;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class IsoTimeTests
{
    private const long LastMicros = 253_402_300_799_999_999;
    private const long FirstMicros = -62_135_596_800_000_000;

    [Theory]
    [InlineData("1970-01-01T00:00", 0, false)]
    [InlineData("1970-01-01T00:00Z", 0, true)]
    [InlineData("1970-01-01t00:00z", 0, true)]
    [InlineData("1970-01-01 00:00:01", 1_000_000, false)]
    [InlineData("1970-01-01 00:00:00.000001", 1, false)]
    [InlineData("1970-01-01 00:00:00,5", 500_000, false)]
    [InlineData("1970-01-01T00:00:00.1234567Z", 123_456, true)]
    [InlineData("1970-01-01T00:00:00.123456999999999999999999999999Z", 123_456, true)]
    [InlineData("1969-12-31T23:59:59.9999999Z", -1, true)]
    [InlineData("1970-01-01T01:00+01", 0, true)]
    [InlineData("1970-01-01T01:00+0100", 0, true)]
    [InlineData("1970-01-01T01:30:00+01:30", 0, true)]
    [InlineData("1969-12-31T23:00:00-01:00", 0, true)]
    [InlineData("2016-02-29T12:00:00Z", 1_456_747_200_000_000, true)]
    [InlineData("9999-12-31T23:59:59.999999Z", LastMicros, true)]
    [InlineData("0001-01-01T00:00:00Z", FirstMicros, true)]
    public void Reads_a_timestamp(string text, long expected, bool offset)
    {
        Assert.True(IsoTime.TryReadTimestamp(Bytes(text), out var micros, out var hasOffset));
        Assert.Equal((expected, offset), (micros, hasOffset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1970-01-01")]
    [InlineData("1970-01-01T")]
    [InlineData("1970-01-01T00")]
    [InlineData("1970-01-01T0:000")]
    [InlineData("1970-01-01T24:00")]
    [InlineData("1970-01-01T00:60")]
    [InlineData("1970-01-01T00:00:60")]
    [InlineData("1970-01-01T00:00:")]
    [InlineData("1970-01-01T00:00:0")]
    [InlineData("1970-01-01T00:00:00.")]
    [InlineData("1970-01-01T00:00:00.Z")]
    [InlineData("1970-01-01T00:00.5")]
    [InlineData("1970-01-01T00:00:00 ")]
    [InlineData(" 1970-01-01T00:00:00")]
    [InlineData("1970-01-01T00:00:00ZZ")]
    [InlineData("1970-01-01T00:00:00+")]
    [InlineData("1970-01-01T00:00:00+1")]
    [InlineData("1970-01-01T00:00:00+01:0")]
    [InlineData("1970-01-01T00:00:00+01-00")]
    [InlineData("1970-01-01T00:00:00+24:00")]
    [InlineData("1970-01-01T00:00:00+01:60")]
    [InlineData("1970-01-01T00:00:00 Europe/Berlin")]
    [InlineData("1970-13-01T00:00")]
    [InlineData("1970-02-29T00:00")]
    [InlineData("0000-01-01T00:00")]
    [InlineData("19700-1-01T00:00")]
    [InlineData("１９７０-01-01T00:00")]
    [InlineData("1970-01-01T-1:00")]
    public void Refuses_what_is_no_timestamp(string text) =>
        Assert.False(IsoTime.TryReadTimestamp(Bytes(text), out _, out _));

    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("1969-12-31", -1)]
    [InlineData("2000-02-29", 11_016)]
    [InlineData("0001-01-01", -719_162)]
    [InlineData("9999-12-31", 2_932_896)]
    public void Reads_a_date(string text, int expected)
    {
        Assert.True(IsoTime.TryReadDate(Bytes(text), out var day));
        Assert.Equal(expected, day);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1970-1-01")]
    [InlineData("1970-01-01 ")]
    [InlineData("1970-00-01")]
    [InlineData("1970-01-00")]
    [InlineData("1900-02-29")]
    [InlineData("1970/01/01")]
    [InlineData("01-01-1970")]
    [InlineData("+970-01-01")]
    public void Refuses_what_is_no_date(string text) => Assert.False(IsoTime.TryReadDate(Bytes(text), out _));

    [Fact]
    public void Every_instant_comes_back_at_every_offset_and_precision() =>
        Gen.Select(
                Gen.Long[FirstMicros + Micros.PerDay, LastMicros - Micros.PerDay],
                Gen.Int[-14 * 60, 14 * 60],
                Gen.Int[0, 7],
                Gen.Bool,
                Gen.Bool
            )
            .Sample(
                (micros, offset, digits, space, colon) =>
                {
                    var at = Micros.ToInstant(micros).ToOffset(TimeSpan.FromMinutes(offset));
                    var separator = space ? "' '" : "'T'";
                    var fraction = digits == 0 ? "" : "." + new string('f', digits);
                    var zone = at.ToString("zzz", CultureInfo.InvariantCulture);
                    var text =
                        at.ToString($"yyyy-MM-dd{separator}HH:mm:ss{fraction}", CultureInfo.InvariantCulture)
                        + (colon ? zone : zone.Replace(":", "", StringComparison.Ordinal));

                    // What the text does not show was cut off toward the past.
                    var unit = (long)Math.Pow(10, 6 - Math.Min(6, digits));
                    var expected = micros - (((micros % unit) + unit) % unit);
                    return IsoTime.TryReadTimestamp(Bytes(text), out var read, out var hasOffset)
                        && hasOffset
                        && read == expected;
                },
                iter: 20_000
            );

    [Fact]
    public void Every_date_comes_back() =>
        Gen.Int[0, DateOnly.MaxValue.DayNumber]
            .Sample(
                number =>
                {
                    var date = DateOnly.FromDayNumber(number);
                    return IsoTime.TryReadDate(Bytes(date.ToString("O", CultureInfo.InvariantCulture)), out var day)
                        && day == Micros.DayOf(date);
                },
                iter: 5_000
            );

    [Fact]
    public void Garbage_never_throws() =>
        Gen
            .Byte.Array[0, 40]
            .Sample(
                bytes =>
                {
                    IsoTime.TryReadDate(bytes, out _);
                    IsoTime.TryReadTimestamp(bytes, out _, out _);
                },
                iter: 20_000
            );

    [Fact]
    public void A_timestamp_with_one_wrong_byte_never_throws_and_is_read_as_the_framework_reads_it_or_not_at_all() =>
        Gen.Select(Gen.Int[0, 31], Gen.Char["0123456789-:TZ+., "])
            .Sample(
                (place, wrong) =>
                {
                    var text = "2015-05-31T12:34:56.789012+02:00".ToCharArray();
                    text[place] = wrong;
                    if (
                        !IsoTime.TryReadTimestamp(Bytes(new string(text)), out var micros, out var hasOffset)
                        || !hasOffset
                    )
                    {
                        return true;
                    }

                    var known = new string(text).Replace(',', '.').Replace(' ', 'T');
                    return !DateTimeOffset.TryParse(known, CultureInfo.InvariantCulture, out var at)
                        || Micros.From(at) == micros;
                },
                iter: 5_000
            );

    [Theory]
    [InlineData("2016-02-29 12:34")]
    [InlineData("0001-10-10T00:00")]
    public void Any_byte_at_any_place_is_read_as_the_framework_reads_it(string minute)
    {
        for (var place = 0; place < minute.Length; place++)
        {
            for (var other = 0; other <= byte.MaxValue; other++)
            {
                var text = Bytes(minute);
                text[place] = (byte)other;
                var known = DateTime.TryParseExact(
                    Encoding.ASCII.GetString(text),
                    ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd't'HH:mm"],
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var at
                );

                var read = IsoTime.TryReadTimestamp(text, out var micros, out var hasOffset);
                Assert.Equal(
                    (place, other, known, known ? Micros.From(new(at, TimeSpan.Zero)) : 0, false),
                    (place, other, read, micros, hasOffset)
                );
            }
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void An_offset_that_leads_out_of_the_years_is_refused(string text) =>
        Assert.False(IsoTime.TryReadTimestamp(Bytes(text), out _, out _));
}
