using System.Globalization;
using System.Text;
using CsCheck;
using Sluice.Lake.Sources;

namespace Sluice.Tests.Lake.Sources;

public sealed class DecimalTextTests
{
    [Fact]
    public void A_floating_point_number_is_the_shortest_text_that_names_it() =>
        Gen.Select(
                Gen.OneOf(
                    Gen.Double,
                    Gen.Select(Gen.Long[-(1L << 54), 1L << 54], Gen.Int[0, 20], (n, p) => n / Math.Pow(10, p)),
                    Gen.Select(Gen.Int, Gen.Int[0, 9], (n, p) => n / Math.Pow(10, p))
                ),
                Gen.Int[1, 38],
                Gen.Int[0, 38]
            )
            .Where((_, precision, scale) => scale <= precision)
            .Sample(
                (number, precision, scale) =>
                {
                    var text = Encoding.UTF8.GetBytes(number.ToString("R", CultureInfo.InvariantCulture));
                    var wanted = DecimalText.Read(text, precision, scale, out var value);

                    Assert.Equal(wanted, DecimalText.Read(number, precision, scale, out var read));
                    if (wanted is null)
                    {
                        Assert.Equal(value, read);
                    }
                },
                iter: 20_000
            );

    [Theory]
    [InlineData(0.1, 3, 2, 10)]
    [InlineData(-4.35, 3, 2, -435)]
    [InlineData(9.99, 3, 2, 999)]
    [InlineData(1e15, 38, 2, 100_000_000_000_000_000)]
    [InlineData(0.0, 1, 0, 0)]
    public void Numbers_keep_the_digits_that_were_written(double number, int precision, int scale, long unscaled)
    {
        Assert.Null(DecimalText.Read(number, precision, scale, out var read));
        Assert.Equal(unscaled, read);
    }

    [Theory]
    [InlineData(10.0, 3, 2)]
    [InlineData(0.001, 3, 2)]
    [InlineData(double.PositiveInfinity, 38, 2)]
    [InlineData(double.NaN, 38, 2)]
    public void What_does_not_fit_is_refused(double number, int precision, int scale) =>
        Assert.NotNull(DecimalText.Read(number, precision, scale, out _));
}
