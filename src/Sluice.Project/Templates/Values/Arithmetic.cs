using System.Text;

namespace Sluice.Project.Templates.Values;

/// <summary>Calculates as Python does, with whole numbers of 64 bits; beyond them is an error, never another number.</summary>
internal static class Arithmetic
{
    public static bool IsNumber(object? value) => value is long or double or bool;

    public static double ToDouble(object? value) =>
        value switch
        {
            long number => number,
            double number => number,
            bool flag => flag ? 1 : 0,
            _ => throw new TemplateException($"a number is wanted, not {PythonText.KindOf(value)}."),
        };

    public static int Compare(object? left, object? right) =>
        left is double || right is double
            ? ToDouble(left).CompareTo(ToDouble(right))
            : ToWhole(left).CompareTo(ToWhole(right));

    public static object? Apply(string sign, object? left, object? right)
    {
        switch (sign, left, right)
        {
            case (_, Undefined undefined, _):
                throw undefined.ToException();
            case (_, _, Undefined undefined):
                throw undefined.ToException();
            case ("+", string a, string b):
                Limits.CheckText((long)a.Length + b.Length);
                return a + b;
            case ("+", List<object?> a, List<object?> b):
                return Limits.Check<List<object?>>([.. a, .. b]);
            case ("+", FixedList a, FixedList b):
                return new FixedList(Limits.Check<List<object?>>([.. a.Items, .. b.Items]));
            case ("*", string text, long or bool):
                return Repeat(text, ToWhole(right));
            case ("*", long or bool, string text):
                return Repeat(text, ToWhole(left));
            case ("*", List<object?> list, long or bool):
                return Repeat(list, ToWhole(right));
            case ("%", string format, _):
                return PercentFormat.Apply(format, right);
        }

        if (!IsNumber(left) || !IsNumber(right))
        {
            throw new TemplateException(
                $"'{sign}' does not work on {PythonText.KindOf(left)} and {PythonText.KindOf(right)}: {PythonText.Repr(left)} {sign} {PythonText.Repr(right)}.",
                sign == "+" ? "Join texts with ~, which makes a text of anything." : null
            );
        }

        try
        {
            return sign != "/" && left is not double && right is not double
                ? OfWholes(sign, ToWhole(left), ToWhole(right))
                : OfDoubles(sign, ToDouble(left), ToDouble(right));
        }
        catch (OverflowException)
        {
            throw new TemplateException(
                $"{PythonText.Repr(left)} {sign} {PythonText.Repr(right)} is beyond whole numbers of 64 bits."
            );
        }
    }

    public static object? Negate(object? value) =>
        value switch
        {
            Undefined undefined => throw undefined.ToException(),
            double number => (object)-number,
            long and not long.MinValue or bool => -ToWhole(value),
            _ => throw new TemplateException($"'-' does not work on {PythonText.KindOf(value)}."),
        };

    public static long ToWhole(object? value) => value is bool flag ? (flag ? 1 : 0) : (long)value!;

    private static object OfWholes(string sign, long left, long right) =>
        sign switch
        {
            // Without the cast all arms would become doubles.
            "+" => (object)checked(left + right),
            "-" => checked(left - right),
            "*" => checked(left * right),
            "//" => FloorDivide(left, NotZero(right)),
            "%" => right == -1 ? 0L : Floored(left % NotZero(right), right),
            "**" when right < 0 => Finite(Math.Pow(NotZero(left), right)),
            _ => Power(left, right),
        };

    private static object OfDoubles(string sign, double left, double right) =>
        sign switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            "/" => Finite(left / NotZero(right)),
            "//" => Math.Floor(left / NotZero(right)),
            "%" => left % NotZero(right) is var rest && rest != 0 && rest < 0 != right < 0 ? rest + right : rest,
            _ => Finite(Math.Pow(left, right)),
        };

    private static long FloorDivide(long left, long right)
    {
        var quotient = checked(left / right);
        return left % right != 0 && left < 0 != right < 0 ? quotient - 1 : quotient;
    }

    private static long Floored(long rest, long right) => rest != 0 && rest < 0 != right < 0 ? rest + right : rest;

    private static long Power(long number, long exponent)
    {
        long result = 1;
        while (exponent > 0)
        {
            if ((exponent & 1) == 1)
            {
                result = checked(result * number);
            }

            exponent >>= 1;
            if (exponent > 0)
            {
                number = checked(number * number);
            }
        }

        return result;
    }

    private static T NotZero<T>(T divisor)
        where T : System.Numerics.INumberBase<T> =>
        T.IsZero(divisor) ? throw new TemplateException("the template divides by zero.") : divisor;

    private static double Finite(double number) =>
        double.IsFinite(number)
            ? number
            : throw new TemplateException("the template calculates a number that is too large.");

    private static string Repeat(string text, long times)
    {
        Limits.CheckText(Math.Max(0, times) > Limits.Characters ? long.MaxValue : text.Length * Math.Max(0, times));
        return times <= 0 ? "" : new StringBuilder().Insert(0, text, (int)times).ToString();
    }

    private static List<object?> Repeat(List<object?> list, long times) =>
        times <= 0 || list.Count == 0 ? []
        : times > Limits.Items || list.Count * times > Limits.Items ? throw Limits.TooLong()
        : [.. Enumerable.Repeat(list, (int)times).SelectMany(items => items)];
}
