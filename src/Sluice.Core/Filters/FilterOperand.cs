namespace Sluice.Core.Filters;

/// <summary>One side of a comparison. The cases below are all there are.</summary>
public abstract record FilterOperand
{
    private FilterOperand() { }

    /// <summary>A column of that exact name, else a key of the properties.</summary>
    /// <param name="Text">The name.</param>
    public sealed record Name(string Text) : FilterOperand;

    /// <summary>A value that the filter's text says.</summary>
    public sealed record Literal : FilterOperand
    {
        /// <summary>Creates a literal.</summary>
        /// <param name="value">Null, a bool, a string, an int, a long or a finite double.</param>
        /// <exception cref="ArgumentException">It is something else.</exception>
        public Literal(object? value) =>
            Value = value switch
            {
                null or bool or string or long => value,
                int number => (long)number,
                // One zero: both are equal, and so are their texts.
                double number when double.IsFinite(number) => number == 0 ? 0d : number,
                _ => throw new ArgumentException("No literal can be made of it.", nameof(value)),
            };

        /// <summary>Null, a bool, a string, a long or a finite double.</summary>
        public object? Value { get; }
    }
}
