using System.Buffers.Binary;
using CsCheck;
using Sluice.Core.Time;
using Sluice.Lake.MySql;

namespace Sluice.Tests.Lake.MySql;

public sealed class MySqlTimeTests
{
    [Fact]
    public void Times_of_all_years_come_back_in_every_length() =>
        Gen.Long[Micros.FirstOfYear1, Micros.LastOfYear9999]
            .Select(Gen.Int[0, 2], (micros, unit) => micros - (micros % ((long[])[1, 1_000_000, Micros.PerDay])[unit]))
            .Where(micros => micros >= Micros.FirstOfYear1)
            .Sample(micros =>
            {
                Assert.True(MySqlTime.TryRead(Packed(micros), out var read));
                Assert.Equal(micros, read);
            });

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("E8070001")]
    [InlineData("E8070100")]
    [InlineData("E8070D01")]
    [InlineData("E707021D")]
    [InlineData("E807021E")]
    public void What_is_no_day_is_refused(string bytes) =>
        Assert.False(MySqlTime.TryReadDate(Convert.FromHexString(bytes), out _));

    // As the server sends it: parts at the end that are zero are left out.
    private static byte[] Packed(long micros)
    {
        var time = Micros.ToInstant(micros);
        var bytes = new byte[11];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)time.Year);
        (bytes[2], bytes[3]) = ((byte)time.Month, (byte)time.Day);
        (bytes[4], bytes[5], bytes[6]) = ((byte)time.Hour, (byte)time.Minute, (byte)time.Second);
        var fraction = (uint)(time.Ticks % TimeSpan.TicksPerSecond / 10);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(7), fraction);
        return fraction > 0 ? bytes
            : time.TimeOfDay > TimeSpan.Zero ? bytes[..7]
            : bytes[..4];
    }
}
