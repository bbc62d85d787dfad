namespace Sluice.Core.Filters;

/// <summary>
/// A condition on the rows of a table: true, false or unknown, as in SQL. The cases below are all there are. Equal by
/// content.
/// </summary>
public abstract record Filter
{
    private Filter() { }

    /// <summary>The names it reads, each once, in the order of their first mention.</summary>
    public IReadOnlyList<string> Names => [.. FilterNames.Of(this).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a row fulfils it; null where that is unknown, which counts as no.</summary>
    /// <param name="valueOf">
    /// The row's value of a name: null, a bool, an integer, a float, a double, a decimal, a string, a <see cref="DateOnly"/>,
    /// a <see cref="DateTime"/> (UTC unless it says that it is local) or a <see cref="DateTimeOffset"/>. Any other object is not
    /// null and compares with nothing.
    /// </param>
    public bool? Evaluate(Func<string, object?> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return FilterTruth.Of(this, valueOf);
    }

    /// <summary>The canonical text: <see cref="FilterText.Parse"/> makes an equal filter of it.</summary>
    public string ToText() => FilterWriter.Write(this);

    /// <summary>Both values are in the relation; unknown if one is null or they are of unlike kinds.</summary>
    /// <param name="Left">A name, or a literal if the right one is a name.</param>
    /// <param name="Operator">The relation.</param>
    /// <param name="Right">A name, or a literal if the left one is a name.</param>
    public sealed record Comparison(FilterOperand Left, FilterOperator Operator, FilterOperand Right) : Filter;

    /// <summary>The value equals one of several; unknown if it equals none and one comparison is unknown.</summary>
    /// <param name="Name">What is looked at.</param>
    /// <param name="Values">The values, at least one.</param>
    /// <param name="Negated">Whether <c>not in</c> is meant.</param>
    public sealed record OneOf(string Name, IReadOnlyList<FilterOperand.Literal> Values, bool Negated = false) : Filter
    {
        /// <inheritdoc/>
        public bool Equals(OneOf? other) =>
            other is not null && Name == other.Name && Negated == other.Negated && Values.SequenceEqual(other.Values);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, Values.Count, Negated);
    }

    /// <summary>The whole text has the pattern's shape; unknown for what is no text.</summary>
    /// <param name="Name">What is looked at.</param>
    /// <param name="Text"><c>%</c> stands for any characters, <c>_</c> for one; nothing escapes them.</param>
    /// <param name="Negated">Whether <c>not like</c> is meant.</param>
    public sealed record Pattern(string Name, string Text, bool Negated = false) : Filter;

    /// <summary>There is no value; never unknown.</summary>
    /// <param name="Name">What is looked at.</param>
    /// <param name="Negated">Whether <c>is not null</c> is meant.</param>
    public sealed record IsNull(string Name, bool Negated = false) : Filter;

    /// <summary>Every part is true; false if one is false, whatever is unknown.</summary>
    public sealed record Conjunction : Filter
    {
        /// <summary>Joins the parts; a part that is itself a <see cref="Conjunction"/> is taken apart.</summary>
        /// <exception cref="ArgumentException">There are fewer than two parts.</exception>
        public Conjunction(IEnumerable<Filter> parts)
        {
            Parts = [.. parts.SelectMany(part => part is Conjunction inner ? inner.Parts : [part])];
            if (Parts.Count < 2)
            {
                throw new ArgumentException("Two parts are wanted.", nameof(parts));
            }
        }

        /// <summary>The parts, none of them a <see cref="Conjunction"/>.</summary>
        public IReadOnlyList<Filter> Parts { get; }

        /// <inheritdoc/>
        public bool Equals(Conjunction? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Parts.Count, Parts[0], Parts[^1]);
    }

    /// <summary>A part is true; unknown if none is true and one is unknown.</summary>
    public sealed record Disjunction : Filter
    {
        /// <summary>Joins the parts; a part that is itself a <see cref="Disjunction"/> is taken apart.</summary>
        /// <exception cref="ArgumentException">There are fewer than two parts.</exception>
        public Disjunction(IEnumerable<Filter> parts)
        {
            Parts = [.. parts.SelectMany(part => part is Disjunction inner ? inner.Parts : [part])];
            if (Parts.Count < 2)
            {
                throw new ArgumentException("Two parts are wanted.", nameof(parts));
            }
        }

        /// <summary>The parts, none of them a <see cref="Disjunction"/>.</summary>
        public IReadOnlyList<Filter> Parts { get; }

        /// <inheritdoc/>
        public bool Equals(Disjunction? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Parts.Count, Parts[0], Parts[^1]);
    }

    /// <summary>The inner filter is false; unknown if that is unknown.</summary>
    /// <param name="Inner">What is denied.</param>
    public sealed record Negation(Filter Inner) : Filter;
}
